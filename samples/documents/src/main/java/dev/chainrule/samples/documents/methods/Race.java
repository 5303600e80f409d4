package dev.chainrule.samples.documents.methods;

import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.training.Training;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a training came to the loss of its task.
 *
 * @param steps that it took
 * @param seconds of the processor that it took
 * @param loss that it had come to
 * @param points of its way: seconds and loss
 */
public record Race(long steps, double seconds, double loss, List<double[]> points) {
    private static final double NANOSECONDS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of its seconds, those before the JVM has compiled what it runs do not count: it runs so long before. */
    private static final double WARM_UP = 1;

    /** From one point of the way to the next, so much time more. */
    private static final double BETWEEN_POINTS = 1.05;

    /**
     * Trains once to have all compiled, and once more.
     *
     * @param trainer makes a builder, all records at a step
     * @param seconds that it may take
     */
    public static Race of(Task task, Supplier<Trainer.Builder> trainer, double seconds) {
        once(task, trainer, Math.min(WARM_UP, seconds));
        return once(task, trainer, seconds);
    }

    private static Race once(Task task, Supplier<Trainer.Builder> trainer, double most) {
        List<double[]> points = new ArrayList<>();
        long start = THREADS.getCurrentThreadCpuTime();
        double[] next = new double[1];
        double[] seconds = new double[1];
        Training training = trainer.get()
                .epochs(Integer.MAX_VALUE)
                .listener(it -> {
                    seconds[0] = (THREADS.getCurrentThreadCpuTime() - start) / NANOSECONDS;
                    if (seconds[0] >= next[0] || it.loss() <= task.goal()) {
                        points.add(new double[] {seconds[0], it.loss()});
                        next[0] = BETWEEN_POINTS * seconds[0];
                    }
                    if (it.loss() <= task.goal() || seconds[0] >= most) {
                        it.stop();
                    }
                })
                .build()
                .on(task.begin(), task.records());
        training.run();
        return new Race(training.step(), seconds[0], training.loss(), points);
    }

    /** Whether it came to the goal. */
    public boolean isThere(Task task) {
        return loss <= task.goal();
    }
}
