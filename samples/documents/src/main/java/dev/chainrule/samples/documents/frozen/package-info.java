/** Weights that become a class while a program runs. */
package dev.chainrule.samples.documents.frozen;
