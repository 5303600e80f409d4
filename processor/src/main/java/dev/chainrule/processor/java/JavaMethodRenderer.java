package dev.chainrule.processor.java;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.code.Argument;
import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.notation.TextRenderer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Method bodies as lines of Java, laid out as the project's formatter would. */
public final class JavaMethodRenderer {
    private final Storage storage;
    private final String number;
    private final RecordAccess access;
    private final String vectorClass;
    private final JavaLines lines = new JavaLines();
    private final List<Span> spans = new ArrayList<>();

    /** The lines of a method, and which of them each statement became; statements within a loop come before it. */
    public record Body(List<String> lines, List<Span> spans) {}

    /** The lines that a statement became, from {@code from} to before {@code to}. */
    public record Span(Statement statement, int from, int to) {}

    private JavaMethodRenderer(Storage storage, RecordAccess access, String vectorClass) {
        this.storage = storage;
        this.number = JavaNumbers.of(storage.precision()).type().getName();
        this.access = access;
        this.vectorClass = vectorClass;
    }

    /**
     * The statements of a method, one string a line, without the indentation of the method itself.
     *
     * @param vectorClass the class that the vector instructions are in
     * @param scratch the names of the scratch arrays, in their order, where methods are handed them
     */
    public static Body body(Routine routine, Storage storage, String vectorClass, List<String> scratch) {
        JavaMethodRenderer renderer = new JavaMethodRenderer(storage, routine.access(), vectorClass);
        if (routine.usesParameters()) {
            renderer.lines.line("", "final " + renderer.number + "[] p = " + storage.parameters() + ";");
        }
        for (String array : routine.scratch()) {
            String place = "scratch[" + scratch.indexOf(array) + "]";
            renderer.lines.line("", "final " + renderer.number + "[] " + array + " = " + place + ";");
        }
        if (routine.access() == RecordAccess.IN_BLOCK && routine.isStep()) {
            renderer.lines.line(
                    "", "final int n = min(records, BLOCK); // or HotSpot would check each index for overflow");
        }
        renderer.statements(routine.body(), "", new HashSet<>(), Optional.empty());
        return new Body(renderer.lines.list(), renderer.spans);
    }

    /** The parameters of a method, in order, by name: arrays of numbers, or ints that say where in them. */
    public static Map<String, Class<?>> parameters(Routine routine, JavaNumbers numbers) {
        Map<String, Class<?>> parameters = new LinkedHashMap<>();
        RecordAccess access = routine.access();
        for (Argument argument : routine.arguments()) {
            switch (argument) {
                case SCRATCH -> parameters.put("scratch", numbers.arrays());
                case INPUTS -> record(parameters, access.inputs(), access.inputBase(), numbers);
                case TARGETS -> record(parameters, access.targets(), access.targetBase(), numbers);
                case OUTPUT -> record(parameters, access.outputs(), access.outputBase(), numbers);
                case ACTIVATIONS -> parameters.put("activations", numbers.array());
                case GRADIENT -> parameters.put("gradient", numbers.array());
            }
        }
        if (access == RecordAccess.IN_BLOCK) {
            parameters.put("records", int.class);
        }
        return parameters;
    }

    private static void record(Map<String, Class<?>> parameters, String array, String base, JavaNumbers numbers) {
        parameters.put(array, numbers.array());
        if (!base.isEmpty()) {
            parameters.put(base, int.class);
        }
    }

    private void statements(
            List<Statement> statements, String indent, Set<Symbol> locals, Optional<Statement.Loop> alongRow) {
        JavaRenderer java = new JavaRenderer(storage, locals, alongRow);
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            int from = lines.size();
            if (statement instanceof Statement.Heading heading) {
                lines.heading(heading.section());
            } else if (statement instanceof Statement.Comment comment) {
                lines.line(indent, "// " + comment.text());
            } else if (statement instanceof Statement.Load load) {
                String value = java.place(storage.place(load.symbol()));
                lines.line(indent, declaration(load.symbol(), load.updated()) + " = " + value + ";");
                locals.add(load.symbol());
            } else if (statement instanceof Statement.Define define) {
                String comment = literals(define.right());
                lines.assign(
                        indent, declaration(define.symbol(), define.updated()), " =", define.right(), comment, java);
                locals.add(define.symbol());
            } else if (statement instanceof Statement.Assign assign) {
                lines.assign(indent, assign.symbol().name(), " =", assign.right(), literals(assign.right()), java);
            } else if (statement instanceof Statement.Add add) {
                lines.assign(indent, add.symbol().name(), " +=", add.right(), "", java);
            } else if (statement instanceof Statement.Store store) {
                lines.assign(indent, java.place(storage.place(store.symbol())), " =", store.right(), "", java);
            } else if (statement instanceof Statement.AddTo addTo) {
                String target = java.place(storage.gradient(addTo.symbol()));
                lines.assign(indent, target, " +=", addTo.right(), " // " + TextRenderer.name(addTo.symbol()), java);
            } else if (statement instanceof Statement.LoadGradient load) {
                String value = java.place(storage.gradient(load.symbol()));
                lines.line(indent, number + " " + load.symbol().name() + " = " + value + ";");
                locals.add(load.symbol());
            } else if (statement instanceof Statement.StoreGradient store) {
                String target = java.place(storage.gradient(store.symbol()));
                String comment = " // " + TextRenderer.name(store.symbol());
                lines.line(indent, target + " = " + store.symbol().name() + ";" + comment);
            } else if (statement instanceof Statement.AddProductTo addTo) {
                String target = java.place(storage.gradient(addTo.symbol()));
                String product = java.render(addTo.left()) + ", " + java.render(addTo.right());
                lines.line(
                        indent,
                        target + " = fma(" + product + ", " + target + "); // " + TextRenderer.name(addTo.symbol()));
            } else if (statement instanceof Statement.Either either) {
                lines.line(indent, "if (VECTOR) {");
                statements(either.inVectors(), indent + "    ", new HashSet<>(locals), alongRow);
                lines.line(indent, "} else {");
                statements(either.otherwise(), indent + "    ", new HashSet<>(locals), alongRow);
                lines.line(indent, "}");
            } else if (statement instanceof Statement.VectorCall call) {
                vectorCall(indent, call, java);
            } else if (statement instanceof Statement.Copy copy) {
                String ends = start(copy.from(), copy.over(), java) + ", " + start(copy.to(), copy.over(), java);
                lines.line(indent, "arraycopy(" + ends + ", " + copy.length() + ");");
            } else if (statement instanceof Statement.Loop loop) {
                lines.line(indent, header(loop));
                statements(
                        loop.body(),
                        indent + "    ",
                        new HashSet<>(locals),
                        loop.row().isPresent() ? Optional.of(loop) : alongRow);
                lines.line(indent, "}");
            } else if (statement instanceof Statement.Invoke invoke) {
                boolean isLast = i + 2 == statements.size() && statements.get(i + 1) instanceof Statement.Return;
                if (isLast && invoke.routine().returnsError()) {
                    lines.line(indent, "return " + call(invoke.routine()));
                    return;
                }
                lines.line(
                        indent,
                        (invoke.routine().returnsError() ? "final " + number + " E = " : "") + call(invoke.routine()));
            } else if (statement instanceof Statement.Return result) {
                lines.line(indent, "return " + result.symbol().name() + ";");
            } else {
                throw new IllegalArgumentException("No Java for " + statement);
            }
            spans.add(new Span(statement, from, lines.size()));
        }
    }

    private String header(Statement.Loop loop) {
        String variable = loop.variable().name();
        String start = loop.start();
        String end = loop.end();
        if (loop.row().isPresent()) {
            variable = JavaRenderer.position(loop);
            start = storage.rowLength(loop.variable().size()) + " * "
                    + loop.row().get().text();
            end = start + " + " + end;
        }
        String step = loop.step() == 1 ? "++" : " += " + loop.step();
        return "for (int " + variable + " = " + start + "; " + variable + " < " + end + "; " + variable + step + ") {";
    }

    private void vectorCall(String indent, Statement.VectorCall call, JavaRenderer java) {
        List<String> arguments = new ArrayList<>();
        for (Statement.VectorArgument argument : call.arguments()) {
            if (argument instanceof Statement.VectorArgument.Start start) {
                arguments.add(start(start.symbol(), start.over(), java));
            } else if (argument instanceof Statement.VectorArgument.Count count) {
                arguments.add(count.text());
            } else if (argument instanceof Statement.VectorArgument.Number number) {
                arguments.add(java.render(number.value()));
            } else if (storage.precision() == Precision.DOUBLE) {
                arguments.add(storage.handsOutScratch() ? "nodes()" : "nodes"); // for kernels with tables
            }
        }
        String method = vectorClass + "." + call.name() + "(";
        String rest = String.join(", ", arguments) + ");";
        if (JavaLines.fits(indent, method + rest)) {
            lines.line(indent, method + rest);
        } else {
            lines.line(indent, method);
            lines.line(indent + JavaRenderer.CONTINUED, rest);
        }
    }

    /** An array and where in it a symbol stands for the first value of a variable, as arguments. */
    private String start(Symbol symbol, Index.Variable over, JavaRenderer java) {
        Place place = symbol.quantity().isGradient() ? storage.gradient(symbol) : storage.place(symbol);
        Place.Element element = (Place.Element) place;
        List<Place.Term> terms = element.terms().stream()
                .filter(term -> !term.variable().equals(over))
                .toList();
        return element.array() + ", "
                + java.index(new Place.Element(
                        element.array(), element.isScratch(), element.base(), element.constant(), terms));
    }

    /** A comment with the names of the parameters that an expression has as literals. */
    private String literals(Expression value) {
        List<String> names = new ArrayList<>();
        value.forEachSymbol(symbol -> {
            if (storage.isLiteral(symbol)) {
                names.add(symbol.name());
            }
        });
        return names.isEmpty() ? "" : " // " + String.join(", ", names);
    }

    private String declaration(Symbol symbol, boolean updated) {
        return (updated ? "" : "final ") + number + " " + symbol.name();
    }

    private String call(Routine routine) {
        List<String> arguments = new ArrayList<>();
        for (Argument argument : routine.arguments()) {
            switch (argument) {
                case SCRATCH -> arguments.add("scratch");
                case INPUTS -> recordArgument(arguments, access.inputs(), access.inputBase());
                case TARGETS -> recordArgument(arguments, access.targets(), access.targetBase());
                case OUTPUT -> {
                    arguments.add(access.outputs());
                    if (!access.outputBase().isEmpty()) {
                        arguments.add(access.outputBase());
                    }
                }
                case ACTIVATIONS -> arguments.add("activations");
                case GRADIENT -> arguments.add("gradient");
            }
        }
        if (access == RecordAccess.IN_BLOCK) {
            arguments.add("records");
        }
        return routine.name() + "(" + String.join(", ", arguments) + ");";
    }

    private static void recordArgument(List<String> arguments, String array, String base) {
        arguments.add(array);
        arguments.add(base.isEmpty() ? "0" : base);
    }
}
