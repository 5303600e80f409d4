package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings on weighted records. */
class TrainerWeightsTest {
    private static final int COUNT = 333;
    private static final ParameterLayout LAYOUT = ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {true, true});
    private static final Records RECORDS = Records.wrap(
            new Random(1).doubles(2 * COUNT, -1, 1).toArray(),
            2,
            new Random(2).doubles(COUNT, -1, 1).toArray(),
            1);
    private static final Records VALIDATION =
            RECORDS.select(IntStream.range(0, 70).toArray());

    @TempDir
    Path directory;

    private static TanhNetwork network() {
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Initializers.glorotUniform().initialize(network, 1);
        return network;
    }

    private static Records withOnes(Records records) {
        double[] ones = new double[records.count()];
        Arrays.fill(ones, 1);
        return records.weighted(ones);
    }

    /** Random ones, one of ten of them 0. */
    private static double[] weights(int count) {
        Random random = new Random(3);
        return IntStream.range(0, count)
                .mapToDouble(record -> random.nextInt(10) == 0 ? 0 : 4 * random.nextDouble())
                .toArray();
    }

    private static Trainer.Builder trainer(Records validation) {
        return Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .epochs(4)
                .validation(validation)
                .metric("squares", Metrics::meanSquaredError)
                .metric("sizes", Metrics::meanAbsoluteError);
    }

    private static void assertSame(History history, History expected, String what) {
        assertThat(history.epochs()).as(what).isEqualTo(expected.epochs());
        for (int epoch = 0; epoch < history.epochs(); epoch++) {
            assertThat(history.loss(epoch)).as(what).isEqualTo(Double.valueOf(expected.loss(epoch)));
            assertThat(history.validationLoss(epoch))
                    .as(what)
                    .isEqualTo(Double.valueOf(expected.validationLoss(epoch)));
            assertThat(history.gradientNorm(epoch)).as(what).isEqualTo(Double.valueOf(expected.gradientNorm(epoch)));
            for (String metric : history.metrics()) {
                assertThat(history.metric(metric, epoch))
                        .as(what)
                        .isEqualTo(Double.valueOf(expected.metric(metric, epoch)));
            }
        }
    }

    /** Batches below, at and above a block, summed and averaged, in order and shuffled. */
    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 100, COUNT})
    void weightsOfOneChangeNoBit(int batchSize) {
        for (boolean isAveraged : new boolean[] {true, false}) {
            for (GradientMethod method :
                    new GradientMethod[] {GradientMethod.backpropagation(), GradientMethod.perturbation(1e-5)}) {
                Trainer.Builder plain = trainer(VALIDATION).batchSize(batchSize).gradient(method);
                Trainer.Builder ones =
                        trainer(withOnes(VALIDATION)).batchSize(batchSize).gradient(method);
                if (isAveraged) {
                    plain.averaged().shuffled(3);
                    ones.averaged().shuffled(3);
                } else {
                    plain.summed();
                    ones.summed();
                }
                TanhNetwork expected = network();
                History expectedHistory = plain.build().train(expected, RECORDS);
                TanhNetwork network = network();
                History history = ones.build().train(network, withOnes(RECORDS));
                assertThat(network.parameters()).as("%s", ones).containsExactly(expected.parameters());
                assertSame(history, expectedHistory, ones.toString());
            }
        }
    }

    @Test
    void weightsOfOneChangeNoBitOfTheFullGradient() {
        Records records = Scaling.towards(3, -1, 0.7);
        Trainer trainer = Trainer.builder()
                .gradient(GradientMethod.fullGradient())
                .optimizer(Optimizers.gradientDescent(0.3))
                .epochs(5)
                .build();
        Scaling expected = new Scaling(0.1);
        Scaling network = new Scaling(0.1);
        assertSame(trainer.train(network, withOnes(records)), trainer.train(expected, records), "full gradient");
        assertThat(network.parameters()).containsExactly(expected.parameters());
    }

    @Test
    void wholeNumbersAreRepetitions() {
        Random random = new Random(5);
        double[] weights = IntStream.range(0, COUNT)
                .mapToDouble(record -> random.nextInt(4))
                .toArray();
        Records weighted = RECORDS.weighted(weights);
        Records repeated = RECORDS.select(IntStream.range(0, COUNT)
                .flatMap(record -> IntStream.generate(() -> record).limit((long) weights[record]))
                .toArray());
        for (Trainer.Builder builder : new Trainer.Builder[] {
            Trainer.builder().averaged().optimizer(Optimizers.gradientDescent(0.3)),
            Trainer.builder().summed().optimizer(Optimizers.gradientDescent(0.3 / COUNT))
        }) {
            Trainer trainer = builder.epochs(20).build();
            TanhNetwork expected = network();
            History expectedHistory = trainer.train(expected, repeated);
            TanhNetwork network = network();
            History history = trainer.train(network, weighted);
            for (int i = 0; i < LAYOUT.size(); i++) {
                assertThat(network.parameters()[i])
                        .as("%s of %s", LAYOUT.name(i), builder)
                        .isCloseTo(expected.parameters()[i], within(1e-13));
            }
            assertThat(history.loss(19) / expectedHistory.loss(19))
                    .as("%s", builder)
                    .isCloseTo(1, within(1e-13));
            assertThat(Metrics.of(network, weighted).meanSquaredError())
                    .isCloseTo(Metrics.of(network, repeated).meanSquaredError(), within(1e-15));
        }
    }

    /** Within one block, so that sums are rounded at the same places. */
    @Test
    void zeroLeavesARecordOut() {
        Records records = RECORDS.select(IntStream.range(0, 30).toArray());
        double[] weights = weights(30);
        int[] rest =
                IntStream.range(0, 30).filter(record -> weights[record] > 0).toArray();
        assertThat(rest).hasSizeBetween(20, 29);
        Records weighted = records.weighted(weights);
        TanhNetwork expected = network();
        History expectedHistory = trainer(weighted.select(rest)).build().train(expected, weighted.select(rest));
        TanhNetwork network = network();
        History history = trainer(weighted).build().train(network, weighted);
        assertThat(network.parameters()).containsExactly(expected.parameters());
        assertSame(history, expectedHistory, "without");
    }

    /** p = 0, targets 1 and 4 of weights 3 and 1: the gradient is 3 (0 - 1) + 1 (0 - 4), the loss 3 / 2 + 16 / 2. */
    @Test
    void averagesDivideByTheSumOfWeights() {
        Records records = Scaling.towards(1, 4).weighted(3, 1);
        Trainer.Builder trainer =
                Trainer.builder().optimizer(Optimizers.gradientDescent(1)).epochs(1);
        Scaling network = new Scaling(0.0);
        assertThat(trainer.averaged().build().train(network, records).loss(0)).isEqualTo(9.5 / 4);
        assertThat(network.parameters()).containsExactly(7.0 / 4);

        network.parameters()[0] = 0;
        assertThat(trainer.summed().build().train(network, records).loss(0)).isEqualTo(9.5);
        assertThat(network.parameters()).containsExactly(7);
    }

    /**
     * p = 0 goes by half of what is missing to the target 1, and then by none to the target 9, whose weight is 0; there
     * E is 1/2 and 0. Then it goes to the target 4, where E is (4 - 1/2)^2 / 2.
     */
    @Test
    void eachBatchByTheSumOfItsWeights() {
        Scaling network = new Scaling(0.0);
        Training training = Trainer.builder()
                .optimizer(Optimizers.gradientDescent(0.5))
                .batchSize(1)
                .epochs(1)
                .listener(new StepListener() {
                    @Override
                    public void stepEnded(Training training) {
                        assertThat(training.loss()).isEqualTo(new double[] {0.5, 0, 6.125}[(int) training.step() - 1]);
                        assertThat(training.epochLoss())
                                .isEqualTo(
                                        new double[] {1.5 / 3, 1.5 / 3, (1.5 + 6.125) / 4}[(int) training.step() - 1]);
                        assertThat(network.parameters())
                                .containsExactly(new double[] {0.5, 0.5, 2.25}[(int) training.step() - 1]);
                    }

                    @Override
                    public void epochEnded(Training training) {}
                })
                .build()
                .on(network, Scaling.towards(1, 9, 4).weighted(3, 0, 1));
        assertThat(training.run().loss(0)).isEqualTo((1.5 + 6.125) / 4);
        assertThat(training.step()).isEqualTo(3);
    }

    /** p = 4 after the step; at the targets 3 and 6, E is 1/2 and 2. */
    @Test
    void validationCountsByWeights() {
        History history = Trainer.builder()
                .optimizer(Optimizers.gradientDescent(1))
                .epochs(1)
                .validation(Scaling.towards(3, 6, 100).weighted(3, 1, 0))
                .metric("size", Metrics::meanAbsoluteError)
                .build()
                .train(new Scaling(0.0), Scaling.towards(4));
        assertThat(history.validationLoss(0)).isEqualTo((3 * 0.5 + 2) / 4);
        assertThat(history.metric("size", 0)).isEqualTo((3 * 1 + 2) / 4.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, COUNT})
    void anyThreadsAndAnyStoreGiveTheSameBits(int batchSize) throws IOException {
        Path file = directory.resolve("records");
        try (RecordWriter writer = new RecordWriter(file, 2, 1, Dtype.F64)) {
            writer.addAll(RECORDS);
            writer.save();
        }
        double[] weights = weights(COUNT);
        RecordStore[] stores = {
            RECORDS.weighted(weights),
            RecordStore.of(Rows.of(RECORDS.inputs(), 2), Rows.of(RECORDS.targets(), 1))
                    .weighted(weights),
            MappedRecords.open(file).weighted(weights)
        };
        for (boolean isShuffled : new boolean[] {true, false}) {
            Trainer.Builder trainer =
                    trainer(VALIDATION.weighted(weights(VALIDATION.count()))).batchSize(batchSize);
            if (isShuffled) {
                trainer.shuffled(3);
            }
            TanhNetwork expected = network();
            History expectedHistory = trainer.build().train(expected, stores[0]);
            for (int threads : new int[] {1, 2, 3, 8}) {
                trainer.threads(threads, parameters -> new TanhNetwork(LAYOUT, parameters));
                for (RecordStore store : stores) {
                    String what = trainer + " on " + store.getClass();
                    TanhNetwork network = network();
                    History history = trainer.build().train(network, store);
                    assertThat(network.parameters()).as(what).containsExactly(expected.parameters());
                    assertSame(history, expectedHistory, what);
                }
            }
        }
    }

    /** Saved within an epoch, in which a batch is done. */
    @Test
    void resumedTrainingsEndInTheSameBits() throws IOException {
        Records records = RECORDS.weighted(weights(COUNT));
        Trainer.Builder trainer = trainer(VALIDATION).batchSize(100).shuffled(3);
        TanhNetwork expected = network();
        History expectedHistory = trainer.build().train(expected, records);

        Path file = directory.resolve("checkpoint");
        saveAfterFiveSteps(trainer(VALIDATION).batchSize(100).shuffled(3), records, file);
        TanhNetwork network = network();
        History history = trainer.build().resume(network, records, file).run();
        assertThat(network.parameters()).containsExactly(expected.parameters());
        assertSame(history, expectedHistory, "resumed");
    }

    private static void saveAfterFiveSteps(Trainer.Builder trainer, Records records, Path file) throws IOException {
        Training training = trainer.listener(new StepListener() {
                    @Override
                    public void stepEnded(Training training) {
                        if (training.step() == 5) {
                            training.stop();
                        }
                    }

                    @Override
                    public void epochEnded(Training training) {}
                })
                .build()
                .on(network(), records);
        training.run();
        training.checkpoint(file);
    }

    @Test
    void otherWeightsAreOtherRecords() throws IOException {
        double[] weights = weights(COUNT);
        Path file = directory.resolve("checkpoint");
        saveAfterFiveSteps(trainer(VALIDATION).batchSize(100), RECORDS.weighted(weights), file);
        weights[COUNT - 1] += 1;
        for (Records others : new Records[] {RECORDS.weighted(weights), RECORDS}) {
            assertThatExceptionOfType(WeightFileException.class)
                    .isThrownBy(() -> trainer(VALIDATION).batchSize(100).build().resume(network(), others, file))
                    .withMessageContaining("chainrule.records")
                    .withMessageContaining("333 of 2 inputs and 1 targets, weighted, checksum ");
        }
    }
}
