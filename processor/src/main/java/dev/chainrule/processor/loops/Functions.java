package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.BlockStorage;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions of values that stand side by side, which vector instructions apply to several at once. */
final class Functions {
    private Functions() {}

    /** Whether a value is a call of a kernel for many values at once: {@code tanh(z_j)}. */
    static boolean isKernel(Expression value) {
        return value instanceof Expression.Call call
                && (call.function() == Rule.SIGMOID || call.function() == Rule.TANH);
    }

    /** Whether the vector class has a method for a value: a kernel, or what HotSpot makes no vector instructions of. */
    static boolean isInVectors(Expression value) {
        return isKernel(value) || isRectifier(value) || isTimesIfPositive(value);
    }

    /** {@code max(0, z_j)}. */
    private static boolean isRectifier(Expression value) {
        return value instanceof Expression.Call call
                && call.function() == Rule.MAX
                && call.operands().get(0).equals(Expression.constant(0))
                && isRow(call.operands().get(1));
    }

    /** Whether a value is stored for each unit, and for each record of a block, side by side: no parameter, and no target. */
    private static boolean isRow(Expression value) {
        return value instanceof Symbol symbol
                && !symbol.indices().isEmpty()
                && !symbol.quantity().isParameter()
                && symbol.quantity() != Quantity.TARGET;
    }

    /** {@code dE_da_j * (a_j > 0 ? 1 : 0)}. */
    private static boolean isTimesIfPositive(Expression value) {
        return value instanceof Expression.Product product
                && product.operands().size() == 2
                && isRow(product.operands().get(0))
                && product.operands().get(1) instanceof Expression.Choice choice
                && isRow(choice.condition().left())
                && choice.condition().comparison() == Comparison.GREATER
                && choice.condition().right().equals(Expression.ZERO)
                && choice.operands().stream().skip(1).allMatch(Expression.Constant.class::isInstance);
    }

    /**
     * Computes values with vector instructions or without.
     *
     * @param left what they are
     * @param value what is computed
     * @param units what numbers them in the loop outside, where there is one
     * @param over what numbers values side by side
     * @param count how many these are
     */
    static Statement.Either values(
            Symbol left, Expression value, List<Index.Variable> units, Index.Variable over, String count) {
        List<Statement> inVectors = new ArrayList<>();
        if (isKernel(value)) {
            Expression.Call call = (Expression.Call) value;
            Expression argument = call.operands().get(0);
            if (!isRow(argument)) {
                inVectors.add(stores(left, argument, over, count));
            }
            Symbol from = isRow(argument) ? (Symbol) argument : left;
            inVectors.add(new Statement.Kernel(call.function(), from, left, over, count));
            inVectors = within(units, inVectors);
        } else {
            List<Statement> lanes = List.of(new Statement.Lanes(over, count, 1, false, stored(left, value)));
            boolean isInBlock = over.equals(BlockStorage.RECORD);
            inVectors.add(new Statement.LoopNest(
                    new Equation(left, value), isInBlock, within(units, lanes).get(0)));
        }
        return new Statement.Either(inVectors, within(units, List.of(stores(left, value, over, count))));
    }

    /** Computes the values of a kernel with tables, all of them step by step. */
    static List<Statement> byTables(
            Symbol left, Expression.Call kernel, List<Index.Variable> units, Index.Variable over, String count) {
        List<Statement> statements = new ArrayList<>();
        if (!isOfOwnSum(left, kernel)) {
            statements.addAll(within(
                    units, List.of(stores(argument(left), kernel.operands().get(0), over, count))));
        }
        int rows = units.isEmpty() ? 1 : units.get(0).size();
        statements.add(inRows(left, kernel, rows, units.isEmpty() ? over.size() : BlockStorage.RECORD.size(), count));
        return statements;
    }

    /** The same with vector instructions for all but the look-up, or otherwise. */
    static Statement.Either inVectorsOr(List<Statement> steps, List<Statement> otherwise) {
        return new Statement.Either(
                steps.stream()
                        .map(step ->
                                step instanceof Statement.KernelRows rows ? new Statement.VectorKernelRows(rows) : step)
                        .toList(),
                otherwise);
    }

    /** Whether a kernel is of what stands at the same place of another array: {@code a_j = tanh(z_j)}. */
    static boolean isOfOwnSum(Symbol left, Expression.Call kernel) {
        return kernel.operands().get(0) instanceof Symbol sum
                && sum.quantity() == Quantity.PRE_ACTIVATION
                && sum.layer() == left.layer()
                && sum.indices().equals(left.indices());
    }

    /** The place of the argument of a kernel of anything else. */
    static Symbol argument(Symbol left) {
        return new Symbol(Quantity.ARGUMENT, 0, "", left.indices());
    }

    /** A kernel of such sums or arguments, for some rows of values side by side. */
    static Statement inRows(Symbol left, Expression.Call kernel, int rows, int stride, String count) {
        Symbol from = isOfOwnSum(left, kernel) ? (Symbol) kernel.operands().get(0) : argument(left);
        Symbol low = new Symbol(Quantity.LOW, 0, "", left.indices());
        return new Statement.KernelRows(kernel.function(), from, left, low, rows, stride, count);
    }

    private static List<Statement> within(List<Index.Variable> units, List<Statement> body) {
        return units.isEmpty() ? body : List.of(Statement.Loop.over(units.get(0), body));
    }

    /** A value that goes to memory, in steps that fit a line each. */
    private static List<Statement> stored(Symbol left, Expression value) {
        if (!isTimesIfPositive(value)) {
            return List.of(new Statement.Store(left, value));
        }
        Expression.Choice choice = (Expression.Choice) value.operands().get(1);
        Symbol slope = left.with(Quantity.GATE, left.indices().toArray(Index[]::new));
        return List.of(
                new Statement.Load((Symbol) choice.condition().left(), false),
                new Statement.Define(slope, choice, false),
                new Statement.Store(left, Expression.product(value.operands().get(0), slope)));
    }

    private static Statement stores(Symbol left, Expression value, Index.Variable over, String count) {
        return new Statement.Loop(over, "0", count, 1, Optional.empty(), List.of(new Statement.Store(left, value)));
    }
}
