package dev.chainrule.runtime.monitoring;

import dev.chainrule.runtime.files.ProtobufMessage;

/**
 * How values are distributed, in buckets of the same width from the least to the greatest.
 *
 * @param limits the right end of each bucket; values equal to one are in the next, but the greatest is in the last
 * @param counts how many values each bucket has
 */
record Histogram(
        double min, double max, long count, double sum, double sumOfSquares, double[] limits, double[] counts) {
    /** As many as TensorBoard draws. */
    private static final int BUCKETS = 30;

    private static final int MIN = 1;
    private static final int MAX = 2;
    private static final int COUNT = 3;
    private static final int SUM = 4;
    private static final int SUM_OF_SQUARES = 5;
    private static final int LIMITS = 6;
    private static final int COUNTS = 7;

    /** Of the values from index {@code from} (inclusive) to {@code end} (exclusive), which are at least one and finite. */
    static Histogram of(double[] values, int from, int end) {
        double min = values[from];
        double max = values[from];
        double sum = 0;
        double sumOfSquares = 0;
        for (int i = from; i < end; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
            sum += values[i];
            sumOfSquares += values[i] * values[i];
        }
        // Where all values are the same, one bucket has them all
        int buckets = min < max ? BUCKETS : 1;
        double[] limits = new double[buckets];
        for (int i = 0; i < buckets - 1; i++) {
            double part = (i + 1.0) / buckets;
            limits[i] = min * (1 - part) + max * part; // no difference that could overflow
        }
        limits[buckets - 1] = max;
        double[] counts = new double[buckets];
        for (int i = from; i < end; i++) {
            counts[bucket(values[i], limits)]++;
        }
        return new Histogram(min, max, end - from, sum, sumOfSquares, limits, counts);
    }

    private static int bucket(double value, double[] limits) {
        int bucket = 0;
        while (bucket < limits.length - 1 && value >= limits[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** As TensorFlow's message {@code HistogramProto}. */
    ProtobufMessage message() {
        return new ProtobufMessage()
                .number(MIN, min)
                .number(MAX, max)
                .number(COUNT, (double) count)
                .number(SUM, sum)
                .number(SUM_OF_SQUARES, sumOfSquares)
                .doubles(LIMITS, limits, 0, limits.length)
                .doubles(COUNTS, counts, 0, counts.length);
    }
}
