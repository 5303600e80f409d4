/** One renderer a target: equations as Java, as plain text for comments, as LaTeX, and for pages as MathML and as JavaScript. */
package dev.chainrule.processor.rendering;
