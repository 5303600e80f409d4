package dev.chainrule.processor.notation;

import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Notation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Equations in LaTeX's mathematics mode: {@code z^{(1)}_{j} = b^{(1)}_{j} + \sum_{k} x_{k} \, w^{(1)}_{k,j}}. */
public final class LatexRenderer extends InfixRenderer {
    private static final LatexRenderer LATEX = new LatexRenderer();

    // Widths in quads, as articles are set: what a line holds beside a left side, the sign of a sum, a fraction of
    // derivatives, and the mean of a value's characters, many of which are subscripts.
    private static final double LINE_WIDTH = 40;
    private static final double SUM_WIDTH = 2;
    private static final double FRACTION_WIDTH = 2.7;
    private static final double CHARACTER_WIDTH = 0.45;

    private static final String NEXT_LINE = " \\\\\n";

    private LatexRenderer() {}

    /** {@code left = right}. */
    public static String equation(Equation equation) {
        return LATEX.render(equation.left()) + " = " + LATEX.render(equation.right());
    }

    /**
     * {@code left = right} for an {@code align*} environment. A chain rule, or a sum of some, is followed by the same products with
     * the value of each derivative, both on as many lines as they take.
     */
    public static String aligned(Equation equation) {
        String left = LATEX.render(equation.left()) + " &= ";
        List<Expression> terms =
                equation.right() instanceof Expression.Sum sum ? sum.operands() : List.of(equation.right());
        if (!terms.stream().allMatch(LatexRenderer::isChain)) {
            return left + LATEX.render(equation.right());
        }
        return left + terms(terms, LatexRenderer::derivatives) + NEXT_LINE + "&= "
                + terms(terms, LatexRenderer::values);
    }

    private static boolean isChain(Expression term) {
        return term instanceof Expression.SumOver sum ? isChain(sum.term()) : term instanceof Expression.Chain;
    }

    private static String terms(List<Expression> terms, Function<Expression, String> text) {
        return terms.stream().map(text).collect(Collectors.joining(NEXT_LINE + "&\\quad + "));
    }

    private static String derivatives(Expression term) {
        List<Part> sums = new ArrayList<>();
        Stream<Part> derivatives = chain(term, sums).links().stream()
                .map(link -> new Part(LATEX.derivative(link.of(), link.by()), FRACTION_WIDTH));
        return lines(sums, derivatives, LATEX.times());
    }

    private static String values(Expression term) {
        List<Part> sums = new ArrayList<>();
        Stream<Part> values = chain(term, sums).operands().stream()
                .map(value -> LATEX.enclosed(value, Binding.PRODUCT))
                .map(value -> new Part(value, CHARACTER_WIDTH * characters(value)));
        return lines(sums, values, " \\cdot ");
    }

    /** The chain of a term, whose sums are added to some. */
    private static Expression.Chain chain(Expression term, List<Part> sums) {
        Expression rest = term;
        while (rest instanceof Expression.SumOver sum) {
            sums.add(new Part(sum(sum.over()), SUM_WIDTH));
            rest = sum.term();
        }
        return (Expression.Chain) rest;
    }

    /** What a line may end after, and about how many quads wide it is set. */
    private record Part(String text, double width) {}

    /** Signs of sums, and factors. */
    private static String lines(List<Part> sums, Stream<Part> factors, String times) {
        StringBuilder lines = new StringBuilder();
        double width = 0;
        for (Part sum : sums) {
            lines.append(sum.text());
            width += sum.width();
        }
        boolean isFirst = true;
        for (Part factor : factors.toList()) {
            if (width + factor.width() > LINE_WIDTH) {
                lines.append(isFirst ? "" : times).append(NEXT_LINE).append("&\\quad ");
                width = 0;
            } else if (!isFirst) {
                lines.append(times);
            }
            lines.append(factor.text());
            width += factor.width();
            isFirst = false;
        }
        return lines.toString();
    }

    /** How many characters a formula shows: those of its source without commands and braces. */
    private static int characters(String latex) {
        return latex.replaceAll("\\\\[a-zA-Z]+|[\\\\{}^_, ]", "").length();
    }

    @Override
    protected String symbol(Symbol symbol) {
        Optional<Share> share = Share.of(symbol);
        if (share.isPresent()) {
            return parentheses(symbol(share.get().whole())) + "_{\\text{"
                    + share.get().reader() + "}}";
        } else if (symbol.quantity().isDerivative()) {
            return derivative(Symbol.error(), symbol.by());
        }
        String layer = symbol.quantity().hasLayer() ? "^{(" + symbol.layer() + ")}" : "";
        String units = symbol.indices().stream().map(LatexRenderer::index).collect(Collectors.joining(","));
        String below = symbol.label().isEmpty() ? below(symbol.quantity()) : label(symbol.label());
        String subscript = below.isEmpty() ? units : below + (units.isEmpty() ? "" : "," + units);
        return letter(symbol.quantity()) + layer + (subscript.isEmpty() ? "" : "_{" + subscript + "}");
    }

    @Override
    protected String number(Index unit) {
        return index(unit);
    }

    private static String letter(Quantity quantity) {
        return switch (quantity) {
            case DELTA -> "\\delta";
            case MAXIMUM -> "z";
            case NORMALISER -> "S";
            case LOG_NORMALISER -> "L";
            case MEAN -> "m";
            case SHIFT, SCALE -> "\\mathrm{" + quantity.letter() + "}";
            default -> quantity.letter();
        };
    }

    private static String label(String label) {
        if (Character.isDigit(label.charAt(0))) {
            return label;
        }
        return "\\mathrm{" + label.replace("_", "\\_").replace("$", "\\$") + "}";
    }

    private static String below(Quantity quantity) {
        return quantity == Quantity.MAXIMUM ? "\\max" : "";
    }

    /** A variable such as {@code i2} becomes {@code i_{2}}, one that is shifted {@code i_{2}+4}. */
    private static String index(Index index) {
        if (index instanceof Index.Shifted shifted) {
            return index(shifted.variable()) + "+" + shifted.by();
        }
        String text = index.text();
        return index instanceof Index.Variable && text.length() > 1
                ? text.charAt(0) + "_{" + text.substring(1) + "}"
                : text;
    }

    @Override
    protected String choice(Expression.Choice choice) {
        return "\\begin{cases}" + render(choice.then()) + " & " + render(choice.condition()) + " \\\\ "
                + render(choice.otherwise()) + " & \\text{otherwise}\\end{cases}";
    }

    @Override
    protected String condition(Expression.Condition condition) {
        return render(condition.left()) + " " + comparison(condition.comparison()) + " " + render(condition.right());
    }

    @Override
    protected Binding binding(Expression expression) {
        return expression instanceof Expression.Choice ? Binding.ATOM : super.binding(expression);
    }

    private static String comparison(Comparison comparison) {
        return switch (comparison) {
            case LESS, GREATER -> comparison.text();
            case AT_MOST -> "\\le";
            case AT_LEAST -> "\\ge";
            case EQUAL -> "=";
            case DIFFERENT -> "\\ne";
        };
    }

    private static String sum(Index.Variable over) {
        return "\\sum_{" + index(over) + "} ";
    }

    private String derivative(Symbol of, Symbol by) {
        return "\\frac{\\partial " + symbol(of) + "}{\\partial " + symbol(by) + "}";
    }

    @Override
    protected String times() {
        return " \\, ";
    }

    @Override
    protected String parentheses(String text) {
        return "\\left(" + text + "\\right)";
    }

    /** The product of two equal factors is a square. */
    @Override
    protected String product(Expression.Product product) {
        List<Expression> factors = product.operands();
        return factors.size() == 2 && factors.get(0).equals(factors.get(1))
                ? parentheses(render(factors.get(0))) + "^{2}"
                : super.product(product);
    }

    @Override
    protected String quotient(Expression.Quotient quotient) {
        return "\\frac{" + render(quotient.left()) + "}{" + render(quotient.right()) + "}";
    }

    @Override
    protected String call(Expression.Call call) {
        return form(call, Notation.LATEX, "\\left(", "\\right)");
    }

    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.SumOver sum) {
            boolean isNested = sum.term() instanceof Expression.SumOver;
            return sum(sum.over()) + (isNested ? render(sum.term()) : enclosed(sum.term(), Binding.PRODUCT));
        } else if (expression instanceof Expression.WeightedSum sum) {
            String products = sum(sum.over())
                    + enclosed(sum.left(), Binding.PRODUCT)
                    + times()
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
