package dev.chainrule.processor.java;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.notation.InfixRenderer;
import dev.chainrule.processor.notation.TextRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The lines of a method's body, broken where the project's formatter would. */
final class JavaLines {
    /** The width that lines are broken at, as palantir-java-format does. */
    private static final int WIDTH = 120;

    /** What a statement of a method is indented by. */
    private static final int METHOD_INDENT = 8;

    private static final String COMMENT = "//   ";

    private final List<String> lines = new ArrayList<>();

    /** The lines so far. */
    List<String> list() {
        return lines;
    }

    /** How many they are. */
    int size() {
        return lines.size();
    }

    /** A line as it is. */
    void line(String indent, String text) {
        lines.add(indent + text);
    }

    /** Whether a line need not be broken. */
    static boolean fits(String indent, String text) {
        return METHOD_INDENT + indent.length() + text.length() <= WIDTH;
    }

    /** The section's title and its equations, on one line where they fit. */
    void heading(Section section) {
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
            TextRenderer.wrapped(equation, WIDTH - METHOD_INDENT - COMMENT.length(), "       ")
                    .forEach(line -> lines.add(COMMENT + line));
        }
    }

    /** {@code left operator value; comment}. */
    void assign(String indent, String left, String operator, Expression value, String comment, JavaRenderer java) {
        if (value instanceof Expression.Chain chain) {
            chain(indent, left + operator + " ", chain, comment, java);
            return;
        }
        String right = java.render(value);
        String end = ";" + comment;
        String continued = indent + JavaRenderer.CONTINUED;
        if (fits(indent, left + operator + " " + right + end)) {
            line(indent, left + operator + " " + right + end);
        } else if (fits(continued, right + end)) {
            line(indent, left + operator);
            line(continued, right + end);
        } else {
            JavaRenderer.Operand whole = new JavaRenderer.Operand("", value, InfixRenderer.Binding.CHOICE);
            if (fitsBelow(indent, left + operator + " ", java.operands(value).get(0), java)) {
                line(indent, left + operator);
                broken(continued, continued + JavaRenderer.CONTINUED, "", whole, end, java);
            } else {
                broken(indent, continued, left + operator + " ", whole, end, java);
            }
        }
    }

    /** Whether an operand, or else the first of its own, is too long for the line that it begins on, but not for the next. */
    private boolean fitsBelow(String indent, String start, JavaRenderer.Operand operand, JavaRenderer java) {
        String text = java.render(operand);
        List<JavaRenderer.Operand> operands = java.operands(operand.value());
        if (fits(indent, start + text) || fits(indent + JavaRenderer.CONTINUED, text) || operands.size() == 1) {
            return !fits(indent, start + text) && fits(indent + JavaRenderer.CONTINUED, text);
        }
        return fitsBelow(indent, start + (java.isEnclosed(operand) ? "(" : ""), operands.get(0), java);
    }

    /**
     * An operand on one line, or where that is too long on one for each of its own operands, in its parentheses.
     *
     * @param continued what the lines after the first are indented by
     */
    private void broken(
            String indent,
            String continued,
            String start,
            JavaRenderer.Operand operand,
            String end,
            JavaRenderer java) {
        List<JavaRenderer.Operand> operands = java.operands(operand.value());
        String text = java.render(operand);
        if (fits(indent, start + text + end)) {
            line(indent, start + text + end);
        } else if (operands.size() > 1) {
            boolean isEnclosed = java.isEnclosed(operand);
            String within = continued + JavaRenderer.CONTINUED;
            int last = operands.size() - 1;
            String first = start + operand.operator() + (isEnclosed ? "(" : "");
            broken(indent, within, first, operands.get(0), "", java);
            for (JavaRenderer.Operand next : operands.subList(1, last)) {
                broken(continued, within, "", next, "", java);
            }
            broken(continued, within, "", operands.get(last), (isEnclosed ? ")" : "") + end, java);
        } else if (operand.value() instanceof Expression.Negative negative && !java.isEnclosed(operand)) {
            JavaRenderer.Operand inner = new JavaRenderer.Operand("", negative.operand(), InfixRenderer.Binding.ATOM);
            broken(indent, continued, start + operand.operator() + "-", inner, end, java);
        } else if (operand.value() instanceof Expression.Call call) {
            int arguments = text.indexOf('(') + 1;
            brokenCall(
                    indent,
                    continued,
                    start + text.substring(0, arguments),
                    text.substring(arguments) + end,
                    call,
                    end,
                    java);
        } else {
            line(indent, start + text + end);
        }
    }

    /** A call whose arguments go on a line of their own, or where they do not fit on one each. */
    private void brokenCall(
            String indent,
            String continued,
            String start,
            String rest,
            Expression.Call call,
            String end,
            JavaRenderer java) {
        List<JavaRenderer.Operand> arguments = call.operands().stream()
                .map(argument -> new JavaRenderer.Operand("", argument, InfixRenderer.Binding.CHOICE))
                .toList();
        String within = continued + JavaRenderer.CONTINUED;
        int last = arguments.size() - 1;
        if (fits(continued, rest)) {
            line(indent, start);
            line(continued, rest);
        } else if (last == 0) {
            broken(indent, continued, start, arguments.get(0), ")" + end, java);
        } else {
            line(indent, start);
            arguments.subList(0, last).forEach(argument -> broken(continued, within, "", argument, ",", java));
            broken(continued, within, "", arguments.get(last), ")" + end, java);
        }
    }

    /** The derivatives that the factors are, and the factors; where they do not fit a line, one a line, each with its own. */
    private void chain(String indent, String left, Expression.Chain chain, String comment, JavaRenderer java) {
        String names = chain.links().stream().map(TextRenderer::derivative).collect(Collectors.joining(" * "));
        String named = comment.isEmpty() ? "// " + names : comment.strip() + " = " + names;
        String product = java.render(chain) + ";";
        if (fits(indent, named) && fits(indent, left + product)) {
            line(indent, named);
            line(indent, left + product);
        } else if (fits(indent, named) && fits(indent, JavaRenderer.CONTINUED + product)) {
            line(indent, named);
            line(indent, left.stripTrailing());
            line(indent, JavaRenderer.CONTINUED + product);
        } else {
            factors(indent, left, chain, comment, java);
        }
    }

    /** Without those that are 1. */
    private void factors(String indent, String left, Expression.Chain chain, String comment, JavaRenderer java) {
        if (!comment.isEmpty()) {
            line(indent, comment.strip());
        }
        List<Expression.Link> links = chain.links().stream()
                .filter(link -> !link.value().equals(Expression.ONE))
                .toList();
        JavaRenderer.Operand first = new JavaRenderer.Operand("", links.get(0).value(), InfixRenderer.Binding.SIGN);
        if (!left.isEmpty() && links.size() > 1 && fitsBelow(indent, left + java.cast(chain), first, java)) {
            line(indent, left.stripTrailing());
            factors(indent + JavaRenderer.CONTINUED, "", chain, "", java);
            return;
        }
        String continued = indent + JavaRenderer.CONTINUED.repeat(links.size() == 1 ? 1 : 2);
        for (int i = 0; i < links.size(); i++) {
            String around = i == 0 ? indent : indent + JavaRenderer.CONTINUED;
            String start = i == 0 ? left + java.cast(chain) : "";
            String end = i == links.size() - 1 ? ";" : "";
            JavaRenderer.Operand factor =
                    new JavaRenderer.Operand(i == 0 ? "" : "* ", links.get(i).value(), InfixRenderer.Binding.SIGN);
            String named = start + java.render(factor) + end + " // " + TextRenderer.derivative(links.get(i));
            if (fits(around, named)) {
                line(around, named);
            } else {
                broken(around, continued, start, factor, end, java);
            }
        }
    }
}
