package dev.chainrule.runtime.training;

import java.util.Objects;

/**
 * One-hot encoding: category {@code c} of {@code n} becomes {@code n} values, all 0 but value {@code c}, which is 1;
 * or, with label {@linkplain #smoothed smoothing}, all a little above 0 and value {@code c} a little below 1.
 */
public final class OneHot {
    private static final Smoothed PLAIN = new Smoothed(0);

    private OneHot() {}

    /**
     * Encodes many categories, row-major as {@link Records#wrap} takes them.
     *
     * @param categories one a record, each from 0 to {@code count - 1}
     * @param count the number of categories there are
     * @return {@code count} values a record
     * @throws IllegalArgumentException if a category is out of range (with the record's number), {@code count} is less than 1, or
     *     there are more values than an array holds
     */
    public static double[] encode(int[] categories, int count) {
        return PLAIN.encode(categories, count);
    }

    /**
     * Writes one category among other values.
     *
     * @param category from 0 to {@code count - 1}
     * @param count the number of categories there are
     * @param into receives {@code count} values
     * @param from where the first of them goes
     * @throws IllegalArgumentException if the category is out of range, before anything is written
     * @throws IndexOutOfBoundsException if there is no room for the values, before anything is written
     */
    public static void encode(int category, int count, double[] into, int from) {
        PLAIN.encode(category, count, into, from);
    }

    /**
     * {@return the encoding with label smoothing} Of {@code n} categories each gets {@code s / n}, and the one that it
     * is gets {@code 1 - s} more, so that the values sum to 1: {@code OneHot.smoothed(0.1).encode(labels, 10)} gives
     * 0.91 and 0.01. A network that is trained to these targets is not driven to outputs of exactly 0 and 1.
     *
     * @param s the part of each target that goes to all categories alike: at least 0, which is no smoothing, and less
     *     than 1
     * @throws IllegalArgumentException if {@code s} is not in this range
     */
    public static Smoothed smoothed(double s) {
        return new Smoothed(s);
    }

    /**
     * One-hot encoding with label {@linkplain OneHot#smoothed smoothing}.
     *
     * @param s the part of each target that goes to all categories alike
     */
    public record Smoothed(double s) {
        /**
         * Refuses a part less than 0, or 1 and more.
         *
         * @param s the part of each target that goes to all categories alike
         */
        public Smoothed {
            Checks.fraction("the smoothing", s);
        }

        /**
         * Encodes many categories, as {@link OneHot#encode(int[], int)} does.
         *
         * @param categories one a record, each from 0 to {@code count - 1}
         * @param count the number of categories there are
         * @return {@code count} values a record
         * @throws IllegalArgumentException as that method throws it
         */
        public double[] encode(int[] categories, int count) {
            Checks.count("the number of categories", count);
            double[] values = new double[Checks.arrayLength(categories.length, count, "categories")];
            for (int record = 0; record < categories.length; record++) {
                check("the category of record " + record, categories[record], count);
                write(categories[record], count, values, record * count);
            }
            return values;
        }

        /**
         * Writes one category among other values, as {@link OneHot#encode(int, int, double[], int)} does.
         *
         * @param category from 0 to {@code count - 1}
         * @param count the number of categories there are
         * @param into receives {@code count} values
         * @param from where the first of them goes
         * @throws IllegalArgumentException if the category is out of range, before anything is written
         * @throws IndexOutOfBoundsException if there is no room for the values, before anything is written
         */
        public void encode(int category, int count, double[] into, int from) {
            check("the category", category, count);
            Objects.checkFromIndexSize(from, count, into.length);
            write(category, count, into, from);
        }

        private void write(int category, int count, double[] into, int from) {
            double share = s / count;
            for (int i = 0; i < count; i++) {
                into[from + i] = i == category ? 1 - s + share : share;
            }
        }

        private static void check(String what, int category, int count) {
            if (category < 0 || category >= count) {
                throw new IllegalArgumentException(what + " is " + category + "; expected 0 to " + (count - 1));
            }
        }
    }
}
