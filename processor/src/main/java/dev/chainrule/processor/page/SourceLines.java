package dev.chainrule.processor.page;

import dev.chainrule.processor.derivation.Index;
import dev.chainrule.processor.derivation.Quantity;
import dev.chainrule.processor.derivation.Symbol;
import dev.chainrule.processor.model.Network;
import dev.chainrule.processor.rendering.JavaMethodRenderer;
import dev.chainrule.processor.rendering.JavaMethodRenderer.Span;
import dev.chainrule.processor.routine.Operation;
import dev.chainrule.processor.routine.Program;
import dev.chainrule.processor.routine.Routine;
import dev.chainrule.processor.routine.Statement;
import dev.chainrule.processor.routine.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lines of a generated class compute and read what: found while its methods are rendered, statement by statement. A statement
 * in a loop stands for some units, {@code first:last:step}.
 */
final class SourceLines {
    private static final Set<Quantity> PARAMETERS = EnumSet.of(Quantity.WEIGHT, Quantity.BIAS);
    private static final Set<Quantity> WEIGHTS = EnumSet.of(Quantity.WEIGHT, Quantity.ERROR_BY_WEIGHT);
    private static final Set<Quantity> SHOWN = EnumSet.of(
            Quantity.WEIGHT,
            Quantity.BIAS,
            Quantity.DELTA,
            Quantity.ERROR_BY_ACTIVATION,
            Quantity.ERROR_BY_WEIGHT,
            Quantity.ERROR_BY_BIAS);
    private static final String INDENT = "        ";

    private final List<String> source;
    private final Network network;
    private final String vectorClass;

    private SourceLines(List<String> source, Network network, String vectorClass) {
        this.source = source;
        this.network = network;
        this.vectorClass = vectorClass;
    }

    /**
     * For each method of the forward pass and of both gradients, as JSON takes it: its name, the line of its header, and of its
     * statements the first and the last line, counted from 1, the symbol that they compute and the parameters that they read.
     */
    static List<Map<String, Object>> of(List<String> source, Network network, Program program, String vectorClass) {
        List<Routine> routines = new ArrayList<>();
        for (Operation operation : List.of(Operation.FORWARD, Operation.BACKPROP, Operation.FULL_GRADIENT)) {
            if (program.operations().containsKey(operation)) {
                routines.add(program.operations().get(operation));
            }
        }
        routines.addAll(program.steps());
        SourceLines lines = new SourceLines(source, network, vectorClass);
        List<Map<String, Object>> methods = new ArrayList<>();
        for (Routine routine : routines) {
            if (routine.isStep()) {
                methods.add(lines.method(routine));
            }
        }
        return methods;
    }

    private Map<String, Object> method(Routine routine) {
        JavaMethodRenderer.Body body =
                JavaMethodRenderer.traced(routine, Storage.of(network, routine.access()), vectorClass);
        int first = firstLine(body.lines());
        int header = first - 1;
        while (!source.get(header - 1).contains(" " + routine.name() + "(")) {
            header--;
        }
        List<Span> loops = new ArrayList<>();
        for (Span span : body.spans()) {
            if (span.statement() instanceof Statement.Loop) {
                loops.add(span);
            }
        }
        List<List<Object>> statements = new ArrayList<>();
        for (Span span : body.spans()) {
            StringBuilder computed = new StringBuilder();
            Symbol symbol = computed(span.statement());
            if (symbol != null && SHOWN.contains(symbol.quantity())) {
                name(computed, symbol, span, loops);
            }
            StringBuilder read = new StringBuilder();
            span.statement()
                    .value()
                    .ifPresent(value -> value.forEachSymbol(parameter -> {
                        if (PARAMETERS.contains(parameter.quantity())) {
                            name(read.append(read.isEmpty() ? "" : ","), parameter, span, loops);
                        }
                    }));
            if (!computed.isEmpty() || !read.isEmpty()) {
                statements.add(List.of(first + span.from(), first + span.to() - 1, computed, read));
            }
        }
        return Json.object("name", routine.name(), "header", header, "statements", statements);
    }

    /** Where the lines of a method's body begin. */
    private int firstLine(List<String> body) {
        List<String> indented = new ArrayList<>();
        for (String line : body) {
            indented.add(line.isEmpty() ? line : INDENT + line);
        }
        return Collections.indexOfSubList(source, indented) + 1;
    }

    /** What a statement computes; a local variable that goes to memory counts as itself. */
    private static Symbol computed(Statement statement) {
        if (statement instanceof Statement.Load load) {
            return load.symbol();
        } else if (statement instanceof Statement.Define define) {
            return define.symbol();
        } else if (statement instanceof Statement.Assign assign) {
            return assign.symbol();
        } else if (statement instanceof Statement.Add add) {
            return add.symbol();
        } else if (statement instanceof Statement.Store store) {
            return store.right() instanceof Symbol value ? value : store.symbol();
        } else if (statement instanceof Statement.AddTo addTo) {
            return addTo.symbol();
        } else if (statement instanceof Statement.AddProductTo addTo) {
            return addTo.symbol();
        } else if (statement instanceof Statement.LoadGradient load) {
            return load.symbol();
        }
        return statement instanceof Statement.StoreGradient store ? store.symbol() : null;
    }

    /** {@code w1 0:776:8 3}: which units a symbol stands for where a statement stands. An index of the record is left out. */
    private static void name(StringBuilder text, Symbol symbol, Span span, List<Span> loops) {
        text.append(symbol.quantity().letter()).append(symbol.layer());
        int indices = WEIGHTS.contains(symbol.quantity()) ? 2 : 1;
        for (Index index : symbol.indices().subList(0, indices)) {
            text.append(' ');
            if (index instanceof Index.Unit) {
                text.append(index.text());
            } else if (index instanceof Index.Shifted shifted) {
                units(text, shifted.variable(), shifted.by(), span, loops);
            } else {
                units(text, (Index.Variable) index, 0, span, loops);
            }
        }
    }

    /** The values of a variable in its loop, each so much further on. */
    private static void units(StringBuilder text, Index.Variable variable, int by, Span span, List<Span> loops) {
        for (Span around : loops) {
            Statement.Loop loop = (Statement.Loop) around.statement();
            if (loop.variable().equals(variable) && around.from() <= span.from() && span.to() <= around.to()) {
                int first = Integer.parseInt(loop.start());
                int last = Integer.parseInt(loop.end()) - 1;
                last -= (last - first) % loop.step();
                text.append(first + by)
                        .append(':')
                        .append(last + by)
                        .append(':')
                        .append(loop.step());
                return;
            }
        }
        throw new IllegalStateException("No loop over " + variable + " around " + span);
    }
}
