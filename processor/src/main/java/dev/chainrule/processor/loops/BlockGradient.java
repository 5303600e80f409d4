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

    /** The derivatives by the weights of a layer, where rows are wide a row of them at a time, or those of a unit. */
    static List<Statement> byWeights(
            Index.Variable row, Index.Variable column, Symbol left, Expression.Product product) {
        if (column.size() < Limits.LANES) {
            return rowsSideBySide(row, column, left, product);
        }
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
        if (row.size() >= Limits.MANY_INPUTS && column.size() < RECORD.size()) {
            return List.of(
                    new Statement.Either(List.of(copy, inVectors), alongInputs(row, column, left, delta, factor)));
        }
        if (column.size() < Limits.WIDE) {
            Statement sideBySide = Statement.Loop.over(row, byParameters(column, left, List.of(product.operands())));
            return List.of(new Statement.Either(List.of(copy, inVectors), List.of(sideBySide)));
        }
        Symbol partial = left.with(Quantity.PARTIAL_SUM, RECORD, column);
        String length = Integer.toString(column.size());
        List<Statement> alongRow = new ArrayList<>();
        alongRow.add(new Statement.Copy(left, partial.at(RECORD, 0), column, length));
        alongRow.addAll(recordByRecord(column, left, partial, columns, Blocks.ofRecord(factor)));
        alongRow.add(new Statement.Copy(partial.at(RECORD, Blocks.COUNT), left, column, length));
        return List.of(copy, new Statement.Either(List.of(inVectors), inRows("row", row, alongRow)));
    }

    /** Unit by unit along the inputs, of which there are many more: the derivatives by the weights of one are not side by side. */
    private static List<Statement> alongInputs(
            Index.Variable row, Index.Variable column, Symbol left, Symbol delta, Symbol factor) {
        Symbol columns = left.with(Quantity.FACTOR_ROW, RECORD, row);
        Symbol partial = left.with(Quantity.PARTIAL_SUM, RECORD, row);
        Symbol sum = partial.at(RECORD, Blocks.COUNT);
        List<Statement> ofUnit = new ArrayList<>();
        ofUnit.add(Statement.Loop.over(
                row, List.of(new Statement.LoadGradient(left), new Statement.Store(partial.at(RECORD, 0), left))));
        ofUnit.addAll(recordByRecord(row, left, partial, columns, Blocks.ofRecord(delta)));
        ofUnit.add(Statement.Loop.over(
                row, List.of(new Statement.Define(left, sum, false), new Statement.StoreGradient(left))));
        List<Statement> statements = new ArrayList<>();
        statements.add(
                factor.quantity() == Quantity.INPUT
                        ? Blocks.forEachRecord(List.of(new Statement.Copy(
                                Blocks.ofRecord(factor), columns, row, Integer.toString(row.size()))))
                        : Statement.Loop.over(
                                row, List.of(Blocks.forEachRecord(List.of(new Statement.Store(columns, factor))))));
        statements.addAll(inRows("column", column, ofUnit));
        return statements;
    }

    private static List<Statement> inRows(String of, Index.Variable variable, List<Statement> body) {
        return List.of(
                new Statement.Comment("partialRows holds " + of + " " + variable.name()
                        + " of the gradient after r records, at row r" + Tiles.ONE_INDEX),
                Statement.Loop.over(variable, body));
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

    /**
     * Adds the products of all records to neighbours in the gradient, some records a turn.
     *
     * @param over what numbers the neighbours
     * @param partial the sums after some records
     * @param columns what differs among the neighbours
     * @param factor what does not
     */
    private static List<Statement> recordByRecord(
            Index.Variable over, Symbol left, Symbol partial, Symbol columns, Symbol factor) {
        WeightedSum sum = new WeightedSum(left, RECORD, factor, columns);
        int rows = Limits.ROWS;
        return List.of(
                new Statement.Loop(
                        RECORD,
                        "0",
                        "min(n - " + (rows - 1) + ", BLOCK)",
                        rows,
                        Optional.empty(),
                        records(left, partial, sum, over, rows)),
                new Statement.Loop(
                        RECORD, "n - n % " + rows, "n", 1, Optional.empty(), records(left, partial, sum, over, 1)));
    }

    /** Adds the products of some records. */
    private static List<Statement> records(
            Symbol left, Symbol partial, WeightedSum sum, Index.Variable over, int records) {
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
        statements.add(Statement.Loop.along(RECORD, over, body));
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
