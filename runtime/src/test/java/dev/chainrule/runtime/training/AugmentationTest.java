package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.ParameterLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are changed each time: by record, epoch and seed alone. */
class AugmentationTest {
    private static final int COUNT = 200;
    private static final ParameterLayout LAYOUT = ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {true, true});
    private static final Records RECORDS = Records.wrap(
            new Random(1).doubles(2 * COUNT, -1, 1).toArray(),
            2,
            new Random(2).doubles(COUNT, -1, 1).toArray(),
            1);

    @TempDir
    Path directory;

    /** Adds noise to the first input, and to the target. */
    private record Noise(double size) implements Augmentation {
        private static final long serialVersionUID = 1;

        @Override
        public void augment(double[] input, double[] target, RandomGenerator random) {
            input[0] += size * random.nextGaussian();
            target[0] += size * random.nextDouble();
        }
    }

    private static Trainer.Builder trainer(int threads) {
        return Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(70)
                .shuffled(3)
                .augmented(4, new Noise(0.1))
                .epochs(4)
                .threads(threads, parameters -> new TanhNetwork(LAYOUT, parameters));
    }

    private static TanhNetwork network() {
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Initializers.glorotUniform().initialize(network, 1);
        return network;
    }

    private static double[] trained(Trainer.Builder trainer) {
        TanhNetwork network = network();
        trainer.build().train(network, RECORDS);
        return network.parameters();
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        double[] expected = trained(trainer(1));
        assertThat(trained(trainer(2))).containsExactly(expected);
        assertThat(trained(trainer(3))).containsExactly(expected);
        assertThat(trained(trainer(1).augmented(5, new Noise(0.1)))).isNotEqualTo(expected);
        assertThat(trained(trainer(1).augmented(4, new Noise(0)))).isNotEqualTo(expected);
    }

    @Test
    void noChangeIsNoAugmentation() {
        Trainer.Builder without =
                Trainer.builder().optimizer(Optimizers.adam(0.01)).batchSize(70).epochs(4);
        double[] expected = trained(without);
        assertThat(trained(without.augmented(4, (input, target, random) -> {}))).containsExactly(expected);
    }

    /** A record's numbers are new ones each epoch, whatever stands beside it, and no other record's. */
    @Test
    void numbersAreOfTheRecordAndTheEpoch() {
        List<List<Double>> seen = new ArrayList<>();
        for (Trainer.Builder trainer : List.of(
                Trainer.builder().batchSize(1), Trainer.builder().batchSize(50).shuffled(6))) {
            List<Double> pairs = new ArrayList<>();
            trainer.epochs(3)
                    .augmented(9, (input, target, random) -> pairs.add(input[0] + random.nextDouble()))
                    .build()
                    .train(network(), RECORDS);
            assertThat(pairs).hasSize(3 * COUNT);
            for (int epoch = 0; epoch < 3; epoch++) {
                Collections.sort(pairs.subList(epoch * COUNT, (epoch + 1) * COUNT));
            }
            seen.add(pairs);
        }
        assertThat(seen.get(0)).isEqualTo(seen.get(1));
        Set<Double> different = new HashSet<>(seen.get(0));
        assertThat(different).hasSize(3 * COUNT);
    }

    @Test
    void recordsThemselvesStay() {
        double[] before = RECORDS.inputs().clone();
        Metrics validated = Metrics.of(network(), RECORDS);
        double[] losses = new double[1];
        trainer(1)
                .inOrder()
                .validation(RECORDS)
                .metric("error", Metrics::meanSquaredError)
                .optimizer(Optimizers.gradientDescent(Double.MIN_NORMAL))
                .epochs(1)
                .listener(training -> losses[0] = training.history().metric("error", 0))
                .build()
                .train(network(), RECORDS);
        assertThat(RECORDS.inputs()).containsExactly(before);
        assertThat(losses[0]).isEqualTo(validated.meanSquaredError());
    }

    @Test
    void resumesToTheSameBitsFromEveryStep() throws IOException {
        double[] expected = trained(trainer(1));
        Path file = directory.resolve("checkpoint");
        TanhNetwork network = network();
        trainer(1).build().on(network, RECORDS).checkpoint(file);
        for (int step = 1; step <= 12; step++) {
            Training[] running = new Training[1];
            Schedule stopping = new Schedule() {
                @Override
                public double rate(double learningRate, long moment) {
                    running[0].stop();
                    return learningRate;
                }

                @Override
                public String toString() {
                    return Schedules.constant().toString();
                }
            };
            network = new TanhNetwork(LAYOUT);
            running[0] = trainer(step % 3 + 1).schedule(stopping).build().resume(network, RECORDS, file);
            running[0].run();
            running[0].checkpoint(file);
        }
        assertThat(network.parameters()).containsExactly(expected);
    }

    @Test
    void aLambdaDoesNotTellWhatItDoes() throws IOException {
        Path file = directory.resolve("checkpoint");
        trainer(1).build().on(network(), RECORDS).checkpoint(file);
        Trainer other = trainer(1).augmented(4, new Noise(0.2)).build();
        assertThatThrownBy(() -> other.resume(network(), RECORDS, file))
                .hasMessage(file + ": the metadata has the chainrule.augmentation \"Noise[size=0.1] by seed 4\";"
                        + " expected \"Noise[size=0.2] by seed 4\"");
        Training lambda =
                trainer(1).augmented(4, (input, target, random) -> {}).build().on(network(), RECORDS);
        assertThatThrownBy(() -> lambda.checkpoint(file))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("the augmentation, a " + getClass().getName() + "$$Lambda");
    }
}
