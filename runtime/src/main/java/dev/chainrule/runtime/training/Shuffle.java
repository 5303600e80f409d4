package dev.chainrule.runtime.training;

import java.util.random.RandomGenerator;

/** Random orders by Fisher and Yates' shuffle. */
final class Shuffle {
    private Shuffle() {}

    /** The numbers from 0 to count - 1 in random order. */
    static int[] order(int count, RandomGenerator random) {
        int[] order = inOrder(count);
        shuffle(order, random);
        return order;
    }

    /** The numbers from 0 to count - 1, ascending. */
    static int[] inOrder(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        return order;
    }

    /** Brings the numbers into random order. */
    static void shuffle(int[] numbers, RandomGenerator random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int j = (int) (random.nextDouble() * (i + 1));
            int number = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = number;
        }
    }
}
