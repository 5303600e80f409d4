package dev.chainrule.processor.java;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.code.Argument;
import dev.chainrule.processor.code.MemoryUse;
import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.code.Unrolled;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Method bodies as lines of Java, laid out as the project's formatter would. */
public final class JavaMethodRenderer {
    private static final String INDENT = "    ";

    /** What a method that is given its record alone hands to those that are given it among others. */
    private static final Map<String, String> OF_RECORD_ALONE = Map.of(
            "inputs", "input", "x", "0", "targets", "target", "t", "0", "outputs", "output", "y", "0", "records", "1");

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
        if (writesEntries(routine)) {
            int last = MemoryUse.of(routine.body()).places().stream()
                    .filter(symbol -> symbol.quantity().isEntry())
                    .mapToInt(storage::lastRow)
                    .findFirst()
                    .orElseThrow();
            renderer.lines.line(
                    "",
                    "final int row = max(0, min(from, " + last
                            + ")); // or HotSpot would check each index for overflow");
        }
        renderer.statements(routine.body(), "", new JavaRenderer(storage, new HashSet<>(), Optional.empty()));
        return new Body(renderer.lines.list(), renderer.spans);
    }

    /** Whether it writes to a row of a Jacobian itself. */
    static boolean writesEntries(Routine routine) {
        return routine.arguments().contains(Argument.JACOBIAN)
                && MemoryUse.of(routine.body()).places().stream()
                        .anyMatch(symbol -> symbol.quantity().isEntry());
    }

    /** The statements of a loop nest that is a method of its own, likewise. */
    public static List<String> lines(Statement.LoopNest nest, Storage storage, RecordAccess access) {
        JavaMethodRenderer renderer = new JavaMethodRenderer(storage, access, "");
        renderer.statements(List.of(nest.loop()), "", new JavaRenderer(storage, new HashSet<>(), Optional.empty()));
        return renderer.lines.list();
    }

    /** Its parameters: the arrays that it touches. */
    public static Map<String, Class<?>> parameters(Statement.LoopNest nest, Storage storage, RecordAccess access) {
        Map<String, Class<?>> parameters = new LinkedHashMap<>();
        MemoryUse use = MemoryUse.of(List.of(nest.loop()));
        Stream<Place> places = Stream.concat(
                use.places().stream().map(storage::place),
                use.gradients().stream().map(storage::gradient));
        places.map(Place.Element.class::cast)
                .map(element -> new RecordAccess.Part(element.array(), element.base()))
                .forEach(part -> put(parameters, part, JavaNumbers.of(storage.precision())));
        if (access == RecordAccess.IN_BLOCK) {
            parameters.put("n", int.class);
        }
        return parameters;
    }

    /** The parameters of a method, in order, by name: arrays of numbers, or ints that say where in them. */
    public static Map<String, Class<?>> parameters(Routine routine, JavaNumbers numbers) {
        Map<String, Class<?>> parameters = new LinkedHashMap<>();
        RecordAccess access = routine.access();
        for (Argument argument : routine.arguments()) {
            switch (argument) {
                case SCRATCH -> parameters.put("scratch", numbers.arrays());
                case INPUTS -> put(parameters, access.inputs(), numbers);
                case TARGETS -> put(parameters, access.targets(), numbers);
                case OUTPUT -> put(parameters, access.outputs(), numbers);
                case ACTIVATIONS -> parameters.put("activations", numbers.array());
                case CHOSEN -> parameters.put("output", int.class);
                case DIRECTION -> parameters.put("v", numbers.array());
                case GRADIENT -> parameters.put("gradient", numbers.array());
                case JACOBIAN -> put(parameters, new RecordAccess.Part("jacobian", "from"), numbers);
            }
        }
        if (access == RecordAccess.IN_BLOCK) {
            parameters.put("records", int.class);
        }
        return parameters;
    }

    private static void put(Map<String, Class<?>> parameters, RecordAccess.Part part, JavaNumbers numbers) {
        parameters.put(part.array(), numbers.array());
        if (!part.base().isEmpty()) {
            parameters.put(part.base(), int.class);
        }
    }

    private void statements(List<Statement> statements, String indent, JavaRenderer java) {
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            int from = lines.size();
            if (java instanceof VectorRenderer) {
                // A name for each vector that is loaded, so that lines stay short
                List<Statement> loads = statement
                        .reads()
                        .filter(symbol -> statement.effects().bodies().isEmpty() && !java.locals.contains(symbol))
                        .<Statement>map(symbol -> new Statement.Load(symbol, false))
                        .toList();
                statements(loads, indent, java);
            }
            if (statement instanceof Statement.Heading heading) {
                lines.heading(heading.section());
            } else if (statement instanceof Statement.Comment comment) {
                lines.line(indent, "// " + comment.text());
            } else if (statement instanceof Statement.Load load) {
                String value = java.read(storage.place(load.symbol()));
                lines.line(indent, declaration(load.symbol(), load.updated(), java) + " = " + value + ";");
                java.locals.add(load.symbol());
            } else if (statement instanceof Statement.Define define) {
                String comment = literals(define.right());
                // A weight of several layers has a sum over paths for each, one after the other in the same variable
                boolean isAgain = define.updated() && java.locals.contains(define.symbol());
                String left = isAgain ? define.symbol().name() : declaration(define.symbol(), define.updated(), java);
                lines.assign(indent, left, " =", define.right(), comment, java);
                java.locals.add(define.symbol());
            } else if (statement instanceof Statement.Assign assign) {
                lines.assign(indent, assign.symbol().name(), " =", assign.right(), literals(assign.right()), java);
            } else if (statement instanceof Statement.Add add) {
                lines.assign(indent, add.symbol().name(), " +=", add.right(), "", java);
            } else if (statement instanceof Statement.Store store) {
                String comment = store.symbol().quantity().isEntry() ? " // " + TextRenderer.name(store.symbol()) : "";
                store(indent, storage.place(store.symbol()), store.right(), comment, java);
            } else if (statement instanceof Statement.AddTo addTo) {
                String target = java.place(storage.gradient(addTo.symbol()));
                lines.assign(indent, target, " +=", addTo.right(), " // " + TextRenderer.name(addTo.symbol()), java);
            } else if (statement instanceof Statement.LoadGradient load) {
                String value = java.read(storage.gradient(load.symbol()));
                lines.line(indent, declaration(load.symbol(), true, java) + " = " + value + ";");
                java.locals.add(load.symbol());
            } else if (statement instanceof Statement.StoreGradient store) {
                String comment = " // " + TextRenderer.name(store.symbol());
                store(indent, storage.gradient(store.symbol()), store.symbol(), comment, java);
            } else if (statement instanceof Statement.AddProductTo addTo) {
                String target = java.place(storage.gradient(addTo.symbol()));
                String product = java.render(addTo.left()) + ", " + java.render(addTo.right());
                lines.line(
                        indent,
                        target + " = fma(" + product + ", " + target + "); // " + TextRenderer.name(addTo.symbol()));
            } else if (statement instanceof Statement.Either either) {
                lines.line(indent, "if (VECTOR) {");
                statements(either.inVectors(), indent + INDENT, java.within(either));
                around(indent, "} else {", either.otherwise(), java.within(either));
            } else if (statement instanceof Statement.VectorCall call) {
                vectorCall(indent, call, java);
            } else if (statement instanceof Statement.KernelRows kernel) {
                lines.line(indent, kernel.name() + "(" + String.join(", ", arguments(kernel)) + ");");
            } else if (statement instanceof Statement.Copy copy) {
                String ends = start(copy.from(), copy.over(), java) + ", " + start(copy.to(), copy.over(), java);
                lines.line(indent, "arraycopy(" + ends + ", " + copy.length() + ");");
            } else if (statement instanceof Statement.Loop loop) {
                around(indent, header(loop), loop.body(), java.within(loop));
            } else if (statement instanceof Statement.Units units) {
                units(indent, units, java);
            } else if (statement instanceof Statement.Lanes lanes) {
                lanes(indent, lanes, java);
            } else if (statement instanceof Statement.Invoke invoke) {
                boolean isLast = i + 2 == statements.size() && statements.get(i + 1) instanceof Statement.Return;
                if (isLast && invoke.routine().returnsError()) {
                    lines.line(indent, "return " + call(invoke.routine()));
                    return;
                }
                if (invoke.routine().returnsError()) {
                    lines.line(indent, declaration(Symbol.error(), false, java) + " = " + call(invoke.routine()));
                    java.locals.add(Symbol.error());
                } else {
                    lines.line(indent, call(invoke.routine()));
                }
            } else if (statement instanceof Statement.Return result) {
                lines.line(indent, "return " + java.render(result.symbol()) + ";");
            } else {
                throw new IllegalArgumentException("No Java for " + statement);
            }
            spans.add(new Span(statement, from, lines.size()));
        }
    }

    private void store(String indent, Place place, Expression value, String comment, JavaRenderer java) {
        if (java instanceof VectorRenderer vectors) {
            lines.line(indent, vectors.store(place, value));
        } else {
            lines.assign(indent, java.place(place), " =", value, comment, java);
        }
    }

    /** {@code header {...}}. */
    private void around(String indent, String header, List<Statement> body, JavaRenderer java) {
        lines.line(indent, header);
        statements(body, indent + INDENT, java);
        lines.line(indent, "}");
    }

    private void units(String indent, Statement.Units units, JavaRenderer java) {
        Index.Variable unit = units.variable();
        String header = header(
                "int " + unit.name() + " = 0", unit.name() + " < " + units.end(), unit.name() + " += " + units.count());
        List<Index.Variable> copies = Unrolled.copies(unit, units.count());
        unrolled(indent, header, copies, "", units.last(), units.body(), java.within(units));
    }

    private void lanes(String indent, Statement.Lanes lanes, JavaRenderer java) {
        String variable = lanes.variable().name();
        int vectors = lanes.vectors() == 0 ? vectors(Integer.parseInt(lanes.end())) : lanes.vectors();
        List<Index.Variable> copies = Unrolled.copies(lanes.variable(), vectors);
        JavaRenderer byVectors = new VectorRenderer(java, copies);
        String start = "int " + variable + " = 0";
        String isLeft = variable + " < " + lanes.end();
        String step = variable + " += " + (vectors == 1 ? "" : vectors + " * ") + "LANES";
        if (lanes.hasRoom()) {
            unrolled(indent, header(start, isLeft, step), copies, " * LANES", "", lanes.body(), byVectors);
            return;
        }
        String last = lanes.end() + " - LANES";
        lines.line(indent, start + ";");
        String header = header("", variable + " <= " + last, step);
        unrolled(indent, header, copies, " * LANES", last, lanes.body(), byVectors);
        around(indent, header("", isLeft, variable + "++"), lanes.body(), java.within(lanes));
    }

    /** A turn that deals with copies of a variable, each so much further on, but none beyond the last place. */
    private void unrolled(
            String indent,
            String header,
            List<Index.Variable> copies,
            String step,
            String last,
            List<Statement> body,
            JavaRenderer java) {
        lines.line(indent, header);
        for (int copy = 1; copy < copies.size(); copy++) {
            String by = copy == 1 && !step.isEmpty() ? "LANES" : copy + step;
            String place = copies.get(0).name() + " + " + by;
            String value = last.isEmpty() ? place : "Math.min(" + place + ", " + last + ")";
            lines.line(indent + INDENT, "final int " + copies.get(copy).name() + " = " + value + ";");
        }
        statements(Unrolled.of(body, copies), indent + INDENT, java);
        lines.line(indent, "}");
    }

    /** How many vectors a turn deals with, so that their chains of additions hide each other's latency. */
    private int vectors(int units) {
        int inDouble = storage.precision() == Precision.FLOAT ? (units + 1) / 2 : units;
        return inDouble > 32 ? 8 : inDouble > 16 ? 4 : 2;
    }

    private String header(Statement.Loop loop) {
        String variable = loop.variable().name();
        String start = loop.start();
        String end = loop.end();
        if (loop.row().isPresent()) {
            variable = JavaRenderer.position(loop);
            start = base(loop) + storage.rowAlong(loop.variable().size()) + " * "
                    + loop.row().get().text();
            end = start + " + " + end;
        }
        String step = loop.step() == 1 ? "++" : " += " + loop.step();
        return header("int " + variable + " = " + start, variable + " < " + end, variable + step);
    }

    /** Where the matrices that a loop goes along a row of begin, which is the same for all of them: {@code row + }. */
    private String base(Statement.Loop loop) {
        return MemoryUse.of(loop.body()).places().stream()
                .map(storage::place)
                .filter(place -> place instanceof Place.Element element
                        && JavaRenderer.isPosition(element, loop)
                        && !element.base().isEmpty())
                .map(place -> ((Place.Element) place).base() + " + ")
                .findFirst()
                .orElse("");
    }

    private static String header(String start, String condition, String step) {
        return "for (" + start + "; " + condition + "; " + step + ") {";
    }

    private void vectorCall(String indent, Statement.VectorCall call, JavaRenderer java) {
        List<String> arguments = new ArrayList<>();
        if (call instanceof Statement.LoopNest nest) {
            arguments.addAll(parameters(nest, storage, access).keySet());
        } else if (call instanceof Statement.Rows rows) {
            arguments.add(start((Symbol) rows.sum().right(), java));
            arguments.add(start((Symbol) rows.sum().left(), java));
            // A sum that has a start is the only one
            arguments.add(java.render(
                    rows.sum().start().at((Index.Variable) rows.left().indices().get(0), 0)));
            arguments.add(start(rows.left(), java));
            arguments.add(array(rows.parts()));
        } else if (call instanceof Statement.Kernel kernel) {
            arguments.add(start(kernel.from(), kernel.over(), java));
            arguments.add(start(kernel.to(), kernel.over(), java));
            arguments.add(kernel.count());
        } else if (call instanceof Statement.VectorKernelRows rows) {
            arguments.addAll(arguments(rows.kernel()));
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

    private List<String> arguments(Statement.KernelRows kernel) {
        return List.of(
                array(kernel.from()),
                array(kernel.to()),
                Integer.toString(kernel.rows()),
                Integer.toString(kernel.stride()),
                kernel.count(),
                array(kernel.low()));
    }

    private String array(Symbol symbol) {
        return ((Place.Element) storage.place(symbol)).array();
    }

    /** An array and where in it a symbol stands for the first values of its variables, as arguments. */
    private String start(Symbol symbol, JavaRenderer java) {
        Place.Element element = (Place.Element) storage.place(symbol);
        return element.array() + ", "
                + java.index(new Place.Element(
                        element.array(), element.isScratch(), element.base(), element.constant(), List.of()));
    }

    /** The same for the first value of one variable. */
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

    private static String declaration(Symbol symbol, boolean updated, JavaRenderer java) {
        return (updated ? "" : "final ") + java.type() + " " + symbol.name();
    }

    private String call(Routine routine) {
        Map<String, String> own =
                access == RecordAccess.ALONE || access == RecordAccess.FIRST_OF_BLOCK ? OF_RECORD_ALONE : Map.of();
        return parameters(routine, JavaNumbers.of(storage.precision())).keySet().stream()
                .map(name -> own.getOrDefault(name, name))
                .collect(Collectors.joining(", ", routine.name() + "(", ");"));
    }
}
