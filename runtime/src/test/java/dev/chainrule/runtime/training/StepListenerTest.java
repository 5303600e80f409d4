package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.training.Training.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners are told of: steps, epochs and the end. */
class StepListenerTest {
    private final Scaling network = new Scaling(0.0);

    /** Towards 4 at a rate of 0.5: the distance to it halves with every step. */
    private static Trainer.Builder trainer() {
        return Trainer.builder().optimizer(Optimizers.gradientDescent(0.5)).batchSize(1);
    }

    /** Writes down all that it is told of. */
    private static class Diary implements StepListener {
        private final String name;
        private final List<String> told;

        Diary(String name, List<String> told) {
            this.name = name;
            this.told = told;
        }

        @Override
        public void stepEnded(Training training) {
            told.add(name + " step " + training.step() + " of epochs ended: "
                    + training.history().epochs());
        }

        @Override
        public void epochEnded(Training training) {
            told.add(name + " epoch " + training.history().epochs());
        }

        @Override
        public void trainingEnded(Training training) {
            told.add(name + " end " + training.end());
        }
    }

    @Test
    void stepsEpochsAndTheEndInTheListenersOrder() {
        List<String> told = new ArrayList<>();
        trainer()
                .epochs(2)
                .listener(new Diary("a", told))
                .listener(training -> told.add("of epochs only"))
                .listener(new Diary("b", told))
                .build()
                .train(network, Scaling.towards(4, 4));
        assertThat(told)
                .containsExactly(
                        "a step 1 of epochs ended: 0",
                        "b step 1 of epochs ended: 0",
                        "a step 2 of epochs ended: 1",
                        "b step 2 of epochs ended: 1",
                        "a epoch 1",
                        "of epochs only",
                        "b epoch 1",
                        "a step 3 of epochs ended: 1",
                        "b step 3 of epochs ended: 1",
                        "a step 4 of epochs ended: 2",
                        "b step 4 of epochs ended: 2",
                        "a epoch 2",
                        "of epochs only",
                        "b epoch 2",
                        "a end ALL_EPOCHS",
                        "b end ALL_EPOCHS");
    }

    /** E = d^2 / 2 and dE/dp = -d for a distance d of 4, 2, 1, ... */
    @Test
    void aStepTellsOfItsRateLossAndGradient() {
        List<List<Double>> told = new ArrayList<>();
        StepListener listener = training -> told.add(List.of(
                (double) training.step(),
                training.rate(),
                training.loss(),
                training.gradientNorm(),
                training.network().parameters()[0]));
        trainer()
                .schedule((rate, step) -> step == 3 ? 0.25 : rate)
                .epochs(2)
                .listener(listener)
                .build()
                .train(network, Scaling.towards(4, 4));
        assertThat(told)
                .containsExactly(
                        List.of(1.0, 0.5, 8.0, 4.0, 2.0),
                        List.of(2.0, 0.5, 2.0, 2.0, 3.0),
                        List.of(3.0, 0.25, 0.5, 1.0, 3.25),
                        List.of(4.0, 0.5, 0.28125, 0.75, 3.625));
    }

    /** The first batch from 0 towards 2 and 4, the second towards 5 alone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLossOfABatchIsAMeanOrASumOverItsOwnRecords(boolean isAveraged) {
        List<Double> losses = new ArrayList<>();
        StepListener listener = training -> losses.add(training.loss());
        Trainer.Builder trainer = trainer().batchSize(2).epochs(1).listener(listener);
        (isAveraged ? trainer.averaged() : trainer.summed()).build().train(network, Scaling.towards(2, 4, 5));
        // Averaged, the parameter is 1.5 after the first step; summed, 3
        assertThat(losses).containsExactly(isAveraged ? 5.0 : 10.0, isAveraged ? 6.125 : 2.0);
    }

    @Test
    void theNormIsThatBeforeClippingAndPenalties() {
        List<Trainer.Builder> trainers = List.of(
                trainer(),
                trainer().clipValue(1),
                trainer().clipNorm(1),
                trainer().l1(100),
                trainer().l2(100));
        for (Trainer.Builder trainer : trainers) {
            List<Double> norms = new ArrayList<>();
            StepListener listener = training -> norms.add(training.gradientNorm());
            Training training = trainer.epochs(1)
                    .listener(listener)
                    .build()
                    .on(new Scaling(1, 1), Records.wrap(new double[] {1, 1, 1, 1}, 2, new double[] {4, 5, 4, 5}, 2));
            training.run();
            assertThat(norms.get(0)).isEqualTo(5.0);
            assertThat(norms.get(1)).isEqualTo(training.history().gradientNorm(0));
            assertThat(training.gradientNorm()).isEqualTo(norms.get(1));
        }
    }

    /** Computed where it can be, and never taken of a gradient that has been changed since. */
    @Test
    void theNormOfAStepThatNobodyHeardOf() {
        assertThat(stoppedInTheFirstStep(trainer()).gradientNorm()).isEqualTo(4);
        assertThat(stoppedInTheFirstStep(trainer().clipNorm(1)).gradientNorm()).isNaN();
    }

    private static Training stoppedInTheFirstStep(Trainer.Builder trainer) {
        AtomicReference<Training> running = new AtomicReference<>();
        Schedule stopping = (rate, step) -> {
            running.get().stop();
            return rate;
        };
        running.set(trainer.schedule(stopping).build().on(new Scaling(0.0), Scaling.towards(4, 4)));
        running.get().run();
        return running.get();
    }

    @Test
    void beforeTheFirstStep() {
        Training training = trainer().batchSize(2).epochs(7).build().on(network, Scaling.towards(4, 4, 4));
        assertThat(training.epochs()).isEqualTo(7);
        assertThat(training.stepsPerEpoch()).isEqualTo(2);
        assertThat(training.step()).isZero();
        assertThat(training.rate()).isNaN();
        assertThat(training.loss()).isNaN();
        assertThat(training.gradientNorm()).isNaN();
        assertThat(training.nanoseconds()).isZero();
    }

    @Test
    void stepsPerEpoch() {
        Records records = Scaling.towards(1, 2, 3, 4);
        assertThat(trainer().batchSize(1).build().on(network, records).stepsPerEpoch())
                .isEqualTo(4);
        assertThat(trainer().batchSize(2).build().on(network, records).stepsPerEpoch())
                .isEqualTo(2);
        assertThat(trainer().batchSize(3).build().on(network, records).stepsPerEpoch())
                .isEqualTo(2);
        assertThat(trainer().batchSize(4).build().on(network, records).stepsPerEpoch())
                .isEqualTo(1);
        assertThat(trainer().fullBatch().build().on(network, records).stepsPerEpoch())
                .isEqualTo(1);
    }

    /** Any step is one to go on from, the last of an epoch too. */
    @Test
    void aCheckpointOfEveryStep(@TempDir Path directory) throws IOException {
        StepListener saving = training -> {
            try {
                training.checkpoint(directory.resolve("" + training.step()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        Trainer.Builder trainer = StoppedTraining.trainer().listener(saving);
        TanhNetwork expected = StoppedTraining.network(2);
        History history = trainer.build().train(expected, StoppedTraining.RECORDS);
        int steps = (int) history.step(history.epochs() - 1);
        assertThat(steps).isEqualTo(6);
        for (int step = 1; step <= steps; step++) {
            TanhNetwork resumed = StoppedTraining.network(2);
            History rest = StoppedTraining.trainer()
                    .build()
                    .resume(resumed, StoppedTraining.RECORDS, directory.resolve("" + step))
                    .run();
            assertThat(resumed.parameters()).as("after step %s", step).containsExactly(expected.parameters());
            assertThat(rest.loss(2)).as("after step %s", step).isEqualTo(history.loss(2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aListenerStopsTheTrainingAfterTheStep(int last) {
        StepListener stopping = training -> {
            if (training.step() == last) {
                training.stop();
            }
        };
        Training training = trainer().listener(stopping).build().on(network, Scaling.towards(4, 4));
        assertThat(training.run().epochs()).isEqualTo(last / 2);
        assertThat(training.step()).isEqualTo(last);
        assertThat(training.end()).isEqualTo(End.STOPPED);
        assertThat(network.parameters()).containsExactly(4 - 4 * Math.pow(0.5, last));
    }

    @Test
    void whatAStepListenerThrowsEndsTheTraining() {
        ArithmeticException thrown = new ArithmeticException("in a step");
        List<String> told = new ArrayList<>();
        StepListener throwing = training -> {
            throw thrown;
        };
        Training training = trainer()
                .listener(new Diary("before", told))
                .listener(throwing)
                .listener(new Diary("after", told))
                .build()
                .on(network, Scaling.towards(4, 4));
        assertThatThrownBy(training::run).isSameAs(thrown).hasNoSuppressedExceptions();
        assertThat(told).containsExactly("before step 1 of epochs ended: 0", "before end null", "after end null");
    }

    @Test
    void theEndIsToldWhenAllIsDone() {
        List<Double> parameters = new ArrayList<>();
        TrainingListener listener = new Diary("", new ArrayList<>()) {
            @Override
            public void trainingEnded(Training training) {
                parameters.add(training.network().parameters()[0]);
            }
        };
        // Past the validation's target after the first epoch
        Trainer trainer = trainer()
                .validation(Scaling.towards(2))
                .earlyStopping(3, 0)
                .listener(listener)
                .build();
        trainer.train(network, Scaling.towards(4));
        assertThat(parameters).containsExactly(2.0);
    }

    @Test
    void theEndIsToldOfADivergenceToo() {
        List<String> told = new ArrayList<>();
        Trainer trainer = Trainer.builder()
                .optimizer(Optimizers.gradientDescent(1e200))
                .listener(new Diary("", told))
                .build();
        assertThatThrownBy(() -> trainer.train(network, Scaling.towards(4))).isInstanceOf(DivergenceException.class);
        assertThat(told).endsWith(" end null");
    }

    @Test
    void allListenersAreToldOfTheEndWhateverOthersThrow() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second");
        AtomicInteger told = new AtomicInteger();
        Trainer.Builder trainer = trainer()
                .listener(throwingAtTheEnd(first))
                .listener(throwingAtTheEnd(second))
                .listener(ending(told));
        Training training = trainer.build().on(network, Scaling.towards(4));
        assertThatThrownBy(training::run).isSameAs(first).hasSuppressedException(second);
        assertThat(told).hasValue(1);
        assertThat(training.end()).isEqualTo(End.ALL_EPOCHS);

        ArithmeticException reason = new ArithmeticException("the reason");
        StepListener throwing = running -> {
            throw reason;
        };
        Trainer failing = trainer.listener(throwing).build();
        assertThatThrownBy(() -> failing.train(network, Scaling.towards(4)))
                .isSameAs(reason)
                .hasSuppressedException(first)
                .hasSuppressedException(second);
        assertThat(told).hasValue(2);
    }

    private static TrainingListener throwingAtTheEnd(RuntimeException thrown) {
        return new Diary("", new ArrayList<>()) {
            @Override
            public void trainingEnded(Training training) {
                throw thrown;
            }
        };
    }

    private static TrainingListener ending(AtomicInteger count) {
        return new Diary("", new ArrayList<>()) {
            @Override
            public void trainingEnded(Training training) {
                count.incrementAndGet();
            }
        };
    }
}
