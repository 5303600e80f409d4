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
            Effects effects = statement.effects();
            effects.reads().forEach(value -> read(value, locals));
            places.addAll(effects.places());
            gradients.addAll(effects.gradients());
            effects.local().ifPresent(locals::add);
            effects.bodies().forEach(inner -> add(inner, new HashSet<>(locals)));
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
