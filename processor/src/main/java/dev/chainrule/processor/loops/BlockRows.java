package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.BlockStorage;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The sums of a layer for a block of records: a row of them a unit, of all products of a weight with a row. A few terms are added a
 * turn, for the sums to stay in registers.
 */
final class BlockRows {
    private static final Index.Variable RECORD = BlockStorage.RECORD;

    private BlockRows() {}

    /**
     * The sums, one row of records each, that of all products of a weight with a row. As in {@link Tiles}, the sums go with the
     * rows, so that one variable plus constants is the index of all.
     */
    static List<Statement> sums(Index.Variable over, Symbol left, WeightedSum sum) {
        Index.Variable row = sum.over();
        Symbol factor = (Symbol) sum.left();
        List<Statement> copies = List.of();
        WeightedSum rows = sum;
        if (factor.quantity() == Quantity.INPUT) {
            Symbol copy = Blocks.inputRow(factor);
            copies = copies(factor, copy, row);
            rows = new WeightedSum(sum.start(), row, copy, sum.right(), sum.parts());
        }
        List<Statement> inRows = sum.parts() > 1 ? sumsInParts(over, left, rows) : inTurns(over, row, sum(left, rows));
        List<Statement> statements = new ArrayList<>();
        if (!copies.isEmpty() && readsInputs(row, over) && sum.parts() == 1 && isOfAllRecords(sum.start())) {
            List<Statement> otherwise = new ArrayList<>(copies);
            otherwise.addAll(inRows);
            statements.add(new Statement.Either(sumsOfInputsInVectors(over, left, sum), otherwise));
        } else {
            statements.addAll(copies);
            statements.add(new Statement.Either(List.of(sumsInVectors(over, left, rows)), inRows));
        }
        return statements;
    }

    /** Whether vectors read inputs where the caller has them: where these are more than the units, so that to copy the sums takes less. */
    static boolean readsInputs(Index.Variable row, Index.Variable units) {
        return row.size() > units.size() && units.size() >= Limits.LANES;
    }

    /**
     * Vectors of neighbouring units, for some records a turn, whose inputs are read where the caller has them: to copy them row by
     * row took as long as half of the sums. The sums are few, and are copied.
     */
    private static List<Statement> sumsOfInputsInVectors(Index.Variable over, Symbol left, WeightedSum sum) {
        Symbol ofRecord = left.with(left.quantity(), over, RECORD);
        Symbol columns = left.with(Quantity.PARTIAL_SUM, RECORD, over);
        Symbol factorOfRecord = Blocks.ofRecord((Symbol) sum.left());
        List<Statement> terms = List.of(
                new Statement.Load((Symbol) sum.right(), false),
                new Statement.Load(factorOfRecord, false),
                new Statement.Assign(ofRecord, new Expression.MultiplyAdd(sum.right(), factorOfRecord, ofRecord)));
        List<Statement> body = List.of(
                new Statement.Define(ofRecord, sum.start(), true),
                Statement.Loop.over(sum.over(), terms),
                new Statement.Store(columns, ofRecord));
        Statement records = new Statement.Units(RECORD, Blocks.COUNT.name(), Limits.UNITS, body);
        Statement units = new Statement.Lanes(over, Integer.toString(over.size()), 2, false, List.of(records));
        return List.of(
                new Statement.LoopNest(new Equation(left, sum), true, units),
                Statement.Loop.over(over, List.of(Blocks.forEachRecord(List.of(new Statement.Store(left, columns))))));
    }

    /** Copies of the inputs: record by record where they are few, else input by input, for the sake of the cache. */
    private static List<Statement> copies(Symbol input, Symbol copy, Index.Variable over) {
        if (over.size() > Limits.UNROLLED_WIDTH) {
            List<Statement> ofInput = List.of(new Statement.Store(copy, input));
            return List.of(Statement.Loop.over(over, List.of(Blocks.forEachRecord(ofInput))));
        }
        return List.of(Blocks.forEachRecord(IntStream.range(0, over.size())
                .<Statement>mapToObj(number -> new Statement.Store(copy.at(over, number), input.at(over, number)))
                .toList()));
    }

    private static List<Statement> sum(Symbol left, WeightedSum sum) {
        Index.Variable row = sum.over();
        Symbol partial = left.with(Quantity.PARTIAL_SUM, row);
        List<Statement> statements = new ArrayList<>();
        int first = 0;
        if (isOfAllRecords(sum.start())) {
            first = Math.min(row.size(), Limits.ROWS);
            loadIfParameter(sum.start(), statements);
            statements.addAll(turn(left, sum.start(), partial, sum, new Index.Unit(0), first));
        } else {
            statements.add(Blocks.forEachRecord(List.of(new Statement.Store(partial.at(row, 0), sum.start()))));
        }
        int end = row.size() - row.size() % Limits.ROWS;
        if (first < end) {
            statements.add(turns(
                    row,
                    Integer.toString(first),
                    Integer.toString(end),
                    Limits.ROWS,
                    turn(left, partial, sum, row, Limits.ROWS)));
        }
        if (Math.max(first, end) < row.size()) {
            statements.addAll(turn(left, partial, sum, new Index.Unit(end), row.size() - end));
        }
        statements.add(new Statement.Copy(partial.at(row, row.size()), left, RECORD, "n"));
        return statements;
    }

    /** Some terms a turn. */
    private static List<Statement> inTurns(Index.Variable over, Index.Variable row, List<Statement> sum) {
        return List.of(
                new Statement.Comment("partialRows holds the sums of the first " + row.name() + " terms at row "
                        + row.name() + Tiles.ONE_INDEX),
                Statement.Loop.over(over, sum));
    }

    private static List<Statement> sumsInParts(Index.Variable over, Symbol left, WeightedSum sum) {
        int terms = (sum.over().size() + sum.parts() - 1) / sum.parts();
        if (terms > Limits.ROWS) {
            return inTurns(over, sum.over(), longParts(left, sum));
        }
        List<Statement> statements = new ArrayList<>();
        WeightedSum rows = sum;
        if (terms > Limits.ROWS_OF_A_SET) {
            Symbol factor = (Symbol) sum.left();
            Symbol copy = factor.with(Quantity.ROW_APART, sum.over());
            statements.add(Statement.Loop.over(
                    sum.over(), List.of(new Statement.Copy(factor, copy, RECORD, Blocks.COUNT.name()))));
            rows = new WeightedSum(sum.start(), sum.over(), copy, sum.right(), sum.parts());
        }
        statements.add(Statement.Loop.over(over, shortParts(left, rows, Limits.ROWS / terms)));
        return statements;
    }

    /** Some parts a loop. */
    private static List<Statement> shortParts(Symbol left, WeightedSum sum, int together) {
        List<Statement> statements = new ArrayList<>();
        for (int first = 0; first < sum.parts(); first += together) {
            List<Statement> body = new ArrayList<>();
            for (int number = first; number < Math.min(first + together, sum.parts()); number++) {
                Symbol part = PartialSums.part(left, number);
                body.add(new Statement.Define(part, number == 0 ? sum.start() : Expression.NOTHING, true));
                for (int term = number; term < sum.over().size(); term += sum.parts()) {
                    addTerm(part, sum, new Index.Unit(term), statements, body);
                }
                body.add(new Statement.Store(part, part));
            }
            statements.add(Blocks.forEachRecord(body));
        }
        statements.add(Blocks.forEachRecord(List.of(new Statement.Store(left, PartialSums.together(left)))));
        return statements;
    }

    /** One part after the other, some terms a turn; the last terms of all, where not every part has one, with their sum. */
    private static List<Statement> longParts(Symbol left, WeightedSum sum) {
        Index.Variable row = sum.over();
        Index.Variable number = new Index.Variable("i", sum.parts());
        Symbol partial = left.with(Quantity.PARTIAL_SUM, row);
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.Loop.over(
                number,
                List.of(Blocks.forEachRecord(
                        List.of(new Statement.Store(partial.at(row, number), Expression.NOTHING))))));
        if (!sum.start().equals(Expression.NOTHING)) {
            statements.add(Blocks.forEachRecord(List.of(new Statement.Store(partial.at(row, 0), sum.start()))));
        }
        int terms = row.size() / sum.parts();
        int rows = IntStream.rangeClosed(1, Limits.ROWS)
                .boxed()
                .min(Comparator.comparing(turn -> terms / turn + terms % turn))
                .orElseThrow();
        int end = (terms - terms % rows) * sum.parts();
        int rest = terms * sum.parts();
        List<Statement> part = new ArrayList<>();
        part.add(turns(row, "i", "i + " + end, rows * sum.parts(), turn(left, partial, sum, row, rows)));
        if (end < rest) {
            part.add(turns(row, "i + " + end, Integer.toString(rest), sum.parts(), turn(left, partial, sum, row, 1)));
        }
        part.add(new Statement.Copy(
                partial.at(row, number.plus(rest)), PartialSums.part(left, number), RECORD, Blocks.COUNT.name()));
        statements.add(Statement.Loop.over(number, part));

        List<Statement> body = new ArrayList<>();
        for (int term = rest; term < row.size(); term++) {
            Symbol last = PartialSums.part(left, term - rest);
            body.add(new Statement.Load(last, true));
            addTerm(last, sum, new Index.Unit(term), statements, body);
        }
        body.add(new Statement.Store(left, PartialSums.together(left)));
        statements.add(Blocks.forEachRecord(body));
        return statements;
    }

    /** Whether sums start alike for all records, from a bias or from nothing. */
    private static boolean isOfAllRecords(Expression start) {
        return !(start instanceof Symbol symbol) || symbol.quantity().isParameter();
    }

    private static void loadIfParameter(Expression start, List<Statement> statements) {
        if (start instanceof Symbol bias) {
            statements.add(new Statement.Load(bias, false));
        }
    }

    private static Statement turns(Index.Variable row, String start, String end, int step, List<Statement> turn) {
        return new Statement.Loop(row, start, end, step, Optional.empty(), turn);
    }

    /** A term of a sum of each record: its weight is loaded before the loop over the records. */
    private static void addTerm(
            Symbol to, WeightedSum sum, Index term, List<Statement> beforeLoop, List<Statement> body) {
        Symbol weight = (Symbol) sum.right().at(sum.over(), term);
        beforeLoop.add(new Statement.Load(weight, false));
        body.add(new Statement.Assign(to, new Expression.MultiplyAdd(sum.left().at(sum.over(), term), weight, to)));
    }

    private static Statement sumsInVectors(Index.Variable over, Symbol left, WeightedSum sum) {
        if (sum.parts() > 1) {
            return partsInVectors(over, left, sum);
        }
        Symbol ofRecord = left.with(left.quantity(), over, RECORD);
        Symbol factorOfRecord = Blocks.ofRecord((Symbol) sum.left());
        // What the sums over other sources have led to, or the bias of all records
        Expression start =
                sum.start() instanceof Symbol value && !value.quantity().isParameter()
                        ? Blocks.ofRecord(value)
                        : sum.start();
        List<Statement> terms = List.of(
                new Statement.Load(factorOfRecord, false),
                new Statement.Load((Symbol) sum.right(), false),
                new Statement.Assign(ofRecord, new Expression.MultiplyAdd(factorOfRecord, sum.right(), ofRecord)));
        List<Statement> body = List.of(
                new Statement.Define(ofRecord, start, true),
                Statement.Loop.over(sum.over(), terms),
                new Statement.Store(ofRecord, ofRecord));
        Statement records = new Statement.Lanes(RECORD, Blocks.COUNT.name(), 2, true, body);
        return new Statement.LoopNest(
                new Equation(left, sum), true, Statement.Units.of(over, Limits.UNITS, List.of(records)));
    }

    /** Four of the parts first, and then the others, so that they fit the registers. */
    private static Statement partsInVectors(Index.Variable over, Symbol left, WeightedSum sum) {
        Symbol ofRecord = left.with(left.quantity(), over, RECORD);
        List<Statement> body = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            List<Integer> parts = IntStream.iterate(half, part -> part < sum.parts(), part -> part + 2)
                    .boxed()
                    .toList();
            for (int part : parts) {
                Expression start = part == 0 ? sum.start() : Expression.NOTHING;
                body.add(new Statement.Define(PartialSums.part(ofRecord, part), start, true));
            }
            int end = sum.over().size() - sum.over().size() % sum.parts();
            List<Statement> turn = new ArrayList<>();
            List<Statement> rest = new ArrayList<>();
            for (int part : parts) {
                turn.addAll(term(ofRecord, part, sum, sum.over().plus(part)));
                if (end + part < sum.over().size()) {
                    rest.addAll(term(ofRecord, part, sum, new Index.Unit(end + part)));
                }
            }
            body.add(Statement.Loop.inSteps(sum.over(), end, sum.parts(), turn));
            body.addAll(rest);
            body.add(added(ofRecord, half, half + 4));
            body.add(added(ofRecord, half + 2, half + 6));
            body.add(added(ofRecord, half, half + 2));
        }
        body.add(added(ofRecord, 0, 1));
        body.add(new Statement.Store(ofRecord, PartialSums.part(ofRecord, 0)));
        Statement records = new Statement.Lanes(RECORD, Blocks.COUNT.name(), 2, true, body);
        return new Statement.LoopNest(
                new Equation(left, sum), true, Statement.Units.of(over, Limits.UNITS / 2, List.of(records)));
    }

    private static Statement added(Symbol ofRecord, int part, int other) {
        Symbol to = PartialSums.part(ofRecord, part);
        return new Statement.Assign(to, Expression.sum(to, PartialSums.part(ofRecord, other)));
    }

    /** One more term for a part of each sum. */
    private static List<Statement> term(Symbol ofRecord, int number, WeightedSum sum, Index term) {
        Symbol factorOfRecord = Blocks.ofRecord((Symbol) sum.left()).at(sum.over(), term);
        Symbol weight = (Symbol) sum.right().at(sum.over(), term);
        Symbol part = PartialSums.part(ofRecord, number);
        return List.of(
                new Statement.Load(factorOfRecord, false),
                new Statement.Load(weight, false),
                new Statement.Assign(part, new Expression.MultiplyAdd(factorOfRecord, weight, part)));
    }

    /** Adds some terms to a sum of each record. */
    private static List<Statement> turn(Symbol left, Symbol partial, WeightedSum sum, Index first, int terms) {
        return turn(left, partial.at(sum.over(), first), partial, sum, first, terms);
    }

    private static List<Statement> turn(
            Symbol left, Expression start, Symbol partial, WeightedSum sum, Index first, int terms) {
        List<Statement> statements = new ArrayList<>();
        List<Statement> body = new ArrayList<>();
        body.add(new Statement.Define(left, start, true));
        for (int i = 0; i < terms; i++) {
            addTerm(left, sum, first.plus(i * sum.parts()), statements, body);
        }
        body.add(new Statement.Store(partial.at(sum.over(), first.plus(terms * sum.parts())), left));
        statements.add(
                first instanceof Index.Unit
                        ? Blocks.forEachRecord(body)
                        : new Statement.Loop(RECORD, "0", "n", 1, Optional.of(first), body));
        return statements;
    }
}
