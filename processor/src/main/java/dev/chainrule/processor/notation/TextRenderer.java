package dev.chainrule.processor.notation;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Equations as plain text, in the notation of the code: {@code z1_j = b1_j + sum_k x_k * w1_k_j}. */
public final class TextRenderer extends InfixRenderer {
    private static final TextRenderer TEXT = new TextRenderer();

    private TextRenderer() {}

    /** {@code z1_j = b1_j + sum_k x_k * w1_k_j}. */
    public static String equation(Equation equation) {
        return name(equation.left()) + " = " + TEXT.render(equation.right());
    }

    /** {@code z * tanh(z)}. */
    public static String expression(Expression expression) {
        return TEXT.render(expression);
    }

    /** The equations of a section. */
    public static List<String> equations(Section section) {
        return section.equations().map(TextRenderer::equation).toList();
    }

    /**
     * An equation as lines of at most this width, as far as operators allow, broken before them.
     *
     * @param continued what the lines after the first begin with
     */
    public static List<String> wrapped(String equation, int width, String continued) {
        List<String> wrapped = new ArrayList<>();
        String line = "";
        String space = "";
        for (String word : equation.split(" (?=[-+*/?:] |sum_|&& |\\|\\| )")) {
            if (!space.isEmpty() && line.length() + 1 + word.length() > width) {
                wrapped.add(line);
                line = continued;
                space = "";
            }
            line += space + word;
            space = " ";
        }
        wrapped.add(line);
        return wrapped;
    }

    /** {@code w1_0_1}, or {@code dE/dw1_0_1} for a derivative, {@code dy/dw1_0_1} for an entry of a Jacobian. */
    public static String name(Symbol symbol) {
        if (symbol.quantity().isEntry()) {
            return "dy/d" + symbol.by().name();
        }
        return symbol.quantity().isDerivative() ? "dE/d" + symbol.by().name() : symbol.name();
    }

    /** {@code da1_0/dz1_0}. */
    public static String derivative(Expression.Link link) {
        String of = link.of().equals(Symbol.error()) ? "dE" : "d" + link.of().name();
        return of + "/d" + link.by().name();
    }

    @Override
    protected String symbol(Symbol symbol) {
        return name(symbol);
    }

    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.SumOver sum) {
            return "sum_" + sum.over().name() + " " + nested(sum.term());
        } else if (expression instanceof Expression.WeightedSum sum) {
            String products = "sum_" + sum.over().name() + " " + enclosed(sum.left(), Binding.PRODUCT) + " * "
                    + enclosed(sum.right(), Binding.SIGN);
            boolean noStart = sum.start() instanceof Expression.Constant;
            return noStart ? products : render(sum.start()) + " + " + products;
        } else if (expression instanceof Expression.MaximumOver maximum) {
            return "max_" + maximum.over().name() + " " + enclosed(maximum.term(), Binding.PRODUCT);
        } else if (expression instanceof Expression.Chain chain) {
            return chain.links().stream().map(TextRenderer::derivative).collect(Collectors.joining(" * "));
        } else if (expression instanceof Expression.MultiplyAdd sum) {
            return enclosed(sum.left(), Binding.PRODUCT) + " * " + enclosed(sum.right(), Binding.SIGN) + " + "
                    + enclosed(sum.addend(), Binding.PRODUCT);
        } else if (expression instanceof Expression.Letter letter) {
            return letter.name();
        } else if (expression instanceof Expression.Same same) {
            return "[" + same.left().value() + " = " + same.right().value() + "]";
        }
        throw new IllegalArgumentException("No text for " + expression);
    }

    private String nested(Expression term) {
        return term instanceof Expression.SumOver ? render(term) : enclosed(term, Binding.PRODUCT);
    }
}
