package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sums over the batches, a training is the same. */
class BatchSourceTest {
    private static final int COUNT = 333;
    private static final ParameterLayout LAYOUT = ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {true, true});
    private static final Records RECORDS = Records.wrap(
            new Random(1).doubles(2 * COUNT, -1, 1).toArray(),
            2,
            new Random(2).doubles(COUNT, -1, 1).toArray(),
            1);

    @TempDir
    Path directory;

    private static ScatteredSource scattered(int parts) {
        return new ScatteredSource(RECORDS, parameters -> new TanhNetwork(LAYOUT, parameters), parts);
    }

    private static TanhNetwork network() {
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Initializers.glorotUniform().initialize(network, 1);
        return network;
    }

    /** Settings of all kinds. */
    private static List<Trainer.Builder> trainers() {
        Records validation = RECORDS.select(1, 2, 3);
        List<Trainer.Builder> trainers = new ArrayList<>();
        trainers.add(Trainer.builder().optimizer(Optimizers.rprop(0.01)));
        trainers.add(Trainer.builder().batchSize(1).optimizer(Optimizers.adam(0.01)));
        trainers.add(Trainer.builder().batchSize(100).shuffled(3).optimizer(Optimizers.adam(0.01)));
        trainers.add(Trainer.builder()
                .batchSize(70)
                .shuffledByBlocks(3, 10)
                .summed()
                .clipNorm(0.5)
                .l2(1e-3)
                .sparingBiases()
                .schedule(Schedules.cosine(12, 1e-3))
                .validation(validation)
                .metric("error", Metrics::meanAbsoluteError)
                .earlyStopping(2, 0, "error", Best.LEAST));
        trainers.add(Trainer.builder()
                .batchSize(200)
                .shuffled(4)
                .augmented(5, (input, target, random) -> input[1] += random.nextDouble() / 8));
        trainers.add(Trainer.builder().gradient(GradientMethod.perturbation(1e-5)));
        trainers.forEach(trainer -> trainer.epochs(4));
        return trainers;
    }

    @Test
    void anyNumberOfPartsGivesTheBitsOfOneJvm() {
        for (Trainer.Builder trainer : trainers()) {
            TanhNetwork expected = network();
            History expectedHistory = trainer.build().train(expected, RECORDS);
            for (int parts : new int[] {1, 2, 3, 8, 64}) {
                String what = trainer + ", in " + parts + " parts";
                ScatteredSource source = scattered(parts);
                TanhNetwork network = network();
                History history = trainer.build().train(network, source);
                assertThat(network.parameters()).as(what).containsExactly(expected.parameters());
                assertThat(history.epochs()).as(what).isEqualTo(expectedHistory.epochs());
                for (int epoch = 0; epoch < history.epochs(); epoch++) {
                    assertThat(history.loss(epoch)).as(what).isEqualTo(Double.valueOf(expectedHistory.loss(epoch)));
                    assertThat(history.validationLoss(epoch))
                            .as(what)
                            .isEqualTo(Double.valueOf(expectedHistory.validationLoss(epoch)));
                }
                assertThat(source.epochs).as(what).isEqualTo(history.epochs());
                assertThat(source.sums).as(what).isEqualTo((int) history.step(history.epochs() - 1));
                assertThat(source.isClosed).as(what).isTrue();
            }
        }
    }

    /** From the other to the one and back, in the middle of an epoch. */
    @Test
    void checkpointsAreOfTheOther() throws IOException {
        Trainer.Builder trainer = Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(100)
                .shuffled(9)
                .epochs(5);
        TanhNetwork expected = network();
        trainer.build().train(expected, RECORDS);

        Path file = directory.resolve("checkpoint");
        Trainer stopping = trainer.listener((StepListener) Training::stop).build();
        Training begun = stopping.on(network(), scattered(3));
        begun.run();
        begun.checkpoint(file);
        Training second = stopping.resume(new TanhNetwork(LAYOUT), RECORDS, file);
        second.run();
        second.checkpoint(file);
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Training third = stopping.resume(network, scattered(2), file);
        third.run();
        third.checkpoint(file);
        assertThat(third.step()).isEqualTo(3);
        ScatteredSource source = scattered(5);
        trainer = Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(100)
                .shuffled(9)
                .epochs(5);
        trainer.build().resume(network, source, file).run();
        assertThat(network.parameters()).containsExactly(expected.parameters());
        assertThat(source.sums).isEqualTo(17);
    }

    @Test
    void recordsThatDoNotFitAreRefused() {
        TrainableNetwork wide = new TanhNetwork(ParameterLayout.of(3, new int[] {1}, new boolean[] {true}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.builder().build().on(wide, scattered(1)))
                .withMessage("records have 2 inputs each; the network has 3");
        Scaling probabilities = new Scaling(1) {
            @Override
            public NetworkDescription description() {
                return described(1, TargetKind.PROBABILITIES);
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.builder()
                        .build()
                        .on(probabilities, new ScatteredSource(Scaling.towards(0, 2), Scaling::new, 1)))
                .withMessage("target 0 of record 1 in the records is 2.0; this network's loss needs targets in [0, 1]");
    }

    @Test
    void isClosedAfterAnException() {
        ScatteredSource source = scattered(2);
        TanhNetwork network = network();
        double[] before = network.parameters().clone();
        Trainer trainer = Trainer.builder()
                .optimizer(Optimizers.gradientDescent(Double.MAX_VALUE))
                .summed()
                .build();
        assertThatExceptionOfType(DivergenceException.class).isThrownBy(() -> trainer.train(network, source));
        assertThat(source.isClosed).isTrue();
        assertThat(network.parameters()).containsExactly(before);
    }
}
