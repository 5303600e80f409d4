package dev.chainrule.processor.rules;

import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;
import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.Optional;

/**
 * The local rule of an activation that acts on each unit by itself. A slope is computed from the activation that is there
 * already, but for those that would lose digits, which are computed from z: {@code a + 1} is 0 where {@code e^z} is 1e-17. The
 * slopes of the logistic function and of tanh are known to the digits of {@code 1 - a} and {@code 1 - a^2}: close to 0 they are
 * right to 2^-52, not to 2^-52 of themselves.
 *
 * @param gate the sigmoid inside it, {@code s}, where it has one worth saving for the derivative
 * @param value {@code a} as an expression in z and s
 * @param slope {@code da/dz} as an expression in z, s and a
 */
public record ActivationRule(Optional<Expression> gate, Expression value, Expression slope) {
    /** The constants of SELU, from Klambauer and others, "Self-Normalizing Neural Networks" (2017), equation 14. */
    private static final double SELU_SCALE = 1.0507009873554805;

    private static final double SELU_SCALE_TIMES_ALPHA = 1.7580993408473766;

    /** 2 sqrt(2 / pi): the tanh form of GELU is {@code z sigmoid(2 u)}, as {@code (1 + tanh u) / 2 = sigmoid(2 u)}. */
    private static final double GELU_SCALE = 1.5957691216057308;

    private static final double GELU_CUBIC = 0.044715;

    /** From 22 on the sigmoid is 0 or 1, and the factors before that of z^2 are 0: it needs only be finite. */
    private static final double GELU_LIMIT = 100;

    /** The rule, applied to the symbols of one unit. This table is the one place that knows an activation's formulas. */
    public static ActivationRule of(Activation activation, Symbol z, Symbol s, Symbol a) {
        Expression zero = constant(0);
        Expression one = Expression.ONE;
        return switch (activation) {
            case IDENTITY -> plain(z, one);
            case SIGMOID -> plain(call(Function.SIGMOID, z), product(a, difference(one, a)));
            case TANH -> plain(call(Function.TANH, z), difference(one, product(a, a)));
            case RELU -> plain(call(Function.MAX, zero, z), call(Function.IF_POSITIVE, a, one, zero));
            case LEAKY_RELU ->
                plain(
                        call(Function.MAX, product(constant(0.01), z), z),
                        call(Function.IF_POSITIVE, a, one, constant(0.01)));
            case ELU ->
                plain(
                        sum(call(Function.MAX, zero, z), call(Function.EXPM1, call(Function.MIN, zero, z))),
                        call(Function.EXP, call(Function.MIN, zero, z)));
            case SELU ->
                plain(
                        sum(
                                product(constant(SELU_SCALE), call(Function.MAX, zero, z)),
                                product(
                                        constant(SELU_SCALE_TIMES_ALPHA),
                                        call(Function.EXPM1, call(Function.MIN, zero, z)))),
                        call(
                                Function.IF_POSITIVE,
                                z,
                                constant(SELU_SCALE),
                                product(constant(SELU_SCALE_TIMES_ALPHA), call(Function.EXP, z))));
            case SOFTPLUS -> plain(call(Function.SOFTPLUS, z), call(Function.SIGMOID, z));
            case SOFTSIGN -> {
                Expression divisor = sum(one, call(Function.ABS, z));
                // Not 1 / (divisor * divisor), which is 0 from 1.4e154 on, where the slope is not
                Expression inverse = new Expression.Quotient(one, divisor);
                yield plain(new Expression.Quotient(z, divisor), product(inverse, inverse));
            }
            case SILU -> gated(z, product(z, s), sum(s, product(a, difference(one, s))));
            case GELU_TANH -> {
                Expression size = call(Function.MIN, call(Function.ABS, z), constant(GELU_LIMIT));
                yield gated(
                        product(constant(GELU_SCALE), z, sum(one, product(constant(GELU_CUBIC), z, z))),
                        product(z, s),
                        sum(
                                s,
                                product(
                                        a,
                                        difference(one, s),
                                        constant(GELU_SCALE),
                                        sum(one, product(constant(3 * GELU_CUBIC), size, size)))));
            }
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX acts on a whole layer, not on a unit");
        };
    }

    /** {@code da/dz} of a unit. */
    public static Expression slope(Activation activation, int layer, Index unit) {
        return of(
                        activation,
                        Symbol.preActivation(layer, unit),
                        Symbol.of(Quantity.GATE, layer, unit),
                        Symbol.activation(layer, unit))
                .slope();
    }

    private static ActivationRule plain(Expression value, Expression slope) {
        return new ActivationRule(Optional.empty(), value, slope);
    }

    private static ActivationRule gated(Expression sigmoidOf, Expression value, Expression slope) {
        return new ActivationRule(Optional.of(call(Function.SIGMOID, sigmoidOf)), value, slope);
    }
}
