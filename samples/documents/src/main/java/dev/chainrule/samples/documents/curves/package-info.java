/** Curves that are fitted to measurements: models as formulas, and NIST's reference problems. */
package dev.chainrule.samples.documents.curves;
