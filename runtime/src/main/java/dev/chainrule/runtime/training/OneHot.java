package dev.chainrule.runtime.training;

import java.util.Objects;

/** One-hot encoding: category {@code c} of {@code n} becomes {@code n} values, all 0 but value {@code c}, which is 1. */
public final class OneHot {
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
        Checks.count("the number of categories", count);
        double[] values = new double[Checks.arrayLength(categories.length, count, "categories")];
        for (int record = 0; record < categories.length; record++) {
            check("the category of record " + record, categories[record], count);
            values[record * count + categories[record]] = 1;
        }
        return values;
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
        check("the category", category, count);
        Objects.checkFromIndexSize(from, count, into.length);
        for (int i = 0; i < count; i++) {
            into[from + i] = i == category ? 1 : 0;
        }
    }

    private static void check(String what, int category, int count) {
        if (category < 0 || category >= count) {
            throw new IllegalArgumentException(what + " is " + category + "; expected 0 to " + (count - 1));
        }
    }
}
