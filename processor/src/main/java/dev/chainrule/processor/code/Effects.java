package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Symbol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a statement does to values, as whatever looks through statements asks: one answer a kind, so that none is forgotten.
 *
 * @param local the local variable that it declares or updates
 * @param reads the expressions that it evaluates
 * @param places the symbols that it reads or writes at their place in memory, beside those in expressions
 * @param gradients the derivatives whose entry of the gradient it reads or writes
 * @param bodies the statements within it, of each branch
 */
public record Effects(
        Optional<Symbol> local,
        List<Expression> reads,
        List<Symbol> places,
        List<Symbol> gradients,
        List<List<Statement>> bodies) {
    static final Effects NONE = new Effects(Optional.empty(), List.of(), List.of(), List.of(), List.of());

    static Effects of(List<List<Statement>> bodies) {
        return new Effects(Optional.empty(), List.of(), List.of(), List.of(), bodies);
    }

    /** Of what evaluates expressions. */
    static Effects reading(Expression... reads) {
        return new Effects(Optional.empty(), List.of(reads), List.of(), List.of(), List.of());
    }

    /** Of what moves values between places, or entries of the gradient. */
    static Effects moving(Stream<Symbol> symbols) {
        List<Symbol> all = symbols.toList();
        return new Effects(
                Optional.empty(),
                List.of(),
                all.stream().filter(symbol -> !symbol.quantity().isGradient()).toList(),
                all.stream().filter(symbol -> symbol.quantity().isGradient()).toList(),
                List.of());
    }

    /** And a local variable, declared or updated. */
    Effects to(Symbol variable) {
        return new Effects(Optional.of(variable), reads, places, gradients, bodies);
    }

    /** And a place. */
    Effects at(Symbol place) {
        return new Effects(local, reads, List.of(place), gradients, bodies);
    }

    /** And an entry of the gradient. */
    Effects atGradient(Symbol derivative) {
        return new Effects(local, reads, places, List.of(derivative), bodies);
    }
}
