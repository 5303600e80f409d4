package dev.chainrule.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Derivative;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.training.Augmentation;
import dev.chainrule.runtime.training.BatchSource;
import dev.chainrule.runtime.training.CurveFit;
import dev.chainrule.runtime.training.FullBatchMethod;
import dev.chainrule.runtime.training.GradientMethod;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Lbfgs;
import dev.chainrule.runtime.training.LevenbergMarquardt;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Schedule;
import dev.chainrule.runtime.training.Schedules;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.training.Training;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkTrainingTest {
    /** Batches of 1000, the last of 350: neither is a whole number of blocks. */
    private static final int COUNT = 4350;

    private static final int BATCH = 1000;
    private static final Records RECORDS = Points.records(COUNT);

    private static final Columns TARGETS = Columns.of(Points.TARGET);

    private static Dataset<Row> rows;

    @BeforeAll
    static void makeRows() {
        rows = Points.rows(LocalSession.SESSION, COUNT, 3).orderBy("f_0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void anyNumberOfPartitionsGivesTheBitsOfOneJvm(int partitions) {
        try (SparkRecords records = records(partitions)) {
            assertSame(adam(), records.source(SurfaceNetwork::new));
            assertSame(
                    Trainer.builder().optimizer(Optimizers.rprop(0.01)).epochs(2), records.source(SurfaceNetwork::new));
            assertSame(
                    Trainer.builder()
                            .batchSize(BATCH)
                            .summed()
                            .l2(0.001)
                            .clipNorm(1)
                            .epochs(2),
                    records.source(SurfaceNetwork::new));
        }
    }

    @Test
    @Tag("cluster")
    void partialSumsThatExecutorsAddAreTheSame() {
        try (SparkRecords records = records(7)) {
            assertSame(adam(), records.source(SurfaceNetwork::new, 1));
            assertSame(adam(), records.source(SurfaceNetwork::new, 8L * new SurfaceNetwork().parameters().length * 3));
        }
    }

    @Test
    void everyGradientMethodIsSentToTheExecutors() {
        try (SparkRecords records = records(2)) {
            assertSame(adam().gradient(GradientMethod.fullGradient()).epochs(1), records.source(SurfaceNetwork::new));
            assertSame(
                    Trainer.builder()
                            .gradient(GradientMethod.perturbation(1e-5))
                            .epochs(1),
                    records.source(SurfaceNetwork::new));
        }
    }

    @Test
    void methodsThatSeeAllRecordsAtOnceGiveTheBitsOfOneJvm() {
        Records local = Points.curve(1000);
        for (FullBatchMethod method : List.of(LevenbergMarquardt.forNetworks(), new Lbfgs())) {
            Trainer trainer =
                    Trainer.builder().fullBatch(method).l2(1e-6).epochs(4).build();
            SparkTrainingTest_CurvedNetwork expected = new SparkTrainingTest_CurvedNetwork();
            Initializers.glorotUniform().initialize(expected, 42);
            SparkTrainingTest_CurvedNetwork network = new SparkTrainingTest_CurvedNetwork();
            Initializers.glorotUniform().initialize(network, 42);
            History expectedHistory = trainer.train(expected, local);
            assertThat(expectedHistory.loss(3)).isLessThan(expectedHistory.loss(0));
            try (SparkRecords records = SparkRecords.of(
                    rows.where(functions.col(Points.NUMBER).lt(1000)),
                    Points.NUMBER,
                    Points.curveInputs(),
                    Points.curveTargets(),
                    3)) {
                BatchSource source = records.source(SparkTrainingTest_CurvedNetwork::new);
                trainer.train(network, source);
                assertThat(network.parameters()).as("%s", method).isEqualTo(expected.parameters());
                assertThat(CurveFit.of(network, source))
                        .hasToString(CurveFit.of(expected, local).toString());
            }
        }
    }

    /** With a Jacobian. */
    @Network(
            inputs = 3,
            layers = {@Layer(units = 4, activation = Activation.TANH), @Layer(units = 2)},
            loss = Loss.MEAN_SQUARED_ERROR,
            also = Derivative.PARAMETER_JACOBIAN)
    static final class Curved {}

    @Test
    void whatIsLostIsComputedAgainToTheSameBits() {
        try (SparkRecords records = records(3)) {
            // Not the shuffle's files, which are lost with a worker.
            Trainer.Builder losing = adam().listener(training -> LocalSession.lose());
            assertSame(losing, records.source(SurfaceNetwork::new));
        }
    }

    @Test
    void nothingIsLeftInTheCluster() {
        BatchSource source;
        try (SparkRecords records = records(3)) {
            source = records.source(SurfaceNetwork::new);
            adam().build().train(network(), source);
            assertThat(LocalSession.kept()).isEqualTo(1);
        }
        assertThat(LocalSession.kept()).isZero();
        assertThatThrownBy(() -> adam().build().train(network(), source))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the records are closed; make others by SparkRecords.of");
    }

    @Test
    void trainingGoesOnFromTheCheckpointOfOneJvmInTheMiddleOfAnEpoch(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("checkpoint");
        Training[] training = new Training[1];
        Schedule stopping = new Schedule() {
            @Override
            public double rate(double learningRate, long step) {
                if (step == 7) {
                    training[0].stop();
                }
                return learningRate;
            }

            @Override
            public String toString() {
                return Schedules.constant().toString();
            }
        };
        training[0] = adam().schedule(stopping).build().on(network(), RECORDS);
        training[0].run();
        training[0].checkpoint(file);

        SurfaceNetwork expected = network();
        adam().build().train(expected, RECORDS);
        SurfaceNetwork network = new SurfaceNetwork();
        try (SparkRecords records = records(3)) {
            adam().build()
                    .resume(network, records.source(SurfaceNetwork::new), file)
                    .run();
        }
        assertThat(network.parameters()).isEqualTo(expected.parameters());

        try (SparkRecords others = SparkRecords.of(
                rows.withColumn("f_0", functions.col("f_0").multiply(2)), Points.NUMBER, Points.inputs(), TARGETS, 3)) {
            BatchSource source = others.source(SurfaceNetwork::new);
            assertThatThrownBy(() -> adam().build().resume(network, source, file))
                    .isInstanceOf(WeightFileException.class)
                    .hasMessageContaining("records");
        }
    }

    @Test
    void recordsAreAugmentedByTheirNumbers() {
        Augmentation noise = (input, target, random) -> input[0] += random.nextDouble();
        try (SparkRecords records = records(3)) {
            assertSame(adam().augmented(5, noise), records.source(SurfaceNetwork::new));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingRuns() {
        Dataset<Row> doubled = rows.withColumn(
                Points.TARGET,
                functions.when(functions.col(Points.NUMBER).geq(99), 2).otherwise(0));
        try (SparkRecords records = SparkRecords.of(doubled, Points.NUMBER, Points.inputs(), TARGETS, 3)) {
            assertThatThrownBy(() -> adam().build().on(network(), records.source(SurfaceNetwork::new)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "target 0 of record 99 in the records is 2.0; this network's loss needs targets in [0, 1]");
            assertThatThrownBy(() -> adam().build().on(new PlaneNetwork(), records.source(PlaneNetwork::new)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (SparkRecords records = records(3)) {
            assertThatThrownBy(() -> adam().build().on(network(), records.source(parameters -> new SurfaceNetwork())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the networks that executors make must work on the parameters that they are given; "
                            + "dev.chainrule.spark.SurfaceNetwork has others");
        }
        try (SparkRecords records =
                SparkRecords.of(rows, Points.NUMBER, Columns.of("f_0", "f_1", "f_2"), Columns.of("f_3", "f_4"), 3)) {
            assertThatThrownBy(() -> adam().build()
                            .on(new PlaneNetwork(), records.source(SparkTrainingTest_OtherPlaneNetwork::new)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the executors' networks are of dev.chainrule.spark.SparkTrainingTest_OtherPlaneNetwork, "
                                    + "the trainer's is of dev.chainrule.spark.PlaneNetwork; expected the same");
        }
    }

    /** With as many parameters as {@link Plane}. */
    @Network(
            inputs = 3,
            layers = {@Layer(units = 4), @Layer(units = 2)},
            loss = Loss.MEAN_SQUARED_ERROR)
    static final class OtherPlane {}

    private static SparkRecords records(int partitions) {
        return SparkRecords.of(rows, Points.NUMBER, Points.inputs(), TARGETS, partitions);
    }

    private static Trainer.Builder adam() {
        return Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(BATCH)
                .shuffled(7)
                .epochs(3);
    }

    private static SurfaceNetwork network() {
        SurfaceNetwork network = new SurfaceNetwork();
        Initializers.glorotUniform().initialize(network, 42);
        return network;
    }

    /** Parameters, losses and the gradients' norms are those of a training in this JVM. */
    private static void assertSame(Trainer.Builder trainer, BatchSource source) {
        SurfaceNetwork expected = network();
        History expectedHistory = trainer.build().train(expected, RECORDS);
        SurfaceNetwork network = network();
        History history = trainer.build().train(network, source);

        assertThat(network.parameters()).isEqualTo(expected.parameters());
        for (int epoch = 0; epoch < expectedHistory.epochs(); epoch++) {
            assertThat(history.loss(epoch)).isEqualTo(expectedHistory.loss(epoch));
            assertThat(history.gradientNorm(epoch)).isEqualTo(expectedHistory.gradientNorm(epoch));
        }
    }
}
