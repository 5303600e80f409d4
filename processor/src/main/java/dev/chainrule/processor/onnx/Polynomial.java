package dev.chainrule.processor.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A polynomial in z of degree 3 at most, which is the highest in an activation.
 *
 * @param coefficients of 1, z, z^2 and z^3
 */
record Polynomial(List<Double> coefficients) {
    static final Polynomial ZERO = of(0, 0, 0, 0);
    static final Polynomial ONE = of(1, 0, 0, 0);
    static final Polynomial Z = of(0, 1, 0, 0);

    Polynomial {
        coefficients = List.copyOf(coefficients);
    }

    static Polynomial constant(double value) {
        return of(value, 0, 0, 0);
    }

    static Polynomial of(double... coefficients) {
        List<Double> list = new ArrayList<>();
        for (double coefficient : coefficients) {
            // No two zeros, which would not be equal
            list.add(coefficient == 0 ? 0.0 : coefficient);
        }
        return new Polynomial(list);
    }

    double coefficient(int power) {
        return coefficients.get(power);
    }

    Polynomial plus(Polynomial other) {
        return of(IntStream.range(0, coefficients.size())
                .mapToDouble(power -> coefficient(power) + other.coefficient(power))
                .toArray());
    }

    Polynomial times(Polynomial other) throws OnnxException {
        double[] product = new double[coefficients.size()];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                double coefficient = coefficient(i) * other.coefficient(j);
                if (coefficient == 0) {
                    continue;
                }
                if (i + j >= product.length) {
                    throw new OnnxException(
                            "OnnxActivation", "computes z^" + (i + j) + ", which no known activation has.");
                }
                product[i + j] += coefficient;
            }
        }
        return of(product);
    }

    /** Whether the coefficients are these, but for a relative error. */
    boolean isWithin(double tolerance, Polynomial other) {
        return IntStream.range(0, coefficients.size())
                .allMatch(power -> Math.abs(coefficient(power) - other.coefficient(power))
                        <= tolerance * Math.abs(other.coefficient(power)));
    }

    /** For example {@code 0.5 z + 2.0 z^3}. */
    @Override
    public String toString() {
        if (equals(ZERO)) {
            return "0";
        }
        return IntStream.range(0, coefficients.size())
                .filter(power -> coefficient(power) != 0)
                .mapToObj(this::term)
                .collect(Collectors.joining(" + "));
    }

    private String term(int power) {
        String z = power == 1 ? "z" : "z^" + power;
        if (power == 0) {
            return coefficients.get(0).toString();
        }
        return coefficient(power) == 1 ? z : coefficient(power) + " " + z;
    }
}
