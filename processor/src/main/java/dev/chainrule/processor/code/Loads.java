package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Loads of what is in a local variable already, as where several loops of a method each load what they need. */
public final class Loads {
    private Loads() {}

    /** The statements of a method without them. */
    public static List<Statement> once(List<Statement> statements) {
        return once(statements, new HashSet<>());
    }

    private static List<Statement> once(List<Statement> statements, Set<Symbol> known) {
        List<Statement> kept = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Load load && !load.updated()) {
                if (known.add(load.symbol())) {
                    kept.add(load);
                }
            } else if (statement instanceof Statement.Either either) {
                kept.add(new Statement.Either(
                        once(either.inVectors(), new HashSet<>(known)),
                        once(either.otherwise(), new HashSet<>(known))));
            } else {
                kept.add(statement);
            }
        }
        return kept;
    }
}
