package dev.chainrule.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a fully connected network. Compiling the annotated type {@code Xor} generates {@code XorNetwork} in the same
 * package, with the same visibility: the forward pass, the full gradient equations and backpropagation of exactly this
 * network, written out.
 *
 * <pre>{@code
 * @Network(
 *         inputs = 2,
 *         layers = {
 *             @Layer(units = 2, activation = Activation.TANH),
 *             @Layer(units = 1, activation = Activation.SIGMOID)
 *         },
 *         loss = Loss.BINARY_CROSS_ENTROPY)
 * final class Xor {}
 * }</pre>
 *
 * <p>Any top-level or static nested class, interface, record or enum that is not private can carry it. A nested
 * {@code Outer.Inner} gives {@code Outer_InnerNetwork}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
    /** The number of inputs, at least 1. */
    int inputs();

    /** The layers from the first after the input to the output layer, at least one. */
    Layer[] layers();

    /** The error {@code E} of one record, as a function of the outputs and the targets. */
    Loss loss();

    /** The simple name of the generated class; empty for the declaring type's name followed by {@code Network}. */
    String className() default "";

    /** How the sums are written. */
    Unroll unroll() default Unroll.AUTO;
}
