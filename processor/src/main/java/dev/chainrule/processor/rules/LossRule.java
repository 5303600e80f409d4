package dev.chainrule.processor.rules;

import static dev.chainrule.processor.equations.Expression.ONE;
import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;
import static dev.chainrule.processor.equations.Expression.quotient;
import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.annotations.Loss;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Letter;
import dev.chainrule.processor.equations.Expression.SumOver;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.LossFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The losses: how E follows from the outputs and the targets. This is the one place that knows their formulas. */
public final class LossRule {
    private static final Letter Y = new Letter("y");
    private static final Letter T = new Letter("t");

    /** The sum or mean that a named loss has. */
    private static final Letter SUM = new Letter("0");

    private final Index.Variable j;
    private final Expression y;
    private final Expression t;
    private final int layer;
    private final Symbol left;

    private LossRule(Index.Variable j, Expression y, Expression t, int layer, Symbol left) {
        this.j = j;
        this.y = y;
        this.t = t;
        this.layer = layer;
        this.left = left;
    }

    /**
     * The equations of a loss, the last of them that of the loss itself.
     *
     * @param unit the variable of the outputs
     * @param output the value of one of them
     * @param target what it is to be
     * @param layer the number of the layer that they are of
     * @param left the loss
     */
    public static List<Equation> of(
            LossFunction loss, Index.Variable unit, Expression output, Expression target, int layer, Symbol left) {
        LossRule rule = new LossRule(unit, output, target, layer, left);
        return loss instanceof LossFunction.Named named
                ? rule.named(named.loss())
                : rule.declared((LossFunction.Formula) loss);
    }

    /**
     * A loss by the letters y and t of an output, and by z of what a sigmoid makes the output of. What is computed of
     * {@code CATEGORICAL_CROSS_ENTROPY} has the same value, but no logarithm of a rounded output.
     */
    public static LossFunction.Formula formula(LossFunction loss) {
        return loss instanceof LossFunction.Named named ? formula(named.loss()) : (LossFunction.Formula) loss;
    }

    private static LossFunction.Formula formula(Loss loss) {
        Expression d = difference(Y, T);
        return switch (loss) {
            case SUM_OF_SQUARES -> formula(SUM, product(d, d), false);
            case HALF_SUM_OF_SQUARES -> formula(quotient(SUM, 2), product(d, d), false);
            case MEAN_SQUARED_ERROR -> formula(SUM, product(d, d), true);
            case MEAN_ABSOLUTE_ERROR -> formula(SUM, call(Rule.ABS, d), true);
            case HUBER -> formula(SUM, call(Rule.HUBER, d), true);
            case LOG_COSH -> formula(SUM, call(Rule.LOG_COSH, d), true);
            // -log y = softplus(-z) and -log(1 - y) = softplus(z) for y = sigmoid(z): no logarithm of a rounded 0.
            case BINARY_CROSS_ENTROPY -> {
                Expression ofOne = call(Rule.SOFTPLUS, new Expression.Negative(Activations.Z));
                Expression ofZero = call(Rule.SOFTPLUS, Activations.Z);
                yield formula(SUM, sum(product(T, ofOne), product(difference(ONE, T), ofZero)), true);
            }
            case CATEGORICAL_CROSS_ENTROPY ->
                formula(new Expression.Negative(SUM), product(T, call(Rule.LOG, Y)), false);
        };
    }

    private static LossFunction.Formula formula(Expression value, Expression term, boolean isMean) {
        return new LossFunction.Formula("", value, List.of(new LossFunction.Sum(term, isMean)));
    }

    private List<Equation> named(Loss loss) {
        Symbol z = Symbol.preActivation(layer, j);
        if (loss == Loss.CATEGORICAL_CROSS_ENTROPY) {
            // -log y = log(sum of e^(z_i - max)) - (z - max) for y = softmax(z). By halves, which lose no bit: z - max
            // can be too large for a double, and then a target of 0 times infinity would not be 0.
            Symbol logarithm = Symbol.of(Quantity.LOG_NORMALISER, layer);
            Expression shifted = difference(half(z), half(Symbol.of(Quantity.MAXIMUM, layer)));
            Expression term = product(constant(2), t, difference(half(logarithm), shifted));
            return List.of(
                    new Equation(logarithm, call(Rule.LOG, Symbol.of(Quantity.NORMALISER, layer))),
                    fused(new SumOver(j, term), z, difference(y, t)));
        }
        LossFunction.Formula formula = formula(loss);
        LossFunction.Sum sum = formula.sums().get(0);
        Expression over = over(sum, Map.of(Y, y, T, t, Activations.Z, z));
        Expression value = formula.value().with(Map.of(SUM, over));
        return List.of(
                loss == Loss.BINARY_CROSS_ENTROPY
                        ? fused(value, z, quotient(difference(y, t), j.size()))
                        : new Equation(left, value));
    }

    private Expression over(LossFunction.Sum sum, Map<Letter, Expression> unit) {
        return quotient(new SumOver(j, sum.term().with(unit)), sum.isMean() ? j.size() : 1);
    }

    private static Expression half(Expression value) {
        return product(constant(0.5), value);
    }

    /** The loss taken together with the activation of the outputs, so that its derivative by their z is known. */
    private Equation fused(Expression value, Symbol z, Expression slope) {
        return new Equation(left, value, Optional.of(new LocalRule.Slopes(Map.of(z, slope))));
    }

    private List<Equation> declared(LossFunction.Formula loss) {
        Map<Letter, Expression> unit = Map.of(Y, y, T, t);
        List<Equation> equations = new ArrayList<>();
        Map<Letter, Expression> sums = new HashMap<>();
        for (LossFunction.Sum sum : loss.sums()) {
            Expression over = over(sum, unit);
            Letter letter = new Letter(Integer.toString(sums.size()));
            if (loss.value().equals(letter)) {
                return List.of(new Equation(left, over));
            }
            String prefix = left.label().isEmpty() ? "" : left.label() + "_";
            Symbol symbol = new Symbol(Quantity.LOSS_SUM, 0, prefix + letter.name(), List.of());
            sums.put(letter, symbol);
            equations.add(new Equation(symbol, over));
        }
        equations.add(new Equation(left, loss.value().with(sums)));
        return equations;
    }
}
