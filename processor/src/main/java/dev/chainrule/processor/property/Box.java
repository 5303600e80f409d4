package dev.chainrule.processor.property;

import java.util.Arrays;

/**
 * For each number of a record all numbers of the precision from a least one to a greatest one. Boxes share no arrays with
 * others, and nobody changes them.
 *
 * @param least not greater than the greatest
 */
public record Box(double[] least, double[] greatest) {
    /** With copies, whose zeros are positive: the others are the same numbers. */
    public Box {
        least = Arrays.stream(least).map(Box::unsigned).toArray();
        greatest = Arrays.stream(greatest).map(Box::unsigned).toArray();
    }

    private static double unsigned(double end) {
        return end + 0.0;
    }

    /** How many numbers a record has. */
    public int size() {
        return least.length;
    }

    /** Whether it holds one record alone. */
    public boolean isPoint() {
        return Arrays.equals(least, greatest);
    }

    /** The same where a number has other ends. */
    public Box with(int number, double newLeast, double newGreatest) {
        Box box = new Box(least, greatest);
        box.least[number] = unsigned(newLeast);
        box.greatest[number] = unsigned(newGreatest);
        return box;
    }
}
