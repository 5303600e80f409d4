package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rewrite.PartialSums;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Loops over a matrix of weights that deal with several rows or columns a turn. Every sum keeps the order of its terms.
 *
 * <p>Wide layers go <b>along rows</b>: the inner loop runs over the units that a row leads to, so that HotSpot can make vector
 * instructions of it. It does so only where it is sure that no store changes a value that a later turn loads, which it is where
 * all arrays are indexed by one variable plus constants. Hence the sums, or the factors, are kept where the row's weights have
 * their index, a row of them for each turn of the outer loop. HotSpot 17 does so only if these constants, too, are whole vectors
 * apart: products, whose order is free, take rows together that are, see {@link Turns}.
 *
 * <p>Other sums go <b>side by side</b>: a few of them grow in local variables, so that each operand is loaded once for all, and
 * their chains of additions run at the same time.
 */
final class Tiles {
    /** Why a loop runs over copies, for the reader of the code. */
    static final String ONE_INDEX = ": HotSpot vectorises loops of one index";

    private Tiles() {}

    /** The sums {@code left}, one for each value of {@code over}; a row of their weights has a length in memory. */
    static List<Statement> sums(Index.Variable over, Symbol left, WeightedSum sum, IntUnaryOperator rowLength) {
        if (sum.parts() > 1) {
            return sumsInParts(over, left, sum);
        }
        List<Statement> statements = over.size() < Limits.WIDE || !leadsTo(over, sum.right())
                ? sumsSideBySide(over, left, sum)
                : sumsAlongRows(over, left, sum);
        return sumsInVectors(over, left, sum, rowLength)
                .<List<Statement>>map(inVectors -> List.of(new Statement.Either(List.of(inVectors), statements)))
                .orElse(statements);
    }

    /** The gradient {@code left} by a matrix of weights, each a product. */
    static List<Statement> gradient(Index.Variable row, Index.Variable column, Symbol left, Expression.Product right) {
        if (column.size() < Limits.WIDE) {
            return gradientSideBySide(row, column, left, right);
        }
        return left.quantity().isEntry()
                ? entriesAlongRows(row, column, left, right)
                : gradientAlongRows(row, column, left, right);
    }

    /** Whether the weights for neighbouring units stand side by side in memory. */
    private static boolean leadsTo(Index.Variable unit, Expression weight) {
        return weight instanceof Symbol symbol
                && (symbol.quantity() == Quantity.WEIGHT || symbol.quantity() == Quantity.DIRECTION_OF_WEIGHT)
                && symbol.indices().get(1).equals(unit);
    }

    private static List<Statement> sumsSideBySide(Index.Variable over, Symbol left, WeightedSum sum) {
        List<Statement> statements = new ArrayList<>();
        int end = over.size() - over.size() % Limits.SUMS;
        if (end > Limits.SUMS) {
            statements.add(Statement.Loop.inSteps(over, end, Limits.SUMS, sums(over, over, Limits.SUMS, left, sum)));
        } else {
            end = 0;
        }
        for (int first = end; first < over.size(); first += Limits.SUMS) {
            int count = Math.min(Limits.SUMS, over.size() - first);
            statements.addAll(sums(over, new Index.Unit(first), count, left, sum));
        }
        return statements;
    }

    private static List<Statement> sums(Index.Variable over, Index first, int count, Symbol left, WeightedSum sum) {
        List<Statement> statements = new ArrayList<>(sumsInLocals(over, first, count, left, sum));
        next(first, count).forEach(index -> statements.add(result(left.at(over, index))));
        return statements;
    }

    /** A few sums that grow in local variables, and stay there. */
    static List<Statement> sumsInLocals(Index.Variable over, Index first, int count, Symbol left, WeightedSum sum) {
        List<Statement> statements = new ArrayList<>();
        List<Statement> turn = new ArrayList<>();
        turn.add(new Statement.Load((Symbol) sum.left(), false));
        for (Index index : next(first, count)) {
            Symbol one = left.at(over, index);
            statements.add(new Statement.Define(one, sum.start().at(over, index), true));
            turn.add(new Statement.Assign(
                    one, new Expression.MultiplyAdd(sum.left(), sum.right().at(over, index), one)));
        }
        statements.add(Statement.Loop.over(sum.over(), turn));
        return statements;
    }

    /** Two sums a turn, so that their parts fit the registers. */
    private static List<Statement> sumsInParts(Index.Variable over, Symbol left, WeightedSum sum) {
        List<Statement> statements = new ArrayList<>();
        int end = over.size() - over.size() % 2;
        if (end > 2) {
            statements.add(Statement.Loop.inSteps(over, end, 2, partsOf(over, over, 2, left, sum)));
        } else {
            end = 0;
        }
        for (int first = end; first < over.size(); first += 2) {
            int count = Math.min(2, over.size() - first);
            statements.addAll(partsOf(over, new Index.Unit(first), count, left, sum));
        }
        boolean hasRowsOfVectors = sum.over().size() % sum.parts() == 0
                && (leadsTo(sum.over(), sum.right()) || over.size() == 1)
                && !left.quantity().isGradient();
        Statement why = new Statement.Comment("Eight sums of every eighth term, which do not wait for each other");
        return hasRowsOfVectors
                ? List.of(
                        why,
                        new Statement.Either(
                                List.of(new Statement.Rows(left, sum, over.size(), PartialSums.part(left, 0))),
                                statements))
                : Stream.concat(Stream.of(why), statements.stream()).toList();
    }

    private static List<Statement> partsOf(Index.Variable over, Index first, int count, Symbol left, WeightedSum sum) {
        List<Statement> statements = new ArrayList<>();
        List<Statement> results = new ArrayList<>();
        List<Index> units = next(first, count);
        for (Index unit : units) {
            Symbol whole = left.at(over, unit);
            for (int part = 0; part < sum.parts(); part++) {
                Expression start = part == 0 ? sum.start().at(over, unit) : Expression.NOTHING;
                statements.add(new Statement.Define(PartialSums.part(whole, part), start, true));
            }
            results.add(result(whole, PartialSums.together(whole)));
        }
        int end = beforeLastTurn(sum.over().size(), sum.parts());
        if (end > 0) {
            List<Statement> turn = termsOfParts(over, units, left, sum, sum.over(), sum.parts());
            statements.add(Statement.Loop.inSteps(sum.over(), end, sum.parts(), turn));
        }
        statements.addAll(termsOfParts(
                over, units, left, sum, new Index.Unit(end), sum.over().size() - end));
        statements.addAll(results);
        return statements;
    }

    /** One more term for some parts of each sum. */
    private static List<Statement> termsOfParts(
            Index.Variable over, List<Index> units, Symbol left, WeightedSum sum, Index first, int parts) {
        List<Statement> statements = new ArrayList<>();
        for (int number = 0; number < parts; number++) {
            Index term = first.plus(number);
            Expression factor = sum.left().at(sum.over(), term);
            for (Index unit : units) {
                Symbol part = PartialSums.part(left.at(over, unit), number);
                Expression weight = sum.right().at(sum.over(), term).at(over, unit);
                statements.add(new Statement.Assign(part, new Expression.MultiplyAdd(factor, weight, part)));
            }
        }
        return statements;
    }

    private static Statement result(Symbol sum) {
        return result(sum, sum);
    }

    private static Statement result(Symbol left, Expression value) {
        return left.quantity().isGradient() ? new Statement.AddTo(left, value) : new Statement.Store(left, value);
    }

    private static List<Statement> sumsAlongRows(Index.Variable over, Symbol left, WeightedSum sum) {
        Index.Variable row = sum.over();
        int end = beforeLastTurn(row.size(), Limits.ROWS);
        List<Statement> statements = new ArrayList<>();
        if (end > 0) {
            statements.add(
                    new Statement.Comment(partial(left, row, over).family().name() + " holds the sums of the first "
                            + row.name() + " terms where W" + left.layer() + " has row " + row.name() + ONE_INDEX));
            statements.add(Statement.Loop.over(
                    over, List.of(new Statement.Store(partial(left, new Index.Unit(0), over), sum.start()))));
            List<Statement> turn = new ArrayList<>(factors(sum.left(), row, next(row, Limits.ROWS)));
            List<Statement> body = growing(left, partial(left, row, over), sum, row, Limits.ROWS);
            body.add(new Statement.Store(partial(left, row.plus(Limits.ROWS), over), left));
            turn.add(Statement.Loop.along(row, over, body));
            statements.add(Statement.Loop.inSteps(row, end, Limits.ROWS, turn));
        }
        Index first = new Index.Unit(end);
        int rest = row.size() - end;
        statements.addAll(factors(sum.left(), row, next(first, rest)));
        Expression start = end > 0 ? partial(left, first, over) : sum.start();
        List<Statement> body = growing(left, start, sum, first, rest);
        body.add(new Statement.Store(left, left));
        statements.add(Statement.Loop.over(over, body));
        return statements;
    }

    /** The sums by vector instructions, where rows are wide enough; where these are filled up, they are summed up to their ends. */
    static Optional<Statement> sumsInVectors(
            Index.Variable over, Symbol left, WeightedSum sum, IntUnaryOperator rowLength) {
        int row = rowLength.applyAsInt(over.size());
        if (row < Limits.LANES || !leadsTo(over, sum.right())) {
            return Optional.empty();
        }
        List<Statement> terms = List.of(
                new Statement.Load((Symbol) sum.left(), false),
                new Statement.Assign(left, new Expression.MultiplyAdd(sum.right(), sum.left(), left)));
        List<Statement> body = List.of(
                new Statement.Define(left, sum.start(), true),
                Statement.Loop.over(sum.over(), terms),
                new Statement.Store(left, left));
        Statement lanes = new Statement.Lanes(over, Integer.toString(row), 0, false, body);
        return Optional.of(new Statement.LoopNest(new Equation(left, sum), false, lanes));
    }

    private static Symbol partial(Symbol sum, Index row, Index unit) {
        return sum.with(Quantity.PARTIAL_SUM, row, unit);
    }

    private static List<Statement> growing(Symbol left, Expression start, WeightedSum sum, Index first, int rows) {
        List<Statement> body = new ArrayList<>();
        body.add(new Statement.Define(left, start, true));
        for (int i = 0; i < rows; i++) {
            Index index = first.plus(i);
            body.add(new Statement.Assign(
                    left,
                    new Expression.MultiplyAdd(
                            sum.left().at(sum.over(), index), sum.right().at(sum.over(), index), left)));
        }
        return body;
    }

    private static List<Index> next(Index first, int count) {
        return Stream.iterate(first, index -> index.plus(1)).limit(count).toList();
    }

    /** Loads one factor for each of some rows. */
    private static List<Statement> factors(Expression factor, Index.Variable row, List<Index> rows) {
        return rows.stream()
                .<Statement>map(index -> new Statement.Load((Symbol) factor.at(row, index), false))
                .toList();
    }

    /** Where the last turn begins, which is written on its own and may be shorter. */
    private static int beforeLastTurn(int size, int step) {
        return (size - 1) / step * step;
    }

    private static List<Statement> gradientAlongRows(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product right) {
        Symbol delta = (Symbol) right.operands().get(0);
        Expression factor = right.operands().get(1);
        Symbol copy = delta.with(Quantity.DELTA_ROW, row, column);
        List<Statement> statements = new ArrayList<>();
        if (row.size() <= Limits.ROWS) {
            statements.addAll(rows(row, column, left, right, next(new Index.Unit(0), row.size())));
        } else {
            Turns turns = Turns.of(row.size(), column.size());
            statements.add(new Statement.Comment(copy.family().name() + " holds a copy of "
                    + delta.family().name() + " where W" + left.layer() + " has row " + row.name() + ONE_INDEX));
            statements.addAll(alongRows(row, column, left, right, turns, copy));
        }
        List<Statement> terms = List.of(
                new Statement.Load((Symbol) factor, false),
                new Statement.LoadGradient(left),
                new Statement.Assign(left, new Expression.MultiplyAdd(delta, factor, left)),
                new Statement.StoreGradient(left));
        List<Statement> rows = List.of(new Statement.Load(delta, false), Statement.Loop.over(row, terms));
        Statement lanes = new Statement.Lanes(column, Integer.toString(column.size()), 0, false, rows);
        Statement inVectors = new Statement.LoopNest(new Equation(left, right), false, lanes);
        return List.of(new Statement.Either(List.of(inVectors), statements));
    }

    /** The same for entries of a Jacobian, which are written: the copy stands where the last entries of a turn will. */
    private static List<Statement> entriesAlongRows(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product right) {
        Symbol delta = (Symbol) right.operands().get(0);
        Turns turns = Turns.of(row.size(), column.size());
        List<Index> rows = turns.from(row);
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement.Comment("The last row of a turn holds a copy of "
                + delta.family().name() + " until it is written" + ONE_INDEX));
        statements.addAll(alongRows(row, column, left, right, turns, left.at(row, rows.get(rows.size() - 1))));
        return statements;
    }

    /** Products by turns, with a copy of the first factor, and those of the rows that are left. */
    private static List<Statement> alongRows(
            Index.Variable row,
            Index.Variable column,
            Symbol left,
            Expression.Product right,
            Turns turns,
            Symbol copy) {
        Symbol delta = (Symbol) right.operands().get(0);
        List<Statement> turn = new ArrayList<>(factors(right.operands().get(1), row, turns.from(row)));
        turn.add(new Statement.Copy(delta, copy, column, Integer.toString(column.size())));
        List<Statement> body = new ArrayList<>(List.of(new Statement.Define(delta, copy, false)));
        body.addAll(products(left, right, row, turns.from(row)));
        turn.add(Statement.Loop.along(row, column, body));
        List<Statement> statements = new ArrayList<>();
        if (turns.apart() > 1) {
            statements.add(new Statement.Comment(
                    "HotSpot 17 does so only for rows that are whole vectors apart: those of several bands"));
        }
        statements.add(turns.loop(row, turn));
        for (int first = turns.end(); first < row.size(); first += Limits.ROWS) {
            int count = Math.min(Limits.ROWS, row.size() - first);
            statements.addAll(rows(row, column, left, right, next(new Index.Unit(first), count)));
        }
        return statements;
    }

    private static List<Statement> rows(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product right, List<Index> rows) {
        List<Statement> statements = new ArrayList<>(factors(right.operands().get(1), row, rows));
        List<Statement> body = new ArrayList<>(
                List.of(new Statement.Load((Symbol) right.operands().get(0), false)));
        body.addAll(products(left, right, row, rows));
        statements.add(Statement.Loop.over(column, body));
        return statements;
    }

    private static List<Statement> gradientSideBySide(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product right) {
        Expression delta = right.operands().get(0);
        List<Index> columns = next(new Index.Unit(0), column.size());
        List<Statement> statements = new ArrayList<>(factors(delta, column, columns));
        List<Statement> body = new ArrayList<>();
        body.add(new Statement.Load((Symbol) right.operands().get(1), false));
        body.addAll(products(left, right, column, columns));
        statements.add(Statement.Loop.over(row, body));
        return statements;
    }

    private static List<Statement> products(
            Symbol left, Expression right, Index.Variable variable, List<Index> indices) {
        return indices.stream()
                .map(index -> entry(left.at(variable, index), right.at(variable, index)))
                .toList();
    }

    /** Added to the gradient, or written where it is an entry of a Jacobian. */
    private static Statement entry(Symbol left, Expression value) {
        return left.quantity().isGradient() ? Statement.added(left, value) : new Statement.Store(left, value);
    }
}
