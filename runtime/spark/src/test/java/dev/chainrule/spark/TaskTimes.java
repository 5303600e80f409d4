package dev.chainrule.spark;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** The processor time that tasks take, and the number of jobs. */
final class TaskTimes extends SparkListener {
    private static final long MINUTES_10 = 600_000;

    private final AtomicLong nanoseconds = new AtomicLong();

    private final AtomicInteger jobs = new AtomicInteger();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        jobs.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        nanoseconds.addAndGet(
                end.taskMetrics().executorCpuTime() + end.taskMetrics().executorDeserializeCpuTime());
    }

    /** The seconds of all tasks since it was last asked. */
    double seconds(SparkContext context) throws Exception {
        context.listenerBus().waitUntilEmpty(MINUTES_10);
        return nanoseconds.getAndSet(0) * 1e-9;
    }

    /** The number of jobs since it was last asked; asked after {@link #seconds}. */
    int jobs() {
        return jobs.getAndSet(0);
    }
}
