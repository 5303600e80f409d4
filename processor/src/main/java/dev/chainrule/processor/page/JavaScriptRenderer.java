package dev.chainrule.processor.page;

import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Notation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.java.JavaRenderer;
import dev.chainrule.processor.notation.InfixRenderer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Equations as JavaScript, one assignment each, in loops over the units that it holds for:
 * {@code z1[j] = sum(p[4 + j], 2, (k) => input[k] * p[2 * k + j]);}. Arrays have the layout that they have in Java. The functions
 * {@code sum(start, size, term)} and {@code maximum(size, term)} and those of the rules are the script's own.
 */
public final class JavaScriptRenderer extends InfixRenderer {
    private final Storage storage;
    private final JavaRenderer places;

    /** A renderer for values that stand where {@code storage} says. */
    public JavaScriptRenderer(Storage storage) {
        this.storage = storage;
        this.places = new JavaRenderer(storage, Set.of(), Optional.empty());
    }

    /** {@code forward1() {...}}. */
    public String method(Section section) {
        StringBuilder text = new StringBuilder("// " + section.title() + "\n" + section.name() + "() {\n");
        for (Block block : section.blocks()) {
            block(text, block);
        }
        return text.append("}").toString();
    }

    /** {@code (k, j) => sum(0, 2, (i2) => ...)}: an expression as a function of some variables. */
    public String function(List<Index.Variable> of, Expression value) {
        StringBuilder names = new StringBuilder();
        for (Index.Variable variable : of) {
            names.append(names.isEmpty() ? "" : ", ").append(variable.name());
        }
        return "(" + names + ") => " + render(value);
    }

    private void block(StringBuilder text, Block block) {
        String indent = "  ";
        for (Index.Variable variable : block.over()) {
            String name = variable.name();
            String head = "for (let " + name + " = 0; " + name + " < " + variable.size() + "; " + name + "++) {\n";
            text.append(indent).append(head);
            indent += "  ";
        }
        Set<Symbol> assigned = new HashSet<>();
        for (Equation equation : block.equations()) {
            // Each layer that shares a weight adds to its derivative
            String sign = assigned.add(equation.left()) ? " = " : " += ";
            text.append(indent + symbol(equation.left()) + sign + render(equation.right()) + ";\n");
        }
        for (int depth = block.over().size(); depth > 0; depth--) {
            text.append("  ".repeat(depth)).append("}\n");
        }
    }

    /** The array that a symbol stands in: {@code z1}. */
    public String array(Symbol symbol) {
        String element = symbol(symbol);
        return element.substring(0, element.indexOf('['));
    }

    /** {@code z1[j]}, {@code gradient[2 * k + j]} or {@code max2}. The gradient by the inputs has an array of its own. */
    @Override
    protected String symbol(Symbol symbol) {
        if (symbol.quantity() == Quantity.ERROR_BY_INPUT) {
            return "inputGradient[" + symbol.indices().get(0).value() + "]";
        }
        Place place = symbol.quantity().isGradient() ? storage.gradient(symbol) : storage.place(symbol);
        return place instanceof Place.Field field ? field.name() : places.place(place);
    }

    @Override
    protected String call(Expression.Call call) {
        return form(call, Notation.JAVASCRIPT, "(", ")");
    }

    @Override
    protected String number(double value) {
        return Double.compare(value, -0.0) == 0 ? "0" : constant(value);
    }

    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.WeightedSum sum) {
            String product = enclosed(sum.left(), Binding.PRODUCT) + " * " + enclosed(sum.right(), Binding.SIGN);
            return "sum(" + render(sum.start()) + ", " + over(sum.over()) + product + ")";
        } else if (expression instanceof Expression.SumOver sum) {
            return "sum(0, " + over(sum.over()) + render(sum.term()) + ")";
        } else if (expression instanceof Expression.MaximumOver maximum) {
            return "maximum(" + over(maximum.over()) + render(maximum.term()) + ")";
        } else if (expression instanceof Expression.Chain chain) {
            StringBuilder product = new StringBuilder();
            for (Expression factor : chain.operands()) {
                product.append(product.isEmpty() ? "" : " * ").append(enclosed(factor, Binding.SIGN));
            }
            return product.toString();
        } else if (expression instanceof Expression.Same same) {
            return "(" + same.left().value() + " === " + same.right().value() + " ? 1 : 0)";
        }
        throw new IllegalArgumentException("No JavaScript for " + expression);
    }

    private static String over(Index.Variable variable) {
        return variable.size() + ", (" + variable.name() + ") => ";
    }

    /** Sums and maxima are calls here, so they hold together as one. */
    @Override
    protected Binding binding(Expression expression) {
        return expression instanceof Expression.SumOver
                        || expression instanceof Expression.WeightedSum
                        || expression instanceof Expression.MaximumOver
                ? Binding.ATOM
                : super.binding(expression);
    }
}
