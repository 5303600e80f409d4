package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Records;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The error of all lines over some records, {@code E(w, b) = mean of (w x + b - y)^2 / 2}: a bowl whose contours are ellipses
 * about the line of least squares.
 *
 * @param w of the line of least squares
 * @param b likewise
 * @param least the error of that line
 * @param meanOfSquares the mean of {@code x^2}: the second derivative of E by w
 * @param mean the mean of {@code x}: the second derivative of E by w and b; that by b is 1
 */
record LineError(double w, double b, double least, double meanOfSquares, double mean) {
    /** Points of a contour that make it look round. */
    private static final int CONTOUR_POINTS = 80;

    static LineError of(Records records) {
        double[] xs = records.inputs();
        double[] ys = records.targets();
        double meanX = mean(xs);
        double meanY = mean(ys);
        double xx = IntStream.range(0, xs.length)
                .mapToDouble(i -> (xs[i] - meanX) * (xs[i] - meanX))
                .average()
                .orElseThrow();
        double xy = IntStream.range(0, xs.length)
                .mapToDouble(i -> (xs[i] - meanX) * (ys[i] - meanY))
                .average()
                .orElseThrow();
        double w = xy / xx;
        double b = meanY - w * meanX;
        double least = IntStream.range(0, xs.length)
                .mapToDouble(i -> Math.pow(w * xs[i] + b - ys[i], 2) / 2)
                .average()
                .orElseThrow();
        return new LineError(w, b, least, xx + meanX * meanX, meanX);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The error of a line. */
    double of(double otherW, double otherB) {
        double dw = otherW - w;
        double db = otherB - b;
        return least + (meanOfSquares * dw * dw + 2 * mean * dw * db + db * db) / 2;
    }

    /**
     * The w and the b of the points at which the error is so much above the least: with {@code dw = r cos / s} and
     * {@code db = r sin - mean dw}, {@code s^2} the variance of x, E is {@code least + r^2 / 2}.
     */
    double[][] contour(double above) {
        double radius = Math.sqrt(2 * above);
        double deviation = Math.sqrt(meanOfSquares - mean * mean);
        double[] angles = IntStream.rangeClosed(0, CONTOUR_POINTS)
                .mapToDouble(i -> 2 * Math.PI * i / CONTOUR_POINTS)
                .toArray();
        double[] dws = Arrays.stream(angles)
                .map(angle -> radius * Math.cos(angle) / deviation)
                .toArray();
        double[] ws = Arrays.stream(dws).map(dw -> w + dw).toArray();
        double[] bs = IntStream.range(0, dws.length)
                .mapToDouble(i -> b + radius * Math.sin(angles[i]) - mean * dws[i])
                .toArray();
        return new double[][] {ws, bs};
    }
}
