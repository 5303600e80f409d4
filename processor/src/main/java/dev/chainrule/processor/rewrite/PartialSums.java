package dev.chainrule.processor.rewrite;

import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits long sums in eight, term k into part k mod 8, so that chains of additions do not wait for each other and vector
 * instructions find neighbours in memory: the error carried back through a row of weights, and the sum of many inputs where
 * there are few units to work on at a time.
 */
public final class PartialSums {
    /** As many as the widest vectors have doubles. */
    public static final int PARTS = 8;

    /** The fewest units whose errors are carried back in parts. */
    private static final int UNITS = 8;

    /** The fewest terms of a unit's sum that go to parts, in a layer of fewer than {@link #UNITS}. */
    private static final int TERMS = 64;

    private PartialSums() {}

    /** The same equations, where long sums have parts. */
    public static Section of(Section section) {
        return new Section(
                section.name(),
                section.title(),
                section.layer(),
                section.blocks().stream()
                        .map(block -> new Block(
                                block.over(),
                                block.equations().stream().map(PartialSums::of).toList()))
                        .toList());
    }

    private static Equation of(Equation equation) {
        return equation.right() instanceof WeightedSum sum && isSplit(equation.left(), sum)
                ? new Equation(
                        equation.left(),
                        new WeightedSum(sum.start(), sum.over(), sum.left(), sum.right(), PARTS),
                        equation.rule())
                : equation;
    }

    private static boolean isSplit(Symbol left, WeightedSum sum) {
        return switch (left.quantity()) {
            case ERROR_BY_ACTIVATION, ERROR_BY_INPUT, OUTPUT_BY_INPUT ->
                sum.over().size() >= UNITS && isWeight(sum.right());
            case PRE_ACTIVATION -> isSplitForward(terms(sum), units(left));
            default -> false;
        };
    }

    /** Whether the sums of a layer's units over as many terms go to parts. */
    public static boolean isSplitForward(int terms, int units) {
        return terms >= TERMS && units < UNITS;
    }

    /** Over all sources. */
    private static int terms(WeightedSum sum) {
        return sum.over().size() + (sum.start() instanceof WeightedSum before ? terms(before) : 0);
    }

    private static boolean isWeight(Expression factor) {
        return factor instanceof Symbol symbol && symbol.quantity() == Quantity.WEIGHT;
    }

    private static int units(Symbol left) {
        Index unit = left.indices().get(0);
        return (unit instanceof Index.Shifted shifted ? shifted.variable() : (Index.Variable) unit).size();
    }

    /** {@code part1_z_3_j}: part 3 of {@code z1_j}. */
    public static Symbol part(Symbol of, int number) {
        return part(of, new Index.Unit(number));
    }

    /** {@code part1_z_i_j}. */
    public static Symbol part(Symbol of, Index number) {
        List<Index> indices = new ArrayList<>(List.of(number));
        indices.addAll(of.indices());
        String label = of.quantity().letter() + (of.label().isEmpty() ? "" : "_" + of.label());
        return new Symbol(Quantity.PART, of.layer(), label, indices);
    }

    /** {@code ((p0 + p4) + (p2 + p6)) + ((p1 + p5) + (p3 + p7))}: the sum of the parts. */
    public static Expression together(Symbol of) {
        return sum(sum(pair(of, 0), pair(of, 2)), sum(pair(of, 1), pair(of, 3)));
    }

    private static Expression pair(Symbol of, int number) {
        return sum(part(of, number), part(of, number + PARTS / 2));
    }
}
