package dev.chainrule.processor.testing;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A value with its derivatives by some variables, in forward mode; and for each of these numbers the sum of the
 * absolute values of the terms that it is made of, the scale that its rounding error is measured by.
 *
 * @param size the scale of the value
 * @param slopes the derivatives
 * @param slopeSizes the scales of the derivatives
 */
record Dual(double value, double size, double[] slopes, double[] slopeSizes) {
    static Dual constant(double value, int variables) {
        return new Dual(value, Math.abs(value), new double[variables], new double[variables]);
    }

    /** The variable of a number. */
    static Dual variable(double value, int number, int variables) {
        Dual variable = constant(value, variables);
        variable.slopes[number] = 1;
        variable.slopeSizes[number] = 1;
        return variable;
    }

    private static double[] each(int size, java.util.function.IntToDoubleFunction value) {
        return IntStream.range(0, size).mapToDouble(value).toArray();
    }

    Dual plus(Dual other) {
        int n = slopes.length;
        return new Dual(
                value + other.value,
                size + other.size,
                each(n, i -> slopes[i] + other.slopes[i]),
                each(n, i -> slopeSizes[i] + other.slopeSizes[i]));
    }

    Dual negative() {
        return new Dual(-value, size, Arrays.stream(slopes).map(slope -> -slope).toArray(), slopeSizes);
    }

    Dual minus(Dual other) {
        return plus(other.negative());
    }

    Dual times(Dual other) {
        double a = Math.abs(value);
        double b = Math.abs(other.value);
        return new Dual(
                value * other.value,
                size * b + a * other.size,
                each(slopes.length, i -> slopes[i] * other.value + value * other.slopes[i]),
                each(
                        slopes.length,
                        i -> slopeSizes[i] * b
                                + Math.abs(slopes[i]) * other.size
                                + size * Math.abs(other.slopes[i])
                                + a * other.slopeSizes[i]));
    }

    /** {@code 1 / v}. */
    Dual inverse() {
        double inverse = 1 / value;
        return function(inverse, -inverse * inverse, 2 * inverse * inverse * inverse, 0);
    }

    Dual over(Dual other) {
        return times(other.inverse());
    }

    /** {@code v^n}, for n from 1 on. */
    Dual power(int n) {
        double slope = n * StrictMath.pow(value, n - 1);
        double bend = n == 1 ? 0 : n * (n - 1.0) * StrictMath.pow(value, n - 2);
        Dual power = function(StrictMath.pow(value, n), slope, bend, n * Math.abs(slope));
        return new Dual(power.value, power.size + n * Math.abs(power.value), power.slopes, power.slopeSizes);
    }

    /**
     * A function of this.
     *
     * @param bend its second derivative
     * @param terms the absolute terms of the derivative, where they are more than itself
     */
    Dual function(double f, double slope, double bend, double terms) {
        double ofSlope = Math.max(Math.abs(slope), terms) + Math.abs(bend) * size;
        return new Dual(
                f,
                Math.abs(f) + Math.abs(slope) * size,
                each(slopes.length, i -> slope * slopes[i]),
                each(slopes.length, i -> Math.abs(slope) * slopeSizes[i] + ofSlope * Math.abs(slopes[i])));
    }

    /** Whether all numbers are finite, and rounding leaves most of their digits. */
    boolean isTame() {
        return isTame(value)
                && isTame(size)
                && Arrays.stream(slopes).allMatch(Dual::isTame)
                && Arrays.stream(slopeSizes).allMatch(Dual::isTame);
    }

    private static boolean isTame(double number) {
        return Math.abs(number) < 1e9;
    }
}
