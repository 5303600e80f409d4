package dev.chainrule.processor.loops;

import static dev.chainrule.processor.equations.Expression.call;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rewrite.Copies;
import dev.chainrule.processor.rewrite.SplitSums;
import dev.chainrule.processor.rules.Rule;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes loops of a section, one loop or nest of loops an equation, every symbol in memory. Each value is computed by the same
 * operations in the same order as in {@link StraightLine}, so the results are the same bit for bit.
 */
final class Loops {
    private final Predicate<Symbol> exported;
    private final IntUnaryOperator rowLength;
    private final boolean hasTables;

    private Loops(Predicate<Symbol> exported, IntUnaryOperator rowLength, boolean hasTables) {
        this.exported = exported;
        this.rowLength = rowLength;
        this.hasTables = hasTables;
    }

    /**
     * The loops of a section, as the statements of one method or of several: where a layer has many readers, their sums would not fit
     * one.
     *
     * @param exported which of its symbols other methods need
     * @param rowLength from the units of a layer to the length of a row of its weights in memory
     * @param hasTables whether kernels look up tables
     */
    static List<List<Statement>> of(
            Section section, Predicate<Symbol> exported, IntUnaryOperator rowLength, boolean hasTables) {
        Loops loops = new Loops(exported, rowLength, hasTables);
        List<Block> blocks = SplitSums.of(Copies.leftOut(section, exported));
        Set<Symbol> defined = blocks.stream()
                .flatMap(block -> block.equations().stream())
                .map(Equation::left)
                .collect(Collectors.toSet());
        List<List<Statement>> bodies =
                hasFewKernels(blocks) ? List.of(loops.fewKernels(blocks.get(0))) : loops.bodies(blocks);
        List<List<Statement>> parts =
                bodies.stream().map(body -> withLoads(body, defined)).toList();
        parts.get(0).add(0, new Statement.Heading(section));
        return parts;
    }

    private List<List<Statement>> bodies(List<Block> blocks) {
        // A local variable is known in its own method alone
        boolean isWhole = blocks.stream()
                .flatMap(block -> block.equations().stream())
                .anyMatch(equation -> equation.left().indices().isEmpty());
        List<List<Statement>> parts = new ArrayList<>();
        List<Statement> part = new ArrayList<>();
        int sums = 0;
        for (Block block : blocks) {
            for (Equation equation : block.equations()) {
                if (equation.right() instanceof Expression.WeightedSum && ++sums > Limits.SUMS_A_METHOD && !isWhole) {
                    parts.add(part);
                    part = new ArrayList<>();
                    sums = 1;
                }
                part.addAll(equation(block.over(), equation));
            }
        }
        parts.add(part);
        return parts;
    }

    /** Whether all that is computed is sums that fit local variables, {@code z_j}, and their kernels, {@code tanh(z_j)}. */
    private static boolean hasFewKernels(List<Block> blocks) {
        if (blocks.size() != 1) {
            return false;
        }
        Block block = blocks.get(0);
        List<Equation> equations = block.equations();
        return equations.size() == 2
                && block.over().size() == 1
                && block.over().get(0).size() <= Limits.SUMS
                && equations.get(0).right() instanceof Expression.WeightedSum sum
                && sum.parts() == 1
                && Functions.isKernel(equations.get(1).right())
                && equations.get(1).right().operands().contains(equations.get(0).left());
    }

    /**
     * The kernels of sums that are still in local variables, but for sums by vectors. Measured: in a loop over stored sums 7-7-7 takes
     * 1.06 times as long, 16-7-4 1.1 times; for other values, like the error carried back, it does not pay.
     */
    private List<Statement> fewKernels(Block block) {
        Index.Variable over = block.over().get(0);
        Equation kernel = block.equations().get(1);
        Symbol left = block.equations().get(0).left();
        Expression.WeightedSum sum =
                (Expression.WeightedSum) block.equations().get(0).right();
        List<Statement> statements =
                new ArrayList<>(Tiles.sumsInLocals(over, new Index.Unit(0), over.size(), left, sum));
        for (int unit = 0; unit < over.size(); unit++) {
            Index index = new Index.Unit(unit);
            if (exported.test(left)) {
                statements.add(result(left.at(over, index), left.at(over, index)));
            }
            statements.add(result(kernel.left().at(over, index), kernel.right().at(over, index)));
        }
        return Tiles.sumsInVectors(over, left, sum, rowLength)
                .<List<Statement>>map(sums -> {
                    List<Statement> inVectors = new ArrayList<>(List.of(sums));
                    inVectors.addAll(equation(block.over(), kernel));
                    return List.of(new Statement.Either(inVectors, statements));
                })
                .orElse(statements);
    }

    private static List<Statement> withLoads(List<Statement> body, Set<Symbol> defined) {
        List<Statement> statements = new ArrayList<>();
        body.stream()
                .flatMap(Statement::reads)
                .filter(symbol -> symbol.indices().isEmpty() && !defined.contains(symbol))
                .distinct()
                .forEach(scalar -> statements.add(new Statement.Load(scalar, false)));
        statements.addAll(body);
        return statements;
    }

    /** The loops of one equation without weights; {@code exported} says whether a symbol without indices is stored. */
    static List<Statement> equation(List<Index.Variable> over, Equation equation, Predicate<Symbol> exported) {
        return new Loops(exported, IntUnaryOperator.identity(), false).equation(over, equation);
    }

    private List<Statement> equation(List<Index.Variable> over, Equation equation) {
        Symbol left = equation.left();
        Expression right = equation.right();
        if (right instanceof Expression.WeightedSum sum) {
            return over.isEmpty()
                    ? accumulated(left, sum.start(), List.of(loop(sum.over(), multiplyAdd(left, sum))))
                    : Tiles.sums(over.get(0), left, sum, rowLength);
        }
        boolean isByWeight =
                left.quantity() == Quantity.ERROR_BY_WEIGHT || left.quantity() == Quantity.OUTPUT_BY_WEIGHT;
        if (isByWeight && right instanceof Expression.Product product) {
            return Tiles.gradient(over.get(0), over.get(1), left, product);
        }
        if (right instanceof Expression.SumOver || StraightLine.isOfPaths(right)) {
            return nest(over, accumulated(left, Expression.NOTHING, additions(left, right)));
        }
        if (right instanceof Expression.Quotient mean && mean.left() instanceof Expression.SumOver sum) {
            List<Statement> statements = new ArrayList<>();
            statements.add(new Statement.Define(left, Expression.NOTHING, true));
            statements.addAll(additions(left, sum));
            statements.add(new Statement.Assign(left, new Expression.Quotient(left, mean.right())));
            if (exported.test(left)) {
                statements.add(result(left, left));
            }
            return statements;
        }
        if (right instanceof Expression.MaximumOver maximum) {
            Statement step = new Statement.Assign(left, call(Rule.MAX, left, maximum.term()));
            return accumulated(left, maximum.term().at(maximum.over(), 0), List.of(loop(maximum.over(), step)));
        }
        if (over.isEmpty()) {
            return define(left, right);
        }
        Index.Variable unit = over.get(0);
        String count = Integer.toString(unit.size());
        if (unit.size() >= Limits.WIDE && hasTables && Functions.isKernel(right)) {
            List<Statement> steps = Functions.byTables(left, (Expression.Call) right, List.of(), unit, count);
            List<Statement> oneByOne = nest(over, List.of(result(left, right)));
            return List.of(Functions.inVectorsOr(steps, unit.size() < Limits.WIDE_KERNEL ? oneByOne : steps));
        }
        if (unit.size() >= Limits.WIDE && Functions.isInVectors(right)) {
            return List.of(Functions.values(left, right, List.of(), unit, count));
        }
        return nest(over, List.of(result(left, right)));
    }

    private static Statement multiplyAdd(Symbol left, Expression.WeightedSum sum) {
        return new Statement.Assign(left, new Expression.MultiplyAdd(sum.left(), sum.right(), left));
    }

    private static List<Statement> additions(Symbol left, Expression term) {
        if (term instanceof Expression.SumOver sum) {
            return List.of(Statement.Loop.over(sum.over(), additions(left, sum.term())));
        } else if (StraightLine.isOfPaths(term)) {
            return term.operands().stream()
                    .flatMap(operand -> additions(left, operand).stream())
                    .toList();
        }
        return List.of(new Statement.Add(left, term));
    }

    /** A sum in a local variable, and what becomes of it. */
    private List<Statement> accumulated(Symbol left, Expression start, List<Statement> loops) {
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement.Define(left, start, true));
        statements.addAll(loops);
        if (!left.indices().isEmpty() || exported.test(left)) {
            statements.add(result(left, left));
        }
        return statements;
    }

    private List<Statement> define(Symbol left, Expression right) {
        Statement define = new Statement.Define(left, right, false);
        return exported.test(left) ? List.of(define, result(left, left)) : List.of(define);
    }

    private static Statement result(Symbol left, Expression value) {
        return left.quantity().isGradient() ? Statement.added(left, value) : new Statement.Store(left, value);
    }

    private static Statement loop(Index.Variable variable, Statement body) {
        return Statement.Loop.over(variable, List.of(body));
    }

    /** Loops around a body, the first variable outermost; each loop loads first what does not change in the loops within. */
    private static List<Statement> nest(List<Index.Variable> over, List<Statement> body) {
        List<Statement> nested = body;
        for (int depth = over.size(); depth >= 1; depth--) {
            List<Statement> inner = new ArrayList<>();
            if (depth < over.size()) {
                loads(over.subList(0, depth), body).forEach(symbol -> inner.add(new Statement.Load(symbol, false)));
            }
            inner.addAll(nested);
            nested = List.of(Statement.Loop.over(over.get(depth - 1), inner));
        }
        return nested;
    }

    /** The symbols in the body that depend on the last of these variables and on none but these. */
    private static Set<Symbol> loads(List<Index.Variable> variables, List<Statement> body) {
        Set<Symbol> symbols = new LinkedHashSet<>();
        Set<Index> known = new HashSet<>(variables);
        for (Statement statement : body) {
            statement.reads().forEach(symbol -> {
                if (symbol.indices().contains(variables.get(variables.size() - 1))
                        && known.containsAll(symbol.indices())) {
                    symbols.add(symbol);
                }
            });
        }
        return symbols;
    }
}
