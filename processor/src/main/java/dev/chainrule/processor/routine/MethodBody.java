package dev.chainrule.processor.routine;

import dev.chainrule.processor.derivation.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Completes written-out statements to method bodies: loads what they read, stores what other methods need, and cuts where one
 * method would grow past {@link Limits#METHOD_BYTES}.
 */
final class MethodBody {
    /** In the order of memory: by quantity, layer and unit. */
    private static final Comparator<Symbol> IN_MEMORY_ORDER = Comparator.comparing(Symbol::quantity)
            .thenComparing(Symbol::layer)
            .thenComparing(Symbol::units, Arrays::compare);

    private final List<Statement> statements;
    private final Predicate<Symbol> exported;
    private final Storage storage;
    private final Map<Symbol, Integer> lastUse = new HashMap<>();

    private MethodBody(List<Statement> statements, Predicate<Symbol> exported, Storage storage) {
        this.statements = statements;
        this.exported = exported;
        this.storage = storage;
        for (int i = 0; i < statements.size(); i++) {
            int at = i;
            Reads.of(statements.get(i)).forEach(symbol -> lastUse.put(symbol, at));
        }
    }

    /** One method body for all of the statements: each section's loads stand after its heading. */
    static List<Statement> whole(List<Statement> statements) {
        return withLoads(statements);
    }

    /** As few method bodies as the limit allows. */
    static List<List<Statement>> split(List<Statement> statements, Predicate<Symbol> exported, Storage storage) {
        MethodBody body = new MethodBody(statements, exported, storage);
        List<List<Statement>> parts = new ArrayList<>();
        for (int from = 0; from < statements.size(); ) {
            int to = body.longestFrom(from);
            parts.add(body.part(from, to));
            from = to;
        }
        return parts;
    }

    /** The end of the longest part that fits, found by doubling and then halving the step. */
    private int longestFrom(int from) {
        int fits = from;
        int step = 64;
        while (step > 0) {
            int to = Math.min(fits + step, statements.size());
            boolean ok = to > fits && BytecodeSize.of(part(from, to), storage) <= Limits.METHOD_BYTES;
            if (ok) {
                fits = to;
                step = to == statements.size() ? 0 : step * 2;
            } else {
                return fits + halving(from, fits, Math.min(step, statements.size() - fits) - 1);
            }
        }
        return fits;
    }

    private int halving(int from, int fits, int most) {
        int low = 0;
        int high = most;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (BytecodeSize.of(part(from, fits + middle), storage) <= Limits.METHOD_BYTES) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (fits + low == from) {
            throw new IllegalStateException("A statement alone passes the limit: " + statements.get(from));
        }
        return low;
    }

    private List<Statement> part(int from, int to) {
        List<Statement> part = new ArrayList<>(withLoads(statements.subList(from, to)));
        Set<Symbol> changed = new TreeSet<>(IN_MEMORY_ORDER);
        for (Statement statement : statements.subList(from, to)) {
            Symbol symbol = changed(statement);
            if (symbol != null && (exported.test(symbol) || lastUse.getOrDefault(symbol, 0) >= to)) {
                changed.add(symbol);
            }
        }
        changed.forEach(symbol -> part.add(new Statement.Store(symbol, symbol)));
        return part;
    }

    private static List<Statement> withLoads(List<Statement> statements) {
        List<Statement> body = new ArrayList<>();
        Set<Symbol> known = new HashSet<>();
        Set<Symbol> updated = new HashSet<>();
        statements.forEach(statement -> {
            if (statement instanceof Statement.Assign || statement instanceof Statement.Add) {
                updated.add(changed(statement));
            }
        });
        int from = 0;
        while (from < statements.size()) {
            int to = from + 1;
            while (to < statements.size() && !(statements.get(to) instanceof Statement.Heading)) {
                to++;
            }
            Set<Symbol> loads = new TreeSet<>(IN_MEMORY_ORDER);
            for (Statement statement : statements.subList(from, to)) {
                Reads.of(statement).filter(known::add).forEach(loads::add);
                if (changed(statement) != null) {
                    known.add(changed(statement));
                }
            }
            List<Statement> section = statements.subList(from, to);
            boolean headed = section.get(0) instanceof Statement.Heading;
            if (headed) {
                body.add(section.get(0));
            }
            loads.forEach(symbol -> body.add(new Statement.Load(symbol, updated.contains(symbol))));
            body.addAll(headed ? section.subList(1, section.size()) : section);
            from = to;
        }
        return body;
    }

    /** The local variable that a statement defines or updates, or null. */
    private static Symbol changed(Statement statement) {
        if (statement instanceof Statement.Define define) {
            return define.symbol();
        } else if (statement instanceof Statement.Assign assign) {
            return assign.symbol();
        } else if (statement instanceof Statement.Add add) {
            return add.symbol();
        }
        return null;
    }
}
