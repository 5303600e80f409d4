package dev.chainrule.processor.rewrite;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over several sources, which start with one another, as an equation a source: {@code z3_of1_j = b3_j + sum_k x_k w3_k_j},
 * {@code z3_j = z3_of1_j + sum_k a1_k w3_k2_j}. The order of their terms stays.
 */
public final class SplitSums {
    private SplitSums() {}

    /** Blocks whose sums are over one source each. */
    public static List<Block> of(List<Block> blocks) {
        return blocks.stream()
                .map(block -> {
                    List<Equation> equations = new ArrayList<>();
                    block.equations().forEach(equation -> split(equation, equations));
                    return new Block(block.over(), equations);
                })
                .toList();
    }

    private static void split(Equation equation, List<Equation> equations) {
        if (!(equation.right() instanceof WeightedSum sum) || !(sum.start() instanceof WeightedSum before)) {
            equations.add(equation);
            return;
        }
        Symbol left = equation.left();
        Symbol partial = new Symbol(left.quantity(), left.layer(), "of" + sources(before), left.indices());
        split(new Equation(partial, before), equations);
        equations.add(new Equation(left, new WeightedSum(partial, sum.over(), sum.left(), sum.right())));
    }

    private static int sources(WeightedSum sum) {
        return sum.start() instanceof WeightedSum before ? 1 + sources(before) : 1;
    }
}
