package dev.chainrule.samples.documents;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The function {@code f(x, y) = x^2 + 10 y^2}, with its minimum at (0, 0). */
final class Bowl {
    static final String FORMULA = "x^2 + 10 y^2";

    /** Points of a contour that make it look round. */
    private static final int CONTOUR_POINTS = 120;

    private Bowl() {}

    static double value(double x, double y) {
        return x * x + 10 * y * y;
    }

    /** {@code df/dx} and {@code df/dy}. */
    static double[] gradient(double x, double y) {
        return new double[] {2 * x, 20 * y};
    }

    /** Every x of the ellipse on which the function has a value. */
    static double[] contourX(double value) {
        return angles().map(angle -> Math.sqrt(value) * Math.cos(angle)).toArray();
    }

    /** The y of each {@link #contourX}. */
    static double[] contourY(double value) {
        return angles().map(angle -> Math.sqrt(value / 10) * Math.sin(angle)).toArray();
    }

    private static DoubleStream angles() {
        return IntStream.rangeClosed(0, CONTOUR_POINTS).mapToDouble(i -> 2 * Math.PI * i / CONTOUR_POINTS);
    }
}
