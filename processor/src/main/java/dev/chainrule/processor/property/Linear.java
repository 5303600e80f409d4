package dev.chainrule.processor.property;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code 2 y_0 - y_1 + 0.5}: a sum of variables, each with a factor, and a number; exact.
 *
 * @param factors by the numbers of the variables, none of them 0
 */
public record Linear(SortedMap<Integer, BigDecimal> factors, BigDecimal constant) {
    /** With a copy of the factors. */
    public Linear {
        factors = new TreeMap<>((Map<Integer, BigDecimal>) factors);
    }

    /** A number. */
    public static Linear constant(BigDecimal value) {
        return new Linear(new TreeMap<>(), value);
    }

    /** A variable. */
    public static Linear variable(int number) {
        return new Linear(new TreeMap<>(Map.of(number, BigDecimal.ONE)), BigDecimal.ZERO);
    }

    /** Whether it is a number. */
    public boolean isConstant() {
        return factors.isEmpty();
    }

    /** {@code this + other}. */
    public Linear plus(Linear other) {
        SortedMap<Integer, BigDecimal> sum = new TreeMap<>((Map<Integer, BigDecimal>) factors);
        other.factors.forEach((variable, factor) -> sum.merge(variable, factor, BigDecimal::add));
        return of(sum, constant.add(other.constant));
    }

    /** {@code this - other}. */
    public Linear minus(Linear other) {
        return plus(other.times(BigDecimal.ONE.negate()));
    }

    /** {@code factor * this}. */
    public Linear times(BigDecimal factor) {
        SortedMap<Integer, BigDecimal> product = new TreeMap<>();
        factors.forEach((variable, own) -> product.put(variable, own.multiply(factor)));
        return of(product, constant.multiply(factor));
    }

    /**
     * {@code this / divisor}.
     *
     * @throws ArithmeticException if a quotient has no end as a decimal
     */
    public Linear dividedBy(BigDecimal divisor) {
        SortedMap<Integer, BigDecimal> quotient = new TreeMap<>();
        factors.forEach((variable, own) -> quotient.put(variable, own.divide(divisor)));
        return of(quotient, constant.divide(divisor));
    }

    private static Linear of(SortedMap<Integer, BigDecimal> factors, BigDecimal constant) {
        factors.values().removeIf(factor -> factor.signum() == 0);
        return new Linear(factors, constant);
    }

    /**
     * The exact value.
     *
     * @param values of the variables by their numbers, finite where they have a factor
     */
    public BigDecimal at(double[] values) {
        BigDecimal sum = constant;
        for (Map.Entry<Integer, BigDecimal> term : factors.entrySet()) {
            sum = sum.add(term.getValue().multiply(new BigDecimal(values[term.getKey()])));
        }
        return sum;
    }
}
