package dev.chainrule.samples.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the objects of a measured process stand on the heap, another place in each round. The JVM puts them at any multiple of
 * eight bytes, but a load of a whole cache line takes up to twice as long where it crosses into the next, and a load waits for a
 * store to an address with the same last 12 bits. In every round alike, one contender had the luck and another had not.
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

    /** Leaves some cache lines between what has been allocated and what will be; the first time, a part of one too. */
    static void shift() {
        int part = BETWEEN.isEmpty() ? 8 * (Integer.getInteger(ROUND) % ROUNDS) : 0;
        BETWEEN.add(new byte[CACHE_LINE * RANDOM.nextInt(CACHE_LINES) + part]);
    }
}
