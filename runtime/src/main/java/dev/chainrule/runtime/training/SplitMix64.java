package dev.chainrule.runtime.training;

import java.util.random.RandomGenerator;

/**
 * Random numbers that are the same bits everywhere: SplitMix64 of Steele, Lea and Flood, <i>Fast splittable pseudorandom number
 * generators</i>, 2014, with the constants of Vigna's {@code splitmix64.c}. Neighbouring seeds give unrelated numbers, which is
 * what {@link java.util.Random} lacks: there the first {@code nextDouble} after the seeds 0 to 9 is always 0.73.
 */
final class SplitMix64 implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    /** Where it stands: a generator with this seed gives the numbers that come next. */
    long state() {
        return state;
    }

    /** Goes on as a generator with this seed begins. */
    void restart(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** A number that depends on all bits of two others, and on which is which: seeds of generators, checksums. */
    static long mix(long first, long second) {
        return mix(first + GAMMA ^ second);
    }

    /** One number for each number, all bits of it of each bit. */
    private static long mix(long number) {
        long z = number;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** A multiple of 2^-53 from 0 (inclusive) to 1 (exclusive), all of them equally likely. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /**
     * From the standard normal distribution, by Marsaglia's polar method: a point {@code (x, y)} from the unit disc gives
     * {@code x sqrt(-2 log(s) / s)}, where {@code s = x^2 + y^2}. (The same with {@code y} would be a second one; it is left out,
     * so that there is nothing to remember.)
     */
    @Override
    public double nextGaussian() {
        double x;
        double s;
        do {
            x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            s = x * x + y * y;
        } while (s >= 1 || s == 0);
        return x * Math.sqrt(-2 * StrictMath.log(s) / s);
    }
}
