package dev.chainrule.processor.rules;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Call;
import dev.chainrule.processor.equations.Expression.Choice;
import dev.chainrule.processor.equations.Expression.Constant;
import dev.chainrule.processor.equations.Expression.Difference;
import dev.chainrule.processor.equations.Expression.Negative;
import dev.chainrule.processor.equations.Expression.Product;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.equations.Expression.Same;
import dev.chainrule.processor.equations.Expression.Sum;
import dev.chainrule.processor.equations.Expression.SumOver;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Differentiates expressions: the derivative of one is an expression again. Terms that are 0 and factors that are 1 are
 * left out, so that what comes out reads as if by hand.
 */
public final class Derivative {
    /** Powers up to this are written as products. */
    private static final int LONGEST_PRODUCT = 4;

    private final Symbol by;

    private Derivative(Symbol by) {
        this.by = by;
    }

    /** The derivative of an expression by a symbol; what does not hold the symbol is constant. */
    public static Expression of(Expression value, Symbol by) {
        return new Derivative(by).of(value);
    }

    private Expression of(Expression value) {
        if (value.equals(by)) {
            return Expression.ONE;
        } else if (value instanceof Symbol
                || value instanceof Constant
                || value instanceof Expression.Number
                || value instanceof Same) {
            return Expression.ZERO;
        } else if (value instanceof Sum sum) {
            return sum(sum.operands().stream().map(this::of).toList());
        } else if (value instanceof Difference difference) {
            return difference(of(difference.left()), of(difference.right()));
        } else if (value instanceof Negative negative) {
            return negative(of(negative.operand()));
        } else if (value instanceof Product product) {
            return ofProduct(product.operands());
        } else if (value instanceof Quotient quotient) {
            return ofQuotient(quotient);
        } else if (value instanceof Call call) {
            List<Expression> slopes = call.operands().stream().map(this::of).toList();
            return slopes.stream().allMatch(Expression.ZERO::equals)
                    ? Expression.ZERO
                    : call.function().derivative(call, slopes);
        } else if (value instanceof Choice choice) {
            Expression then = of(choice.then());
            Expression otherwise = of(choice.otherwise());
            return then.equals(otherwise) ? then : new Choice(choice.condition(), then, otherwise);
        } else if (value instanceof SumOver sum) {
            Expression term = of(sum.term());
            return term.equals(Expression.ZERO) ? term : new SumOver(sum.over(), term);
        }
        throw new IllegalArgumentException("No derivative of " + value);
    }

    /** For each factor, the product with its derivative in its place; equal factors count together. */
    private Expression ofProduct(List<Expression> factors) {
        List<Expression> terms = new ArrayList<>();
        Set<Expression> distinct = new LinkedHashSet<>(factors);
        for (Expression factor : distinct) {
            Expression slope = of(factor);
            if (!slope.equals(Expression.ZERO)) {
                List<Expression> others = new ArrayList<>(factors);
                others.set(factors.indexOf(factor), slope);
                others.add(0, Expression.constant(Collections.frequency(factors, factor)));
                terms.add(product(others));
            }
        }
        return sum(terms);
    }

    /** {@code (a / b)' = (a' - a / b * b') / b}. */
    private Expression ofQuotient(Quotient quotient) {
        Expression left = of(quotient.left());
        Expression right = of(quotient.right());
        Expression change = right.equals(Expression.ZERO) ? left : difference(left, product(List.of(quotient, right)));
        return quotient(change, quotient.right());
    }

    /** {@code a + b}, without terms that are 0; the sum of numbers is a number. */
    public static Expression sum(List<Expression> terms) {
        if (terms.stream().allMatch(Constant.class::isInstance)) {
            return Expression.constant(terms.stream()
                    .mapToDouble(term -> ((Constant) term).value())
                    .sum());
        }
        List<Expression> others =
                terms.stream().filter(term -> !term.equals(Expression.ZERO)).toList();
        return others.isEmpty() ? Expression.ZERO : others.size() == 1 ? others.get(0) : new Sum(others);
    }

    /** {@code a - b}. */
    static Expression difference(Expression left, Expression right) {
        return right.equals(Expression.ZERO)
                ? left
                : left.equals(Expression.ZERO) ? negative(right) : new Difference(left, right);
    }

    /** {@code -a}. */
    static Expression negative(Expression value) {
        if (value instanceof Constant constant) {
            return constant.value() == 0 ? value : Expression.constant(-constant.value());
        }
        return value instanceof Negative negative ? negative.operand() : new Negative(value);
    }

    /** {@code a * b}, the numbers among the factors multiplied and put first; {@code -a} for {@code -1 * a}. */
    public static Expression product(List<Expression> factors) {
        double number = 1;
        List<Expression> others = new ArrayList<>();
        for (Expression factor : flattened(factors)) {
            if (factor instanceof Constant constant) {
                number *= constant.value();
            } else {
                others.add(factor);
            }
        }
        if (number == 0 || others.isEmpty()) {
            return Expression.constant(number);
        } else if (number == -1) {
            return negative(product(others));
        } else if (number != 1) {
            others.add(0, Expression.constant(number));
        }
        return others.size() == 1 ? others.get(0) : new Product(others);
    }

    private static List<Expression> flattened(List<Expression> factors) {
        List<Expression> flat = new ArrayList<>();
        for (Expression factor : factors) {
            if (factor instanceof Product product) {
                flat.addAll(flattened(product.operands()));
            } else {
                flat.add(factor);
            }
        }
        return flat;
    }

    /** {@code a / b}; a number that both a and b begin with is left out. */
    public static Expression quotient(Expression dividend, Expression divisor) {
        if (dividend.equals(Expression.ZERO) || divisor.equals(Expression.ONE)) {
            return dividend;
        } else if (dividend instanceof Constant left && divisor instanceof Constant right) {
            return Expression.constant(left.value() / right.value());
        } else if (dividend instanceof Product product
                && product.operands().get(0).equals(divisor)
                && divisor instanceof Constant) {
            return product(product.operands().subList(1, product.operands().size()));
        }
        return new Quotient(dividend, divisor);
    }

    /** {@code a^n}. */
    public static Expression power(Expression base, int exponent) {
        if (exponent < 0) {
            return new Quotient(Expression.ONE, power(base, -exponent));
        } else if (exponent <= LONGEST_PRODUCT) {
            return product(Collections.nCopies(exponent, base));
        }
        return Expression.call(Rule.POWER, base, Expression.constant(exponent));
    }
}
