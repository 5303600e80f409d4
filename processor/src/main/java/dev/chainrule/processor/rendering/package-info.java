/** One renderer a target: equations as Java, as plain text for comments, as LaTeX. */
package dev.chainrule.processor.rendering;
