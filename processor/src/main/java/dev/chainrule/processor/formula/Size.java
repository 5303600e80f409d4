package dev.chainrule.processor.formula;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.rules.ActivationRule;
import dev.chainrule.processor.rules.Derivative;
import dev.chainrule.processor.rules.LossRule;

/** What formulas take: a statement cannot be divided between methods, so a formula and its derivatives are each to fit one. */
final class Size {
    /** The numbers, names and operators of a formula with its derivatives: of some 3 bytes of bytecode each, at most 5. */
    static final int MOST = 800;

    private Size() {}

    static void check(ActivationFunction.Formula formula) {
        int nodes = 0;
        for (Equation equation : ActivationRule.of(formula, 1, new Index.Unit(0))) {
            nodes += equation.right().nodes();
            if (equation.rule().isPresent() && equation.rule().get() instanceof LocalRule.Slopes slopes) {
                nodes += slopes.by().values().stream()
                        .mapToInt(Expression::nodes)
                        .sum();
            }
        }
        check(nodes);
    }

    static void check(LossFunction.Formula formula) {
        int nodes = 0;
        Index.Variable j = new Index.Variable("j", 1);
        Symbol y = Symbol.activation(1, j);
        Symbol t = Symbol.of(Quantity.TARGET, 0, j);
        for (Equation equation : LossRule.of(formula, j, y, t, 1, Symbol.error())) {
            nodes += equation.right().nodes();
            nodes += equation.right()
                    .symbols()
                    .distinct()
                    .filter(symbol -> symbol.quantity() != Quantity.TARGET)
                    .mapToInt(symbol -> Derivative.of(equation.right(), symbol).nodes())
                    .sum();
        }
        check(nodes);
    }

    private static void check(int nodes) {
        if (nodes > MOST) {
            throw new FormulaException(
                    0,
                    "The formula with its derivatives has " + nodes + " numbers, names and operators, and at most "
                            + MOST + " fit a method; divide it between layers.");
        }
    }
}
