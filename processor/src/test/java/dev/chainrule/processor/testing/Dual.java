package dev.chainrule.processor.testing;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value with its derivatives by some variables, in forward mode; and for each of these numbers the sum of the
 * absolute values of the terms that it is made of, the scale that its rounding error is measured by.
 *
 * @param size the scale of the value
 * @param slopes the derivatives
 * @param slopeSizes the scales of the derivatives
 * @param motion how value and derivatives change along a direction: forward mode once more
 */
record Dual(double value, double size, double[] slopes, double[] slopeSizes, Optional<Motion> motion) {
    /**
     * Changes along a direction that some variables move by.
     *
     * @param along that of the value
     * @param alongSize the scale of that
     * @param changes those of the derivatives
     * @param changeSizes the scales of these
     */
    record Motion(double along, double alongSize, double[] changes, double[] changeSizes) {
        static Motion none(int variables) {
            return new Motion(0, 0, new double[variables], new double[variables]);
        }
    }

    static Dual constant(double value, int variables) {
        return new Dual(value, Math.abs(value), new double[variables], new double[variables], Optional.empty());
    }

    /** The same, a variable that moves. */
    Dual moving(double along) {
        int n = slopes.length;
        Motion moved = new Motion(along, Math.abs(along), new double[n], new double[n]);
        return new Dual(value, size, slopes, slopeSizes, Optional.of(moved));
    }

    private Motion motionOrNone() {
        return motion.orElseGet(() -> Motion.none(slopes.length));
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
                each(n, i -> slopeSizes[i] + other.slopeSizes[i]),
                plus(motion, other.motion));
    }

    private static Optional<Motion> plus(Optional<Motion> left, Optional<Motion> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.or(() -> right);
        }
        Motion a = left.get();
        Motion b = right.get();
        int n = a.changes.length;
        return Optional.of(new Motion(
                a.along + b.along,
                a.alongSize + b.alongSize,
                each(n, i -> a.changes[i] + b.changes[i]),
                each(n, i -> a.changeSizes[i] + b.changeSizes[i])));
    }

    Dual negative() {
        return new Dual(
                -value,
                size,
                negative(slopes),
                slopeSizes,
                motion.map(moved ->
                        new Motion(-moved.along, moved.alongSize, negative(moved.changes), moved.changeSizes)));
    }

    private static double[] negative(double[] numbers) {
        return Arrays.stream(numbers).map(number -> -number).toArray();
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
                                + a * other.slopeSizes[i]),
                motion.isEmpty() && other.motion.isEmpty() ? Optional.empty() : Optional.of(motionTimes(other)));
    }

    private Motion motionTimes(Dual other) {
        Motion own = motionOrNone();
        Motion others = other.motionOrNone();
        int n = slopes.length;
        double a = Math.abs(value);
        double b = Math.abs(other.value);
        return new Motion(
                own.along * other.value + value * others.along,
                own.alongSize * b
                        + Math.abs(own.along) * other.size
                        + size * Math.abs(others.along)
                        + a * others.alongSize,
                each(
                        n,
                        i -> own.changes[i] * other.value
                                + slopes[i] * others.along
                                + own.along * other.slopes[i]
                                + value * others.changes[i]),
                each(
                        n,
                        i -> own.changeSizes[i] * b
                                + Math.abs(own.changes[i]) * other.size
                                + slopeSizes[i] * Math.abs(others.along)
                                + Math.abs(slopes[i]) * others.alongSize
                                + own.alongSize * Math.abs(other.slopes[i])
                                + Math.abs(own.along) * other.slopeSizes[i]
                                + size * Math.abs(others.changes[i])
                                + a * others.changeSizes[i]));
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
        return new Dual(
                power.value, power.size + n * Math.abs(power.value), power.slopes, power.slopeSizes, power.motion);
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
                each(slopes.length, i -> Math.abs(slope) * slopeSizes[i] + ofSlope * Math.abs(slopes[i])),
                motion.map(moved -> ofFunction(moved, slope, bend, ofSlope)));
    }

    /** The scales take the third derivative to be as large as the first or the second. */
    private Motion ofFunction(Motion moved, double slope, double bend, double ofSlope) {
        double ofBend = Math.max(Math.abs(bend), ofSlope) * (1 + size);
        return new Motion(
                slope * moved.along,
                Math.abs(slope) * moved.alongSize + ofSlope * Math.abs(moved.along),
                each(slopes.length, i -> bend * moved.along * slopes[i] + slope * moved.changes[i]),
                each(
                        slopes.length,
                        i -> ofBend * Math.abs(moved.along * slopes[i])
                                + Math.abs(bend)
                                        * (moved.alongSize * Math.abs(slopes[i])
                                                + Math.abs(moved.along) * slopeSizes[i])
                                + Math.abs(slope) * moved.changeSizes[i]
                                + ofSlope * Math.abs(moved.changes[i])));
    }

    /** Whether all numbers are finite, and rounding leaves most of their digits. */
    boolean isTame() {
        return isTame(value)
                && isTame(size)
                && Arrays.stream(slopes).allMatch(Dual::isTame)
                && Arrays.stream(slopeSizes).allMatch(Dual::isTame)
                && motion.stream()
                        .flatMapToDouble(moved -> Arrays.stream(moved.changeSizes))
                        .allMatch(Dual::isTame);
    }

    private static boolean isTame(double number) {
        return Math.abs(number) < 1e9;
    }
}
