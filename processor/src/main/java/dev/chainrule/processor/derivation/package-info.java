/**
 * The equations of a network: symbols, expressions over them, and equations in titled sections. An equation is written once,
 * for all units of a layer, with variables for the units; {@code routine} either writes it out unit by unit or makes loops of
 * it. {@link dev.chainrule.processor.derivation.ForwardPass},
 * {@link dev.chainrule.processor.derivation.Backpropagation} and
 * {@link dev.chainrule.processor.derivation.FullGradient} are strategies over one table of local rules,
 * {@link dev.chainrule.processor.derivation.ActivationRule} and {@link dev.chainrule.processor.derivation.LossRule}. Nothing
 * here knows of Java, of bytecode or of limits.
 */
package dev.chainrule.processor.derivation;
