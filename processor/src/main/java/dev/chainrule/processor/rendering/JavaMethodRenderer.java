package dev.chainrule.processor.rendering;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.derivation.Expression;
import dev.chainrule.processor.derivation.Index;
import dev.chainrule.processor.derivation.Section;
import dev.chainrule.processor.derivation.Symbol;
import dev.chainrule.processor.routine.Argument;
import dev.chainrule.processor.routine.Place;
import dev.chainrule.processor.routine.RecordAccess;
import dev.chainrule.processor.routine.Routine;
import dev.chainrule.processor.routine.Statement;
import dev.chainrule.processor.routine.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Method bodies as lines of Java, laid out as the project's formatter would. */
public final class JavaMethodRenderer {
    /** The width that lines are broken at, as palantir-java-format does. */
    private static final int WIDTH = 120;

    /** What a statement of a method is indented by. */
    private static final int METHOD_INDENT = 8;

    private final Storage storage;
    private final String number;
    private final RecordAccess access;
    private final String vectorClass;
    private final List<String> lines = new ArrayList<>();
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
     */
    public static List<String> body(Routine routine, Storage storage, String vectorClass) {
        return traced(routine, storage, vectorClass).lines();
    }

    /** The same with the statement that each line came from. */
    public static Body traced(Routine routine, Storage storage, String vectorClass) {
        JavaMethodRenderer renderer = new JavaMethodRenderer(storage, routine.access(), vectorClass);
        if (routine.usesParameters()) {
            renderer.lines.add("final " + renderer.number + "[] p = " + storage.parameters() + ";");
        }
        if (routine.access() == RecordAccess.IN_BLOCK && routine.isStep()) {
            // HotSpot has to see that no index overflows, or it checks each
            renderer.lines.add("final int n = min(records, BLOCK);");
        }
        renderer.statements(routine.body(), "", new HashSet<>(), Optional.empty());
        return new Body(renderer.lines, renderer.spans);
    }

    /** The parameters of a method, in order, by name; true for an array of numbers, false for an int. */
    public static Map<String, Boolean> parameters(Routine routine) {
        Map<String, Boolean> parameters = new LinkedHashMap<>();
        for (Argument argument : routine.arguments()) {
            switch (argument) {
                case INPUTS ->
                    record(
                            parameters,
                            routine.access().inputs(),
                            routine.access().inputBase());
                case TARGETS ->
                    record(
                            parameters,
                            routine.access().targets(),
                            routine.access().targetBase());
                case OUTPUT ->
                    record(
                            parameters,
                            routine.access().outputs(),
                            routine.access().outputBase());
                case ACTIVATIONS -> parameters.put("activations", true);
                case GRADIENT -> parameters.put("gradient", true);
            }
        }
        if (routine.access() == RecordAccess.IN_BLOCK) {
            parameters.put("records", false);
        }
        return parameters;
    }

    private static void record(Map<String, Boolean> parameters, String array, String base) {
        parameters.put(array, true);
        if (!base.isEmpty()) {
            parameters.put(base, false);
        }
    }

    private void statements(
            List<Statement> statements, String indent, Set<Symbol> locals, Optional<Statement.Loop> alongRow) {
        JavaRenderer java = new JavaRenderer(storage, locals, alongRow);
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            int from = lines.size();
            if (statement instanceof Statement.Heading heading) {
                heading(heading.section());
            } else if (statement instanceof Statement.Comment comment) {
                line(indent, "// " + comment.text());
            } else if (statement instanceof Statement.Load load) {
                String value = java.place(storage.place(load.symbol()));
                line(indent, declaration(load.symbol(), load.updated()) + " = " + value + ";");
                locals.add(load.symbol());
            } else if (statement instanceof Statement.Define define) {
                String comment = literals(define.right());
                assign(indent, declaration(define.symbol(), define.updated()), " =", define.right(), comment, java);
                locals.add(define.symbol());
            } else if (statement instanceof Statement.Assign assign) {
                assign(indent, assign.symbol().name(), " =", assign.right(), literals(assign.right()), java);
            } else if (statement instanceof Statement.Add add) {
                assign(indent, add.symbol().name(), " +=", add.right(), "", java);
            } else if (statement instanceof Statement.Store store) {
                assign(indent, java.place(storage.place(store.symbol())), " =", store.right(), "", java);
            } else if (statement instanceof Statement.AddTo addTo) {
                String target = java.place(storage.gradient(addTo.symbol()));
                assign(indent, target, " +=", addTo.right(), " // " + TextRenderer.name(addTo.symbol()), java);
            } else if (statement instanceof Statement.LoadGradient load) {
                String value = java.place(storage.gradient(load.symbol()));
                line(indent, number + " " + load.symbol().name() + " = " + value + ";");
                locals.add(load.symbol());
            } else if (statement instanceof Statement.StoreGradient store) {
                String target = java.place(storage.gradient(store.symbol()));
                String comment = " // " + TextRenderer.name(store.symbol());
                line(indent, target + " = " + store.symbol().name() + ";" + comment);
            } else if (statement instanceof Statement.AddProductTo addTo) {
                String target = java.place(storage.gradient(addTo.symbol()));
                String product = java.render(addTo.left()) + ", " + java.render(addTo.right());
                line(
                        indent,
                        target + " = fma(" + product + ", " + target + "); // " + TextRenderer.name(addTo.symbol()));
            } else if (statement instanceof Statement.Either either) {
                line(indent, "if (VECTOR) {");
                statements(either.inVectors(), indent + "    ", new HashSet<>(locals), alongRow);
                line(indent, "} else {");
                statements(either.otherwise(), indent + "    ", new HashSet<>(locals), alongRow);
                line(indent, "}");
            } else if (statement instanceof Statement.VectorCall call) {
                vectorCall(indent, call, java);
            } else if (statement instanceof Statement.Copy copy) {
                String ends = start(copy.from(), copy.over(), java) + ", " + start(copy.to(), copy.over(), java);
                line(indent, "System.arraycopy(" + ends + ", " + copy.length() + ");");
            } else if (statement instanceof Statement.Loop loop) {
                line(indent, header(loop));
                statements(
                        loop.body(),
                        indent + "    ",
                        new HashSet<>(locals),
                        loop.row().isPresent() ? Optional.of(loop) : alongRow);
                line(indent, "}");
            } else if (statement instanceof Statement.Invoke invoke) {
                boolean isLast = i + 2 == statements.size() && statements.get(i + 1) instanceof Statement.Return;
                if (isLast && invoke.routine().returnsError()) {
                    line(indent, "return " + call(invoke.routine()));
                    return;
                }
                line(
                        indent,
                        (invoke.routine().returnsError() ? "final " + number + " E = " : "") + call(invoke.routine()));
            } else if (statement instanceof Statement.Return result) {
                line(indent, "return " + result.symbol().name() + ";");
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
                arguments.add("nodes"); // for kernels with tables
            }
        }
        String method = vectorClass + "." + call.name() + "(";
        String rest = String.join(", ", arguments) + ");";
        if (fits(indent, method + rest)) {
            line(indent, method + rest);
        } else {
            line(indent, method);
            line(indent + JavaRenderer.CONTINUED, rest);
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
                        element.array(), element.isField(), element.base(), element.constant(), terms));
    }

    /** The section's title and its equations, on one line where they fit. */
    private void heading(Section section) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        List<String> equations = TextRenderer.equations(section);
        String together = "// " + section.title() + ": " + String.join(", ", equations);
        if (METHOD_INDENT + together.length() <= WIDTH) {
            lines.add(together);
            return;
        }
        lines.add("// " + section.title());
        for (String equation : equations) {
            lines.addAll(wrapped(equation));
        }
    }

    /** An equation as comment lines, broken before {@code +} or {@code *} where it is too long. */
    private static List<String> wrapped(String equation) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder("//  ");
        for (String word : equation.split(" (?=[+*] |sum_)")) {
            if (METHOD_INDENT + line.length() + 1 + word.length() > WIDTH) {
                wrapped.add(line.toString());
                line = new StringBuilder("//         ");
            }
            line.append(' ').append(word);
        }
        wrapped.add(line.toString());
        return wrapped;
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

    private void assign(
            String indent, String left, String operator, Expression value, String comment, JavaRenderer java) {
        if (value instanceof Expression.Chain chain) {
            chain(indent, left + operator + " ", chain, comment, java);
            return;
        }
        String right = java.render(value);
        if (fits(indent, left + operator + " " + right + ";")) {
            line(indent, left + operator + " " + right + ";" + comment);
        } else if (fits(indent, JavaRenderer.CONTINUED + right + ";")) {
            line(indent, left + operator);
            line(indent, JavaRenderer.CONTINUED + right + ";" + comment);
        } else {
            JavaRenderer.Operand whole = new JavaRenderer.Operand("", value, InfixRenderer.Binding.SUM);
            broken(indent, left + operator + " ", whole, ";" + comment, java);
        }
    }

    /** An operand on one line, or where that is too long on one for each of its own operands, in its parentheses. */
    private void broken(String indent, String start, JavaRenderer.Operand operand, String end, JavaRenderer java) {
        List<JavaRenderer.Operand> operands = java.operands(operand.value());
        String text = java.render(operand);
        if (fits(indent, start + text + end)) {
            line(indent, start + text + end);
        } else if (operands.size() > 1) {
            boolean isEnclosed = java.isEnclosed(operand);
            int last = operands.size() - 1;
            broken(indent, start + operand.operator() + (isEnclosed ? "(" : ""), operands.get(0), "", java);
            for (JavaRenderer.Operand next : operands.subList(1, last)) {
                broken(indent + JavaRenderer.CONTINUED, "", next, "", java);
            }
            broken(indent + JavaRenderer.CONTINUED, "", operands.get(last), (isEnclosed ? ")" : "") + end, java);
        } else if (operand.value() instanceof Expression.Call call) {
            int arguments = text.indexOf('(') + 1;
            String rest = text.substring(arguments) + end;
            if (fits(indent + JavaRenderer.CONTINUED, rest) || call.operands().size() > 1) {
                line(indent, start + text.substring(0, arguments));
                line(indent + JavaRenderer.CONTINUED, rest);
                return;
            }
            JavaRenderer.Operand argument =
                    new JavaRenderer.Operand("", call.operands().get(0), InfixRenderer.Binding.SUM);
            broken(indent, start + text.substring(0, arguments), argument, ")" + end, java);
        } else {
            line(indent, start + text + end);
        }
    }

    /** One factor a line, each with the derivative that it is. */
    private void chain(String indent, String left, Expression.Chain chain, String comment, JavaRenderer java) {
        if (!comment.isEmpty()) {
            line(indent, comment.strip());
        }
        List<Expression.Link> links = chain.links().stream()
                .filter(link -> !link.value().equals(Expression.constant(1)))
                .toList();
        for (int i = 0; i < links.size(); i++) {
            String around = i == 0 ? indent : indent + JavaRenderer.CONTINUED;
            String start = i == 0 ? left : "";
            String end = i == links.size() - 1 ? ";" : "";
            JavaRenderer.Operand factor =
                    new JavaRenderer.Operand(i == 0 ? "" : "* ", links.get(i).value(), InfixRenderer.Binding.SIGN);
            String named = start + java.render(factor) + end + " // " + TextRenderer.derivative(links.get(i));
            if (fits(around, named)) {
                line(around, named);
            } else {
                broken(around, start, factor, end, java);
            }
        }
    }

    private String call(Routine routine) {
        List<String> arguments = new ArrayList<>();
        for (Argument argument : routine.arguments()) {
            switch (argument) {
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

    private static boolean fits(String indent, String text) {
        return METHOD_INDENT + indent.length() + text.length() <= WIDTH;
    }

    private void line(String indent, String text) {
        lines.add(indent + text);
    }
}
