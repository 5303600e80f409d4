package dev.chainrule.samples.benchmarks.speed;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The same measured in several rounds.
 *
 * @param low where the 95 % interval of the median begins, by ranks, which needs six rounds; of fewer it is the least
 * @param high where it ends
 */
record Spread(double median, double least, double most, double low, double high) {
    static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        int beyond = beyond(n);
        return new Spread(median, sorted[0], sorted[n - 1], sorted[beyond], sorted[n - 1 - beyond]);
    }

    /** How many of the values may be below the median of all that could have been measured, with a chance of 2.5 % at most. */
    private static int beyond(int n) {
        double chance = Math.pow(0.5, n);
        double sum = chance;
        int beyond = 0;
        while (sum <= 0.025) {
            beyond++;
            chance *= (double) (n - beyond + 1) / beyond;
            sum += chance;
        }
        return Math.max(beyond - 1, 0);
    }

    /** Ratios within a round, as the machine's speed changes from round to round. */
    static Spread ratio(List<Double> above, List<Double> below) {
        return of(IntStream.range(0, above.size())
                .mapToObj(round -> above.get(round) / below.get(round))
                .toList());
    }

    /** Ratios of the fastest round of one to the fastest of the other, and so on: lucky layouts with lucky ones. */
    static Spread ratioByRank(List<Double> above, List<Double> below) {
        return ratio(above.stream().sorted().toList(), below.stream().sorted().toList());
    }

    /** A number with about three digits. */
    static String number(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The median and, in brackets, the least and the most. */
    @Override
    public String toString() {
        return "%s (%s..%s)".formatted(number(median), number(least), number(most));
    }

    /** The 95 % interval of the median. */
    String interval() {
        return "%s..%s".formatted(number(low), number(high));
    }

    /** The median alone. */
    String brief() {
        return number(median);
    }
}
