package dev.chainrule.processor.proof;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement.Inequality;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A proof as a text that another program can check: the circuit as it ships, the property, and the tree of cuts, first the box and then
 * its two halves. A leaf says for each clause which inequality is proved, and by what margin.
 *
 * <pre>
 *   sums 5 2 chain              values 5 and 6 are sums
 *   sources 0 1 2
 *   0.5 1.0 -2.0 0.25           start, weights
 *   ...
 *   cut 1 0.25 0.2500000001     input 1: up to the first number, from the second on
 *   leaf 0 0.125 2 0.5          by inequality 0 of the first clause, by inequality 2 of the second
 * </pre>
 */
public final class Certificate {
    /** What a margin is lowered by, as a part of the terms that are added for it: a checker may round otherwise. */
    private static final double ROOM = 1e-9;

    private final Circuit circuit;
    private final Property property;
    private final Cut tree;

    Certificate(Circuit circuit, Property property, Cut tree) {
        this.circuit = circuit;
        this.property = property;
        this.tree = tree;
    }

    /** The part that margins are lowered by; in float, where slopes are known to fewer digits, some roundoffs. */
    static double room(FloatingPoint arithmetic) {
        return Math.max(ROOM, 16 * arithmetic.unit());
    }

    /** The circuit: what is computed. */
    public static String circuit(TrainedNetwork trained) {
        return text(CircuitBuilder.of(trained));
    }

    private static String text(Circuit circuit) {
        StringBuilder text = new StringBuilder();
        text.append("circuit ").append(circuit.arithmetic()).append(' ').append(circuit.inputs());
        text.append(' ').append(circuit.values()).append('\n');
        text.append(IntStream.range(0, circuit.inputs())
                .filter(input -> circuit.categories()[input])
                .mapToObj(input -> " " + input)
                .collect(Collectors.joining("", "categories", "\n")));
        circuit.steps().forEach(step -> append(step, text));
        return text.append("outputs")
                .append(joined(circuit.outputs()))
                .append('\n')
                .toString();
    }

    private static String joined(int[] numbers) {
        return IntStream.of(numbers).mapToObj(number -> " " + number).collect(Collectors.joining());
    }

    private static void append(Step step, StringBuilder text) {
        String head = step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        text.append(head).append(' ').append(step.first()).append(' ').append(step.count());
        if (step instanceof Step.Categories categories) {
            text.append(' ').append(categories.input()).append(' ').append(categories.firstCategory());
            text.append('\n');
        } else if (step instanceof Step.Sums sums) {
            text.append(sums.inEight() ? " eight" : " chain").append("\nsources");
            text.append(joined(sums.sources())).append('\n');
            int length = sums.sources().length;
            for (int j = 0; j < sums.count(); j++) {
                text.append(sums.start()[j]);
                for (int k = 0; k < length; k++) {
                    text.append(' ').append(sums.weights()[j * length + k]);
                }
                text.append('\n');
            }
        } else if (step instanceof Step.Additions additions) {
            pairs(additions.left(), additions.right(), text);
        } else if (step instanceof Step.Products products) {
            pairs(products.left(), products.right(), text);
        } else if (step instanceof Step.Softmax softmax) {
            text.append("\nsources").append(joined(softmax.sources())).append('\n');
        } else if (step instanceof Step.Functions functions) {
            text.append('\n');
            for (int j = 0; j < functions.count(); j++) {
                Step.UnitFunction function = functions.functions().get(j);
                text.append(functions.sources()[j]).append(' ').append(text(function.value()));
                text.append('\n');
            }
        }
    }

    private static void pairs(int[] left, int[] right, StringBuilder text) {
        text.append("\nleft").append(joined(left)).append("\nright");
        text.append(joined(right)).append('\n');
    }

    /** {@code ( max 0.0 z )}: each function before its arguments. */
    private static String text(Expression expression) {
        if (expression instanceof Expression.Letter) {
            return "z";
        } else if (expression instanceof Expression.Constant constant) {
            return Double.toString(constant.value());
        } else if (expression instanceof Expression.Choice choice) {
            Expression.Condition condition = choice.condition();
            return "( ? " + condition.comparison().text() + " "
                    + texts(List.of(condition.left(), condition.right(), choice.then(), choice.otherwise())) + " )";
        }
        return "( " + operator(expression) + " " + texts(expression.operands()) + " )";
    }

    private static String texts(List<Expression> operands) {
        return operands.stream().map(Certificate::text).collect(Collectors.joining(" "));
    }

    private static String operator(Expression expression) {
        if (expression instanceof Expression.Sum) {
            return "+";
        } else if (expression instanceof Expression.Difference || expression instanceof Expression.Negative) {
            return "-";
        } else if (expression instanceof Expression.Product) {
            return "*";
        } else if (expression instanceof Expression.Quotient) {
            return "/";
        }
        return ((Expression.Call) expression).function().text();
    }

    /** What is proved: the box, and the inequalities of each clause. */
    public static String property(Property property) {
        StringBuilder text = new StringBuilder();
        text.append("when ").append(oneLine(property.when())).append("\nthen ");
        text.append(oneLine(property.then())).append('\n');
        for (int i = 0; i < property.box().size(); i++) {
            text.append("input ").append(property.box().least()[i]).append(' ');
            text.append(property.box().greatest()[i]).append('\n');
        }
        for (List<Inequality> clause : property.clauses()) {
            text.append("clause ").append(clause.size()).append('\n');
            for (Inequality inequality : clause) {
                text.append(inequality.strict() ? "> 0 " : ">= 0 ");
                text.append(inequality.left().constant());
                inequality
                        .left()
                        .factors()
                        .forEach((output, factor) ->
                                text.append(' ').append(output).append(' ').append(factor));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** The property, and the tree of its proof. */
    public String text() {
        StringBuilder text = new StringBuilder(property(property));
        append(tree, text);
        return text.toString();
    }

    /** The depth is that of the cuts, of which an input has as many as its numbers have bits. */
    private void append(Cut cut, StringBuilder text) {
        if (cut.input() >= 0) {
            int input = cut.input();
            text.append("cut ").append(input).append(' ').append(cut.low().box.greatest()[input]);
            text.append(' ').append(cut.high().box.least()[input]).append('\n');
            append(cut.low(), text);
            append(cut.high(), text);
            return;
        }
        Verdict.Holds proof = cut.proof();
        text.append("leaf");
        for (int i = 0; i < proof.literals().length; i++) {
            double margin = Math.max(0, proof.margins()[i] - proof.sizes()[i] * room(circuit.arithmetic()));
            text.append(' ').append(proof.literals()[i]).append(' ').append(margin);
        }
        text.append('\n');
    }
}
