package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.SmallGraph;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that training does not change: who sets them, and who refuses a network that has none. */
class ConstantsTest {
    private static final Records RECORDS = records(200);

    @TempDir
    Path directory;

    /** Two quantities around 10 and -2 and a category; a class of three and a number around 100. */
    private static Records records(int count) {
        Random random = new Random(7);
        double[] inputs = new double[3 * count];
        double[] targets = new double[4 * count];
        for (int record = 0; record < count; record++) {
            inputs[3 * record] = 10 + 2 * random.nextGaussian();
            inputs[3 * record + 1] = -2 + 0.25 * random.nextGaussian();
            inputs[3 * record + 2] = 1 + random.nextInt(3);
            targets[4 * record + random.nextInt(3)] = 1;
            targets[4 * record + 3] = 100 + 4 * random.nextGaussian();
        }
        return Records.wrap(inputs, 3, targets, 4);
    }

    private static Trainer.Builder trainer() {
        return Trainer.builder().epochs(3).batchSize(150).shuffled(1);
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void trainingNeedsConstantsAndLeavesThemAsTheyAre() {
        SmallGraph network = new SmallGraph(1);
        double[] before = network.parameters().clone();
        Training training = trainer().build().on(network, RECORDS);
        assertThatIllegalArgumentException()
                .isThrownBy(training::run)
                .withMessageStartingWith("the constants shift1_0, shift1_1, scale1_0, scale1_1 and 2 more are not set");
        assertThat(network.parameters()).isEqualTo(before);

        System.arraycopy(SmallGraph.ready(1).constants(), 0, network.constants(), 0, 6);
        training.run();
        assertThat(network.parameters()).isNotEqualTo(before);
        assertThat(network.constants()).isEqualTo(SmallGraph.ready(1).constants());
    }

    /** Before anything is trained, with the number of the record, also of those to validate by. */
    @Test
    void categoriesAreCheckedBeforeATraining() {
        double[] inputs = RECORDS.inputs().clone();
        inputs[3 * 77 + 2] = 4;
        Records wrong = Records.wrap(inputs, 3, RECORDS.targets(), 4);
        refuses(
                () -> trainer().build().on(SmallGraph.ready(1), wrong),
                "rank of record 77 in the records is 4.0; expected a whole number from 1 to 3");
        inputs[3 * 77 + 2] = 1.5;
        refuses(
                () -> trainer().validation(wrong).build().on(SmallGraph.ready(1), RECORDS),
                "rank of record 77 in the validation records is 1.5; expected a whole number from 1 to 3");
    }

    @Test
    void threadsShareParametersAndConstants() {
        SmallGraph alone = SmallGraph.ready(1);
        SmallGraph network = SmallGraph.ready(1);
        trainer().validation(RECORDS).build().train(alone, RECORDS);
        trainer().validation(RECORDS).threads(3).build().train(network, RECORDS);
        assertThat(network.parameters()).isEqualTo(alone.parameters());
        assertThat(Metrics.of(network, RECORDS, 2).accuracy())
                .isEqualTo(Metrics.of(network, RECORDS).accuracy());
    }

    @Test
    void instancesOnOtherConstantsAreRefused() {
        SmallGraph network = SmallGraph.ready(1);
        TrainableNetwork other = new SharingParametersAlone(network);
        refuses(
                () -> trainer().threads(2, parameters -> other).build().train(network, RECORDS),
                "the instances for threads must work on the network's constants; "
                        + other.getClass().getName()
                        + " has others. Leave the function that makes them away, and the network makes them itself");
    }

    private record SharingParametersAlone(SmallGraph network) implements TrainableNetwork {
        @Override
        public int inputs() {
            return network.inputs();
        }

        @Override
        public int outputs() {
            return network.outputs();
        }

        @Override
        public double[] parameters() {
            return network.parameters();
        }

        @Override
        public double[] constants() {
            return network.constants().clone();
        }

        @Override
        public void forward(double[] input, double[] output) {
            network.forward(input, output);
        }

        @Override
        public double loss(double[] input, double[] target) {
            return network.loss(input, target);
        }

        @Override
        public double backprop(double[] input, double[] target, double[] gradient) {
            return network.backprop(input, target, gradient);
        }

        @Override
        public double backprop(double[] inputs, double[] targets, int from, int to, double[] gradient) {
            return network.backprop(inputs, targets, from, to, gradient);
        }

        @Override
        public double inputGradient(double[] input, double[] target, double[] gradient) {
            return network.inputGradient(input, target, gradient);
        }
    }

    @Test
    void networksThatMakeNoOthers() {
        TrainableNetwork network = new SharingParametersAlone(SmallGraph.ready(1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> trainer().threads(2).build().train(network, RECORDS))
                .withMessage(network.getClass().getName()
                        + " makes no other instances of itself; give a function that does, such as XorNetwork::new");
    }

    @Test
    void checkpointsHoldTheConstants() throws IOException {
        Path checkpoint = directory.resolve("checkpoint");
        SmallGraph whole = SmallGraph.ready(1);
        trainer().build().train(whole, RECORDS);
        trainer().epochs(1).checkpoints(checkpoint, 100).build().train(SmallGraph.ready(1), RECORDS);

        SmallGraph resumed = new SmallGraph(2);
        trainer().build().resume(resumed, RECORDS, checkpoint).run();
        assertThat(resumed.parameters()).isEqualTo(whole.parameters());
        assertThat(resumed.constants()).isEqualTo(whole.constants());

        SmallGraph other = SmallGraph.ready(2);
        other.constants()[4] = 101;
        double[] before = other.parameters().clone();
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> trainer().build().resume(other, RECORDS, checkpoint))
                .withMessageEndingWith("constant shift10_0 is 100.0; expected 101.0, as this network has it");
        assertThat(other.parameters()).isEqualTo(before);
    }

    @Test
    void checkpointsNeedThem() {
        Training training = trainer().build().on(new SmallGraph(1), RECORDS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> training.checkpoint(directory.resolve("checkpoint")))
                .withMessageStartingWith("the constants shift1_0");
        assertThat(directory).isEmptyDirectory();
    }

    /** With a layer that scales, a network makes of records as they are what it would make of standardised ones. */
    @Test
    void standardisationOfInputsAndTargets() {
        SmallGraph network = new SmallGraph(1);
        Standardisation inputs = Standardisation.fit(RECORDS);
        Standardisation targets = Standardisation.fitTargets(RECORDS);
        inputs.into(network, "raw");
        targets.into(network, "value");
        double[] means = inputs.means();
        double[] deviations = inputs.deviations();
        assertThat(network.constants())
                .containsExactly(
                        means[0],
                        means[1],
                        1 / deviations[0],
                        1 / deviations[1],
                        targets.means()[3],
                        1 / targets.deviations()[3]);
        assertThat(means[0]).isBetween(9.5, 10.5);
        assertThat(targets.means()[3]).isBetween(99.0, 101.0);
        assertThat(targets.deviations()[3]).isBetween(3.5, 4.5);
    }

    /** Others stay as they are; so do categories, and a constant column has the scale 1. */
    @Test
    void someColumnsAndConstantOnes() {
        SmallGraph network = new SmallGraph(1);
        Records records = Records.wrap(new double[] {1, 5, 2, 3, 5, 1}, 3, new double[8], 4);
        Standardisation.fit(records, 2, 1).into(network, "raw");
        assertThat(Arrays.copyOf(network.constants(), 4)).containsExactly(0, 5, 1, 1);
        Standardisation.fitTargets(records).into(network, "value");
        assertThat(network.constants()).endsWith(0, 1);
    }

    @Test
    void minimaAndMaxima() {
        Records records = Records.wrap(
                new double[] {1, -5, 2, 3, 5, 1, 2, 0, 3}, 3, new double[] {0, 1, 0, 7, 0, 0, 1, 7, 0, 0, 1, 9}, 4);
        SmallGraph network = new SmallGraph(1);
        MinMax found = MinMax.fit(records);
        assertThat(found.minima()).containsExactly(1, -5, 1);
        assertThat(found.maxima()).containsExactly(3, 5, 3);
        assertThat(found).hasToString("minima and maxima of 3 of 3 inputs");
        found.into(network, "raw");
        MinMax.fitTargets(records).into(network, "value");
        assertThat(network.constants()).containsExactly(1, -5, 0.5, 0.1, 7, 0.5);
        MinMax.fit(records, 0).into(network, "raw");
        assertThat(Arrays.copyOf(network.constants(), 4)).containsExactly(1, 0, 0.5, 1);
    }

    @Test
    void layersThatRecordsDoNotTellOf() {
        SmallGraph network = new SmallGraph(1);
        Standardisation inputs = Standardisation.fit(RECORDS);
        MinMax targets = MinMax.fitTargets(RECORDS);
        refuses(() -> inputs.into(network, "h"), "layer \"h\" is of kind DENSE; expected one of kind SCALE");
        refuses(
                () -> inputs.into(network, "value"),
                "layer \"value\" reads \"y\"; expected parts of the input alone, which are what was fitted");
        refuses(
                () -> targets.into(network, "raw"),
                "layer \"raw\" has no targets in the units of the records; expected an inverse output layer");
        Records narrow = Records.wrap(new double[] {1, 2}, 2, new double[4], 4);
        refuses(
                () -> MinMax.fit(narrow).into(network, "raw"),
                "the records that were fitted have 2 inputs each; the network has 3");
        Records tiny = Records.wrap(new double[] {0, 0, 1, Double.MIN_VALUE, 0, 1}, 3, new double[8], 4);
        refuses(
                () -> MinMax.fit(tiny).into(network, "raw"),
                "the scale of input 0 is Infinity; expected a finite number");
        Records far = Records.wrap(new double[] {-Double.MAX_VALUE, 0, 1, Double.MAX_VALUE, 0, 1}, 3, new double[8], 4);
        refuses(() -> MinMax.fit(far), "the range of input 0 is Infinity; expected a finite number");
        assertThat(Arrays.stream(network.constants()).allMatch(Double::isNaN)).isTrue();
    }

    @Test
    void standardisedTargetsOfRecords() {
        Standardisation targets = Standardisation.fitTargets(RECORDS);
        Records standardised = targets.apply(RECORDS);
        assertThat(standardised.inputs()).isEqualTo(RECORDS.inputs());
        double[] means = Standardisation.fitTargets(standardised).means();
        assertThat(means[3]).isBetween(-1e-12, 1e-12);
        RecordStore view = targets.view(RECORDS);
        double[] inputs = new double[3];
        double[] target = new double[4];
        view.copy(5, 6, inputs, target, 0);
        assertThat(target).isEqualTo(Arrays.copyOfRange(standardised.targets(), 20, 24));
        double[] one = Arrays.copyOfRange(RECORDS.targets(), 20, 24);
        targets.apply(one);
        assertThat(one).isEqualTo(target);
        assertThat(targets).hasToString("standardises 4 of 4 targets");
        refuses(
                () -> targets.apply(Records.wrap(new double[3], 3, new double[2], 2)),
                "records have 2 targets each; expected 4");
    }

    /** Each loss asks of its own targets, and of no others. */
    @Test
    void targetsAreCheckedOutputByOutput() {
        SmallGraph network = SmallGraph.ready(1);
        Trainer trainer = trainer().build();
        double[] inputs = {10, -2, 1};
        trainer.train(network, Records.wrap(inputs, 3, new double[] {0.5, 0.25, 0.25, -100}, 4));
        refuses(
                () -> trainer.train(network, Records.wrap(inputs, 3, new double[] {0.5, 0.5, 0.5, -0.5}, 4)),
                "the targets 0 to 2 of record 0 in the records sum to 1.5; this network's loss needs a sum of 1."
                        + " Divide them by"
                        + " their sum, or encode classes by OneHot");
        refuses(
                () -> trainer.train(network, Records.wrap(inputs, 3, new double[] {0.5, 1.5, -1, 0}, 4)),
                "target 1 of record 0 in the records is 1.5; this network's loss needs targets in [0, 1]");
    }
}
