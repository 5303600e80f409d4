package dev.chainrule.samples.documents;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Measures how long computations take: each is repeated for rounds of some milliseconds, at first until the JVM has compiled it;
 * then they take turns, so that whatever slows the machine down slows them all, and the median round of each counts.
 *
 * @param milliseconds of a round, about
 */
record Stopwatch(int milliseconds) {
    /** Half a second at 20 ms a round: then the compiler of the JVM is done with networks of a few thousand parameters. */
    private static final int WARM_UP_ROUNDS = 25;

    private static final int ROUNDS = 9;

    /** Takes all results, so that the JVM cannot leave a computation out. */
    private static volatile double sink;

    /** The nanoseconds of each computation. */
    double[] nanoseconds(DoubleSupplier... computations) {
        long[] repetitions = Arrays.stream(computations).mapToLong(this::warmUp).toArray();
        double[][] times = new double[computations.length][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < computations.length; i++) {
                times[i][round] = round(computations[i], repetitions[i]);
            }
        }
        return Arrays.stream(times)
                .mapToDouble(rounds -> Arrays.stream(rounds).sorted().toArray()[ROUNDS / 2])
                .toArray();
    }

    /** How many repetitions fill a round, once the computation is compiled. */
    private long warmUp(DoubleSupplier computation) {
        long repetitions = 1;
        long end = System.nanoTime() + WARM_UP_ROUNDS * milliseconds * 1_000_000L;
        while (System.nanoTime() < end) {
            repetitions = Math.max(1, (long) (milliseconds * 1e6 / round(computation, repetitions)));
        }
        return repetitions;
    }

    /** The nanoseconds of one computation, as a mean of many. */
    private static double round(DoubleSupplier computation, long repetitions) {
        double sum = 0;
        long start = System.nanoTime();
        for (long i = 0; i < repetitions; i++) {
            sum += computation.getAsDouble();
        }
        long elapsed = System.nanoTime() - start;
        sink = sum;
        return Math.max(1, elapsed) / (double) repetitions;
    }
}
