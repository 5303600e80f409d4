package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.SmallGraph;
import dev.chainrule.runtime.training.LevenbergMarquardt.Damping;
import dev.chainrule.runtime.training.Pruning.Score;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PruningTest {
    /** 32 weights of the first layer, 16 of the second, 12 biases. */
    private static final ParameterLayout LAYOUT = ParameterLayout.of(4, new int[] {8, 2}, new boolean[] {true, false});

    private static final int WEIGHTS = 48;

    @TempDir
    Path folder;

    static List<Optimizer> optimizers() {
        return OptimizersContractTest.optimizers();
    }

    private static TanhNetwork network() {
        double[] parameters = new Random(5).doubles(LAYOUT.size(), -1, 1).toArray();
        return new TanhNetwork(LAYOUT, parameters);
    }

    private static Records records() {
        Random random = new Random(6);
        return Records.wrap(
                random.doubles(4 * 90, -1, 1).toArray(),
                4,
                random.doubles(2 * 90, -1, 1).toArray(),
                2);
    }

    private static boolean isWeight(int index) {
        return index < LAYOUT.biasesFrom(1) || index >= LAYOUT.weightsFrom(2);
    }

    private static long zeros(TanhNetwork network) {
        return Arrays.stream(network.parameters()).filter(p -> p == 0).count();
    }

    /** The kept parameters move as those of a network that has no others. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void zerosStayAndTheOthersMoveAsIfThereWereNone(Optimizer optimizer) {
        TanhNetwork network = network();
        Mask mask = Pruning.to(0.6).prune(network);
        TanhNetwork alone = new TanhNetwork(LAYOUT, network.parameters().clone());
        Records records = records();
        Trainer.builder()
                .optimizer(optimizer)
                .mask(mask)
                .l2(1e-3)
                .clipNorm(0.5)
                .epochs(15)
                .listener(training -> assertThat(zeros(network)).isEqualTo(mask.zeros()))
                .build()
                .train(network, records);

        int[] kept =
                IntStream.range(0, LAYOUT.size()).filter(i -> !mask.isZero(i)).toArray();
        OptimizerState state = optimizer.start(kept.length);
        for (int step = 0; step < 15; step++) {
            double[] sums = new double[LAYOUT.size()];
            alone.backprop(records.inputs(), records.targets(), 0, 90, sums);
            double[] gradient =
                    Arrays.stream(kept).mapToDouble(i -> sums[i] / 90).toArray();
            double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
            double[] parameters =
                    Arrays.stream(kept).mapToDouble(i -> alone.parameters()[i]).toArray();
            for (int i = 0; i < kept.length; i++) {
                gradient[i] = (norm > 0.5 ? gradient[i] * (0.5 / norm) : gradient[i]) + 1e-3 * parameters[i];
            }
            state.step(parameters, gradient, optimizer.learningRate());
            for (int i = 0; i < kept.length; i++) {
                alone.parameters()[kept[i]] = parameters[i];
            }
        }
        assertThat(network.parameters()).containsExactly(alone.parameters(), within(1e-13));
    }

    static List<FullBatchMethod> fullBatchMethods() {
        return List.of(LevenbergMarquardt.forNetworks(), new LevenbergMarquardt(1, Damping.IDENTITY, 0), new Lbfgs());
    }

    @ParameterizedTest
    @MethodSource("fullBatchMethods")
    void zerosStayInFullBatches(FullBatchMethod method) {
        SmallMlp network = new SmallMlp(1, 10, 1, "HALF_SUM_OF_SQUARES", 7);
        boolean[] areZero = new boolean[network.parameters().length];
        for (int i = 0; i < areZero.length; i += 3) {
            areZero[i] = true;
        }
        double[] x = new Random(1).doubles(60, -3, 3).toArray();
        double[] y = Arrays.stream(x).map(StrictMath::sin).toArray();
        History history = Trainer.builder()
                .fullBatch(method)
                .mask(Mask.of(areZero))
                .l2(1e-6)
                .epochs(25)
                .build()
                .train(network, Records.wrap(x, 1, y, 1));
        for (int i = 0; i < areZero.length; i++) {
            // A bias that begins at 0 stays there where its unit leads nowhere
            boolean isAlone = i >= 10 && i < 20 && areZero[i + 10];
            assertThat(network.parameters()[i] == 0).as("parameter " + i).isEqualTo(areZero[i] || isAlone);
        }
        assertThat(history.loss(history.epochs() - 1)).isLessThan(history.loss(0) / 10);
    }

    /** {@code 0.8 (1 - (1 - t)^3)} of 48 weights, for t = 1/4, 1/2, 3/4 and 1. */
    @Test
    void sharesRiseByACubicRamp() {
        TanhNetwork network = network();
        List<Long> zeros = new ArrayList<>();
        Trainer.builder()
                .pruning(Pruning.to(0.8).ramp(2, 5))
                .optimizer(Optimizers.momentum(0.1, 0.9))
                .epochs(7)
                .listener(training -> zeros.add(zeros(network)))
                .build()
                .train(network, records());
        assertThat(zeros).containsExactly(0L, 22L, 34L, 38L, 38L, 38L, 38L);
    }

    @Test
    void theLeastWeightsBecomeZero() {
        TanhNetwork network = network();
        double[] before = network.parameters().clone();
        Mask mask = Pruning.to(0.5).prune(network);
        double[] sizes = IntStream.range(0, before.length)
                .filter(PruningTest::isWeight)
                .mapToDouble(i -> Math.abs(before[i]))
                .sorted()
                .toArray();
        for (int i = 0; i < before.length; i++) {
            boolean isLeast = isWeight(i) && Math.abs(before[i]) < sizes[WEIGHTS / 2];
            assertThat(mask.isZero(i)).as(LAYOUT.name(i)).isEqualTo(isLeast);
            assertThat(network.parameters()[i]).isEqualTo(isLeast ? 0 : before[i]);
        }
        assertThat(mask).hasToString("24 of 56 at 0");
        assertThat(Mask.ofZeros(network).zeros()).isEqualTo(24);
    }

    /** Of equal scores the first; none of the others. */
    @Test
    void aShareIsExactWhereScoresAreEqual() {
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Arrays.fill(network.parameters(), 3);
        Mask mask = Pruning.to(0.25).of("layer2").prune(network);
        int from = LAYOUT.weightsFrom(2);
        assertThat(IntStream.range(0, mask.size()).filter(mask::isZero))
                .containsExactly(from, from + 1, from + 2, from + 3);
    }

    @Test
    void eachLayerGetsItsShare() {
        TanhNetwork network = network();
        for (int i = LAYOUT.weightsFrom(2); i < LAYOUT.biasesFrom(2); i++) {
            network.parameters()[i] *= 100;
        }
        TanhNetwork other = new TanhNetwork(LAYOUT, network.parameters().clone());
        Mask together = Pruning.to(0.5).prune(network);
        Mask byLayers = Pruning.to(0.5).byLayers().prune(other);
        assertThat(IntStream.range(LAYOUT.weightsFrom(2), LAYOUT.biasesFrom(2)).filter(together::isZero))
                .isEmpty();
        assertThat(IntStream.range(LAYOUT.weightsFrom(2), LAYOUT.biasesFrom(2)).filter(byLayers::isZero))
                .hasSize(8);
        assertThat(IntStream.range(0, LAYOUT.biasesFrom(1)).filter(byLayers::isZero))
                .hasSize(16);
    }

    /** {@code |w|} times the root of the mean square of the unit that it leads out of. */
    @Test
    void influenceCountsWhatIsMultiplied() {
        TanhNetwork network = network();
        Records records = records();
        double[] scores = new double[LAYOUT.size()];
        Arrays.fill(scores, Double.POSITIVE_INFINITY);
        double[] activations = new double[10];
        for (int layer = 1; layer <= 2; layer++) {
            for (int row = 0; row < LAYOUT.rows(layer); row++) {
                double squares = 0;
                for (int record = 0; record < records.count(); record++) {
                    double[] input = Arrays.copyOfRange(records.inputs(), 4 * record, 4 * record + 4);
                    network.activations(input, activations);
                    double value = layer == 1 ? input[row] : activations[row];
                    squares += value * value / records.count();
                }
                for (int unit = 0; unit < LAYOUT.units(layer); unit++) {
                    int at = LAYOUT.weightsFrom(layer) + row * LAYOUT.units(layer) + unit;
                    scores[at] = Math.abs(network.parameters()[at]) * Math.sqrt(squares);
                }
            }
        }
        double limit = Arrays.stream(scores).sorted().toArray()[29];
        Mask mask = Pruning.to(30.0 / WEIGHTS).by(Score.INFLUENCE).prune(network, records);
        for (int i = 0; i < scores.length; i++) {
            assertThat(mask.isZero(i)).as(LAYOUT.name(i)).isEqualTo(scores[i] <= limit);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pruning.to(0.5).by(Score.INFLUENCE).prune(network))
                .withMessageContaining("prune(network, records)");
    }

    /** A category that no record has multiplies nothing: the weights of ranks 2 and 3 go first. */
    @Test
    void influenceKnowsCategories() {
        double[] inputs = {1, -2, 1, 3, 0.5, 1, -1, 1, 1};
        Records records = Records.wrap(inputs, 3, new double[] {1, 0, 0, 5, 0, 1, 0, 7, 0, 0, 1, 9}, 4);
        Mask mask = Pruning.to(0.4).of("h").by(Score.INFLUENCE).prune(SmallGraph.ready(2), records);
        assertThat(IntStream.range(0, mask.size()).filter(mask::isZero)).containsExactly(6, 7, 8, 9);
    }

    /** Wherever it is stopped, in the ramp or after it; on one thread and on three. */
    @Test
    void resumesToTheSameBits() throws IOException {
        double[] whole = trained(trainer(1));
        assertThat(trained(trainer(3))).isEqualTo(whole);
        for (long stop = 1; stop < 24; stop += 5) {
            long last = stop;
            Path file = folder.resolve("step" + stop);
            Training[] training = new Training[1];
            StepListener stopping = new StepListener() {
                @Override
                public void stepEnded(Training ended) {
                    if (ended.step() == last) {
                        ended.stop();
                    }
                }

                @Override
                public void epochEnded(Training ended) {}
            };
            training[0] = trainer(1).listener(stopping).build().on(network(), records());
            training[0].run();
            training[0].checkpoint(file);
            TanhNetwork fresh = network();
            trainer(3).build().resume(fresh, records(), file).run();
            assertThat(fresh.parameters()).as("stopped after step " + stop).isEqualTo(whole);
        }
    }

    private static double[] trained(Trainer.Builder trainer) {
        TanhNetwork network = network();
        trainer.build().train(network, records());
        assertThat(zeros(network)).isEqualTo(36);
        return network.parameters();
    }

    private static Trainer.Builder trainer(int threads) {
        return Trainer.builder()
                .pruning(Pruning.to(0.75).by(Score.INFLUENCE).ramp(2, 4))
                .optimizer(Optimizers.adam(0.01))
                .batchSize(20)
                .shuffled(3)
                .epochs(5)
                .threads(threads, parameters -> new TanhNetwork(LAYOUT, parameters));
    }

    @Test
    void anotherPruningIsAnotherTraining() throws IOException {
        Training training = trainer(1).build().on(network(), records());
        training.run();
        Path file = folder.resolve("pruned");
        training.checkpoint(file);
        assertThatThrownBy(() -> trainer(1).pruning(Pruning.to(0.5)).build().resume(network(), records(), file))
                .isInstanceOf(WeightFileException.class)
                .hasMessageContaining("share=0.5");
    }

    /** The best parameters are those of an epoch in which all weights were pruned. */
    @Test
    void earlyStoppingBeginsWithTheLastPruning() {
        TanhNetwork network = network();
        History history = Trainer.builder()
                .pruning(Pruning.to(0.9).ramp(1, 6))
                .optimizer(Optimizers.gradientDescent(1e-6))
                .validation(records())
                .earlyStopping(2, 1e-3)
                .epochs(30)
                .build()
                .train(network, records());
        assertThat(history.epochs()).isEqualTo(8);
        assertThat(zeros(network)).isEqualTo(Math.round(0.9 * WEIGHTS));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pruning.to(1.1))
                .withMessage("share is 1.1; expected 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pruning.to(0.5).ramp(5, 4))
                .withMessageContaining("last is 4.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pruning.to(0.5).of("layer3").prune(network()))
                .withMessageContaining("expected one of layer1, layer2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.builder()
                        .pruning(Pruning.to(0.5).ramp(2, 9))
                        .epochs(8)
                        .build())
                .withMessageContaining("before epoch 9, and there are 8 epochs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.builder()
                        .pruning(Pruning.to(0.5))
                        .fullBatch(new Lbfgs())
                        .build())
                .withMessageContaining("use mask(pruning.prune(network))");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Trainer.builder().mask(Mask.of(new boolean[3])).build().train(network(), records()))
                .withMessage("the mask is for 3 parameters; the network has 56");
    }
}
