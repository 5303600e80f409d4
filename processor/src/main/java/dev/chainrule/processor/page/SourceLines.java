package dev.chainrule.processor.page;

import dev.chainrule.processor.code.Effects;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.java.JavaMethodRenderer.Body;
import dev.chainrule.processor.java.JavaMethodRenderer.Span;
import dev.chainrule.processor.java.JavaSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lines of a generated class compute and read what: found while its methods are rendered, statement by statement.
 * A statement in a loop stands for some units, {@code first:last:step}.
 */
final class SourceLines {
    private static final Set<Quantity> PARAMETERS = EnumSet.of(Quantity.WEIGHT, Quantity.BIAS, Quantity.TRAINABLE);
    private static final Set<Quantity> WEIGHTS = EnumSet.of(Quantity.WEIGHT, Quantity.ERROR_BY_WEIGHT);
    private static final Set<Quantity> SHOWN = EnumSet.of(
            Quantity.WEIGHT,
            Quantity.BIAS,
            Quantity.TRAINABLE,
            Quantity.DELTA,
            Quantity.ERROR_BY_ACTIVATION,
            Quantity.ERROR_BY_WEIGHT,
            Quantity.ERROR_BY_BIAS,
            Quantity.ERROR_BY_TRAINABLE,
            Quantity.PRE_ACTIVATION,
            Quantity.GATE,
            Quantity.ACTIVATION,
            Quantity.MAXIMUM,
            Quantity.EXPONENTIAL,
            Quantity.NORMALISER,
            Quantity.LOG_NORMALISER,
            Quantity.OUTPUT_LOSS,
            Quantity.ERROR);
    private static final String INDENT = "        ";

    /** How {@code public} and {@code private} members begin. */
    private static final String MEMBER = "    p";

    private final List<String> source;
    private final Map<String, Integer> headers;

    private SourceLines(List<String> source) {
        this.source = source;
        this.headers = headers(source);
    }

    /**
     * For each method of the forward pass and of both gradients, as JSON takes it: its name, the line of its header, and of its
     * statements the first and the last line, counted from 1, the symbol that they compute and the parameters that they read.
     */
    static List<Map<String, Object>> of(JavaSource source, Program program) {
        List<Routine> routines = new ArrayList<>();
        for (Operation operation : List.of(Operation.FORWARD, Operation.BACKPROP, Operation.FULL_GRADIENT)) {
            if (program.operations().containsKey(operation)) {
                routines.add(program.operations().get(operation));
            }
        }
        routines.addAll(program.steps());
        SourceLines lines = new SourceLines(source.text().lines().toList());
        List<Map<String, Object>> methods = new ArrayList<>();
        for (Routine routine : routines) {
            if (routine.isStep()) {
                methods.add(lines.method(routine.name(), source.bodies().get(routine.name())));
            }
        }
        return methods;
    }

    private Map<String, Object> method(String name, Body body) {
        int header = headers.get(name);
        int first = firstLine(header, body.lines().get(0));
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
                    .effects()
                    .reads()
                    .forEach(value -> value.forEachSymbol(parameter -> {
                        if (PARAMETERS.contains(parameter.quantity())) {
                            name(read.append(read.isEmpty() ? "" : ","), parameter, span, loops);
                        }
                    }));
            if (!computed.isEmpty() || !read.isEmpty()) {
                statements.add(List.of(first + span.from(), first + span.to() - 1, computed, read));
            }
        }
        return Json.object("name", name, "header", header, "statements", statements);
    }

    /** The line of each method's header; of methods with one name the first, which is for one record. */
    private static Map<String, Integer> headers(List<String> source) {
        Map<String, Integer> headers = new HashMap<>();
        for (int i = 0; i < source.size(); i++) {
            String line = source.get(i);
            int end = line.startsWith(MEMBER) ? line.indexOf('(') : -1;
            if (end >= 0) {
                headers.putIfAbsent(line.substring(line.lastIndexOf(' ', end) + 1, end), i + 1);
            }
        }
        return headers;
    }

    /** Where the lines of a method's body begin: after its header, and the checks of its arguments where it has some. */
    private int firstLine(int header, String start) {
        int line = header + 1;
        while (!source.get(line - 1).equals(INDENT + start)) {
            line++;
        }
        return line;
    }

    /** What a statement computes; a local variable that goes to memory counts as itself. */
    private static Symbol computed(Statement statement) {
        if (statement instanceof Statement.Store store) {
            return store.right() instanceof Symbol value ? value : store.symbol();
        } else if (statement instanceof Statement.Copy) {
            return null;
        }
        Effects effects = statement.effects();
        return effects.local()
                .or(() -> effects.gradients().stream().findFirst())
                .orElse(null);
    }

    /** {@code w1 0:776:8 3}: which units a symbol stands for where a statement stands. An index of the record is left out. */
    private static void name(StringBuilder text, Symbol symbol, Span span, List<Span> loops) {
        // What several readers add to a derivative is of one name here
        text.append(
                symbol.quantity() == Quantity.ERROR_BY_ACTIVATION
                        ? symbol.quantity().letter() + symbol.layer()
                        : symbol.family().name());
        int indices = Math.min(
                WEIGHTS.contains(symbol.quantity()) ? 2 : 1, symbol.indices().size());
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
