package dev.chainrule.processor.rendering;

import dev.chainrule.processor.derivation.Expression;
import dev.chainrule.processor.derivation.Function;
import dev.chainrule.processor.derivation.Symbol;
import dev.chainrule.processor.routine.Place;
import dev.chainrule.processor.routine.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Expressions as Java. A symbol among the locals is written by its name, any other by its place in memory. */
final class JavaRenderer extends InfixRenderer {
    /** What a continued line is indented by. */
    static final String CONTINUED = "        ";

    private final Storage storage;
    private final Set<Symbol> locals;

    JavaRenderer(Storage storage, Set<Symbol> locals) {
        this.storage = storage;
        this.locals = locals;
    }

    /** The static method that a function is. */
    static String method(Function function) {
        String owner = switch (function) {
            case ABS, MAX, MIN, SIGN -> "java.lang.Math";
            case IF_POSITIVE -> "dev.chainrule.runtime.Piecewise";
            case SIGMOID, TANH, EXP, EXPM1, SOFTPLUS, LOG, LOG_COSH, HUBER -> "dev.chainrule.runtime.Kernels";
        };
        return owner + "." + function.text();
    }

    /** {@code p[30 * k + j]}. */
    static String place(Place place) {
        if (place instanceof Place.Field field) {
            return "this." + field.name();
        }
        Place.Element element = (Place.Element) place;
        List<String> index = new ArrayList<>();
        if (!element.base().isEmpty()) {
            index.add(element.base());
        }
        if (element.constant() != 0 || index.isEmpty() && element.terms().isEmpty()) {
            index.add(Integer.toString(element.constant()));
        }
        for (Place.Term term : element.terms()) {
            String variable = term.variable().name();
            index.add(term.stride() == 1 ? variable : term.stride() + " * " + variable);
        }
        return element.array() + "[" + String.join(" + ", index) + "]";
    }

    /**
     * The operands of the outermost operators of one precedence, each but the first with its operator before it: where a
     * line that is too long is broken.
     */
    List<String> pieces(Expression expression) {
        List<String> pieces = new ArrayList<>();
        if (expression instanceof Expression.Product product) {
            pieces.addAll(firstPieces(product.operands().get(0), Binding.PRODUCT));
            product.operands().stream().skip(1).forEach(factor -> pieces.add("* " + enclosed(factor, Binding.SIGN)));
        } else if (expression instanceof Expression.Quotient quotient) {
            pieces.addAll(firstPieces(quotient.left(), Binding.PRODUCT));
            pieces.add("/ " + enclosed(quotient.right(), Binding.SIGN));
        } else if (expression instanceof Expression.Sum sum) {
            pieces.addAll(firstPieces(sum.operands().get(0), Binding.SUM));
            sum.operands().stream().skip(1).forEach(term -> pieces.add("+ " + enclosed(term, Binding.PRODUCT)));
        } else {
            pieces.add(render(expression));
        }
        return pieces;
    }

    private List<String> firstPieces(Expression first, Binding binding) {
        return binding(first) == binding ? pieces(first) : List.of(enclosed(first, binding));
    }

    @Override
    String symbol(Symbol symbol) {
        return locals.contains(symbol) ? symbol.name() : place(storage.place(symbol));
    }

    @Override
    String other(Expression expression) {
        if (expression instanceof Expression.MultiplyAdd sum) {
            return "fma(" + render(sum.left()) + ", " + render(sum.right()) + ", " + render(sum.addend()) + ")";
        } else if (expression instanceof Expression.Same same) {
            return "(" + same.left().text() + " == " + same.right().text() + " ? 1 : 0)";
        } else if (expression instanceof Expression.Chain chain) {
            return chain.operands().stream()
                    .map(factor -> enclosed(factor, Binding.SIGN))
                    .collect(Collectors.joining(" * "));
        }
        throw new IllegalArgumentException("No Java expression for " + expression);
    }
}
