package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Symbol;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a method body touches in memory.
 *
 * @param places the symbols read or written at their place
 * @param gradients the derivatives added to the gradient
 */
public record MemoryUse(Set<Symbol> places, Set<Symbol> gradients) {
    public static MemoryUse of(List<Statement> body) {
        MemoryUse use = new MemoryUse(new LinkedHashSet<>(), new LinkedHashSet<>());
        use.add(body, new HashSet<>());
        return use;
    }

    private void add(List<Statement> body, Set<Symbol> locals) {
        for (Statement statement : body) {
            statement.value().ifPresent(value -> read(value, locals));
            if (statement instanceof Statement.Load load) {
                places.add(load.symbol());
                locals.add(load.symbol());
            } else if (statement instanceof Statement.Define define) {
                locals.add(define.symbol());
            } else if (statement instanceof Statement.Store store) {
                places.add(store.symbol());
            } else if (statement instanceof Statement.AddTo addTo) {
                gradients.add(addTo.symbol());
            } else if (statement instanceof Statement.AddProductTo addTo) {
                gradients.add(addTo.symbol());
            } else if (statement instanceof Statement.LoadGradient load) {
                gradients.add(load.symbol());
                locals.add(load.symbol());
            } else if (statement instanceof Statement.Either either) {
                add(either.inVectors(), new HashSet<>(locals));
                add(either.otherwise(), new HashSet<>(locals));
            } else if (statement instanceof Statement.VectorCall call) {
                call.arguments().forEach(argument -> {
                    if (argument instanceof Statement.VectorArgument.Start start) {
                        (start.symbol().quantity().isGradient() ? gradients : places).add(start.symbol());
                    }
                });
            } else if (statement instanceof Statement.Copy copy) {
                (copy.from().quantity().isGradient() ? gradients : places).add(copy.from());
                (copy.to().quantity().isGradient() ? gradients : places).add(copy.to());
            } else if (statement instanceof Statement.Loop loop) {
                add(loop.body(), new HashSet<>(locals));
            }
        }
    }

    private void read(Expression value, Set<Symbol> locals) {
        value.forEachSymbol(symbol -> {
            if (!locals.contains(symbol)) {
                places.add(symbol);
            }
        });
    }
}
