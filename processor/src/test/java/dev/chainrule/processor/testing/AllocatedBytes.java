package dev.chainrule.processor.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the current thread allocates. Needs the JDK alone, as tests use it in JVMs with few classes, too. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MEASUREMENTS = 5;

    private AllocatedBytes() {}

    /**
     * What some calls allocate: the least of some measurements, as now and then the JVM allocates on the thread. When a call
     * makes HotSpot ask its second compiler for a method, the thread first creates all strings among the constants of the
     * method's class; after how many calls depends on what else the machine does. What allocates in every call is seen in
     * every measurement.
     */
    public static long of(int calls, Runnable call) {
        long least = Long.MAX_VALUE;
        for (int measurement = 0; measurement < MEASUREMENTS; measurement++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
