package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Index;
import java.util.List;
import java.util.stream.IntStream;

/** Statements for several values of a variable a turn. */
public final class Unrolled {
    private Unrolled() {}

    /** A variable, and others for the values further on in a turn: {@code j, j1, j2}. */
    public static List<Index.Variable> copies(Index.Variable variable, int count) {
        return IntStream.range(0, count)
                .mapToObj(copy -> new Index.Variable(variable.name() + (copy == 0 ? "" : copy), variable.size()))
                .toList();
    }

    /** Each statement for all copies of the first variable, one after the other, or once where it does not depend on it. */
    public static List<Statement> of(List<Statement> statements, List<Index.Variable> copies) {
        return statements.stream()
                .flatMap(statement ->
                        copies.stream().map(copy -> at(statement, copies, copy)).distinct())
                .toList();
    }

    private static Statement at(Statement statement, List<Index.Variable> copies, Index copy) {
        Index.Variable of = copies.get(0);
        if (statement instanceof Statement.Load load) {
            return new Statement.Load(load.symbol().at(of, copy), load.updated());
        } else if (statement instanceof Statement.Define define) {
            return new Statement.Define(
                    define.symbol().at(of, copy), define.right().at(of, copy), define.updated());
        } else if (statement instanceof Statement.Assign assign) {
            return new Statement.Assign(
                    assign.symbol().at(of, copy), assign.right().at(of, copy));
        } else if (statement instanceof Statement.Store store) {
            return new Statement.Store(
                    store.symbol().at(of, copy), store.right().at(of, copy));
        } else if (statement instanceof Statement.LoadGradient load) {
            return new Statement.LoadGradient(load.symbol().at(of, copy));
        } else if (statement instanceof Statement.StoreGradient store) {
            return new Statement.StoreGradient(store.symbol().at(of, copy));
        } else if (statement instanceof Statement.Loop loop) {
            List<Statement> body = of(loop.body(), copies);
            return new Statement.Loop(loop.variable(), loop.start(), loop.end(), loop.step(), loop.row(), body);
        } else if (statement instanceof Statement.Units units) {
            return new Statement.Units(units.variable(), units.end(), units.count(), of(units.body(), copies));
        } else if (statement instanceof Statement.Lanes lanes) {
            List<Statement> body = of(lanes.body(), copies);
            return new Statement.Lanes(lanes.variable(), lanes.end(), lanes.vectors(), lanes.hasRoom(), body);
        }
        throw new IllegalArgumentException("No copies of " + statement);
    }
}
