package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training makes no garbage once it runs, on any of its threads. */
class TrainerAllocationTest {
    private static final int EPOCHS = 20;
    private static final Records RECORDS = Records.wrap(
            new Random(1).doubles(600, -1, 1).toArray(),
            2,
            new Random(2).doubles(600, -1, 1).toArray(),
            2);

    private static final RecordStore FLOATS = RecordStore.of(Rows.of(new float[600], 2), Rows.of(new byte[600], 2));

    private static final List<Optimizer> OPTIMIZERS = List.of(
            Optimizers.gradientDescent(0.01),
            Optimizers.momentum(0.01, 0.9),
            Optimizers.nesterov(0.01, 0.9),
            Optimizers.adaGrad(0.01),
            Optimizers.adaDelta(1),
            Optimizers.rmsProp(0.01),
            Optimizers.adam(0.01),
            Optimizers.amsGrad(0.01),
            Optimizers.adamW(0.01),
            Optimizers.nAdam(0.01),
            Optimizers.rprop(0.01));

    private static final List<Schedule> SCHEDULES = List.of(
            Schedules.constant(),
            Schedules.step(10, 0.5),
            Schedules.exponential(0.99),
            Schedules.cosine(100, 1e-3),
            Schedules.inverseTime(0.1),
            Schedules.constant().withWarmUp(50));

    /**
     * What all threads of a training allocate in some epochs: the least of many times, as now and then the JVM allocates itself.
     * Once it is nothing, the training is stopped.
     */
    private static final class Meter implements TrainingListener {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private long[] threads;
        private long before;
        private long least = Long.MAX_VALUE;

        @Override
        public void epochEnded(Training training) {
            int epoch = training.history().epochs();
            if (epoch == 1) {
                threads = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread == Thread.currentThread()
                                || thread.getName().startsWith("chainrule-training-"))
                        .mapToLong(Thread::getId)
                        .toArray();
            } else if (epoch % EPOCHS == 0) {
                long allocated = 0;
                for (long thread : threads) {
                    allocated += THREADS.getThreadAllocatedBytes(thread);
                }
                if (epoch > EPOCHS) {
                    least = Math.min(least, allocated - before);
                }
                if (least == 0) {
                    training.stop();
                }
                before = allocated;
            }
        }
    }

    private static void assertAllocatesNothing(Trainer.Builder trainer, int threads, Object... what) {
        assertAllocatesNothing(trainer, RECORDS, threads, what);
    }

    private static void assertAllocatesNothing(
            Trainer.Builder trainer, RecordStore records, int threads, Object... what) {
        assertAllocatesNothing(trainer, new double[] {0.5, 0.25}, records, threads, what);
    }

    private static void assertAllocatesNothing(
            Trainer.Builder trainer, double[] parameters, RecordStore records, int threads, Object... what) {
        awaitEndOfWorkers();
        Meter meter = new Meter();
        trainer.threads(threads, Scaling::new)
                .epochs(50 * EPOCHS)
                .listener(meter)
                .build()
                .train(new Scaling(parameters), records);
        assertThat(meter.threads).hasSize(threads);
        assertThat(meter.least).as("bytes, with %s", List.of(what)).isZero();
    }

    /** The threads of the training before may take a moment to end. */
    private static void awaitEndOfWorkers() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("chainrule-training-")) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true"})
    void allOptimizersAndSchedules(int threads, boolean isShuffled) {
        for (Optimizer optimizer : OPTIMIZERS) {
            for (Schedule schedule : SCHEDULES) {
                Trainer.Builder trainer = Trainer.builder()
                        .optimizer(optimizer)
                        .schedule(schedule)
                        .batchSize(130);
                assertAllocatesNothing(isShuffled ? trainer.shuffled(1) : trainer, threads, optimizer, schedule);
            }
        }
    }

    /** Parameters enough for both threads to change them. */
    @Test
    void manyParameters() {
        int width = 20_000;
        RecordStore records =
                RecordStore.of(Rows.of(new byte[64 * width], width), Rows.of(new byte[64 * width], width));
        assertAllocatesNothing(
                Trainer.builder().optimizer(Optimizers.adam(0.01)), new double[width], records, 2, "many parameters");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300})
    void allBatchSizesAndOtherSettings(int batchSize) {
        Trainer.Builder trainer = Trainer.builder()
                .batchSize(batchSize)
                .shuffled(1)
                .l1(1e-3)
                .l2(1e-3)
                .clipValue(0.1)
                .clipNorm(0.1)
                .validation(RECORDS)
                .metric("error", Metrics::meanSquaredError)
                .earlyStopping(1_000, 0, "error", Best.LEAST);
        assertAllocatesNothing(trainer, 2, batchSize);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recordsThatAreWidenedAndChanged(boolean isShuffled) {
        Trainer.Builder trainer = Trainer.builder()
                .batchSize(130)
                .augmented(1, (input, target, random) -> input[0] += random.nextGaussian())
                .validation(FLOATS)
                .metric("error", Metrics::meanSquaredError);
        assertAllocatesNothing(isShuffled ? trainer.shuffled(1) : trainer, FLOATS, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weightedRecords(boolean isShuffled) {
        double[] weights = new Random(3).doubles(300).toArray();
        for (RecordStore records : List.of(RECORDS.weighted(weights), FLOATS.weighted(weights))) {
            for (GradientMethod method : List.of(GradientMethod.backpropagation(), GradientMethod.fullGradient())) {
                Trainer.Builder trainer = Trainer.builder()
                        .gradient(method)
                        .batchSize(130)
                        .validation(records)
                        .metric("error", Metrics::meanSquaredError);
                assertAllocatesNothing(isShuffled ? trainer.shuffled(1) : trainer, records, 2, method, records);
            }
        }
    }

    @Test
    void listenersOfSteps() {
        double[] told = new double[1];
        StepListener listener = training -> told[0] +=
                training.step() + training.rate() + training.loss() + training.gradientNorm() + training.nanoseconds();
        assertAllocatesNothing(Trainer.builder().batchSize(7).listener(listener), 1);
        assertAllocatesNothing(Trainer.builder().batchSize(70).clipNorm(0.1).listener(listener), 2);
        assertThat(told[0]).isPositive();
    }

    @Test
    void allGradientMethods() {
        assertAllocatesNothing(Trainer.builder().gradient(GradientMethod.fullGradient()), 2);
        assertAllocatesNothing(Trainer.builder().gradient(GradientMethod.perturbation(1e-5)), 1);
    }
}
