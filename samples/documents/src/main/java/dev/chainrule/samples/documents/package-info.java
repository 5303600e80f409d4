/** The programs of the teaching documents. */
package dev.chainrule.samples.documents;
