package dev.chainrule.runtime.training;

import static dev.chainrule.runtime.training.StoppedTraining.RECORDS;
import static dev.chainrule.runtime.training.StoppedTraining.network;
import static dev.chainrule.runtime.training.StoppedTraining.trainer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chainrule.runtime.weights.TensorFile;
import dev.chainrule.runtime.weights.TensorWriter;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints of another training are refused, and what cannot be saved is. */
class WrongCheckpointTest {
    @TempDir
    Path directory;

    private final TanhNetwork network = network(2);
    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = directory.resolve("checkpoint");
        StoppedTraining.save(file);
        Arrays.fill(network.parameters(), 7);
    }

    private void assertRefused(Trainer trainer, TanhNetwork resumed, Records records, String problem) {
        double[] before = resumed.parameters().clone();
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> trainer.resume(resumed, records, file))
                .withMessage(file + ": " + problem);
        assertThat(resumed.parameters()).containsExactly(before);
    }

    static Stream<Arguments> otherTrainings() {
        String records = "4 of 2 inputs and 1 targets, checksum ";
        return Stream.of(
                Arguments.of(
                        trainer().optimizer(Optimizers.adam(0.2)),
                        "optimizer",
                        "Adam[learningRate=0.1, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0]",
                        "Adam[learningRate=0.2, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0]"),
                Arguments.of(
                        trainer().optimizer(Optimizers.momentum(0.1, 0.9)),
                        "optimizer",
                        "Adam[learningRate=0.1, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0]",
                        "Momentum[learningRate=0.1, momentum=0.9]"),
                Arguments.of(
                        trainer().schedule(Schedules.exponential(0.8).withWarmUp(3)),
                        "schedule",
                        "Step[every=1, factor=0.9]",
                        "WarmUp[steps=3, then=Step[every=1, factor=0.8]]"),
                Arguments.of(
                        trainer().gradient(GradientMethod.perturbation(0.01)),
                        "gradient",
                        "backpropagation",
                        "perturbation by 0.01"),
                Arguments.of(
                        trainer().batchSize(3),
                        "batches",
                        "of 2 records, averaged, shuffled by seed 5",
                        "of 3 records, averaged, shuffled by seed 5"),
                Arguments.of(
                        trainer().summed().shuffled(6).fullBatch(),
                        "batches",
                        "of 2 records, averaged, shuffled by seed 5",
                        "of 4 records, summed, shuffled by seed 6"),
                Arguments.of(
                        trainer().inOrder(),
                        "batches",
                        "of 2 records, averaged, shuffled by seed 5",
                        "of 2 records, averaged, in order"),
                Arguments.of(trainer().l1(1), "penalties", "l1 0.0, l2 0.0", "l1 1.0, l2 0.0"),
                Arguments.of(trainer().l2(1), "penalties", "l1 0.0, l2 0.0", "l1 0.0, l2 1.0"),
                Arguments.of(
                        trainer().clipNorm(1), "clipping", "value Infinity, norm Infinity", "value Infinity, norm 1.0"),
                Arguments.of(
                        trainer().shuffledByBlocks(5, 3),
                        "batches",
                        "of 2 records, averaged, shuffled by seed 5",
                        "of 2 records, averaged, shuffled by blocks of 3 by seed 5"),
                Arguments.of(
                        trainer().scheduleByEpoch(Schedules.exponential(0.9)),
                        "schedule",
                        "Step[every=1, factor=0.9]",
                        "by epoch, Step[every=1, factor=0.9]"),
                Arguments.of(
                        trainer().sparingBiases(), "penalties", "l1 0.0, l2 0.0", "l1 0.0, l2 0.0, sparing biases"),
                Arguments.of(
                        trainer().metric("a", Metrics::accuracy).metric("b", Metrics::accuracy),
                        "metrics",
                        "none",
                        "a, b"),
                Arguments.of(
                        trainer().metric("a", Metrics::accuracy).earlyStopping(2, 0.01, "a", Best.GREATEST),
                        "earlyStopping",
                        "patience 2, minimum gain 0.01",
                        "patience 2, minimum gain 0.01, GREATEST a"),
                Arguments.of(
                        trainer().clipValue(1),
                        "clipping",
                        "value Infinity, norm Infinity",
                        "value 1.0, norm Infinity"),
                Arguments.of(
                        trainer().earlyStopping(3, 0.01),
                        "earlyStopping",
                        "patience 2, minimum gain 0.01",
                        "patience 3, minimum gain 0.01"),
                Arguments.of(
                        trainer().earlyStopping(2, 0),
                        "earlyStopping",
                        "patience 2, minimum gain 0.01",
                        "patience 2, minimum gain 0.0"),
                Arguments.of(
                        trainer().validation(RECORDS.select(0, 1, 2)),
                        "validation",
                        records + "957fefd73012b7f6",
                        "3 of 2 inputs and 1 targets, checksum c7ffbfc119d9bb50"));
    }

    @ParameterizedTest
    @MethodSource("otherTrainings")
    void ofOtherSettings(Trainer.Builder trainer, String what, String found, String expected) {
        assertRefused(
                trainer.build(),
                network,
                RECORDS,
                "the metadata has the chainrule." + what + " \"" + found + "\"; expected \"" + expected + "\"");
    }

    @Test
    void ofAnotherNetwork() {
        assertRefused(
                trainer().build(),
                network(3),
                RECORDS,
                "the metadata has the chainrule.topology \"2-2(TANH)-1(TANH) HALF_SUM_OF_SQUARES\";"
                        + " expected \"2-3(TANH)-1(TANH) HALF_SUM_OF_SQUARES\"");
    }

    /** The checksums are of another implementation. */
    @Test
    void ofOtherRecords() {
        String found =
                "the metadata has the chainrule.records \"4 of 2 inputs and 1 targets, checksum 957fefd73012b7f6\"; expected ";
        Records fewer = RECORDS.select(0, 1, 2);
        assertRefused(
                trainer().build(),
                network,
                fewer,
                found + "\"3 of 2 inputs and 1 targets, checksum c7ffbfc119d9bb50\"");
        Records others = RECORDS.select(0, 1, 2, 3);
        others.targets()[3] = Math.nextUp(0.0);
        assertRefused(
                trainer().build(),
                network,
                others,
                found + "\"4 of 2 inputs and 1 targets, checksum 6c5210ffdff3157a\"");
    }

    @Test
    void ofMoreEpochs() {
        assertRefused(
                trainer().epochs(1).build(),
                network,
                RECORDS,
                "the training has begun epoch 1, counted from 0; expected at most 1 epochs, as this trainer has it");
    }

    /** More digits than needed are what {@code Double.toString} gave before JDK 19, now and then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Adam[rate=2.0E-3, beta=0.9] | Adam[rate=0.002, beta=0.90] | true",
                "a 2.2250738585072014E-308, b | a 2.225073858507201400E-308, b | true",
                "norm Infinity | norm Infinity | true",
                "a 0.1 | a 0.10000000000000002 | false",
                "a 0.0 | a -0.0 | false",
                "every=1 | every=01 | false",
                "some.Class 0.1 | other.Class 0.1 | false",
                "a=0.1 | a 0.1 | false",
                "a 0.1 | a 0.1 b | false",
            })
    void settingsAreTheSame(String line, String other, boolean expected) {
        assertThat(TrainingDescription.isSame(line, other)).isEqualTo(expected);
    }

    @Test
    void aFileOfParameters() throws IOException {
        WeightFile.save(network, file);
        assertRefused(
                trainer().build(),
                network,
                RECORDS,
                "the metadata has the chainrule.format \"1\"; expected \"checkpoint 2\"");
    }

    /** As they were when the records of a batch were added one after the other. */
    @Test
    void ofAnOlderFormat() throws IOException {
        TensorWriter older = new TensorWriter();
        try (TensorFile saved = TensorFile.open(file)) {
            saved.metadata().forEach(older::metadata);
        }
        older.metadata("chainrule.format", "checkpoint 1").save(file);
        assertRefused(
                trainer().build(),
                network,
                RECORDS,
                "the metadata has the chainrule.format \"checkpoint 1\"; expected \"checkpoint 2\"");
    }

    @Test
    void isNoFileOfParameters() {
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> WeightFile.load(network, file))
                .withMessage(file + ": the metadata has the chainrule.format \"checkpoint 2\"; expected \"1\"");
    }

    @Test
    void aFileThatIsNotThere() {
        Path none = directory.resolve("none");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> trainer().build().resume(network, RECORDS, none));
    }

    @Test
    void settingsThatDoNotTellOfThemselves() throws IOException {
        Training ofLambda = trainer().schedule((rate, step) -> rate).build().on(network, RECORDS);
        Path other = directory.resolve("other");
        assertThatThrownBy(() -> ofLambda.checkpoint(other))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("the schedule, a " + getClass().getName() + "$$Lambda")
                .hasMessageEndingWith(", does not tell its settings; checkpoints need a toString() that does");
        assertThat(other).doesNotExist();
        Trainer automatic =
                trainer().schedule((rate, step) -> rate).checkpoints(other, 1).build();
        assertThatThrownBy(() -> automatic.on(network, RECORDS)).isInstanceOf(UnsupportedOperationException.class);
        Training unknown = Trainer.builder().build().on(new Scaling(1), Scaling.towards(1));
        assertThatThrownBy(() -> unknown.checkpoint(other))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not describe itself");
    }

    @Test
    void ofATrainingOnAnotherThread() throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        trainer()
                .listener(training -> {
                    Thread other = new Thread(() -> thrown[0] = catchThrowable(() -> training.checkpoint(file)));
                    other.start();
                    try {
                        other.join();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .build()
                .train(network(2), RECORDS);
        assertThat(thrown[0])
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Another thread runs this training; save a checkpoint in a listener, or when it has ended");
    }

    /** The training goes on from the step before, elsewhere. */
    @Test
    void aFileThatCannotBeSavedEndsTheTraining() throws IOException {
        TanhNetwork expected = network(2);
        trainer().build().train(expected, RECORDS);

        TanhNetwork trained = network(2);
        Path nowhere = directory.resolve("nowhere").resolve("checkpoint");
        Training training = trainer().checkpoints(nowhere, 3).build().on(trained, RECORDS);
        assertThatThrownBy(training::run)
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
        assertThat(training.end()).isNull();
        training.checkpoint(file);
        TanhNetwork resumed = network(2);
        trainer().build().resume(resumed, RECORDS, file).run();
        assertThat(resumed.parameters()).containsExactly(expected.parameters());
    }

    @Test
    void stepsBetweenCheckpoints() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer().checkpoints(file, 0))
                .withMessage("the number of steps is 0; expected at least 1");
    }
}
