package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.training.Training.End;
import dev.chainrule.runtime.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that was stopped, or was cut off, and is resumed ends in the same bits as one that was never stopped. */
class ResumeTest {
    private static final long SEED = 20261;
    private static final ParameterLayout LAYOUT = ParameterLayout.of(2, new int[] {3, 2}, new boolean[] {true, false});

    private static final List<Optimizer> OPTIMIZERS = List.of(
            Optimizers.gradientDescent(0.05),
            Optimizers.momentum(0.02, 0.9),
            Optimizers.nesterov(0.02, 0.9),
            Optimizers.adaGrad(0.05),
            Optimizers.adaDelta(1),
            Optimizers.rmsProp(0.01),
            Optimizers.adam(0.01),
            Optimizers.amsGrad(0.01),
            Optimizers.adamW(0.01),
            Optimizers.nAdam(0.01),
            Optimizers.rprop(0.01));

    private static final List<Schedule> SCHEDULES = List.of(
            Schedules.constant(),
            Schedules.step(3, 0.5),
            Schedules.exponential(0.99),
            Schedules.cosine(20, 1e-3),
            Schedules.inverseTime(0.1),
            Schedules.cosine(20, 1e-3).withWarmUp(5));

    @TempDir
    Path directory;

    /** What is thrown in a step, as if the process were gone. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The schedule that it says it is; in one of the steps, counted from 1 in each run, it does more. */
    private static final class Interrupting implements Schedule {
        private final Schedule schedule;
        private final long atStep;
        private final Runnable interruption;
        private long steps;

        Interrupting(Schedule schedule, long atStep, Runnable interruption) {
            this.schedule = schedule;
            this.atStep = atStep;
            this.interruption = interruption;
        }

        @Override
        public double rate(double learningRate, long moment) {
            steps++;
            if (steps == atStep) {
                interruption.run();
            }
            return schedule.rate(learningRate, moment);
        }

        @Override
        public String toString() {
            return schedule.toString();
        }
    }

    /** One training with settings by chance. */
    private static final class Case {
        final Random random;
        final int count;
        final int batchSize;
        final int epochs;
        final Optimizer optimizer;
        final Schedule schedule;
        final boolean isShuffled;
        final boolean stopsEarly;
        final boolean isPenalised;
        final boolean isScheduledByEpoch;
        final Records records;
        final Records validation;

        Case(int number) {
            random = new Random(SEED + number);
            count = 1 + random.nextInt(random.nextBoolean() ? 12 : 200);
            batchSize = 1 + random.nextInt(count);
            epochs = 1 + random.nextInt(Math.max(1, Math.min(8, 400 / count)));
            optimizer = OPTIMIZERS.get(number % OPTIMIZERS.size());
            schedule = SCHEDULES.get(number % SCHEDULES.size());
            isShuffled = random.nextInt(4) > 0;
            stopsEarly = random.nextBoolean();
            isPenalised = random.nextBoolean();
            records = records(count);
            validation = records(5);
            isScheduledByEpoch = random.nextBoolean();
        }

        private Records records(int count) {
            return Records.wrap(
                    random.doubles(2L * count, -1, 1).toArray(),
                    2,
                    random.doubles(2L * count, -1, 1).toArray(),
                    2);
        }

        TanhNetwork network() {
            TanhNetwork network = new TanhNetwork(LAYOUT);
            Initializers.glorotUniform().initialize(network, SEED);
            return network;
        }

        Trainer.Builder trainer() {
            Trainer.Builder trainer = Trainer.builder()
                    .optimizer(optimizer)
                    .batchSize(batchSize)
                    .epochs(epochs)
                    .threads(random.nextInt(4) > 0 ? 1 : 3, parameters -> new TanhNetwork(LAYOUT, parameters));
            scheduled(trainer, schedule);
            if (isShuffled && count % 3 == 0) {
                trainer.shuffledByBlocks(count, 1 + count / 20);
            } else if (isShuffled) {
                trainer.shuffled(count);
            }
            if (stopsEarly) {
                trainer.validation(validation).earlyStopping(1, 1e-2);
            }
            if (stopsEarly && isPenalised) {
                trainer.metric("error", Metrics::meanAbsoluteError).earlyStopping(1, 1e-2, "error", Best.LEAST);
            }
            if (isPenalised) {
                trainer.l1(1e-4).l2(1e-3).sparingBiases().clipNorm(0.5).summed();
            }
            return trainer;
        }

        Trainer.Builder scheduled(Trainer.Builder trainer, Schedule by) {
            return isScheduledByEpoch ? trainer.scheduleByEpoch(by) : trainer.schedule(by);
        }

        @Override
        public String toString() {
            return count + " records in batches of " + batchSize + (isShuffled ? ", shuffled, " : ", ") + epochs
                    + " epochs" + (stopsEarly ? ", early stopping, " : ", ") + optimizer + ", " + schedule;
        }
    }

    @Test
    void resumeEqualsUninterruptedAt200RandomStops() throws IOException {
        int early = 0;
        for (int number = 0; number < 200; number++) {
            early += check(new Case(number), number) == End.EARLY_STOPPING ? 1 : 0;
        }
        assertThat(early).as("trainings that early stopping has ended").isBetween(20, 100);
    }

    private End check(Case training, int number) throws IOException {
        TanhNetwork expected = training.network();
        Training uninterrupted = training.trainer().build().on(expected, training.records);
        uninterrupted.run();
        History history = uninterrupted.history();
        long steps = history.step(history.epochs() - 1);
        long stop = training.random.nextLong(steps + 1);

        Path file = directory.resolve("checkpoint" + number);
        if (number % 2 == 0) {
            stopped(training, stop, file);
        } else {
            cutOff(training, stop, 1 + stop / (1 + training.random.nextInt(3)), file);
        }
        String what = "case " + number + " of seed " + SEED + " at step " + stop + " of " + steps + ": " + training;
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Training resumed = training.trainer().build().resume(network, training.records, file);
        resumed.run();
        assertThat(resumed.end()).as(what).isEqualTo(uninterrupted.end());
        assertThat(network.parameters()).as(what).containsExactly(expected.parameters());
        assertThat(rows(resumed.history())).as(what).isEqualTo(rows(history));
        return resumed.end();
    }

    /** By {@link Training#stop} in a step; the network may get back its best parameters before the checkpoint is saved. */
    private static void stopped(Case training, long stop, Path file) throws IOException {
        Training[] running = new Training[1];
        Schedule schedule = new Interrupting(training.schedule, stop, () -> running[0].stop());
        running[0] = training.scheduled(training.trainer(), schedule).build().on(training.network(), training.records);
        if (stop == 0) {
            running[0].stop();
        }
        running[0].run();
        running[0].checkpoint(file);
    }

    /** By an exception; what is there is the last of the checkpoints that were saved every few steps. */
    private static void cutOff(Case training, long stop, long every, Path file) throws IOException {
        Schedule schedule = new Interrupting(training.schedule, stop, () -> {
            throw new Gone();
        });
        Training running = training.scheduled(training.trainer(), schedule)
                .checkpoints(file, every)
                .build()
                .on(training.network(), training.records);
        if (stop <= every) {
            running.checkpoint(file); // there will be no other
        }
        if (stop == 0) {
            running.run();
        } else {
            assertThatThrownBy(running::run).isInstanceOf(Gone.class);
            assertThatThrownBy(() -> running.checkpoint(file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Step " + stop + " is not complete, so there is no state to go on from");
        }
    }

    /** All but the times. */
    private static List<List<Number>> rows(History history) {
        List<List<Number>> rows = new ArrayList<>();
        for (int epoch = 0; epoch < history.epochs(); epoch++) {
            rows.add(List.of(
                    history.step(epoch),
                    history.rate(epoch),
                    history.loss(epoch),
                    history.validationLoss(epoch),
                    history.gradientNorm(epoch)));
        }
        return rows;
    }

    @Test
    void aTrainingIsStoppedAndResumedManyTimes() throws IOException {
        Case training = new Case(6);
        TanhNetwork expected = training.network();
        training.trainer().epochs(5).build().train(expected, training.records);

        Path file = directory.resolve("checkpoint");
        TanhNetwork network = training.network();
        training.trainer().epochs(5).build().on(network, training.records).checkpoint(file);
        long[] steps = new long[1];
        End end = End.STOPPED;
        for (int part = 0; end == End.STOPPED; part++) {
            Training[] running = new Training[1];
            Schedule schedule = new Interrupting(training.schedule, part == 0 ? 1 : 3, () -> running[0].stop());
            Trainer trainer =
                    training.scheduled(training.trainer().epochs(5), schedule).build();
            network = new TanhNetwork(LAYOUT);
            running[0] = trainer.resume(network, training.records, file);
            running[0].run();
            end = running[0].end();
            steps[0] = part;
            running[0].checkpoint(file);
        }
        assertThat(steps[0]).isGreaterThan(3);
        assertThat(network.parameters()).containsExactly(expected.parameters());
    }

    /** Its outcome is that of a training that was to have as many epochs from the start. */
    @Test
    void aTrainingThatHasEndedGoesOnForMoreEpochs() throws IOException {
        Case training = new Case(13); // without early stopping
        TanhNetwork expected = training.network();
        training.trainer().epochs(9).build().train(expected, training.records);
        Path file = directory.resolve("checkpoint");
        training.trainer()
                .epochs(4)
                .checkpoints(file, Long.MAX_VALUE)
                .build()
                .train(training.network(), training.records);
        TanhNetwork network = new TanhNetwork(LAYOUT);
        History history = training.trainer()
                .epochs(9)
                .build()
                .resume(network, training.records, file)
                .run();
        assertThat(history.epochs()).isEqualTo(9);
        assertThat(network.parameters()).containsExactly(expected.parameters());
    }

    @Test
    void aListenerSavesCheckpoints() throws IOException {
        Case training = new Case(10);
        List<Path> files = new ArrayList<>();
        TanhNetwork expected = training.network();
        Training uninterrupted = training.trainer()
                .listener(running -> {
                    Path file = directory.resolve("epoch" + running.history().epochs());
                    files.add(file);
                    save(running, file);
                })
                .build()
                .on(expected, training.records);
        uninterrupted.run();
        assertThat(files).hasSizeGreaterThan(1);
        for (Path file : files) {
            TanhNetwork network = new TanhNetwork(LAYOUT);
            Training resumed = training.trainer().build().resume(network, training.records, file);
            resumed.run();
            assertThat(network.parameters()).as("after %s", file).containsExactly(expected.parameters());
            assertThat(resumed.end()).as("after %s", file).isEqualTo(uninterrupted.end());
        }
    }

    /** Also where an epoch ends there; then before the step that follows, so that listeners have been told. */
    @Test
    void checkpointsComeEverySoManyStepsAndAtTheEnd() throws IOException {
        Path file = directory.resolve("checkpoint");
        List<Long> steps = new ArrayList<>();
        Trainer.builder()
                .epochs(8)
                .checkpoints(file, 3)
                .listener(training -> {
                    steps.add(Files.exists(file) ? step(file) : 0);
                    save(training, directory.resolve("another"));
                })
                .build()
                .train(new Case(0).network(), new Case(0).records);
        assertThat(steps).containsExactly(0L, 0L, 0L, 3L, 3L, 3L, 6L, 6L);
        assertThat(step(file)).isEqualTo(8);
    }

    private static void save(Training training, Path file) {
        try {
            training.checkpoint(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long step(Path file) {
        try (TensorFile tensors = TensorFile.open(file)) {
            return tensors.longs("training.step")[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
