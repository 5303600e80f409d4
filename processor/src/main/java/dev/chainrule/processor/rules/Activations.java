package dev.chainrule.processor.rules;

import static dev.chainrule.processor.equations.Expression.ONE;
import static dev.chainrule.processor.equations.Expression.ZERO;
import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.ifPositive;
import static dev.chainrule.processor.equations.Expression.product;
import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Letter;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.network.ActivationFunction;
import java.util.Optional;

/**
 * The activations that have names, one entry each: the value of a unit by its sum z.
 *
 * @param slope the derivative, only where the one of the value would lose digits or overflow
 */
public record Activations(Expression value, Optional<Expression> slope) {
    /** The letter of a unit's sum. */
    public static final Letter Z = new Letter("z");

    /** The constants of SELU, from Klambauer and others, "Self-Normalizing Neural Networks" (2017), equation 14. */
    private static final double SELU_SCALE = 1.0507009873554805;

    private static final double SELU_SCALE_TIMES_ALPHA = 1.7580993408473766;

    /** 2 sqrt(2 / pi): the tanh form of GELU is {@code z sigmoid(2 u)}, as {@code (1 + tanh u) / 2 = sigmoid(2 u)}. */
    private static final double GELU_SCALE = 1.5957691216057308;

    private static final double GELU_CUBIC = 0.044715;

    /** From 22 on the sigmoid is 0 or 1, and the factors before that of z^2 are 0: it needs only be finite. */
    private static final double GELU_LIMIT = 100;

    private static final double SQRT_HALF = 0.7071067811865476;

    /**
     * The value of a unit by the letter z and those of a formula; softmax, which is over a layer, as if it were a
     * function of z.
     */
    public static Expression formula(ActivationFunction function) {
        if (function instanceof ActivationFunction.Formula formula) {
            return formula.value();
        }
        return function.isSoftmax()
                ? new Letter("softmax(z)")
                : of((ActivationFunction.Named) function).value();
    }

    static Activations of(ActivationFunction.Named named) {
        return switch (named.activation()) {
            case IDENTITY -> value(Z);
            case SIGMOID -> value(call(Rule.SIGMOID, Z));
            case TANH -> value(call(Rule.TANH, Z));
            case RELU -> value(call(Rule.MAX, ZERO, Z));
            case LEAKY_RELU -> value(leakyRelu(named.setting()));
            case ELU -> value(ifPositive(Z, Z, product(constant(named.setting()), call(Rule.EXPM1, Z))));
            case SELU ->
                value(ifPositive(
                        Z,
                        product(constant(SELU_SCALE), Z),
                        product(constant(SELU_SCALE_TIMES_ALPHA), call(Rule.EXPM1, Z))));
            case SOFTPLUS -> value(call(Rule.SOFTPLUS, Z));
            case SOFTSIGN -> {
                Expression divisor = sum(ONE, call(Rule.ABS, Z));
                // Not 1 / (divisor * divisor), which is 0 from 1.4e154 on, where the derivative is not
                Expression inverse = new Quotient(ONE, divisor);
                yield new Activations(new Quotient(Z, divisor), Optional.of(product(inverse, inverse)));
            }
            case SILU -> value(product(Z, call(Rule.SIGMOID, Z)));
            case GELU_TANH -> {
                Expression gate = call(
                        Rule.SIGMOID, product(constant(GELU_SCALE), Z, sum(ONE, product(constant(GELU_CUBIC), Z, Z))));
                // z^2 of the derivative would be infinite where what it is multiplied by is 0
                Expression size = call(Rule.MIN, call(Rule.ABS, Z), constant(GELU_LIMIT));
                Expression slope = sum(
                        gate,
                        product(
                                Z,
                                gate,
                                difference(ONE, gate),
                                constant(GELU_SCALE),
                                sum(ONE, product(constant(3 * GELU_CUBIC), size, size))));
                yield new Activations(product(Z, gate), Optional.of(slope));
            }
            case GELU -> value(product(constant(0.5), Z, sum(ONE, call(Rule.ERF, product(constant(SQRT_HALF), Z)))));
            case HARD_SIGMOID ->
                value(call(Rule.MIN, ONE, call(Rule.MAX, ZERO, sum(new Quotient(Z, constant(6)), constant(0.5)))));
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX acts on a whole layer, not on a unit");
        };
    }

    private static Activations value(Expression value) {
        return new Activations(value, Optional.empty());
    }

    /** The greater of z and the smaller z is the faster form, as long as the slope is less than 1. */
    private static Expression leakyRelu(double slope) {
        Expression below = product(constant(slope), Z);
        return slope > 0 && slope < 1 ? call(Rule.MAX, below, Z) : ifPositive(Z, Z, below);
    }
}
