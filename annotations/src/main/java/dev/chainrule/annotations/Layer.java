package dev.chainrule.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One layer of a {@link Network}: {@code a = activation(b + a' W)}, where {@code a'} are the values of the layer before it
 * (or the input), or of what it reads {@link #from}; or what its {@link #kind} makes of them.
 *
 * <p>In place of an {@link #activation}, a layer can have a {@link #formula} for {@code a}; what it has of derivatives
 * follows from it:
 *
 * <pre>{@code
 * @Layer(units = 8, formula = "z * tanh(softplus(z))")
 * @Layer(units = 8, formula = "max(0, z) + p * min(0, z); p = 0.25")
 * }</pre>
 */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Layer {
    /**
     * {@return the number of units, at least 1; left out where it follows from what the layer reads, as for all kinds but
     * {@link LayerKind#DENSE}, or from {@link #weightsOf}}
     */
    int units() default 0;

    /**
     * {@return the layer's name, by which others read it: an identifier that begins with a lower-case letter; empty for
     * {@code layer} and its number, {@code layer1} for the first}
     */
    String name() default "";

    /** {@return what the layer makes of what it reads} */
    LayerKind kind() default LayerKind.DENSE;

    /**
     * {@return the names of the layers before it, and of parts of the input, that it reads, in this order; empty for the layer
     * before it, or for the whole input in the first layer} One that is named twice is read twice.
     */
    String[] from() default {};

    /**
     * {@return the name of a dense layer before it, of the same shape, whose weights and biases this one has, too; empty for
     * weights and biases of its own} Trainable letters of a formula are always its own.
     */
    String weightsOf() default "";

    /**
     * {@return whether a layer of kind {@link LayerKind#SCALE} does the opposite: {@code z_j = a_j / scale_j + shift_j}} As an
     * output layer, its loss is taken of {@code a_j} and {@code (t_j - shift_j) * scale_j}, so that outputs and targets are in
     * the user's units and the loss is not.
     */
    boolean inverse() default false;

    /** {@return the function that makes a unit's value {@code a} from its weighted sum {@code z}} */
    Activation activation() default Activation.IDENTITY;

    /**
     * {@return a unit's value {@code a} as an expression in its weighted sum {@code z}, in place of an {@link #activation};
     * empty for none}
     *
     * <p>It is written as in Java, of numbers, {@code z}, {@code pi}, {@code + - * /}, the sign {@code -}, parentheses and
     * choices such as {@code z > 0 ? z : 0}. {@code ^} is a power with a whole number, as in {@code z^2} and {@code z^-1}; it
     * binds tighter than a sign ({@code -z^2} is {@code -(z^2)}) and is not chained. The functions are {@code exp},
     * {@code expm1} (e^v - 1), {@code log}, {@code log1p} (log(1 + v)), {@code sqrt}, {@code sin}, {@code cos}, {@code atan},
     * {@code tanh}, {@code sigmoid}, {@code softplus}, {@code erf}, {@code abs}, {@code max(v, w)}, {@code min(v, w)},
     * {@code sign}, and {@code clamp(v, lo, hi)}, which is {@code min(hi, max(lo, v))}.
     *
     * <p>Any other name is a trainable parameter, one a unit, stored after the layer's biases in the order of
     * {@link String#compareTo}; {@code x y t E sum mean weight bias shift scale} and the names of functions cannot be one. First
     * values follow a semicolon, as in {@code "...; p = 0.25, q = -1"}, and are 0 where none is given: a network that makes its
     * own parameters begins with them, and initializers leave them alone.
     *
     * <p>At a tie, the derivative of {@code max} is that of its first argument and that of {@code min} of its second;
     * {@code abs} has the derivative {@code sign(v)}, 0 at 0; what a choice does not take contributes nothing. A formula has at
     * most 2,000 characters, with at most 64 operations within each other.
     */
    String formula() default "";

    /** {@return the slope of {@link Activation#LEAKY_RELU} below 0, a finite number; only for that activation} */
    double slope() default 0.01;

    /** {@return the factor of {@link Activation#ELU} below 0, a finite number; only for that activation} */
    double alpha() default 1;

    /** {@return whether each unit adds a bias of its own to its sum} Without, the sum starts at 0. */
    boolean bias() default true;
}
