package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Symbol;
import java.util.stream.Stream;

/** What a statement reads. */
public final class Reads {
    private Reads() {}

    /** The symbols whose values a statement needs, from left to right, within loops too. */
    public static Stream<Symbol> of(Statement statement) {
        if (statement instanceof Statement.Loop loop) {
            return loop.body().stream().flatMap(Reads::of);
        } else if (statement instanceof Statement.Either either) {
            return either.otherwise().stream().flatMap(Reads::of);
        } else if (statement instanceof Statement.Return result) {
            return Stream.of(result.symbol());
        }
        Stream<Symbol> operands = statement.value().stream().flatMap(Expression::symbols);
        return statement instanceof Statement.Add add ? Stream.concat(Stream.of(add.symbol()), operands) : operands;
    }
}
