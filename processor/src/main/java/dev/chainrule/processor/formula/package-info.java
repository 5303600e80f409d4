/** From the text of a formula to expressions, or to what is wrong with it and at which column. */
package dev.chainrule.processor.formula;
