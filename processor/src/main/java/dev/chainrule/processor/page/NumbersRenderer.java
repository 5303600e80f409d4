package dev.chainrule.processor.page;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.notation.InfixRenderer;

/**
 * Equations with numbers put in for their symbols, as JavaScript's templates: {@code `${n(dE_da1[k], "a1", k)} * (1 - ...)`}. The
 * functions {@code n(value, name, unit)} and {@code terms(size, term, between)} are the script's own.
 */
final class NumbersRenderer extends InfixRenderer {
    private final JavaScriptRenderer elements;

    /** @param elements says where values stand */
    NumbersRenderer(JavaScriptRenderer elements) {
        this.elements = elements;
    }

    /** {@code `${n(a1[k], "a1", k)}`}. */
    String template(Expression expression) {
        return "`" + render(expression) + "`";
    }

    @Override
    protected String symbol(Symbol symbol) {
        String unit = symbol.indices().size() == 1
                ? ", \"" + symbol.family().name() + "\", "
                        + symbol.indices().get(0).value()
                : "";
        return "${n(" + elements.render(symbol) + unit + ")}";
    }

    @Override
    protected String times() {
        return " \\u00b7 ";
    }

    @Override
    protected String minus() {
        return " \\u2212 ";
    }

    @Override
    protected String negative(String operand) {
        return "\\u2212" + operand;
    }

    @Override
    protected String number(double value) {
        return constant(value).replace("-", "\\u2212");
    }

    @Override
    protected String number(Index unit) {
        return "${" + unit.value() + "}";
    }

    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.WeightedSum sum) {
            String product = enclosed(sum.left(), Binding.PRODUCT) + times() + enclosed(sum.right(), Binding.SIGN);
            String products = terms(sum.over(), product, plus());
            return sum.start() instanceof Expression.Constant ? products : render(sum.start()) + plus() + products;
        } else if (expression instanceof Expression.SumOver sum) {
            return terms(sum.over(), enclosed(sum.term(), Binding.PRODUCT), plus());
        } else if (expression instanceof Expression.MaximumOver maximum) {
            return "max(" + terms(maximum.over(), render(maximum.term()), ", ") + ")";
        } else if (expression instanceof Expression.Same same) {
            return "${" + same.left().value() + " === " + same.right().value() + " ? 1 : 0}";
        }
        throw new IllegalArgumentException("No numbers for " + expression);
    }

    private static String terms(Index.Variable over, String term, String between) {
        return "${terms(" + over.size() + ", (" + over.name() + ") => `" + term + "`, \"" + between + "\")}";
    }
}
