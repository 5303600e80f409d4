package dev.chainrule.samples.benchmarks.speed;

import com.sun.management.ThreadMXBean;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How one process times one operation; the C program does the same.
 *
 * @param warmUp how long to run before the first sample, in milliseconds; a JVM runs as long after its last compilation
 * @param samples how many times to measure; the median counts
 */
record Timing(int warmUp, int samples) {
    static final Timing THOROUGH = new Timing(1000, 41);
    static final Timing QUICK = new Timing(500, 11);

    /** Long enough that the clock's steps and the loop around do not count. */
    private static final long SAMPLE_NANOSECONDS = 5_000_000;

    /** The end of a warm-up that never comes to rest. */
    private static final long PATIENCE_NANOSECONDS = 30_000_000_000L;

    /** Twice as many as make the JVM compile a method for good. */
    private static final int COMPILED_CALLS = 10_000;

    static Timing parse(String warmUp, String samples) {
        return new Timing(Integer.parseInt(warmUp), Integer.parseInt(samples));
    }

    List<String> arguments() {
        return List.of(Integer.toString(warmUp), Integer.toString(samples));
    }

    /** Nanoseconds a call; each call gets the number of a record. */
    double median(IntConsumer operation) {
        int calls = warmUp(operation);
        double[] times = new double[samples];
        for (int i = 0; i < samples; i++) {
            times[i] = (double) run(operation, calls) / calls;
        }
        Arrays.sort(times);
        return times[samples / 2];
    }

    /** Nanoseconds of this thread's CPU time a call, the median, and bytes that it allocates a call, the most. */
    double[] cost(IntConsumer operation) {
        return costs(List.of(operation)).get(0);
    }

    /** The same of several operations, measured by turns, so that whatever disturbs the machine disturbs all alike. */
    List<double[]> costs(List<IntConsumer> operations) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        int[] calls = new int[operations.size()];
        for (int i = 0; i < calls.length; i++) {
            run(operations.get(i), COMPILED_CALLS);
            calls[i] = warmUp(operations.get(i));
        }
        double[][] times = new double[calls.length][samples];
        double[] most = new double[calls.length];
        for (int sample = 0; sample < samples; sample++) {
            for (int i = 0; i < calls.length; i++) {
                long bytes = thread.getThreadAllocatedBytes(id);
                long start = thread.getCurrentThreadCpuTime();
                run(operations.get(i), calls[i]);
                times[i][sample] = (double) (thread.getCurrentThreadCpuTime() - start) / calls[i];
                most[i] = Math.max(most[i], (double) (thread.getThreadAllocatedBytes(id) - bytes) / calls[i]);
            }
        }
        return IntStream.range(0, calls.length)
                .mapToObj(i -> {
                    Arrays.sort(times[i]);
                    return new double[] {times[i][samples / 2], most[i]};
                })
                .toList();
    }

    /**
     * Returns how many calls make a sample. The JVM waits for its compiler ({@code -Xbatch}), so once no compilation has ended for
     * a while, none is under way.
     */
    private int warmUp(IntConsumer operation) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        int calls = 1;
        long compiled = 0;
        long start = System.nanoTime();
        long quiet = start;
        for (long now = start; now - quiet < warmUp * 1_000_000L && now - start < PATIENCE_NANOSECONDS; ) {
            if (run(operation, calls) < SAMPLE_NANOSECONDS) {
                calls *= 2;
            }
            now = System.nanoTime();
            if (compiler.getTotalCompilationTime() != compiled) {
                compiled = compiler.getTotalCompilationTime();
                quiet = now;
            }
        }
        return calls;
    }

    private static long run(IntConsumer operation, int calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            operation.accept(i % Numbers.RECORDS);
        }
        return System.nanoTime() - start;
    }
}
