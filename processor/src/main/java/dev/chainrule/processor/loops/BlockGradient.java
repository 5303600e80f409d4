package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.BlockStorage;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a block of records adds to the gradient, each record after those before it. */
final class BlockGradient {
    private static final Index.Variable RECORD = BlockStorage.RECORD;

    private BlockGradient() {}

    /** The derivatives by the weights of a layer, a row of them at a time where rows are wide. */
    static List<Statement> byWeights(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product product) {
        if (column.size() < Limits.LANES) {
            return rowsSideBySide(row, column, left, product);
        }
        Statement sideBySide = Statement.Loop.over(row, byParameters(column, left, List.of(product.operands())));
        Symbol delta = (Symbol) product.operands().get(0);
        Symbol factor = (Symbol) product.operands().get(1);
        Symbol columns = delta.with(Quantity.DELTA_ROW, RECORD, column);
        Statement copy = Blocks.forEachRecord(
                List.of(Statement.Loop.over(column, List.of(new Statement.Store(columns, delta)))));
        boolean isCopied = factor.quantity() == Quantity.INPUT && !BlockRows.readsInputs(row, column);
        Symbol factorOfRecord = Blocks.ofRecord(isCopied ? Blocks.inputRow(factor) : factor);
        List<Statement> terms = List.of(
                new Statement.Load(columns, false),
                new Statement.Load(factorOfRecord, false),
                new Statement.Assign(left, new Expression.MultiplyAdd(columns, factorOfRecord, left)));
        Statement units = Statement.Units.of(row, Limits.UNITS, List.of(inLanes(column, 2, left, terms)));
        Statement inVectors = new Statement.LoopNest(new Equation(left, product), true, units);
        return column.size() < Limits.WIDE
                ? List.of(new Statement.Either(List.of(copy, inVectors), List.of(sideBySide)))
                : List.of(
                        copy, new Statement.Either(List.of(inVectors), alongRows(row, column, left, factor, columns)));
    }

    /** Neighbours in the gradient by vectors, to which each record adds some terms. */
    private static Statement inLanes(Index.Variable column, int vectors, Symbol left, List<Statement> terms) {
        // HotSpot has to see that no index overflows, or it checks each
        String end = "Math.min(n, " + RECORD.size() + ")";
        List<Statement> body = List.of(
                new Statement.LoadGradient(left),
                new Statement.Loop(RECORD, "0", end, 1, Optional.empty(), terms),
                new Statement.StoreGradient(left));
        return new Statement.Lanes(column, Integer.toString(column.size()), vectors, false, body);
    }

    /** The derivatives by the biases of a layer; vectors read the deltas where those by its weights have left them. */
    static List<Statement> byBiases(Index.Variable column, Symbol left, Symbol delta) {
        List<Statement> sideBySide = byParameters(column, left, List.of(List.of(delta)));
        if (column.size() < Limits.LANES) {
            return sideBySide;
        }
        Symbol columns = delta.with(Quantity.DELTA_ROW, RECORD, column);
        List<Statement> terms =
                List.of(new Statement.Load(columns, false), new Statement.Assign(left, Expression.sum(left, columns)));
        Statement inVectors = new Statement.LoopNest(new Equation(left, delta), true, inLanes(column, 4, left, terms));
        return List.of(new Statement.Either(List.of(inVectors), sideBySide));
    }

    /** The derivatives by the weights of some short rows a turn. */
    private static List<Statement> rowsSideBySide(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product product) {
        int rows = Limits.SUMS / column.size();
        int end = row.size() - row.size() % rows;
        List<Statement> statements = new ArrayList<>();
        if (end > 0) {
            statements.add(Statement.Loop.inSteps(row, end, rows, rows(row, row, rows, column, left, product)));
        }
        if (end < row.size()) {
            statements.addAll(rows(row, new Index.Unit(end), row.size() - end, column, left, product));
        }
        return statements;
    }

    private static List<Statement> rows(
            Index.Variable row,
            Index first,
            int count,
            Index.Variable column,
            Symbol left,
            Expression.Product product) {
        List<Statement> additions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Index index = first.plus(i);
            for (int j = 0; j < column.size(); j++) {
                additions.add(Statement.added(
                        left.at(row, index).at(column, j),
                        product.at(row, index).at(column, j)));
            }
        }
        return added(additions);
    }

    /** The derivatives by a row of weights at a time, to which each record adds its deltas times one factor. */
    private static List<Statement> alongRows(
            Index.Variable row, Index.Variable column, Symbol left, Symbol factor, Symbol columns) {
        Symbol partial = left.with(Quantity.PARTIAL_SUM, RECORD, column);
        Symbol factorOfRecord = Blocks.ofRecord(factor);
        WeightedSum sum = new WeightedSum(left, RECORD, factorOfRecord, columns);
        int rows = Limits.GRADIENT_ROWS;
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
        body.add(new Statement.Copy(partial.at(RECORD, Blocks.COUNT), left, column, Integer.toString(column.size())));
        return List.of(
                new Statement.Comment(
                        "partialRows holds row k of the gradient after r records, at row r" + Tiles.ONE_INDEX),
                Statement.Loop.over(row, body));
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

    /** The derivatives by parameters that several layers have, each of which adds a product a record. */
    static List<Statement> byShared(List<Index.Variable> over, Symbol left, List<Expression> products) {
        List<List<Expression>> factors = products.stream()
                .map(product -> product instanceof Expression.Product ? product.operands() : List.of(product))
                .toList();
        Index.Variable last = over.get(over.size() - 1);
        List<Statement> sums = byParameters(last, left, factors);
        return over.size() == 1 ? sums : List.of(Statement.Loop.over(over.get(0), sums));
    }

    /**
     * Derivatives by some parameters side by side, added up over the records.
     *
     * @param products what is added for each record, by its factors
     */
    static List<Statement> byParameters(Index.Variable over, Symbol left, List<List<Expression>> products) {
        List<Statement> statements = new ArrayList<>();
        int end = over.size() - over.size() % Limits.SUMS;
        if (end > Limits.SUMS) {
            statements.add(
                    Statement.Loop.inSteps(over, end, Limits.SUMS, added(over, over, Limits.SUMS, left, products)));
        } else {
            end = 0;
        }
        for (int first = end; first < over.size(); first += Limits.SUMS) {
            int count = Math.min(Limits.SUMS, over.size() - first);
            statements.addAll(added(over, new Index.Unit(first), count, left, products));
        }
        return statements;
    }

    private static List<Statement> added(
            Index.Variable over, Index first, int count, Symbol left, List<List<Expression>> products) {
        List<Statement> additions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Index index = first.plus(i);
            for (List<Expression> factors : products) {
                Expression[] values =
                        factors.stream().map(factor -> factor.at(over, index)).toArray(Expression[]::new);
                additions.add(Statement.added(left.at(over, index), Expression.product(values)));
            }
        }
        return added(additions);
    }

    /** Some derivatives side by side, in local variables for all records. */
    static List<Statement> added(List<Statement> additions) {
        List<Statement> statements = new ArrayList<>();
        List<Statement> body = new ArrayList<>(Blocks.loads(additions, false));
        Set<Symbol> sums = new LinkedHashSet<>();
        for (Statement addition : additions) {
            Symbol sum = symbol(addition);
            sums.add(sum);
            body.add(
                    addition instanceof Statement.AddProductTo product
                            ? new Statement.Assign(
                                    sum, new Expression.MultiplyAdd(product.left(), product.right(), sum))
                            : new Statement.Add(sum, ((Statement.AddTo) addition).right()));
        }
        sums.forEach(sum -> statements.add(new Statement.LoadGradient(sum)));
        statements.add(Blocks.forEachRecord(body));
        sums.forEach(sum -> statements.add(new Statement.StoreGradient(sum)));
        return statements;
    }

    /** What a statement adds to. */
    static Symbol symbol(Statement addition) {
        return addition instanceof Statement.AddProductTo product
                ? product.symbol()
                : ((Statement.AddTo) addition).symbol();
    }
}
