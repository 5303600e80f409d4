/** One renderer a notation: equations as plain text for comments, as LaTeX and as MathML. */
package dev.chainrule.processor.notation;
