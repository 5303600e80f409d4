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
                : rule.formula((LossFunction.Formula) loss);
    }

    private List<Equation> named(Loss loss) {
        Symbol z = Symbol.preActivation(layer, j);
        Expression d = difference(y, t);
        int n = j.size();
        return switch (loss) {
            case SUM_OF_SQUARES -> List.of(e(product(d, d), 1));
            case HALF_SUM_OF_SQUARES -> List.of(e(product(d, d), 2));
            case MEAN_SQUARED_ERROR -> List.of(e(product(d, d), n));
            case MEAN_ABSOLUTE_ERROR -> List.of(e(call(Rule.ABS, d), n));
            case HUBER -> List.of(e(call(Rule.HUBER, d), n));
            case LOG_COSH -> List.of(e(call(Rule.LOG_COSH, d), n));
            // -log y = softplus(-z) and -log(1 - y) = softplus(z) for y = sigmoid(z): no logarithm of a rounded 0.
            case BINARY_CROSS_ENTROPY -> {
                Expression term = sum(
                        product(t, call(Rule.SOFTPLUS, new Expression.Negative(z))),
                        product(difference(ONE, t), call(Rule.SOFTPLUS, z)));
                yield List.of(fused(e(term, n), z, quotient(d, n)));
            }
            // -log y = log(sum of e^(z_i - max)) - (z - max) for y = softmax(z). By halves, which lose no bit: z - max
            // can
            // be too large for a double, and then a target of 0 times infinity would not be 0.
            case CATEGORICAL_CROSS_ENTROPY -> {
                Symbol logarithm = Symbol.of(Quantity.LOG_NORMALISER, layer);
                Expression shifted = difference(half(z), half(Symbol.of(Quantity.MAXIMUM, layer)));
                Expression term = product(constant(2), t, difference(half(logarithm), shifted));
                yield List.of(
                        new Equation(logarithm, call(Rule.LOG, Symbol.of(Quantity.NORMALISER, layer))),
                        fused(e(term, 1), z, d));
            }
        };
    }

    private static Expression half(Expression value) {
        return product(constant(0.5), value);
    }

    /** {@code E = sum_j term / divisor}. */
    private Equation e(Expression term, int divisor) {
        return new Equation(left, quotient(new SumOver(j, term), divisor));
    }

    /** The loss taken together with the activation of the outputs, so that its derivative by their z is known. */
    private static Equation fused(Equation equation, Symbol z, Expression slope) {
        return new Equation(equation.left(), equation.right(), Optional.of(new LocalRule.Slopes(Map.of(z, slope))));
    }

    private List<Equation> formula(LossFunction.Formula loss) {
        Map<Letter, Expression> unit = Map.of(Y, y, T, t);
        List<Equation> equations = new ArrayList<>();
        Map<Letter, Expression> sums = new HashMap<>();
        for (LossFunction.Sum sum : loss.sums()) {
            Expression over = quotient(new SumOver(j, sum.term().with(unit)), sum.isMean() ? j.size() : 1);
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
