package dev.chainrule.samples.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the objects of a measured process stand on the heap, another place in each round. The JVM puts them at any multiple of
 * eight bytes, but a load of a whole cache line takes up to twice as long where it crosses into the next, HotSpot aligns the first
 * array of a vectorised loop and with it only those that stand alike, and a load waits for a store to an address with the same last
 * 12 bits. In every round alike, one contender had the luck and another had not.
 */
final class Layout {
    /** So many rounds begin at every place in a cache line. */
    static final int ROUNDS = 8;

    static final String NOTE = "whose objects stand elsewhere in each round";

    private static final String ROUND = "layout.round";
    private static final int CACHE_LINE = 64;
    private static final int CACHE_LINES = 64;

    private static final List<byte[]> BETWEEN = new ArrayList<>();
    private static final SplittableRandom RANDOM = new SplittableRandom(Integer.getInteger(ROUND, 0));

    private Layout() {}

    /** The options of a round's JVM, with room for all that is allocated: no object moves later. */
    static List<String> options(int round) {
        return List.of("-Xms512m", "-Xmn256m", "-D" + ROUND + "=" + round);
    }

    /**
     * Leaves room between what has been allocated and what will be: before a network's parameters, and between these and its scratch
     * arrays. In eight rounds both stand at each place in a cache line, and in each way to each other.
     */
    static void shift() {
        int round = Integer.getInteger(ROUND);
        int part = 8 * ((BETWEEN.isEmpty() ? round : 3 * round) % ROUNDS);
        BETWEEN.add(new byte[CACHE_LINE * RANDOM.nextInt(CACHE_LINES) + part]);
    }
}
