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
        shuffle(numbers, 0, numbers.length, random);
    }

    /** Brings those from one place (inclusive) to another (exclusive) into random order. */
    static void shuffle(int[] numbers, int from, int to, RandomGenerator random) {
        for (int i = to - 1; i > from; i--) {
            int j = from + (int) (random.nextDouble() * (i - from + 1));
            int number = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = number;
        }
    }
}
