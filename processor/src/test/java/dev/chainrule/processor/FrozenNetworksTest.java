package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frozen networks have the bits of live ones and of plain loops, whatever they are made of. */
class FrozenNetworksTest {
    @TempDir
    Path folder;

    @Test
    void haveTheBitsOfPlainLoops() {
        agreeWithPlainLoops(randoms(0, 40));
    }

    @Test
    @Tag("slow")
    void moreHaveTheBitsOfPlainLoops() {
        agreeWithPlainLoops(randoms(40, 120));
    }

    private void agreeWithPlainLoops(List<RandomNetwork> randoms) {
        Compiled compiled = Compiled.frozenOnly(new NetworkProcessor(), plain(randoms), folder, "");
        for (RandomNetwork random : randoms) {
            agree(compiled.frozen(random.topology()), plain(random), inputs(random));
        }
    }

    @Test
    void haveTheBitsOfLiveOnes() {
        List<RandomNetwork> randoms = randoms(200, 220);
        Compiled compiled = Compiled.frozen(new NetworkProcessor(), plain(randoms), folder, "");
        for (RandomNetwork random : randoms) {
            TrainableNetwork live =
                    compiled.instance(random.topology(), random.parameters().clone());
            agree(compiled.frozen(random.topology()), live, inputs(random));
        }
    }

    private static List<RandomNetwork> randoms(long from, long to) {
        return LongStream.range(from, to).mapToObj(RandomNetwork::of).toList();
    }

    private static List<PlainNetwork> plain(List<RandomNetwork> randoms) {
        return randoms.stream().map(FrozenNetworksTest::plain).toList();
    }

    private static PlainNetwork plain(RandomNetwork random) {
        return new PlainNetwork(random.topology(), random.parameters());
    }

    /** Those of the records, and the same far out, where activations saturate. */
    private static Stream<double[]> inputs(RandomNetwork random) {
        return IntStream.range(0, RandomNetwork.RECORDS)
                .mapToObj(random::input)
                .flatMap(input ->
                        Stream.of(input, Arrays.stream(input).map(x -> 100 * x).toArray()));
    }

    static Stream<Topology> large() {
        return Stream.of(
                Topologies.of(
                        "Classes",
                        "1000-900-100-10",
                        Activation.TANH,
                        Activation.SOFTMAX,
                        Loss.CATEGORICAL_CROSS_ENTROPY,
                        Unroll.AUTO),
                Topologies.of("Digits", "784-30-10", Activation.SIGMOID, Activation.SIGMOID, Loss.HUBER, Unroll.AUTO),
                // More parts than one, in one layer
                Topologies.of("Split", "300-7-1", Activation.SELU, Activation.SELU, Loss.LOG_COSH, Unroll.FULL),
                // Arguments for loops
                Topologies.of("Narrow", "8-64-1", Activation.SILU, Activation.TANH, Loss.HUBER, Unroll.AUTO));
    }

    @ParameterizedTest
    @MethodSource("large")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void largeOnesHaveTheBitsOfPlainLoops(Topology topology) {
        Random random = new Random(31);
        double[] parameters = random.doubles(topology.parameters(), -0.2, 0.2).toArray();
        PlainNetwork network = new PlainNetwork(topology, parameters);
        FrozenNetwork frozen = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, "")
                .frozen(topology);
        agree(
                frozen,
                network,
                Stream.generate(() -> random.doubles(topology.inputs(), -1, 1).toArray())
                        .limit(3));
    }

    /** Rows of 18 are filled up to 24 doubles or 32 floats, rows of 16 and of 3 are not. */
    @ParameterizedTest
    @CsvSource({"DOUBLE, 24", "FLOAT, 32"})
    void parametersStandWhereTheCommentSays(Precision precision, int row) {
        Topology topology =
                Topologies.of("Rows", "5-18-16-3", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.NONE);
        double[] parameters = new Random(34)
                .doubles(topology.parameters(), -1, 1)
                .map(value -> (float) value)
                .toArray();
        Compiled compiled = Compiled.frozenOnly(
                new NetworkProcessor(),
                List.of(new PlainNetwork(topology, parameters)),
                folder,
                ", precision = dev.chainrule.annotations.Precision." + precision);
        Object array = compiled.frozen(topology).parameters();
        List<int[]> sizes = List.of(new int[] {5, 18, row}, new int[] {18, 16, 16}, new int[] {16, 3, 3});
        List<Double> expected = new ArrayList<>();
        StringBuilder comment = new StringBuilder();
        int from = 0;
        for (int layer = 1; layer <= sizes.size(); layer++) {
            int inputs = sizes.get(layer - 1)[0];
            int units = sizes.get(layer - 1)[1];
            int stride = sizes.get(layer - 1)[2];
            int first = expected.size();
            int biases = first + inputs * stride;
            String start = first == 0 ? "" : first + " + ";
            comment.append(" *     [%d] to [%d]: w%d_k_j at [%s%d * k + j], b%d_j at [%d + j]%n"
                    .formatted(first, biases + units - 1, layer, start, stride, layer, biases));
            for (int k = 0; k <= inputs; k++) {
                for (int j = 0; j < stride; j++) {
                    expected.add(j < units ? parameters[from + units * k + j] : 0);
                }
            }
            from += units * (inputs + 1);
        }
        assertThat(compiled.source(topology.frozenName())).contains(comment);
        assertThat(Array.getLength(array)).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Array.getDouble(array, i)).as("at " + i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void floatsTakeHalfTheText() {
        Topology topology = large().toList().get(1);
        double[] parameters =
                new Random(32).doubles(topology.parameters(), -1, 1).toArray();
        double[] rounded = Arrays.stream(parameters).map(value -> (float) value).toArray();
        PlainNetwork doubles = new PlainNetwork(topology, parameters);
        PlainNetwork floats = new PlainNetwork(topology, rounded);
        Compiled ofDoubles = Compiled.frozenOnly(new NetworkProcessor(), List.of(doubles), folder, "");
        Compiled ofFloats = Compiled.frozenOnly(new NetworkProcessor(), List.of(floats), folder, "");
        assertThat(ofDoubles.bytes(topology.frozenName()).length - ofFloats.bytes(topology.frozenName()).length)
                .isBetween(4 * topology.parameters(), 6 * topology.parameters());
        agree(
                ofFloats.frozen(topology),
                floats,
                new Random(33).doubles(topology.inputs(), -1, 1).toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "NONE"})
    void everyFiniteNumberIsKept(Unroll unroll) {
        Topology topology =
                Topologies.of("Extremes", "9-1-1", Activation.IDENTITY, Activation.IDENTITY, Loss.HUBER, unroll);
        double[] parameters = {
            -0.0,
            0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            1,
            1e22,
            -0.0,
            0x1p-1022,
            -0.0
        };
        PlainNetwork network = new PlainNetwork(topology, parameters);
        FrozenNetwork frozen = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, "")
                .frozen(topology);
        for (int i = 0; i < 9; i++) {
            double[] input = new double[9];
            input[i] = 1;
            agree(frozen, network, input);
            input[i] = -1;
            agree(frozen, network, input);
        }
    }

    @Test
    void arraysOfAnotherLengthAreRefused() {
        for (Topology topology : List.of(
                Topologies.of("Small", "3-2", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO),
                Topologies.of("Loops", "3-2", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.NONE))) {
            PlainNetwork network = new PlainNetwork(topology, new double[8]);
            FrozenNetwork frozen = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, "")
                    .frozen(topology);
            assertThat(frozen.constant("INPUTS")).isEqualTo(3);
            assertThat(frozen.constant("OUTPUTS")).isEqualTo(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> frozen.forward(new double[4], new double[2]))
                    .withMessage("input has 4 values; expected 3");
            double[] output = {7, 7, 7};
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> frozen.forward(new double[3], output))
                    .withMessage("output has 3 values; expected 2");
            assertThat(output).containsOnly(7);
        }
    }

    @Test
    void recordsThatAreNotThereAreRefused() {
        for (Topology topology : List.of(
                Topologies.of("Blocks", "3-2", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO),
                // Too large for blocks that are written out
                Topologies.of("Alone", "3-20", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.FULL))) {
            int width = topology.outputs();
            PlainNetwork network = new PlainNetwork(topology, new double[4 * width]);
            FrozenNetwork frozen = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, "")
                    .frozen(topology);
            double[] outputs = new double[2 * width];
            Arrays.fill(outputs, 7);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> frozen.forward(new double[7], 0, 1, outputs))
                    .withMessage("inputs has 7 values; expected 6");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> frozen.forward(new double[9], 0, 1, outputs))
                    .withMessage("outputs has " + 2 * width + " values; expected " + 3 * width);
            for (int[] range : new int[][] {{-1, 1}, {1, 0}, {0, 3}}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> frozen.forward(new double[6], range[0], range[1], outputs))
                        .withMessage("records from " + range[0] + " to " + range[1]
                                + "; expected a range within 0 to 2, the number of records");
            }
            frozen.forward(new double[6], 1, 1, outputs);
            assertThat(outputs).containsOnly(7);
            agreeInRange(frozen, network, List.of(new double[] {0.5, -1, 2}));
        }
    }

    /** Records alone, and as a range. */
    private static void agree(FrozenNetwork frozen, TrainableNetwork network, Stream<double[]> records) {
        List<double[]> inputs = records.toList();
        inputs.forEach(input -> agree(frozen, network, input));
        agreeInRange(frozen, network, inputs);
    }

    /** Some records over and over, one more than a block of them in the range, with others before it and after. */
    private static void agreeInRange(FrozenNetwork frozen, TrainableNetwork network, List<double[]> records) {
        int from = 2;
        int to = from + 65;
        double[] all = new double[(to + 1) * network.inputs()];
        double[] expected = new double[(to + 1) * network.outputs()];
        Arrays.fill(expected, 7);
        for (int record = from; record < to; record++) {
            double[] input = records.get(record % records.size());
            double[] output = new double[network.outputs()];
            network.forward(input, output);
            System.arraycopy(input, 0, all, record * input.length, input.length);
            System.arraycopy(output, 0, expected, record * output.length, output.length);
        }
        double[] outputs = new double[expected.length];
        Arrays.fill(outputs, 7);
        frozen.forward(all, from, to, outputs);
        assertSameBits(network.description().topology() + ", range", outputs, expected);
    }

    /** Forward and predict, to another array and to the same. */
    private static void agree(FrozenNetwork frozen, TrainableNetwork network, double[] input) {
        double[] expected = new double[network.outputs()];
        network.forward(input, expected);

        double[] output = new double[network.outputs()];
        frozen.forward(input, output);
        assertSameBits(network.description().topology() + ", forward", output, expected);

        assertThat(frozen.canPredict()).isEqualTo(network.inputs() <= 8 && network.outputs() == 1);
        if (frozen.canPredict()) {
            assertSameBits(network.description().topology() + ", predict", frozen.predict(input), expected[0]);
        }
        if (network.inputs() == network.outputs()) {
            double[] both = input.clone();
            frozen.forward(both, both);
            assertSameBits(network.description().topology() + ", in place", both, expected);
        }
    }
}
