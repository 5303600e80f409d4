package dev.chainrule.samples.benchmarks.speed;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The same measured in several rounds. */
record Spread(double median, double least, double most) {
    static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new Spread(median, sorted[0], sorted[n - 1]);
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

    /** The median alone. */
    String brief() {
        return number(median);
    }
}
