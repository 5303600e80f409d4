package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
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
public final class MethodBody {
    /** In the order of memory: by quantity, layer, label and unit. */
    public static final Comparator<Symbol> IN_MEMORY_ORDER = Comparator.comparing(Symbol::quantity)
            .thenComparing(Symbol::layer)
            .thenComparing(Symbol::label)
            .thenComparing(MethodBody::compareUnits);

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
            statements.get(i).reads().forEach(symbol -> lastUse.put(symbol, at));
        }
    }

    /** As few method bodies as the limit allows. */
    public static List<List<Statement>> split(List<Statement> statements, Predicate<Symbol> exported, Storage storage) {
        MethodBody body = new MethodBody(statements, exported, storage);
        List<List<Statement>> parts = new ArrayList<>();
        for (int from = 0; from < statements.size(); ) {
            int to = body.endFrom(from);
            parts.add(body.part(from, to));
            from = to;
        }
        return parts;
    }

    /** Where a part that fits for certain ends, whatever the order of its loads. */
    private int endFrom(int from) {
        BytecodeSize bound = BytecodeSize.bound(storage);
        Set<Symbol> known = new HashSet<>();
        Set<Symbol> changed = new HashSet<>();
        for (int i = from; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            bound.add(statement);
            statement.reads().filter(known::add).forEach(symbol -> bound.add(new Statement.Load(symbol, false)));
            Symbol symbol = statement.effects().local().orElse(null);
            if (symbol != null && changed.add(symbol)) {
                known.add(symbol);
                bound.add(new Statement.Store(symbol, symbol));
            }
            if (bound.bytes() > Limits.METHOD_BYTES) {
                if (i == from) {
                    throw new IllegalStateException("A statement alone passes the limit: " + statement);
                }
                return i;
            }
        }
        return statements.size();
    }

    private static int compareUnits(Symbol left, Symbol right) {
        for (int i = 0; i < left.indices().size(); i++) {
            int order = Integer.compare(unit(left, i), unit(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The unit's number, or where it stands among those of a turn. */
    private static int unit(Symbol symbol, int index) {
        Index unit = symbol.indices().get(index);
        if (unit instanceof Index.Shifted shifted) {
            return shifted.by();
        }
        return unit instanceof Index.Unit one ? one.number() : 0;
    }

    private List<Statement> part(int from, int to) {
        List<Statement> part = new ArrayList<>(withLoads(statements.subList(from, to)));
        Set<Symbol> changed = new TreeSet<>(IN_MEMORY_ORDER);
        statements.subList(from, to).stream()
                .flatMap(statement -> statement.effects().local().stream())
                .filter(symbol -> exported.test(symbol) || lastUse.getOrDefault(symbol, 0) >= to)
                .forEach(changed::add);
        changed.removeAll(stored(statements.subList(from, to)));
        int end = part.size() - (part.get(part.size() - 1) instanceof Statement.Return ? 1 : 0);
        part.addAll(
                end,
                changed.stream()
                        .map(symbol -> new Statement.Store(symbol, symbol))
                        .toList());
        return part;
    }

    /** What some statements store themselves. */
    private static Set<Symbol> stored(List<Statement> statements) {
        Set<Symbol> stored = new HashSet<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Store store && store.symbol().equals(store.right())) {
                stored.add(store.symbol());
            }
        }
        return stored;
    }

    /** The statements of one method: each section's loads stand after its heading. */
    public static List<Statement> withLoads(List<Statement> statements) {
        List<Statement> body = new ArrayList<>();
        Set<Symbol> known = new HashSet<>();
        Set<Symbol> updated = new HashSet<>();
        statements.forEach(statement -> {
            if (statement instanceof Statement.Assign || statement instanceof Statement.Add) {
                statement.effects().local().ifPresent(updated::add);
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
                statement.loads().filter(known::add).forEach(loads::add);
                statement.effects().local().ifPresent(known::add);
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
}
