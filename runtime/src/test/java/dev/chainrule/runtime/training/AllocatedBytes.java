package dev.chainrule.runtime.training;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the current thread allocates. */
final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RUNS = 1000;
    private static final int MEASUREMENTS = 5;

    private AllocatedBytes() {}

    /**
     * What 1000 runs allocate, in the interpreter for the most part: the least of some measurements, as now and then the JVM
     * allocates on its own (the first run loads classes).
     */
    static long of(Runnable code) {
        long least = Long.MAX_VALUE;
        for (int measurement = 0; measurement < MEASUREMENTS; measurement++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int run = 0; run < RUNS; run++) {
                code.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
