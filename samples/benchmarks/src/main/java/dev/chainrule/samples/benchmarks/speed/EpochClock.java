package dev.chainrule.samples.benchmarks.speed;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Times the epochs of a training, which asks after each whether there is to be another. First it lets the training warm up until the
 * JVM has compiled nothing for a while; it waits for its compiler ({@code -Xbatch}), so then no compilation is under way.
 */
final class EpochClock implements BooleanSupplier {
    private static final int LEAST_EPOCHS = 3;
    /** The end of a warm-up that never comes to rest. */
    private static final long PATIENCE_NANOSECONDS = 15_000_000_000L;

    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long warmUp;
    private final long measure;

    private final long start = System.nanoTime();
    private long quietSince = start;
    private long compiled;
    private boolean isWarm;

    private long cpuStart;
    private long measureStart;
    private long last;
    private long cpu;
    private final List<Double> epochs = new ArrayList<>();

    /** Both in milliseconds. */
    EpochClock(int warmUp, int measure) {
        this.warmUp = warmUp * 1_000_000L;
        this.measure = measure * 1_000_000L;
    }

    @Override
    public boolean getAsBoolean() {
        long now = System.nanoTime();
        if (!isWarm) {
            warmUp(now);
            return true;
        }
        epochs.add((now - last) / 1e6);
        last = now;
        cpu = process.getProcessCpuTime() - cpuStart;
        return epochs.size() < LEAST_EPOCHS || now - measureStart < measure;
    }

    private void warmUp(long now) {
        if (compiler.getTotalCompilationTime() != compiled) {
            compiled = compiler.getTotalCompilationTime();
            quietSince = now;
        }
        isWarm = now - quietSince >= warmUp || now - start >= PATIENCE_NANOSECONDS;
        if (isWarm) {
            cpuStart = process.getProcessCpuTime();
            measureStart = System.nanoTime();
            last = measureStart;
        }
    }

    /** Milliseconds of CPU time of an epoch: the mean, as some JVMs count them in steps of ten; all threads together. */
    double cpu() {
        return cpu / 1e6 / epochs.size();
    }

    /** Milliseconds of an epoch, the median. */
    double wall() {
        return Spread.of(epochs).median();
    }
}
