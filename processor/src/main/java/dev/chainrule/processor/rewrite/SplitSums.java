package dev.chainrule.processor.rewrite;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over several sources, which start with one another, as an equation a source: {@code z3_of1_j = b3_j + sum_k x_k w3_k_j},
 * {@code z3_j = z3_of1_j + sum_k a1_k w3_k2_j}. The order of their terms stays. One that has parts goes over copies of all
 * sources, {@code c3_k}, as its terms go to the parts in turn.
 */
public final class SplitSums {
    private SplitSums() {}

    /** Blocks whose sums are over one source each. */
    public static List<Block> of(List<Block> blocks) {
        List<Block> all = new ArrayList<>();
        for (Block block : blocks) {
            List<Equation> equations = new ArrayList<>();
            for (Equation equation : block.equations()) {
                if (equation.right() instanceof WeightedSum sum && sum.start() instanceof WeightedSum) {
                    if (sum.parts() > 1) {
                        equations.add(overCopies(equation.left(), sum, all));
                    } else {
                        split(equation.left(), sum, equations);
                    }
                } else {
                    equations.add(equation);
                }
            }
            all.add(new Block(block.over(), equations));
        }
        return all;
    }

    private static void split(Symbol left, WeightedSum sum, List<Equation> equations) {
        if (!(sum.start() instanceof WeightedSum before)) {
            equations.add(new Equation(left, sum));
            return;
        }
        String label = (left.label().isEmpty() ? "" : left.label() + "_") + "of" + sources(before);
        Symbol partial = new Symbol(left.quantity(), left.layer(), label, left.indices());
        split(partial, before, equations);
        equations.add(new Equation(left, new WeightedSum(partial, sum.over(), sum.left(), sum.right())));
    }

    private static int sources(WeightedSum sum) {
        return sum.start() instanceof WeightedSum before ? 1 + sources(before) : 1;
    }

    /** Adds the copies before the sum over them. */
    private static Equation overCopies(Symbol left, WeightedSum sum, List<Block> blocks) {
        int rows = 0;
        Expression start = sum;
        List<WeightedSum> sums = new ArrayList<>();
        while (start instanceof WeightedSum before) {
            sums.add(0, before);
            start = before.start();
        }
        for (WeightedSum one : sums) {
            Symbol copy = Symbol.of(Quantity.SOURCE, left.layer(), one.over().plus(rows));
            blocks.add(new Block(List.of(one.over()), List.of(new Equation(copy, one.left()))));
            rows += one.over().size();
        }
        Index.Variable k = new Index.Variable(sum.over().name(), rows);
        Symbol weight = (Symbol) sum.right();
        Symbol ofAll = weight.with(weight.quantity(), k, weight.indices().get(1));
        return new Equation(
                left, new WeightedSum(start, k, Symbol.of(Quantity.SOURCE, left.layer(), k), ofAll, sum.parts()));
    }
}
