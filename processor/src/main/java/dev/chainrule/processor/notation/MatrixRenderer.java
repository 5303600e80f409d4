package dev.chainrule.processor.notation;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Equations in MathML, layer by layer: what has one unit is a row vector, what has two a matrix, both bold. Products of entries
 * become {@code (.)} between vectors of the same units, a sum over products a product of matrices, functions work entry by entry.
 */
public final class MatrixRenderer extends MathMlRenderer {
    private static final MatrixRenderer MATRICES = new MatrixRenderer(symbol -> 0);
    private static final String TRANSPOSED = "<mtext>T</mtext>";
    private static final String ENTRY_BY_ENTRY = "<mo>&#8857;</mo>";

    private final ToIntFunction<Symbol> sizes;

    private MatrixRenderer(ToIntFunction<Symbol> sizes) {
        this.sizes = sizes;
    }

    /** A renderer that says which entries of a vector, or rows of a matrix, are meant where they are not all. */
    public static MatrixRenderer of(ToIntFunction<Symbol> sizes) {
        return new MatrixRenderer(sizes);
    }

    /** {@code left = right}, as what a {@code math} element holds. */
    public static String equation(Equation equation) {
        return MATRICES.rendered(equation);
    }

    /** {@code left = right}, as what a {@code math} element holds. */
    public String rendered(Equation equation) {
        String left = render(equation.left()) + "<mo>=</mo>";
        List<Expression> terms =
                equation.right() instanceof Expression.Sum sum ? sum.operands() : List.of(equation.right());
        boolean isMatrix =
                equation.left().indices().size() == 2 && terms.stream().allMatch(Expression.Product.class::isInstance);
        return left
                + (isMatrix
                        ? terms.stream()
                                .map(term -> outer(equation.left().indices().get(0), (Expression.Product) term))
                                .collect(Collectors.joining(plus()))
                        : render(equation.right()));
    }

    /** {@code left = [a b]}: a vector of others, one after the other. */
    public String sideBySide(Symbol left, List<Expression> parts) {
        return render(left) + "<mo>=</mo>"
                + row(parts.stream().map(this::render).toList());
    }

    /** {@code a^T delta}, where the first has the row's index. */
    private String outer(Index row, Expression.Product product) {
        Expression first = product.operands().get(0);
        Expression second = product.operands().get(1);
        boolean isInOrder = indices(first).contains(variable(row));
        return transposed(isInOrder ? first : second) + times() + enclosed(isInOrder ? second : first, Binding.SIGN);
    }

    /** Whether it is one number, in all or of a vector. */
    private static boolean isNumber(Symbol symbol) {
        return symbol.indices().stream().allMatch(Index.Unit.class::isInstance);
    }

    @Override
    String letter(Symbol symbol) {
        if (isNumber(symbol)) {
            return super.letter(symbol);
        }
        String name = name(symbol.quantity());
        return "<mi mathvariant=\"normal\" class=\"bold\">"
                + (symbol.quantity() == Quantity.WEIGHT ? name.toUpperCase(Locale.ROOT) : name) + "</mi>";
    }

    @Override
    String below(Symbol symbol) {
        if (isNumber(symbol)) {
            return super.below(symbol);
        }
        String range = range(symbol);
        return label(symbol) + (symbol.label().isEmpty() || range.isEmpty() ? "" : "<mo>,</mo>") + range;
    }

    /** {@code 2..3}: which entries are meant, where they are not all. */
    private String range(Symbol symbol) {
        Index index = symbol.indices().get(0);
        int first = index instanceof Index.Shifted shifted ? shifted.by() : 0;
        int size = index instanceof Index.Shifted shifted ? shifted.variable().size() : ((Index.Variable) index).size();
        if (first == 0 && size >= sizes.applyAsInt(symbol)) {
            return "";
        }
        return "<mtext>" + first + (size == 1 ? "" : ".." + (first + size - 1)) + "</mtext>";
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
        if (expression instanceof Expression.WeightedSum sum && sum.start() instanceof Expression.WeightedSum) {
            return blocks(sum);
        } else if (expression instanceof Expression.WeightedSum sum) {
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

    /** {@code b + [a c] [W V]}: what several sources give, as one product of a row and a column of blocks. */
    private String blocks(Expression.WeightedSum last) {
        List<String> vectors = new ArrayList<>();
        List<String> matrices = new ArrayList<>();
        Expression start = last;
        while (start instanceof Expression.WeightedSum sum) {
            vectors.add(0, render(sum.left()));
            matrices.add(0, render(sum.right()));
            start = sum.start();
        }
        String product = row(vectors) + times() + column(matrices);
        return start instanceof Expression.Constant ? product : render(start) + plus() + product;
    }

    /** Values in brackets, from left to right. */
    private static String row(List<String> values) {
        return brackets("<mtr>" + cells(values, "") + "</mtr>");
    }

    /** Values in brackets, one below the other. */
    private static String column(List<String> values) {
        return brackets("<mtr>" + cells(values, "</mtr><mtr>") + "</mtr>");
    }

    private static String cells(List<String> values, String between) {
        return values.stream().map(value -> "<mtd>" + value + "</mtd>").collect(Collectors.joining(between));
    }

    private static String brackets(String rows) {
        return row("<mo>[</mo><mtable>" + rows + "</mtable><mo>]</mo>");
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
            String above = row("<mtext>(" + symbol.layer() + ")</mtext>" + TRANSPOSED);
            String below = below(symbol);
            return below.isEmpty()
                    ? "<msup>" + letter(symbol) + above + "</msup>"
                    : "<msubsup>" + letter(symbol) + row(below) + above + "</msubsup>";
        }
        return "<msup>" + row(enclosed(expression, Binding.ATOM)) + TRANSPOSED + "</msup>";
    }

    private static String variable(Index index) {
        return index instanceof Index.Shifted shifted ? shifted.variable().name() : index.text();
    }

    /** The variables that an expression depends on: none for a number, one for a vector. */
    private static Set<String> indices(Expression expression) {
        Set<String> indices = new TreeSet<>();
        if (!(expression instanceof Expression.SumOver)) {
            expression.forEachSymbol(symbol -> symbol.indices().forEach(index -> indices.add(variable(index))));
        }
        return indices;
    }
}
