package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Long sequences of sums, each stored as soon as it is complete: HotSpot would otherwise keep all of them in registers, and where
 * these are too few, on the stack. Measured: 600 terms take 1.5 times as long without.
 */
final class StoredAtOnce {
    private StoredAtOnce() {}

    /** @param exported what is to be stored */
    static List<Statement> of(List<Statement> statements, Predicate<Symbol> exported) {
        Map<Symbol, Integer> complete = new HashMap<>();
        for (int i = 0; i < statements.size(); i++) {
            int at = i;
            statements.get(i).effects().local().filter(exported).ifPresent(symbol -> complete.put(symbol, at));
        }
        List<Statement> all = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            all.add(statements.get(i));
            int at = i;
            statements
                    .get(i)
                    .effects()
                    .local()
                    .filter(symbol -> complete.getOrDefault(symbol, -1) == at)
                    .ifPresent(symbol -> all.add(new Statement.Store(symbol, symbol)));
        }
        return all;
    }
}
