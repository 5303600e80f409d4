/** The annotation as it is written, with the elements and values that errors are reported on. */
package dev.chainrule.processor.declaration;
