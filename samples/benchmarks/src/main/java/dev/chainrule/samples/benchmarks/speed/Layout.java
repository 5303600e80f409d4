package dev.chainrule.samples.benchmarks.speed;

import java.util.List;

/**
 * Where the objects of a measured process stand on the heap. The JVM puts them at any multiple of eight bytes, and a load of a
 * whole cache line takes up to twice as long where it crosses into the next. So each round begins eight bytes further on, and
 * after eight rounds nobody has been measured at a lucky address alone.
 */
final class Layout {
    /** How many rounds see every layout. */
    static final int ROUNDS = 8;

    static final String NOTE = "with the objects of a JVM eight bytes further on in each round";

    private static final String SHIFT = "layout.shift";

    /** What stands before all else. */
    private static byte[] before;

    private Layout() {}

    /** The options of a round's JVM, with room for all that is allocated: no object moves later. */
    static List<String> options(int round) {
        return List.of("-Xms512m", "-Xmn256m", "-D" + SHIFT + "=" + 8 * round);
    }

    /** The first that a measured process does. */
    static void shift() {
        before = new byte[Integer.getInteger(SHIFT)];
    }
}
