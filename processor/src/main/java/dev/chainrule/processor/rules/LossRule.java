package dev.chainrule.processor.rules;

import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;
import static dev.chainrule.processor.equations.Expression.quotient;
import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.annotations.Loss;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.List;

/**
 * The local rule of a loss: {@code E = (sum of the outputs' terms) / divisor}.
 *
 * @param shared what the terms of all outputs use
 * @param term what one output adds
 * @param divisor what the sum is divided by
 * @param by what the slope derives by: an output's value a, or its z where the activation is taken in
 * @param slope {@code dE/da} or {@code dE/dz}
 */
public record LossRule(List<Equation> shared, Expression term, double divisor, Symbol by, Expression slope) {
    /** The rule, applied to one of n outputs of layer {@code layer}. The one place that knows a loss's formulas. */
    public static LossRule of(Loss loss, int layer, Index unit, int n) {
        Symbol y = Symbol.activation(layer, unit);
        Symbol z = Symbol.preActivation(layer, unit);
        Symbol t = Symbol.of(Quantity.TARGET, 0, unit);
        Expression one = Expression.ONE;
        Expression d = difference(y, t);
        return switch (loss) {
            case SUM_OF_SQUARES -> by(y, product(d, d), 1, product(constant(2), d));
            case HALF_SUM_OF_SQUARES -> by(y, product(d, d), 2, d);
            case MEAN_SQUARED_ERROR -> by(y, product(d, d), n, quotient(product(constant(2), d), n));
            case MEAN_ABSOLUTE_ERROR -> by(y, call(Function.ABS, d), n, quotient(call(Function.SIGN, d), n));
            case HUBER ->
                by(
                        y,
                        call(Function.HUBER, d),
                        n,
                        quotient(call(Function.MAX, constant(-1), call(Function.MIN, one, d)), n));
            case LOG_COSH -> by(y, call(Function.LOG_COSH, d), n, quotient(call(Function.TANH, d), n));
            // -log y = softplus(-z) and -log(1 - y) = softplus(z) for y = sigmoid(z): no logarithm of a rounded 0.
            case BINARY_CROSS_ENTROPY ->
                by(
                        z,
                        sum(
                                product(t, call(Function.SOFTPLUS, new Expression.Negative(z))),
                                product(difference(one, t), call(Function.SOFTPLUS, z))),
                        n,
                        quotient(d, n));
            // -log y = log(sum of e^(z_i - max)) - (z - max) for y = softmax(z). By halves, which lose no bit: z - max
            // can
            // be too large for a double, and then a target of 0 times infinity would not be 0.
            case CATEGORICAL_CROSS_ENTROPY -> {
                Symbol normaliser = Symbol.of(Quantity.NORMALISER, layer);
                Symbol logarithm = Symbol.of(Quantity.LOG_NORMALISER, layer);
                Expression shifted = difference(half(z), half(Symbol.of(Quantity.MAXIMUM, layer)));
                yield new LossRule(
                        List.of(new Equation(logarithm, call(Function.LOG, normaliser))),
                        product(constant(2), t, difference(half(logarithm), shifted)),
                        1,
                        z,
                        d);
            }
        };
    }

    private static Expression half(Expression value) {
        return product(constant(0.5), value);
    }

    /** Whether the slope is by the output's z, taken together with the output activation. */
    public boolean fused() {
        return by.quantity() == Quantity.PRE_ACTIVATION;
    }

    private static LossRule by(Symbol by, Expression term, double divisor, Expression slope) {
        return new LossRule(List.of(), term, divisor, by, slope);
    }
}
