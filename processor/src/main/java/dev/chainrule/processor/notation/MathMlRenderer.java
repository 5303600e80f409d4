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

/**
 * Equations in MathML, unit by unit, in ASCII. Every index stands in an element of its own, {@code <mrow
 * data-index="k">}, so that a page can put a unit's number in its place.
 */
public sealed class MathMlRenderer extends InfixRenderer permits MatrixRenderer {
    private static final MathMlRenderer MATHML = new MathMlRenderer();
    private static final String PARTIAL = "<mi>&#8706;</mi>";
    private static final String SUM = "<mo>&#8721;</mo>";

    MathMlRenderer() {}

    /** {@code left = right}, as what a {@code math} element holds. */
    public static String equation(Equation equation) {
        return MATHML.render(equation.left()) + "<mo>=</mo>" + MATHML.render(equation.right());
    }

    /** A symbol or expression alone. */
    public static String of(Expression expression) {
        return MATHML.render(expression);
    }

    /** {@code da1/dz1} as a fraction. */
    public static String derivative(Expression.Link link) {
        return MATHML.derivative(link.of(), link.by());
    }

    @Override
    protected String symbol(Symbol symbol) {
        Optional<Share> share = Share.of(symbol);
        if (share.isPresent()) {
            return "<msub>" + parentheses(symbol(share.get().whole())) + "<mtext>"
                    + share.get().reader() + "</mtext></msub>";
        } else if (symbol.quantity().isDerivative()) {
            return derivative(Symbol.error(), symbol.by());
        }
        String base = letter(symbol);
        String below = below(symbol);
        String above = symbol.quantity().hasLayer() ? "<mtext>(" + symbol.layer() + ")</mtext>" : "";
        if (above.isEmpty()) {
            return below.isEmpty() ? base : "<msub>" + base + row(below) + "</msub>";
        }
        return below.isEmpty()
                ? "<msup>" + base + above + "</msup>"
                : "<msubsup>" + base + row(below) + above + "</msubsup>";
    }

    /** What the symbol's quantity is called. */
    String letter(Symbol symbol) {
        return "<mi>" + name(symbol.quantity()) + "</mi>";
    }

    static String name(Quantity quantity) {
        return switch (quantity) {
            case DELTA -> "&#948;";
            case MAXIMUM -> "z";
            case NORMALISER -> "S";
            case LOG_NORMALISER -> "L";
            case MEAN -> "m";
            case DIRECTION_OF_WEIGHT, DIRECTION_OF_BIAS, DIRECTION_OF_TRAINABLE, DIRECTION_OF_INPUT -> "v";
            case CHANGE_BY_WEIGHT, CHANGE_BY_BIAS, CHANGE_BY_TRAINABLE, CHANGE_BY_INPUT -> "Hv";
            default -> quantity.letter();
        };
    }

    /** What stands below the letter: the units. */
    String below(Symbol symbol) {
        List<String> units = new ArrayList<>();
        for (Index index : symbol.indices()) {
            units.add(index(index));
        }
        if (!symbol.label().isEmpty()) {
            units.add(0, label(symbol));
        }
        if (symbol.quantity().isDirection() || symbol.quantity().isChange()) {
            // What moves, or whose derivative changes
            units.add(0, "<mtext>" + symbol.quantity().by().letter() + "</mtext>");
        }
        return (symbol.quantity() == Quantity.MAXIMUM ? "<mtext>max</mtext>" : "") + String.join("<mo>,</mo>", units);
    }

    static String label(Symbol symbol) {
        return symbol.label().isEmpty() ? "" : "<mtext>" + symbol.label() + "</mtext>";
    }

    /** A variable such as {@code i2} becomes an i with a 2 below; one that is shifted has {@code data-plus}, too. */
    static String index(Index index) {
        if (index instanceof Index.Unit) {
            return "<mn>" + index.text() + "</mn>";
        } else if (index instanceof Index.Shifted shifted) {
            return "<mrow data-index=\"" + shifted.variable().name() + "\" data-plus=\"" + shifted.by() + "\">"
                    + variable(shifted.variable().name()) + "<mo>+</mo><mn>" + shifted.by() + "</mn></mrow>";
        }
        return "<mrow data-index=\"" + index.text() + "\">" + variable(index.text()) + "</mrow>";
    }

    private static String variable(String name) {
        return name.length() == 1
                ? "<mi>" + name + "</mi>"
                : "<msub><mi>" + name.charAt(0) + "</mi><mn>" + name.substring(1) + "</mn></msub>";
    }

    @Override
    protected String number(Index unit) {
        return index(unit);
    }

    final String derivative(Symbol of, Symbol by) {
        return "<mfrac>" + row(PARTIAL + symbol(of)) + row(PARTIAL + symbol(by)) + "</mfrac>";
    }

    /** The product of the links of a chain, each as a fraction. */
    final String derivatives(List<Expression.Link> links) {
        List<String> factors = new ArrayList<>();
        for (Expression.Link link : links) {
            factors.add(derivative(link.of(), link.by()));
        }
        return String.join(times(), factors);
    }

    static String row(String content) {
        return "<mrow>" + content + "</mrow>";
    }

    @Override
    protected String number(double value) {
        return "<mn>" + constant(value).replace("-", "&#8722;") + "</mn>";
    }

    @Override
    protected String plus() {
        return "<mo>+</mo>";
    }

    @Override
    protected String minus() {
        return "<mo>&#8722;</mo>";
    }

    @Override
    protected String times() {
        return "<mspace width=\"0.17em\"/>";
    }

    @Override
    protected String negative(String operand) {
        return "<mo form=\"prefix\">&#8722;</mo>" + operand;
    }

    @Override
    protected String parentheses(String text) {
        return row("<mo>(</mo>" + text + "<mo>)</mo>");
    }

    @Override
    protected String quotient(Expression.Quotient quotient) {
        return "<mfrac>" + row(render(quotient.left())) + row(render(quotient.right())) + "</mfrac>";
    }

    @Override
    protected String call(Expression.Call call) {
        return form(call, Notation.MATHML, "<mrow><mo>(</mo>", "<mo>)</mo></mrow>");
    }

    @Override
    protected String separator() {
        return "<mo>,</mo>";
    }

    private static String line(String value, String where) {
        return "<mtr><mtd>" + value + "</mtd><mtd>" + where + "</mtd></mtr>";
    }

    @Override
    protected String choice(Expression.Choice choice) {
        return row("<mo>{</mo><mtable columnalign=\"left\">" + line(render(choice.then()), render(choice.condition()))
                + line(render(choice.otherwise()), "<mtext>otherwise</mtext>") + "</mtable>");
    }

    @Override
    protected String condition(Expression.Condition condition) {
        return render(condition.left()) + comparison(condition.comparison()) + render(condition.right());
    }

    @Override
    protected Binding binding(Expression expression) {
        if (expression instanceof Expression.Choice) {
            return Binding.ATOM;
        }
        return isPaths(expression) ? Binding.PRODUCT : super.binding(expression);
    }

    /** Whether it is a sum over paths, which can stand beside others as it is. */
    private static boolean isPaths(Expression expression) {
        return expression instanceof Expression.SumOver sum
                && (sum.term() instanceof Expression.Chain || isPaths(sum.term()));
    }

    private static String comparison(Comparison comparison) {
        return "<mo>"
                + switch (comparison) {
                    case LESS -> "&lt;";
                    case GREATER -> "&gt;";
                    case AT_MOST -> "&#8804;";
                    case AT_LEAST -> "&#8805;";
                    case EQUAL -> "=";
                    case DIFFERENT -> "&#8800;";
                }
                + "</mo>";
    }

    /** {@code sum_k}. */
    String sumOver(Index.Variable variable) {
        return "<munder>" + SUM + index(variable) + "</munder>";
    }

    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.SumOver sum) {
            boolean isNested = sum.term() instanceof Expression.SumOver;
            return sumOver(sum.over()) + (isNested ? render(sum.term()) : enclosed(sum.term(), Binding.PRODUCT));
        } else if (expression instanceof Expression.WeightedSum sum) {
            String products = sumOver(sum.over())
                    + enclosed(sum.left(), Binding.PRODUCT)
                    + times()
                    + enclosed(sum.right(), Binding.SIGN);
            return sum.start() instanceof Expression.Constant ? products : render(sum.start()) + plus() + products;
        } else if (expression instanceof Expression.MaximumOver maximum) {
            return "<munder><mi>max</mi>" + index(maximum.over()) + "</munder>"
                    + enclosed(maximum.term(), Binding.PRODUCT);
        } else if (expression instanceof Expression.Chain chain) {
            return derivatives(chain.links());
        } else if (expression instanceof Expression.Same same) {
            return "<mo>[</mo>" + index(same.left()) + "<mo>=</mo>" + index(same.right()) + "<mo>]</mo>";
        }
        throw new IllegalArgumentException("No MathML for " + expression);
    }
}
