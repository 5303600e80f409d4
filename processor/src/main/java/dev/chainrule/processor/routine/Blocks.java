package dev.chainrule.processor.routine;

import dev.chainrule.processor.derivation.Block;
import dev.chainrule.processor.derivation.Equation;
import dev.chainrule.processor.derivation.Expression;
import dev.chainrule.processor.derivation.Expression.WeightedSum;
import dev.chainrule.processor.derivation.Index;
import dev.chainrule.processor.derivation.Quantity;
import dev.chainrule.processor.derivation.Section;
import dev.chainrule.processor.derivation.Symbol;
import dev.chainrule.processor.routine.Statement.VectorArgument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A section for a block of records at once. Records do not depend on each other, so the processor works on several at a time,
 * and a parameter is loaded once for all. Each record's values are computed by the same operations in the same order as alone,
 * and its derivatives are added to the gradient after those of the records before it: the results are the same bit for bit.
 */
final class Blocks {
    private static final Index.Variable RECORD = BlockStorage.RECORD;

    /** How many records there are. */
    private static final Index.Variable COUNT = new Index.Variable("n", Limits.BLOCK_RECORDS);

    private final Predicate<Symbol> exported;

    private Blocks(Predicate<Symbol> exported) {
        this.exported = exported;
    }

    /** The statements of a section; {@code exported} says which of its symbols other sections need. */
    static List<Statement> of(Section section, boolean isLooped, Predicate<Symbol> exported) {
        Blocks blocks = new Blocks(exported);
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement.Heading(section));
        if (isLooped) {
            for (Block block : section.blocks()) {
                block.equations().forEach(equation -> statements.addAll(blocks.looped(block.over(), equation)));
            }
        } else {
            statements.addAll(blocks.writtenOut(StraightLine.of(section)));
        }
        return statements;
    }

    private static Statement forEachRecord(List<Statement> body) {
        return new Statement.Loop(RECORD, "0", "n", 1, Optional.empty(), body);
    }

    /** Everything in one loop over the records, but for additions to the gradient. */
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
        if (!forRecord.isEmpty()) {
            loads(forRecord, true).forEach(statements::add);
            List<Statement> body = new ArrayList<>(loads(forRecord, false));
            body.addAll(forRecord);
            defined(forRecord).stream()
                    .filter(exported)
                    .forEach(symbol -> body.add(new Statement.Store(symbol, symbol)));
            statements.add(forEachRecord(body));
        }
        for (int from = 0; from < additions.size(); from += Tiles.SUMS) {
            statements.addAll(added(additions.subList(from, Math.min(from + Tiles.SUMS, additions.size()))));
        }
        return statements;
    }

    /** Loads of what the statements read and do not define: of parameters, or of what each record has. */
    private static List<Statement> loads(List<Statement> statements, boolean ofParameters) {
        Set<Symbol> defined = defined(statements);
        return statements.stream()
                .flatMap(Reads::of)
                .distinct()
                .filter(symbol -> !defined.contains(symbol))
                .filter(symbol -> isParameter(symbol) == ofParameters)
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

    private static boolean isParameter(Symbol symbol) {
        return symbol.quantity() == Quantity.WEIGHT || symbol.quantity() == Quantity.BIAS;
    }

    /** Some derivatives side by side, in local variables for all records. */
    private static List<Statement> added(List<Statement> additions) {
        List<Statement> statements = new ArrayList<>();
        List<Statement> body = new ArrayList<>(loads(additions, false));
        List<Statement> results = new ArrayList<>();
        for (Statement addition : additions) {
            if (addition instanceof Statement.AddProductTo product) {
                statements.add(new Statement.LoadGradient(product.symbol()));
                body.add(new Statement.Assign(
                        product.symbol(),
                        new Expression.MultiplyAdd(product.left(), product.right(), product.symbol())));
                results.add(new Statement.StoreGradient(product.symbol()));
            } else if (addition instanceof Statement.AddTo sum) {
                statements.add(new Statement.LoadGradient(sum.symbol()));
                body.add(new Statement.Add(sum.symbol(), sum.right()));
                results.add(new Statement.StoreGradient(sum.symbol()));
            }
        }
        statements.add(forEachRecord(body));
        statements.addAll(results);
        return statements;
    }

    private List<Statement> looped(List<Index.Variable> over, Equation equation) {
        Symbol left = equation.left();
        if (equation.right() instanceof WeightedSum sum && !over.isEmpty()) {
            return sums(over.get(0), left, sum);
        }
        if (left.quantity() == Quantity.ERROR_BY_WEIGHT && equation.right() instanceof Expression.Product product) {
            return over.get(1).size() >= Tiles.WIDE
                    ? gradientAlongRows(over.get(0), over.get(1), left, product)
                    : List.of(Statement.Loop.over(over.get(0), gradient(over.get(1), left, product.operands())));
        }
        if (left.quantity() == Quantity.ERROR_BY_BIAS) {
            return gradient(over.get(0), left, List.of(equation.right()));
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
            Symbol copy = factor.with(Quantity.INPUT_ROW, row);
            statements.add(
                    Statement.Loop.over(row, List.of(forEachRecord(List.of(new Statement.Store(copy, factor))))));
            factor = copy;
        }
        WeightedSum rows = new WeightedSum(sum.start(), row, factor, sum.right());
        statements.add(new Statement.Either(
                List.of(Statement.Loop.over(over, sumInVectors(left, rows))),
                List.of(
                        new Statement.Comment("partialRows holds the sums of the first " + row.name()
                                + " terms, at the position of row " + row.name()),
                        Statement.Loop.over(over, sum(left, rows)))));
        return statements;
    }

    private static List<Statement> sum(Symbol left, WeightedSum sum) {
        Index.Variable row = sum.over();
        Symbol partial = left.with(Quantity.PARTIAL_SUM, row);
        List<Statement> statements = new ArrayList<>();
        statements.add(forEachRecord(List.of(new Statement.Store(partial.at(row, 0), sum.start()))));
        int end = row.size() - row.size() % Tiles.ROWS;
        if (end > 0) {
            statements.add(Statement.Loop.inSteps(row, end, Tiles.ROWS, turn(left, partial, sum, row, Tiles.ROWS)));
        }
        if (end < row.size()) {
            statements.addAll(turn(left, partial, sum, new Index.Unit(end), row.size() - end));
        }
        statements.add(new Statement.Copy(partial.at(row, row.size()), left, RECORD, "n"));
        return statements;
    }

    private static List<Statement> sumInVectors(Symbol left, WeightedSum sum) {
        Index.Variable row = sum.over();
        Symbol weight = (Symbol) sum.right();
        int stride = weight.indices().get(1).equals(row) ? 1 : columns(weight);
        return List.of(
                forEachRecord(List.of(new Statement.Store(left, sum.start()))),
                new Statement.VectorCall(
                        VectorMethod.BLOCK_SUMS,
                        List.of(row.size(), stride),
                        List.of(
                                new VectorArgument.Start((Symbol) sum.left().at(row, 0), RECORD),
                                new VectorArgument.Start(weight, row),
                                new VectorArgument.Start(left, RECORD))));
    }

    private static int columns(Symbol weight) {
        return ((Index.Variable) weight.indices().get(1)).size();
    }

    /** Adds some terms to a sum of each record. */
    private static List<Statement> turn(Symbol left, Symbol partial, WeightedSum sum, Index first, int terms) {
        List<Statement> statements = new ArrayList<>();
        List<Statement> body = new ArrayList<>();
        body.add(new Statement.Define(left, partial.at(sum.over(), first), true));
        for (int i = 0; i < terms; i++) {
            Index index = first.plus(i);
            Symbol weight = (Symbol) sum.right().at(sum.over(), index);
            statements.add(new Statement.Load(weight, false));
            body.add(new Statement.Assign(
                    left, new Expression.MultiplyAdd(sum.left().at(sum.over(), index), weight, left)));
        }
        body.add(new Statement.Store(partial.at(sum.over(), first.plus(terms)), left));
        statements.add(
                first instanceof Index.Unit
                        ? forEachRecord(body)
                        : new Statement.Loop(RECORD, "0", "n", 1, Optional.of(first), body));
        return statements;
    }

    /** The derivatives by a row of weights at a time, to which each record adds its deltas times one factor. */
    private static List<Statement> gradientAlongRows(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product product) {
        Symbol delta = (Symbol) product.operands().get(0);
        Symbol factor = (Symbol) product.operands().get(1);
        Symbol columns = delta.with(Quantity.DELTA_ROW, RECORD, column);
        Symbol partial = left.with(Quantity.PARTIAL_SUM, RECORD, column);
        Symbol factorOfRecord = factor.with(factor.quantity(), row, RECORD);
        WeightedSum sum = new WeightedSum(left, RECORD, factorOfRecord, columns);
        int rows = Tiles.GRADIENT_ROWS;
        List<Statement> body = new ArrayList<>();
        body.add(new Statement.Copy(left, partial.at(RECORD, 0), column, Integer.toString(column.size())));
        body.add(new Statement.Loop(
                RECORD,
                "0",
                "min(n - " + (rows - 1) + ", BLOCK)",
                rows,
                Optional.empty(),
                records(left, partial, sum, column, rows)));
        body.add(new Statement.Loop(
                RECORD, "n - n % " + rows, "n", 1, Optional.empty(), records(left, partial, sum, column, 1)));
        body.add(new Statement.Copy(partial.at(RECORD, COUNT), left, column, Integer.toString(column.size())));
        Statement inVectors = new Statement.VectorCall(
                VectorMethod.BLOCK_GRADIENT,
                List.of(column.size(), factor.quantity() == Quantity.INPUT ? row.size() : 1),
                List.of(
                        new VectorArgument.Start(columns.at(RECORD, 0), column),
                        new VectorArgument.Count(COUNT.name()),
                        new VectorArgument.Start(factor, RECORD),
                        new VectorArgument.Start(left, column)));
        return List.of(
                forEachRecord(List.of(Statement.Loop.over(column, List.of(new Statement.Store(columns, delta))))),
                new Statement.Either(
                        List.of(Statement.Loop.over(row, List.of(inVectors))),
                        List.of(
                                new Statement.Comment("partialRows holds row k of the gradient with the first r records"
                                        + " added, at the position of their deltas"),
                                Statement.Loop.over(row, body))));
    }

    /** Adds the products of some records to a row of the gradient. */
    private static List<Statement> records(
            Symbol left, Symbol partial, WeightedSum sum, Index.Variable column, int records) {
        List<Statement> statements = new ArrayList<>();
        List<Statement> body = new ArrayList<>();
        body.add(new Statement.Define(left, partial, true));
        for (int i = 0; i < records; i++) {
            Symbol factor = (Symbol) sum.left().at(RECORD, RECORD.plus(i));
            statements.add(new Statement.Load(factor, false));
            body.add(new Statement.Assign(
                    left, new Expression.MultiplyAdd(sum.right().at(RECORD, RECORD.plus(i)), factor, left)));
        }
        body.add(new Statement.Store(partial.at(RECORD, RECORD.plus(records)), left));
        statements.add(Statement.Loop.along(RECORD, column, body));
        return statements;
    }

    /** Derivatives by some parameters side by side, added up over the records. */
    private static List<Statement> gradient(Index.Variable over, Symbol left, List<Expression> factors) {
        List<Statement> statements = new ArrayList<>();
        int end = over.size() - over.size() % Tiles.SUMS;
        if (end > Tiles.SUMS) {
            statements.add(Statement.Loop.inSteps(over, end, Tiles.SUMS, added(over, over, Tiles.SUMS, left, factors)));
        } else {
            end = 0;
        }
        for (int first = end; first < over.size(); first += Tiles.SUMS) {
            int count = Math.min(Tiles.SUMS, over.size() - first);
            statements.addAll(added(over, new Index.Unit(first), count, left, factors));
        }
        return statements;
    }

    private static List<Statement> added(
            Index.Variable over, Index first, int count, Symbol left, List<Expression> factors) {
        List<Statement> additions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Index index = first.plus(i);
            Expression[] values =
                    factors.stream().map(factor -> factor.at(over, index)).toArray(Expression[]::new);
            additions.add(Statement.added(left.at(over, index), Expression.product(values)));
        }
        return added(additions);
    }
}
