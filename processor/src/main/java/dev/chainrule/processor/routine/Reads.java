package dev.chainrule.processor.routine;

import dev.chainrule.processor.derivation.Expression;
import dev.chainrule.processor.derivation.Symbol;
import java.util.stream.Stream;

/** What a statement reads. */
final class Reads {
    private Reads() {}

    /** The symbols whose values a statement needs, from left to right, within loops too. */
    static Stream<Symbol> of(Statement statement) {
        if (statement instanceof Statement.Loop loop) {
            return loop.body().stream().flatMap(Reads::of);
        } else if (statement instanceof Statement.Either either) {
            return either.otherwise().stream().flatMap(Reads::of);
        } else if (statement instanceof Statement.Return result) {
            return Stream.of(result.symbol());
        }
        Stream<Symbol> operands = statement.value().stream().flatMap(Reads::symbols);
        return statement instanceof Statement.Add add ? Stream.concat(Stream.of(add.symbol()), operands) : operands;
    }

    /** The symbols of an expression, from left to right. */
    static Stream<Symbol> symbols(Expression expression) {
        return expression instanceof Symbol symbol
                ? Stream.of(symbol)
                : expression.operands().stream().flatMap(Reads::symbols);
    }
}
