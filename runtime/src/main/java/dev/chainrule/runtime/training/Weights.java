package dev.chainrule.runtime.training;

import java.util.function.IntToDoubleFunction;

/** The weights of records: what is checked of them, and their sum. */
final class Weights {
    private Weights() {}

    /** A copy of the weights of so many records. */
    static double[] checked(double[] weights, int records) {
        if (weights.length != records) {
            throw new IllegalArgumentException("there are " + Text.count(weights.length, "weight") + " for "
                    + Text.count(records, "record") + "; expected one a record");
        }
        double[] copy = weights.clone();
        check("records", records, record -> copy[record]);
        return copy;
    }

    /**
     * Checks the weights of so many records.
     *
     * @param what what the records are, for messages: {@code "validation records"}
     * @throws IllegalArgumentException if a weight is negative or not finite, or their sum is 0 or not finite
     */
    static void check(String what, int records, IntToDoubleFunction weightOf) {
        double sum = 0;
        for (int record = 0; record < records; record++) {
            double weight = weightOf.applyAsDouble(record);
            Checks.notNegative("the weight of record " + record + " in the " + what, weight);
            sum += weight;
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weights of the " + what + " sum to " + sum + "; expected a positive, finite sum");
        }
    }

    /** The sum of the weights of all records: their number, unless they are weighted. */
    static double sum(BatchSource records) {
        double sum = records.isWeighted() ? 0 : records.count();
        for (int record = 0; record < records.count() && records.isWeighted(); record++) {
            sum += records.weight(record);
        }
        return sum;
    }
}
