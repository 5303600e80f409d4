package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JShell, a log or a debugger shows of the objects of a training: one line. */
class TextsTest {
    private static Trainer.Builder trainer() {
        AtomicLong seconds = new AtomicLong();
        return Trainer.builder()
                .optimizer(Optimizers.gradientDescent(0.5))
                .clock(() -> 1_000_000_000 * seconds.getAndIncrement());
    }

    /** A network that shows no address. */
    private static Scaling network() {
        return new Scaling(0.0) {
            @Override
            public String toString() {
                return "the network";
            }
        };
    }

    @Test
    void records() {
        assertThat(Records.wrap(new double[12], 6, new double[2], 1)).hasToString("2 records of 6 inputs and 1 target");
        assertThat(Records.wrap(new double[1], 1, new double[3], 3)).hasToString("1 record of 1 input and 3 targets");
    }

    @Test
    void splitRecords() {
        assertThat(Scaling.towards(1, 2, 3, 4).split(0.75))
                .hasToString("Split[first=3 records of 1 input and 1 target, rest=1 record of 1 input and 1 target]");
    }

    @Test
    void recordsOfAnyKind() {
        RecordStore bytes = RecordStore.of(Rows.of(new byte[6], 2), Rows.of(new float[3], 1));
        assertThat(bytes).hasToString("3 records of 2 inputs and 1 target");
        assertThat(bytes.select(2, 0)).hasToString("2 records of 2 inputs and 1 target");
        Standardisation standardisation = Standardisation.fit(bytes, 1);
        assertThat(standardisation).hasToString("standardises 1 of 2 inputs");
        assertThat(standardisation.view(bytes)).hasToString("3 records of 2 inputs and 1 target");
        assertThat(Rows.of(new double[6], 2)).hasToString("3 rows of 2 values");
    }

    @Test
    void historyOfNothing() {
        assertThat(trainer().build().on(network(), Scaling.towards(4)).history())
                .hasToString("0 epochs");
    }

    /** E is 8, 2, 0.5; the clock goes on by a second each time that somebody looks. */
    @Test
    void history() {
        assertThat(trainer().epochs(1).build().train(network(), Scaling.towards(4)))
                .hasToString("1 epoch, 1 step, loss 8.000 at first, 8.000 at last, in 0:01");
        assertThat(trainer().epochs(3).build().train(network(), Scaling.towards(4)))
                .hasToString("3 epochs, 3 steps, loss 8.000 at first, 0.5000 at last, in 0:03");
    }

    @Test
    void historyWithValidation() {
        History history =
                trainer().epochs(3).validation(Scaling.towards(3)).build().train(network(), Scaling.towards(4));
        assertThat(history)
                .hasToString("3 epochs, 3 steps, loss 8.000 at first, 0.5000 at last, "
                        + "validation loss 0.5000 at first, 0.1250 at last, in 0:03");
    }

    @Test
    void historyWithMetrics() {
        History history = trainer()
                .epochs(2)
                .validation(Scaling.towards(3))
                .metric("distance", Metrics::meanAbsoluteError)
                .build()
                .train(network(), Scaling.towards(4));
        assertThat(history.toString()).endsWith(", distance 1.000 at first, 0.000 at last, in 0:02");
    }

    @Test
    void theSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            historyWithValidation();
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Outputs are 1 and 2 for targets of 0 and 1, then of 0.5 and 1. */
    @Test
    void metrics() {
        Scaling network = new Scaling(1.0);
        assertThat(Metrics.of(network, Records.wrap(new double[] {1, 2}, 1, new double[] {0, 1}, 1)))
                .hasToString("2 records, mean squared error 1.000, mean absolute error 1.000, accuracy 0.5000");
        assertThat(Metrics.of(network, Records.wrap(new double[] {1, 2}, 1, new double[] {0.5, 1}, 1)))
                .hasToString("2 records, mean squared error 0.6250, mean absolute error 0.7500");
    }

    @Test
    void metricsOfNaN() {
        Scaling network = new Scaling(Double.NaN);
        assertThat(Metrics.of(network, Scaling.towards(1)))
                .hasToString("1 record, mean squared error NaN, mean absolute error NaN");
    }

    @Test
    void training() {
        List<String> told = new ArrayList<>();
        StepListener listener = training -> told.add(training.toString());
        Training training =
                trainer().batchSize(1).epochs(2).listener(listener).build().on(network(), Scaling.towards(4, 4));
        assertThat(training).hasToString("training of the network: epoch 0 of 2, step 0, not run yet");
        training.run();
        assertThat(told)
                .containsExactly(
                        "training of the network: epoch 1 of 2, step 1, loss 8.000, running",
                        "training of the network: epoch 1 of 2, step 2, loss 2.000, running",
                        "training of the network: epoch 2 of 2, step 3, loss 0.5000, running",
                        "training of the network: epoch 2 of 2, step 4, loss 0.1250, running");
        assertThat(training)
                .hasToString("training of the network: epoch 2 of 2, step 4, loss 0.1250, ended: ALL_EPOCHS");
    }

    @Test
    void trainingThatFails() {
        Training training = trainer()
                .listener(told -> {
                    throw new IllegalStateException();
                })
                .build()
                .on(network(), Scaling.towards(4));
        assertThatThrownBy(training::run).isInstanceOf(IllegalStateException.class);
        assertThat(training)
                .hasToString("training of the network: epoch 1 of 100, step 1, loss 8.000, ended by an exception");
    }

    @Test
    void trainingThatGoesOn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("checkpoint");
        StoppedTraining.save(file);
        Training training =
                StoppedTraining.trainer().build().resume(StoppedTraining.network(2), StoppedTraining.RECORDS, file);
        assertThat(training.toString()).endsWith(": epoch 2 of 3, step 3, not run yet");
    }

    @Test
    void trainerAsItIsUnlessSaidOtherwise() {
        String settings =
                "optimizer(GradientDescent[learningRate=0.1]), fullBatch(), averaged(), inOrder(), epochs(100)";
        assertThat(Trainer.builder()).hasToString(settings);
        assertThat(Trainer.builder().build()).hasToString(settings);
    }

    @Test
    void trainerThatStopsByItsLoss() {
        assertThat(Trainer.builder()
                        .schedule(Schedules.inverseTime(0.5))
                        .validation(Scaling.towards(1))
                        .earlyStopping(5, 0))
                .hasToString("optimizer(GradientDescent[learningRate=0.1]), schedule(InverseTime[decay=0.5]), "
                        + "fullBatch(), averaged(), inOrder(), epochs(100), "
                        + "validation(1 record of 1 input and 1 target), earlyStopping(5, 0.0)");
    }

    /** What an augmentation of a user's may be. */
    record Mirror(boolean upDown) implements Augmentation {
        private static final long serialVersionUID = 1;

        @Override
        public void augment(double[] input, double[] target, RandomGenerator random) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void trainerWithAllSettings() {
        Trainer trainer = Trainer.builder()
                .gradient(GradientMethod.fullGradient())
                .optimizer(Optimizers.momentum(0.5, 0.9))
                .scheduleByEpoch(Schedules.step(10, 0.5))
                .batchSize(32)
                .summed()
                .shuffled(42)
                .augmented(5, new Mirror(true))
                .epochs(7)
                .l1(0.25)
                .l2(0.125)
                .sparingBiases()
                .clipValue(2)
                .clipNorm(3)
                .validation(Scaling.towards(1, 2))
                .metric("accuracy", Metrics::accuracy)
                .metric("error", Metrics::meanSquaredError)
                .earlyStopping(5, 0.5, "accuracy", Best.GREATEST)
                .checkpoints(Path.of("file"), 100)
                .threads(2, Scaling::new)
                .listener(training -> {})
                .listener(training -> {})
                .build();
        assertThat(trainer)
                .hasToString("gradient(full gradient), optimizer(Momentum[learningRate=0.5, momentum=0.9]), "
                        + "scheduleByEpoch(Step[every=10, factor=0.5]), batchSize(32), summed(), shuffled(42), "
                        + "augmented(5, Mirror[upDown=true]), epochs(7), "
                        + "l1(0.25), l2(0.125), sparingBiases(), clipValue(2.0), clipNorm(3.0), "
                        + "validation(2 records of 1 input and 1 target), metric(accuracy), metric(error), "
                        + "earlyStopping(5, 0.5, accuracy, GREATEST), "
                        + "checkpoints(file, 100), threads(2), 2 listeners");
    }
}
