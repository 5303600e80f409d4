package dev.chainrule.processor.rendering;

import dev.chainrule.processor.derivation.Equation;
import dev.chainrule.processor.derivation.Expression;
import dev.chainrule.processor.derivation.Index;
import dev.chainrule.processor.derivation.Quantity;
import dev.chainrule.processor.derivation.Symbol;
import java.util.stream.Collectors;

/** Equations in LaTeX's mathematics mode: {@code z^{(1)}_{j} = b^{(1)}_{j} + \sum_{k} x_{k} \, w^{(1)}_{k,j}}. */
public final class LatexRenderer extends InfixRenderer {
    private static final LatexRenderer LATEX = new LatexRenderer();

    private LatexRenderer() {}

    /** {@code left = right}. */
    public static String equation(Equation equation) {
        return LATEX.render(equation.left()) + " = " + LATEX.render(equation.right());
    }

    @Override
    String symbol(Symbol symbol) {
        if (symbol.quantity().isDerivative()) {
            return derivative(Symbol.error(), symbol.by());
        }
        String layer = symbol.quantity().hasLayer() ? "^{(" + symbol.layer() + ")}" : "";
        String units = symbol.indices().stream().map(LatexRenderer::index).collect(Collectors.joining(","));
        String below = below(symbol.quantity());
        String subscript = below.isEmpty() ? units : below + (units.isEmpty() ? "" : "," + units);
        return letter(symbol.quantity()) + layer + (subscript.isEmpty() ? "" : "_{" + subscript + "}");
    }

    private static String letter(Quantity quantity) {
        return switch (quantity) {
            case DELTA -> "\\delta";
            case MAXIMUM -> "z";
            case NORMALISER -> "S";
            case LOG_NORMALISER -> "L";
            case MEAN -> "m";
            default -> quantity.letter();
        };
    }

    private static String below(Quantity quantity) {
        return quantity == Quantity.MAXIMUM ? "\\max" : "";
    }

    /** A variable such as {@code i2} becomes {@code i_{2}}. */
    private static String index(Index index) {
        String text = index.text();
        return index instanceof Index.Variable && text.length() > 1
                ? text.charAt(0) + "_{" + text.substring(1) + "}"
                : text;
    }

    private String derivative(Symbol of, Symbol by) {
        return "\\frac{\\partial " + symbol(of) + "}{\\partial " + symbol(by) + "}";
    }

    @Override
    String times() {
        return " \\, ";
    }

    @Override
    String parentheses(String text) {
        return "\\left(" + text + "\\right)";
    }

    @Override
    String quotient(Expression.Quotient quotient) {
        return "\\frac{" + render(quotient.left()) + "}{" + render(quotient.right()) + "}";
    }

    @Override
    String call(Expression.Call call) {
        String first = render(call.operands().get(0));
        String arguments = call.operands().stream().map(this::render).collect(Collectors.joining(", "));
        return switch (call.function()) {
            case SIGMOID -> "\\sigma" + parentheses(arguments);
            case TANH, EXP, LOG, MAX, MIN -> "\\" + call.function().text() + parentheses(arguments);
            case EXPM1 -> parentheses("e^{" + first + "} - 1");
            case SOFTPLUS -> "\\log" + parentheses("1 + e^{" + first + "}");
            case LOG_COSH -> "\\log\\cosh" + parentheses(first);
            case ABS -> "\\left|" + first + "\\right|";
            case SIGN -> "\\operatorname{sign}" + parentheses(first);
            case HUBER -> "\\operatorname{huber}" + parentheses(first);
            case IF_POSITIVE ->
                "\\begin{cases}" + render(call.operands().get(1)) + " & " + first + " > 0 \\\\ "
                        + render(call.operands().get(2)) + " & \\text{otherwise}\\end{cases}";
        };
    }

    @Override
    String other(Expression expression) {
        if (expression instanceof Expression.SumOver sum) {
            boolean isNested = sum.term() instanceof Expression.SumOver;
            return "\\sum_{" + index(sum.over()) + "} "
                    + (isNested ? render(sum.term()) : enclosed(sum.term(), Binding.PRODUCT));
        } else if (expression instanceof Expression.WeightedSum sum) {
            String products = "\\sum_{" + index(sum.over()) + "} " + enclosed(sum.left(), Binding.PRODUCT) + times()
                    + enclosed(sum.right(), Binding.SIGN);
            return sum.start() instanceof Expression.Constant ? products : render(sum.start()) + " + " + products;
        } else if (expression instanceof Expression.MaximumOver maximum) {
            return "\\max_{" + index(maximum.over()) + "} " + enclosed(maximum.term(), Binding.PRODUCT);
        } else if (expression instanceof Expression.Chain chain) {
            return chain.links().stream()
                    .map(link -> derivative(link.of(), link.by()))
                    .collect(Collectors.joining(times()));
        } else if (expression instanceof Expression.Same same) {
            return "[" + index(same.left()) + " = " + index(same.right()) + "]";
        }
        throw new IllegalArgumentException("No LaTeX for " + expression);
    }
}
