package dev.chainrule.runtime.training;

/** Checks of settings and of sizes. */
final class Checks {
    /** The longest array that every JVM can make. */
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    private Checks() {}

    /** Refuses what is not positive and finite. */
    static void positive(String name, double value) {
        check(value > 0 && value < Double.POSITIVE_INFINITY, name, value, "a positive, finite number");
    }

    /** Refuses what is negative or not finite. */
    static void notNegative(String name, double value) {
        check(value >= 0 && value < Double.POSITIVE_INFINITY, name, value, "0 or a positive, finite number");
    }

    /** Refuses what is not at least 0 and less than 1. */
    static void fraction(String name, double value) {
        check(value >= 0 && value < 1, name, value, "at least 0 and less than 1");
    }

    /** Refuses infinities and NaN. */
    static void finite(String name, double value) {
        check(Double.isFinite(value), name, value, "a finite number");
    }

    /** Refuses what is less than 1. */
    static void count(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; expected at least 1");
        }
    }

    /** The length of an array of records; refuses one that no array can have. */
    static int arrayLength(int records, int width, String name) {
        long length = (long) records * width;
        if (length > MOST_VALUES) {
            throw new IllegalArgumentException(records + " records of " + width + " " + name + " are " + length
                    + " values; one array holds at most " + MOST_VALUES);
        }
        return (int) length;
    }

    /** Refuses what is not accepted. */
    static void check(boolean isAccepted, String name, double value, String expected) {
        if (!isAccepted) {
            throw new IllegalArgumentException(name + " is " + value + "; expected " + expected);
        }
    }
}
