package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.BlockStorage;
import dev.chainrule.processor.code.MethodBody;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rewrite.Copies;
import dev.chainrule.processor.rewrite.PartialSums;
import dev.chainrule.processor.rewrite.SplitSums;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A section for a block of records at once. Records do not depend on each other, so the processor works on several at a time,
 * and a parameter is loaded once for all. Each record's values are computed by the same operations in the same order as alone,
 * and its derivatives are added to the gradient after those of the records before it: the results are the same bit for bit.
 */
final class Blocks {
    private static final Index.Variable RECORD = BlockStorage.RECORD;

    /** How many records there are. */
    static final Index.Variable COUNT = new Index.Variable("n", Limits.BLOCK_RECORDS);

    private final Predicate<Symbol> exported;
    private final boolean hasTables;

    private Blocks(Predicate<Symbol> exported, boolean hasTables) {
        this.exported = exported;
        this.hasTables = hasTables;
    }

    /**
     * The statements of a section.
     *
     * @param exported which of its symbols other sections need
     * @param shortSum the terms of the longest sum that is one line where all is written out
     * @param hasTables whether kernels look up tables
     * @param sparsity says which terms are left out where all is written out
     */
    static List<Statement> of(
            Section section,
            boolean isLooped,
            Predicate<Symbol> exported,
            int shortSum,
            boolean hasTables,
            Sparsity sparsity) {
        Blocks blocks = new Blocks(exported, hasTables);
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement.Heading(section));
        if (isLooped) {
            for (Block block : SplitSums.of(Copies.leftOut(section, exported))) {
                statements.addAll(blocks.looped(block));
            }
        } else {
            statements.addAll(blocks.writtenOut(StraightLine.of(section, shortSum, sparsity)));
        }
        return statements;
    }

    /** A copy of an input beside those of the other records. */
    static Symbol inputRow(Symbol input) {
        return input.with(Quantity.INPUT_ROW, input.indices().get(0));
    }

    /** A unit's value of each record. */
    static Symbol ofRecord(Symbol value) {
        return new Symbol(
                value.quantity(),
                value.layer(),
                value.label(),
                List.of(value.indices().get(0), RECORD));
    }

    static Statement forEachRecord(List<Statement> body) {
        return new Statement.Loop(RECORD, "0", "n", 1, Optional.empty(), body);
    }

    /**
     * What leads to the functions of an activation, the functions row by row, and what follows from them, each in a loop over the
     * records; then additions to the gradient.
     */
    private List<Statement> writtenOut(List<Statement> lines) {
        List<Statement> forRecord = new ArrayList<>();
        List<Statement> additions = new ArrayList<>();
        for (Statement line : lines) {
            if (line instanceof Statement.AddTo || line instanceof Statement.AddProductTo) {
                additions.add(line);
            } else if (!(line instanceof Statement.Heading)) {
                forRecord.add(line);
            }
        }
        List<Statement> statements = new ArrayList<>();
        loads(forRecord, true).forEach(statements::add);
        List<Statement> functions = forRecord.stream()
                .filter(line -> line instanceof Statement.Define define && Functions.isKernel(define.right()))
                .toList();
        List<Statement> after = dependingOn(defined(functions), forRecord);
        List<Statement> before = new ArrayList<>(forRecord);
        before.removeAll(functions);
        before.removeAll(after);
        Set<Symbol> readLater = Stream.concat(functions.stream(), after.stream())
                .flatMap(Statement::reads)
                .collect(Collectors.toSet());
        statements.addAll(unitByUnit(before, exported.or(readLater::contains)));
        if (!functions.isEmpty()) {
            statements.add(rowByRow(functions));
        }
        statements.addAll(unitByUnit(after, exported));
        // What is added to a derivative that several layers have stays together, record by record
        Map<Symbol, List<Statement>> sums = additions.stream()
                .collect(Collectors.groupingBy(BlockGradient::symbol, LinkedHashMap::new, Collectors.toList()));
        List<List<Statement>> all = List.copyOf(sums.values());
        for (int from = 0; from < all.size(); from += Limits.SUMS) {
            statements.addAll(BlockGradient.added(all.subList(from, Math.min(from + Limits.SUMS, all.size())).stream()
                    .flatMap(List::stream)
                    .toList()));
        }
        return statements;
    }

    /**
     * A loop over the records for what does not need each other, as HotSpot makes vector instructions of short loops with a single
     * store; one loop for all where records stand one after the other, so that there are none to make.
     */
    private static List<Statement> unitByUnit(List<Statement> statements, Predicate<Symbol> stored) {
        List<List<Statement>> parts = independent(statements);
        boolean areRows = statements.stream()
                .flatMap(statement -> Stream.concat(statement.reads(), statement.effects().places().stream()))
                .noneMatch(symbol -> isOfCaller(symbol.quantity()));
        return areRows && parts.stream().allMatch(part -> part.size() <= Limits.ROWS)
                ? parts.stream()
                        .flatMap(part -> recordByRecord(part, stored).stream())
                        .toList()
                : recordByRecord(statements, stored);
    }

    private static boolean isOfCaller(Quantity quantity) {
        return quantity == Quantity.INPUT || quantity == Quantity.TARGET || quantity.isResult();
    }

    /** The statements in groups, none of which reads what another one defines. */
    private static List<List<Statement>> independent(List<Statement> statements) {
        Set<Symbol> defined = defined(statements);
        Map<Symbol, List<Statement>> groups = new LinkedHashMap<>();
        for (Statement statement : statements) {
            List<Symbol> symbols = Stream.concat(statement.effects().local().stream(), statement.reads())
                    .filter(defined::contains)
                    .distinct()
                    .toList();
            List<Statement> group = symbols.stream()
                    .map(groups::get)
                    .filter(Objects::nonNull)
                    .distinct()
                    .flatMap(List::stream)
                    .collect(Collectors.toCollection(ArrayList::new));
            group.add(statement);
            group.forEach(other -> other.effects().local().ifPresent(symbol -> groups.put(symbol, group)));
        }
        return groups.values().stream().distinct().toList();
    }

    /** One loop over the records; {@code stored} says what of it is put into memory. */
    private static List<Statement> recordByRecord(List<Statement> statements, Predicate<Symbol> stored) {
        if (statements.isEmpty()) {
            return List.of();
        }
        List<Statement> body = new ArrayList<>(loads(statements, false));
        body.addAll(statements);
        defined(statements).stream().filter(stored).forEach(symbol -> body.add(new Statement.Store(symbol, symbol)));
        return List.of(forEachRecord(body));
    }

    private Statement rowByRow(List<Statement> functions) {
        List<Statement> inVectors = new ArrayList<>();
        List<Statement> otherwise = new ArrayList<>();
        for (Statement function : functions) {
            Statement.Define define = (Statement.Define) function;
            Statement.Either values =
                    Functions.values(define.symbol(), define.right(), List.of(), RECORD, COUNT.name(), false);
            inVectors.addAll(values.inVectors());
            otherwise.addAll(values.otherwise());
        }
        Statement.Define first = (Statement.Define) functions.get(0);
        boolean areRows =
                IntStream.range(0, functions.size()).allMatch(unit -> isOfUnit(functions.get(unit), unit, first));
        return new Statement.Either(
                inVectors,
                hasTables && areRows
                        ? List.of(Functions.inRows(
                                first.symbol(),
                                (Expression.Call) first.right(),
                                functions.size(),
                                RECORD,
                                COUNT.name()))
                        : otherwise);
    }

    /** Whether a kernel is that of a unit, and of its own sum, as another one is of the first unit. */
    private static boolean isOfUnit(Statement statement, int unit, Statement.Define first) {
        Statement.Define define = (Statement.Define) statement;
        return define.symbol().family().equals(first.symbol().family())
                && define.symbol().indices().equals(List.of(new Index.Unit(unit)))
                && ((Expression.Call) define.right()).function() == ((Expression.Call) first.right()).function()
                && Functions.isOfOwnSum(define.symbol(), define.right());
    }

    /** The statements that need some symbols, or what is computed from them. */
    private static List<Statement> dependingOn(Set<Symbol> symbols, List<Statement> statements) {
        Set<Symbol> known = new LinkedHashSet<>(symbols);
        List<Statement> depending = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement.reads().anyMatch(known::contains)) {
                depending.add(statement);
                known.addAll(defined(List.of(statement)));
            }
        }
        return depending;
    }

    /** Loads of what the statements read and do not define: of parameters, or of what each record has. */
    static List<Statement> loads(List<Statement> statements, boolean ofParameters) {
        Set<Symbol> defined = defined(statements);
        return statements.stream()
                .flatMap(Statement::reads)
                .distinct()
                .filter(symbol -> !defined.contains(symbol))
                .filter(symbol -> symbol.quantity().isParameter() == ofParameters)
                .sorted(MethodBody.IN_MEMORY_ORDER)
                .<Statement>map(symbol -> new Statement.Load(symbol, false))
                .toList();
    }

    private static Set<Symbol> defined(List<Statement> statements) {
        Set<Symbol> defined = new LinkedHashSet<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Define define) {
                defined.add(define.symbol());
            }
        }
        return defined;
    }

    private List<Statement> looped(Block block) {
        Map<Symbol, List<Equation>> byLeft = block.equations().stream()
                .collect(Collectors.groupingBy(Equation::left, LinkedHashMap::new, Collectors.toList()));
        List<Statement> statements = new ArrayList<>();
        byLeft.forEach((left, equations) -> statements.addAll(
                equations.size() == 1
                        ? looped(block.over(), equations.get(0))
                        : BlockGradient.byShared(
                                block.over(),
                                left,
                                equations.stream().map(Equation::right).toList())));
        return statements;
    }

    private List<Statement> looped(List<Index.Variable> over, Equation equation) {
        Symbol left = equation.left();
        if (equation.right() instanceof WeightedSum sum && !over.isEmpty()) {
            return sums(over.get(0), left, sum);
        }
        if (left.quantity() == Quantity.ERROR_BY_WEIGHT && equation.right() instanceof Expression.Product product) {
            return BlockGradient.byWeights(over.get(0), over.get(1), left, product);
        }
        if (left.quantity() == Quantity.ERROR_BY_BIAS && equation.right() instanceof Symbol delta) {
            return BlockGradient.byBiases(over.get(0), left, delta);
        }
        if (left.quantity().isGradient()) {
            return BlockGradient.byParameters(over.get(0), left, List.of(List.of(equation.right())));
        }
        if (!over.isEmpty() && Functions.isInVectors(equation.right())) {
            return List.of(Functions.values(left, equation.right(), over, RECORD, COUNT.name(), hasTables));
        }
        List<Statement> body = Loops.equation(over, equation, symbol -> true);
        boolean isLoop = body.size() == 1 && body.get(0) instanceof Statement.Loop;
        return isLoop ? List.of(inside((Statement.Loop) body.get(0))) : List.of(forEachRecord(body));
    }

    /** The loop over units outside, that over records inside, along a row. */
    private static Statement inside(Statement.Loop units) {
        return Statement.Loop.over(units.variable(), List.of(forEachRecord(units.body())));
    }

    /**
     * The sums, one row of records each, that of all products of a weight with a row. As in {@link Tiles}, the sums go with the
     * rows, so that one variable plus constants is the index of all.
     */
    private static List<Statement> sums(Index.Variable over, Symbol left, WeightedSum sum) {
        Index.Variable row = sum.over();
        List<Statement> statements = new ArrayList<>();
        Symbol factor = (Symbol) sum.left();
        if (factor.quantity() == Quantity.INPUT) {
            Symbol copy = inputRow(factor);
            statements.addAll(copies(factor, copy, row));
            factor = copy;
        }
        WeightedSum rows = new WeightedSum(sum.start(), row, factor, sum.right(), sum.parts());
        statements.add(new Statement.Either(
                List.of(sumsInVectors(over, left, rows)),
                List.of(
                        new Statement.Comment("partialRows holds the sums of the first " + row.name() + " terms at row "
                                + row.name() + Tiles.ONE_INDEX),
                        Statement.Loop.over(over, sum.parts() > 1 ? sumInParts(left, rows) : sum(left, rows)))));
        return statements;
    }

    /** Copies of the inputs: record by record where they are few, else input by input, for the sake of the cache. */
    private static List<Statement> copies(Symbol input, Symbol copy, Index.Variable over) {
        if (over.size() > Limits.UNROLLED_WIDTH) {
            List<Statement> ofInput = List.of(new Statement.Store(copy, input));
            return List.of(Statement.Loop.over(over, List.of(forEachRecord(ofInput))));
        }
        return List.of(forEachRecord(IntStream.range(0, over.size())
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
            statements.add(forEachRecord(List.of(new Statement.Store(partial.at(row, 0), sum.start()))));
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

    private static List<Statement> sumInParts(Symbol left, WeightedSum sum) {
        int terms = (sum.over().size() + sum.parts() - 1) / sum.parts();
        return terms > Limits.ROWS ? longParts(left, sum) : shortParts(left, sum, Limits.ROWS / terms);
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
            statements.add(forEachRecord(body));
        }
        statements.add(forEachRecord(List.of(new Statement.Store(left, PartialSums.together(left)))));
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
                List.of(forEachRecord(List.of(new Statement.Store(partial.at(row, number), Expression.NOTHING))))));
        if (!sum.start().equals(Expression.NOTHING)) {
            statements.add(forEachRecord(List.of(new Statement.Store(partial.at(row, 0), sum.start()))));
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
                partial.at(row, number.plus(rest)), PartialSums.part(left, number), RECORD, COUNT.name()));
        statements.add(Statement.Loop.over(number, part));

        List<Statement> body = new ArrayList<>();
        for (int term = rest; term < row.size(); term++) {
            Symbol last = PartialSums.part(left, term - rest);
            body.add(new Statement.Load(last, true));
            addTerm(last, sum, new Index.Unit(term), statements, body);
        }
        body.add(new Statement.Store(left, PartialSums.together(left)));
        statements.add(forEachRecord(body));
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
        Symbol factorOfRecord = ofRecord((Symbol) sum.left());
        // What the sums over other sources have led to, or the bias of all records
        Expression start =
                sum.start() instanceof Symbol value && !value.quantity().isParameter() ? ofRecord(value) : sum.start();
        List<Statement> terms = List.of(
                new Statement.Load(factorOfRecord, false),
                new Statement.Load((Symbol) sum.right(), false),
                new Statement.Assign(ofRecord, new Expression.MultiplyAdd(factorOfRecord, sum.right(), ofRecord)));
        List<Statement> body = List.of(
                new Statement.Define(ofRecord, start, true),
                Statement.Loop.over(sum.over(), terms),
                new Statement.Store(ofRecord, ofRecord));
        Statement records = new Statement.Lanes(RECORD, COUNT.name(), 2, true, body);
        return new Statement.LoopNest(
                new Equation(left, sum), true, new Statement.Units(over, Limits.UNITS, List.of(records)));
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
        Statement records = new Statement.Lanes(RECORD, COUNT.name(), 2, true, body);
        return new Statement.LoopNest(
                new Equation(left, sum), true, new Statement.Units(over, Limits.UNITS / 2, List.of(records)));
    }

    private static Statement added(Symbol ofRecord, int part, int other) {
        Symbol to = PartialSums.part(ofRecord, part);
        return new Statement.Assign(to, Expression.sum(to, PartialSums.part(ofRecord, other)));
    }

    /** One more term for a part of each sum. */
    private static List<Statement> term(Symbol ofRecord, int number, WeightedSum sum, Index term) {
        Symbol factorOfRecord = ofRecord((Symbol) sum.left()).at(sum.over(), term);
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
                        ? forEachRecord(body)
                        : new Statement.Loop(RECORD, "0", "n", 1, Optional.of(first), body));
        return statements;
    }
}
