package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Symbol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a statement does to values, said once for each kind, so that whatever looks through statements forgets none.
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
    private static final Effects NONE = new Effects(Optional.empty(), List.of(), List.of(), List.of(), List.of());

    static Effects of(Statement statement) {
        if (statement instanceof Statement.Heading || statement instanceof Statement.Comment) {
            return NONE;
        } else if (statement instanceof Statement.Load load) {
            return NONE.to(load.symbol()).at(load.symbol());
        } else if (statement instanceof Statement.Define define) {
            return reading(define.right()).to(define.symbol());
        } else if (statement instanceof Statement.Assign assign) {
            return reading(assign.right()).to(assign.symbol());
        } else if (statement instanceof Statement.Add add) {
            return reading(add.symbol(), add.right()).to(add.symbol());
        } else if (statement instanceof Statement.Store store) {
            return reading(store.right()).at(store.symbol());
        } else if (statement instanceof Statement.AddTo addTo) {
            return reading(addTo.right()).atGradient(addTo.symbol());
        } else if (statement instanceof Statement.AddProductTo addTo) {
            return reading(addTo.left(), addTo.right()).atGradient(addTo.symbol());
        } else if (statement instanceof Statement.LoadGradient load) {
            return NONE.to(load.symbol()).atGradient(load.symbol());
        } else if (statement instanceof Statement.StoreGradient store) {
            return NONE.atGradient(store.symbol());
        } else if (statement instanceof Statement.Loop loop) {
            return around(List.of(loop.body()));
        } else if (statement instanceof Statement.Either either) {
            return around(List.of(either.inVectors(), either.otherwise()));
        } else if (statement instanceof Statement.LoopNest nest) {
            return around(List.of(List.of(nest.loop())));
        } else if (statement instanceof Statement.Units units) {
            return around(List.of(units.body()));
        } else if (statement instanceof Statement.Lanes lanes) {
            return around(List.of(lanes.body()));
        } else if (statement instanceof Statement.Copy copy) {
            return moving(copy.from(), copy.to());
        } else if (statement instanceof Statement.Kernel kernel) {
            return moving(kernel.from(), kernel.to());
        } else if (statement instanceof Statement.KernelRows kernel) {
            return moving(kernel.from(), kernel.to(), kernel.low());
        } else if (statement instanceof Statement.VectorKernelRows rows) {
            return of(rows.kernel());
        } else if (statement instanceof Statement.Rows rows) {
            return new Effects(
                    Optional.empty(),
                    List.of(rows.sum().start()),
                    List.of((Symbol) rows.sum().left(), (Symbol) rows.sum().right(), rows.left(), rows.parts()),
                    List.of(),
                    List.of());
        } else if (statement instanceof Statement.Invoke invoke) {
            return invoke.routine().returnsError() ? NONE.to(Symbol.error()) : NONE;
        } else if (statement instanceof Statement.Return result) {
            return reading(result.symbol());
        }
        throw new IllegalArgumentException("What it does is not known: " + statement);
    }

    private static Effects reading(Expression... reads) {
        return new Effects(Optional.empty(), List.of(reads), List.of(), List.of(), List.of());
    }

    private static Effects around(List<List<Statement>> bodies) {
        return new Effects(Optional.empty(), List.of(), List.of(), List.of(), bodies);
    }

    private Effects to(Symbol variable) {
        return new Effects(Optional.of(variable), reads, places, gradients, bodies);
    }

    private Effects at(Symbol place) {
        return new Effects(local, reads, List.of(place), gradients, bodies);
    }

    private Effects atGradient(Symbol derivative) {
        return new Effects(local, reads, places, List.of(derivative), bodies);
    }

    private static Effects moving(Symbol... symbols) {
        Map<Boolean, List<Symbol>> all = Stream.of(symbols)
                .collect(Collectors.partitioningBy(symbol -> symbol.quantity().isGradient()));
        return new Effects(Optional.empty(), List.of(), all.get(false), all.get(true), List.of());
    }
}
