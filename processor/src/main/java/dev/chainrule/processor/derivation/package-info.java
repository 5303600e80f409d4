/**
 * From the equations of the forward pass to those of the derivatives, by the chain rule: backwards, or path by path.
 * Nothing here knows of Java, of bytecode or of limits.
 */
package dev.chainrule.processor.derivation;
