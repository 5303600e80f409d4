package dev.chainrule.processor.derivation;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.equations.Expression.SumOver;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Derivative;
import java.util.List;
import java.util.Map;

/** The derivative of a right side by one of the symbols that stand in it. */
record LocalSlope(Symbol by, Expression value) {
    /** Those that are not 0. Of a sum over units, they are of the term that the symbol stands in. */
    static List<LocalSlope> of(Equation equation) {
        Expression right = equation.right();
        List<LocalSlope> slopes = of(right);
        // What the slope has in common with the value is the value: 0.5 / E of E = sqrt(S)
        return right instanceof Symbol
                ? slopes
                : slopes.stream()
                        .map(slope -> new LocalSlope(slope.by(), slope.value().with(Map.of(right, equation.left()))))
                        .toList();
    }

    private static List<LocalSlope> of(Expression right) {
        if (right instanceof SumOver sum) {
            return of(sum.term());
        } else if (right instanceof Quotient mean && mean.left() instanceof SumOver sum) {
            return of(sum.term()).stream()
                    .map(slope -> new LocalSlope(slope.by(), Derivative.quotient(slope.value(), mean.right())))
                    .toList();
        }
        return right.symbols()
                .distinct()
                .map(symbol -> new LocalSlope(symbol, Derivative.of(right, symbol)))
                .filter(slope -> !slope.value().equals(Expression.ZERO))
                .toList();
    }
}
