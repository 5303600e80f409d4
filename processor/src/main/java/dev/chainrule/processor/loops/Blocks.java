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
import dev.chainrule.processor.rewrite.SplitSums;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
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
        statements.addAll(rowByRow(functions));
        statements.addAll(unitByUnit(after, exported));
        // What is added to a derivative that several layers have stays together, record by record
        Map<Symbol, List<Statement>> sums = additions.stream()
                .collect(Collectors.groupingBy(BlockGradient::symbol, LinkedHashMap::new, Collectors.toList()));
        List<List<Statement>> all = List.copyOf(sums.values());
        for (int from = 0; from < all.size(); from += Limits.WRITTEN_OUT_SUMS) {
            int end = Math.min(from + Limits.WRITTEN_OUT_SUMS, all.size());
            statements.addAll(BlockGradient.added(
                    all.subList(from, end).stream().flatMap(List::stream).toList()));
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
        Set<Symbol> read = statements.stream().flatMap(Statement::reads).collect(Collectors.toSet());
        List<Statement> body = new ArrayList<>(loads(statements, false));
        List<Statement> stores = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Define define && stored.test(define.symbol())) {
                // What nothing here reads needs no variable
                if (!define.updated() && !read.contains(define.symbol())) {
                    body.add(new Statement.Store(define.symbol(), define.right()));
                    continue;
                }
                stores.add(new Statement.Store(define.symbol(), define.symbol()));
            }
            body.add(statement);
        }
        body.addAll(stores);
        return List.of(forEachRecord(body));
    }

    /** Kernels, all those of a layer together where they are of its units, one after the other. */
    private List<Statement> rowByRow(List<Statement> functions) {
        Map<Symbol, List<Statement.Define>> layers = functions.stream()
                .map(Statement.Define.class::cast)
                .collect(Collectors.groupingBy(
                        define -> define.symbol().family(), LinkedHashMap::new, Collectors.toList()));
        return layers.values().stream()
                .flatMap(layer -> ofLayer(layer).stream())
                .toList();
    }

    private List<Statement> ofLayer(List<Statement.Define> kernels) {
        Symbol left = kernels.get(0).symbol();
        Expression.Call first = (Expression.Call) kernels.get(0).right();
        boolean isOfSums = Functions.isOfOwnSum(left, first);
        boolean areRows = IntStream.range(0, kernels.size()).allMatch(unit -> {
            Statement.Define define = kernels.get(unit);
            Expression.Call kernel = (Expression.Call) define.right();
            return define.symbol().indices().equals(List.of(new Index.Unit(unit)))
                    && kernel.function() == first.function()
                    && Functions.isOfOwnSum(define.symbol(), kernel) == isOfSums;
        });
        List<Statement> statements = new ArrayList<>();
        if (!hasTables || !areRows) {
            kernels.forEach(kernel ->
                    statements.add(Functions.values(kernel.symbol(), kernel.right(), List.of(), RECORD, COUNT.name())));
            return statements;
        }
        if (!isOfSums) {
            List<Statement> arguments = kernels.stream()
                    .<Statement>map(kernel -> new Statement.Define(
                            Functions.argument(kernel.symbol()),
                            kernel.right().operands().get(0),
                            false))
                    .toList();
            statements.addAll(unitByUnit(arguments, symbol -> true));
        }
        statements.add(Functions.inRows(left, first, kernels.size(), RECORD.size(), COUNT.name()));
        return statements;
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
                .flatMap(Statement::loads)
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
            return BlockRows.sums(over.get(0), left, sum);
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
        if (!over.isEmpty() && hasTables && Functions.isKernel(equation.right())) {
            List<Statement> steps =
                    Functions.byTables(left, (Expression.Call) equation.right(), over, RECORD, COUNT.name());
            return List.of(Functions.inVectorsOr(steps, steps));
        }
        if (!over.isEmpty() && Functions.isInVectors(equation.right())) {
            return List.of(Functions.values(left, equation.right(), over, RECORD, COUNT.name()));
        }
        List<Statement> body = Loops.equation(over, equation, symbol -> true);
        boolean isLoop = body.size() == 1 && body.get(0) instanceof Statement.Loop;
        return isLoop ? List.of(inside((Statement.Loop) body.get(0))) : List.of(forEachRecord(body));
    }

    /** The loop over units outside, that over records inside, along a row. */
    private static Statement inside(Statement.Loop units) {
        return Statement.Loop.over(units.variable(), List.of(forEachRecord(units.body())));
    }
}
