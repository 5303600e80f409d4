package dev.chainrule.processor.testing;

import java.util.Arrays;

/** Comparisons of arrays that say where and by how much they differ. */
public final class Vectors {
    private Vectors() {}

    /** The largest magnitude in a vector. */
    public static double largest(double... vector) {
        return Arrays.stream(vector).map(Math::abs).max().orElse(0);
    }

    /** Asserts that all values have the same bits; of a NaN, Java does not say which these are. */
    public static void assertSameBits(String what, double[] actual, double[] expected) {
        assertSameLength(what, actual, expected);
        for (int i = 0; i < actual.length; i++) {
            if (Double.doubleToLongBits(actual[i]) != Double.doubleToLongBits(expected[i])) {
                throw new AssertionError(
                        "%s[%d] is %s; expected the bits of %s".formatted(what, i, actual[i], expected[i]));
            }
        }
    }

    /** Asserts that two values have the same bits. */
    public static void assertSameBits(String what, double actual, double expected) {
        assertSameBits(what, new double[] {actual}, new double[] {expected});
    }

    /** Asserts that no value is further from the expected one than {@code tolerance}. */
    public static void assertWithin(String what, double[] actual, double[] expected, double tolerance) {
        double[] scale = new double[expected.length];
        Arrays.fill(scale, 1);
        assertWithin(what, actual, expected, tolerance, scale);
    }

    /** Asserts that a value is not further from the expected one than {@code tolerance}. */
    public static void assertWithin(String what, double actual, double expected, double tolerance) {
        assertWithin(what, new double[] {actual}, new double[] {expected}, tolerance);
    }

    /** Asserts that no value is further from the expected one than {@code factor * scale}. */
    public static void assertWithin(String what, double[] actual, double[] expected, double factor, double[] scale) {
        assertSameLength(what, actual, expected);
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            // NaN is within no tolerance
            if (!(difference <= factor * scale[i])) {
                throw new AssertionError("%s[%d] is %s; expected %s, within %s, not %s"
                        .formatted(what, i, actual[i], expected[i], factor * scale[i], difference));
            }
        }
    }

    private static void assertSameLength(String what, double[] actual, double[] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError("%s has %d values; expected %d".formatted(what, actual.length, expected.length));
        }
    }
}
