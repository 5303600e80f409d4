package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rewrite.PartialSums;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums without some of their terms, for a block of records: unit after unit a loop over the records, of a few terms at a time. Each
 * value is computed by the same operations in the same order as in {@link StraightLine}.
 */
final class BlockSums {
    /** At most what a loop takes, and each of its terms, in bytes of code. */
    private static final int LOOP_BYTES = 60;

    private static final int TERM_BYTES = 30;

    private final Sparsity sparsity;
    private final List<List<Statement>> methods = new ArrayList<>(List.of(new ArrayList<>()));
    private int bytes;

    private BlockSums(Sparsity sparsity) {
        this.sparsity = sparsity;
    }

    /** The bodies of methods that are small enough to be compiled, the first with the heading. */
    static List<List<Statement>> of(Section section, Sparsity sparsity) {
        BlockSums sums = new BlockSums(sparsity);
        sums.add(0, List.of(new Statement.Heading(section)));
        for (Block block : section.blocks()) {
            Index.Variable unit = block.over().get(0);
            for (Equation equation : block.equations()) {
                if (equation.right() instanceof WeightedSum sum) {
                    sums.copyInputs(sum);
                    for (int number = 0; number < unit.size(); number++) {
                        Index.Unit one = new Index.Unit(number);
                        sums.unit(equation.left().at(unit, one), (WeightedSum) sum.at(unit, one));
                    }
                } else {
                    Statement copy = new Statement.Store(equation.left(), equation.right());
                    sums.add(
                            LOOP_BYTES,
                            List.of(Statement.Loop.over(unit, List.of(Blocks.forEachRecord(List.of(copy))))));
                }
            }
        }
        return sums.methods;
    }

    private void add(int size, List<Statement> statements) {
        if (bytes + size > Limits.METHOD_BYTES) {
            methods.add(new ArrayList<>());
            bytes = 0;
        }
        methods.get(methods.size() - 1).addAll(statements);
        bytes += size;
    }

    /** To rows of one input each. */
    private void copyInputs(WeightedSum sum) {
        if (sum.start() instanceof WeightedSum before) {
            copyInputs(before);
        }
        if (sum.left() instanceof Symbol input && input.quantity() == Quantity.INPUT) {
            Statement copy = new Statement.Store(Blocks.inputRow(input), input);
            add(LOOP_BYTES, List.of(Statement.Loop.over(sum.over(), List.of(Blocks.forEachRecord(List.of(copy))))));
        }
    }

    private void unit(Symbol left, WeightedSum sum) {
        if (sparsity.isOfUnitLeftOut(left)) {
            return;
        }
        List<Expression.Product> products = new ArrayList<>();
        Expression start = StraightLine.products(sum, products);
        if (sum.parts() == 1) {
            chain(left, start, products, 0, 1);
            return;
        }
        for (int part = 0; part < sum.parts(); part++) {
            Expression first = part == 0 ? start : Expression.NOTHING;
            chain(PartialSums.part(left, part), first, products, part, sum.parts());
        }
        add(
                LOOP_BYTES + sum.parts() * TERM_BYTES,
                List.of(Blocks.forEachRecord(List.of(new Statement.Store(left, PartialSums.together(left))))));
    }

    /** Adds every so many-th of the products, without those that are left out. */
    private void chain(Symbol to, Expression start, List<Expression.Product> products, int first, int step) {
        List<Statement> terms = new ArrayList<>();
        for (int number = first; number < products.size(); number += step) {
            List<Expression> factors = products.get(number).operands();
            if (factors.stream().noneMatch(sparsity::isLeftOut)) {
                terms.add(
                        new Statement.Assign(to, new Expression.MultiplyAdd(row(factors.get(0)), factors.get(1), to)));
            }
        }
        List<Statement> before = start instanceof Symbol bias ? List.of(new Statement.Load(bias, false)) : List.of();
        Statement beginning = new Statement.Define(to, start, true);
        int from = 0;
        do {
            int end = Math.min(from + Limits.ROWS, terms.size());
            List<Statement> body = new ArrayList<>(List.of(beginning));
            body.addAll(terms.subList(from, end));
            body.add(new Statement.Store(to, to));
            List<Statement> loop = new ArrayList<>(before);
            loop.add(Blocks.forEachRecord(body));
            add(LOOP_BYTES + (end - from) * TERM_BYTES, loop);
            before = List.of();
            beginning = new Statement.Load(to, true);
            from = end;
        } while (from < terms.size());
    }

    private static Expression row(Expression factor) {
        return factor instanceof Symbol input && input.quantity() == Quantity.INPUT ? Blocks.inputRow(input) : factor;
    }
}
