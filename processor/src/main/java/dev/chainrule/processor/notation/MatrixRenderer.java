package dev.chainrule.processor.notation;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Equations in MathML, layer by layer: what has one unit is a row vector, what has two a matrix, both bold. Products of entries
 * become {@code (.)} between vectors of the same units, a sum over products a product of matrices, functions work entry by entry.
 */
public final class MatrixRenderer extends MathMlRenderer {
    private static final MatrixRenderer MATRICES = new MatrixRenderer();
    private static final String TRANSPOSED = "<mtext>T</mtext>";
    private static final String ENTRY_BY_ENTRY = "<mo>&#8857;</mo>";

    private MatrixRenderer() {}

    /** {@code left = right}, as what a {@code math} element holds. */
    public static String equation(Equation equation) {
        String left = MATRICES.render(equation.left()) + "<mo>=</mo>";
        if (equation.left().indices().size() == 2 && equation.right() instanceof Expression.Product product) {
            return left + MATRICES.outer(equation.left().indices().get(0), product);
        }
        return left + MATRICES.render(equation.right());
    }

    /** {@code a^T delta}, where the first has the row's index. */
    private String outer(Index row, Expression.Product product) {
        Expression first = product.operands().get(0);
        Expression second = product.operands().get(1);
        boolean isInOrder = indices(first).contains(row.text());
        return transposed(isInOrder ? first : second) + times() + enclosed(isInOrder ? second : first, Binding.SIGN);
    }

    @Override
    String letter(Symbol symbol) {
        if (symbol.indices().isEmpty()) {
            return super.letter(symbol);
        }
        String name = name(symbol.quantity());
        return "<mi mathvariant=\"normal\" class=\"bold\">"
                + (symbol.quantity() == Quantity.WEIGHT ? name.toUpperCase(Locale.ROOT) : name) + "</mi>";
    }

    @Override
    String below(Symbol symbol) {
        return symbol.quantity() == Quantity.MAXIMUM ? super.below(symbol) : label(symbol);
    }

    @Override
    protected String product(Expression.Product product) {
        StringBuilder text = new StringBuilder();
        Expression before = null;
        for (Expression factor : product.operands()) {
            if (before != null) {
                boolean areVectors =
                        !indices(before).isEmpty() && !indices(factor).isEmpty();
                text.append(areVectors ? ENTRY_BY_ENTRY : times());
            }
            text.append(enclosed(factor, before == null ? Binding.PRODUCT : Binding.SIGN));
            before = factor;
        }
        return text.toString();
    }

    /** A sum over all entries of a vector. */
    @Override
    String sumOver(Index.Variable variable) {
        return "<mo>&#8721;</mo>";
    }

    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.WeightedSum sum) {
            Symbol right = (Symbol) sum.right();
            boolean isDown =
                    right.indices().size() == 2 && right.indices().get(0).equals(sum.over());
            String product =
                    enclosed(sum.left(), Binding.PRODUCT) + times() + (isDown ? render(right) : transposed(right));
            return sum.start() instanceof Expression.Constant ? product : render(sum.start()) + plus() + product;
        } else if (expression instanceof Expression.MaximumOver maximum) {
            return "<mi>max</mi>" + times() + enclosed(maximum.term(), Binding.PRODUCT);
        } else if (chain(expression).isPresent()) {
            return jacobians(chain(expression).get());
        }
        return super.other(expression);
    }

    /** The chain that a sum over paths adds up. */
    private static Optional<Expression.Chain> chain(Expression expression) {
        if (expression instanceof Expression.SumOver sum) {
            return chain(sum.term());
        }
        return expression instanceof Expression.Chain chain ? Optional.of(chain) : Optional.empty();
    }

    /** Derivatives of vectors by vectors are matrices; their product adds up all paths. */
    private String jacobians(Expression.Chain chain) {
        int last = chain.links().size() - 1;
        if (chain.links().get(last).by().quantity() == Quantity.TRAINABLE) {
            return derivatives(chain.links());
        }
        List<Expression.Link> links = chain.links().subList(0, last);
        String product = derivatives(links);
        Expression input = chain.links().get(last).value();
        return input instanceof Expression.Constant ? product : transposed(input) + times() + product;
    }

    private String transposed(Expression expression) {
        if (expression instanceof Symbol symbol
                && symbol.quantity().hasLayer()
                && !symbol.quantity().isDerivative()) {
            return "<msup>" + letter(symbol) + row("<mtext>(" + symbol.layer() + ")</mtext>" + TRANSPOSED) + "</msup>";
        }
        return "<msup>" + row(enclosed(expression, Binding.ATOM)) + TRANSPOSED + "</msup>";
    }

    /** The variables that an expression depends on: none for a number, one for a vector. */
    private static Set<String> indices(Expression expression) {
        Set<String> indices = new TreeSet<>();
        if (!(expression instanceof Expression.SumOver)) {
            expression.forEachSymbol(symbol -> symbol.indices().forEach(index -> indices.add(index.text())));
        }
        return indices;
    }
}
