package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.training.Training.End;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a training runs, is watched and ends. */
class TrainingTest {
    private static final Records RECORDS = Scaling.towards(4, 4, 4);

    private final Scaling network = new Scaling(0.0);

    /** One record at a time, three steps an epoch: the parameter is 0, 2, 3, 3.5, ... */
    private static Trainer.Builder trainer() {
        return Trainer.builder()
                .optimizer(Optimizers.gradientDescent(0.5))
                .batchSize(1)
                .epochs(4);
    }

    private static double afterSteps(int steps) {
        return 4 - 4 * Math.pow(0.5, steps);
    }

    @Test
    void tellsWhatItTrains() {
        Training training = trainer().build().on(network, RECORDS);
        assertThat(training.network()).isSameAs(network);
        assertThat(training.history().epochs()).isZero();
        assertThat(training.end()).isNull();
        assertThat(training.run()).isSameAs(training.history());
        assertThat(training.end()).isEqualTo(End.ALL_EPOCHS);
        assertThat(network.parameters()).containsExactly(afterSteps(12));
    }

    @Test
    void runsOnce() {
        Training training = trainer().build().on(network, RECORDS);
        training.run();
        assertThatIllegalStateException()
                .isThrownBy(training::run)
                .withMessage("This training has run already; make another with Trainer.on");
        assertThat(network.parameters()).containsExactly(afterSteps(12));
    }

    @Test
    void listenersAreToldOfEachEpochInTheirOrder() {
        List<String> told = new ArrayList<>();
        trainer()
                .listener(training -> told.add("a" + training.history().epochs() + training.end()))
                .listener(training -> told.add("b" + training.network().parameters()[0]))
                .epochs(2)
                .build()
                .train(network, RECORDS);
        assertThat(told).containsExactly("a1null", "b3.5", "a2null", "b3.9375");
    }

    @Test
    void whatAListenerThrowsEndsTheTraining() {
        UnsupportedOperationException thrown = new UnsupportedOperationException();
        Training training = trainer()
                .listener(told -> {
                    throw thrown;
                })
                .build()
                .on(network, RECORDS);
        assertThatThrownBy(training::run).isSameAs(thrown);
        assertThat(training.history().epochs()).isEqualTo(1);
        assertThat(training.end()).isNull();
        assertThatIllegalStateException().isThrownBy(training::run);
    }

    @Test
    void aListenerStopsItBeforeTheNextStep() {
        Training training = trainer()
                .listener(told -> {
                    if (told.history().epochs() == 2) {
                        told.stop();
                    }
                })
                .build()
                .on(network, RECORDS);
        assertThat(training.run().epochs()).isEqualTo(2);
        assertThat(network.parameters()).containsExactly(afterSteps(6));
        assertThat(training.end()).isEqualTo(End.STOPPED);
    }

    @Test
    void stoppedWithinAnEpochItEndsAfterTheStepAndTheEpochHasNoRow() {
        assertThat(stoppedInStep(5)).isEqualTo(1);
        assertThat(network.parameters()).containsExactly(afterSteps(5));
    }

    @Test
    void stoppedInTheLastStepOfAnEpochTheEpochHasARow() {
        assertThat(stoppedInStep(6)).isEqualTo(2);
        assertThat(network.parameters()).containsExactly(afterSteps(6));
    }

    private int stoppedInStep(int last) {
        AtomicReference<Training> training = new AtomicReference<>();
        Schedule stopping = (rate, step) -> {
            if (step == last) {
                training.get().stop();
            }
            return rate;
        };
        training.set(trainer().schedule(stopping).build().on(network, RECORDS));
        int epochs = training.get().run().epochs();
        assertThat(training.get().end()).isEqualTo(End.STOPPED);
        return epochs;
    }

    @Test
    void anInterruptEndsItAtTheNextSave(@TempDir Path directory) {
        Path file = directory.resolve("checkpoint");
        Training training = StoppedTraining.trainer()
                .checkpoints(file, 2)
                .listener(told -> Thread.currentThread().interrupt())
                .build()
                .on(StoppedTraining.network(2), StoppedTraining.RECORDS);
        try {
            assertThatThrownBy(training::run)
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("saving " + file + " was interrupted; what was there before still is");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(training.history().epochs()).isEqualTo(1);
        assertThat(training.end()).isNull();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void stoppedBeforeItRunsItDoesNothing() {
        Training training = trainer().build().on(network, RECORDS);
        training.stop();
        assertThat(training.run().epochs()).isZero();
        assertThat(network.parameters()).containsExactly(0);
        assertThat(training.end()).isEqualTo(End.STOPPED);
    }

    @Test
    void stoppedAfterTheLastEpochItHasDoneAll() {
        Training training = trainer().epochs(1).listener(Training::stop).build().on(network, RECORDS);
        training.run();
        assertThat(training.end()).isEqualTo(End.ALL_EPOCHS);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anotherThreadStopsIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Training training = trainer()
                .epochs(Integer.MAX_VALUE)
                .listener(told -> begun.countDown())
                .build()
                .on(network, RECORDS);
        Thread thread = new Thread(training::run);
        thread.start();
        begun.await();
        training.stop();
        thread.join();
        assertThat(training.end()).isEqualTo(End.STOPPED);
        assertThat(training.history().epochs()).isPositive();
    }
}
