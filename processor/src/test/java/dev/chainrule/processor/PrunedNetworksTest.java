package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.FormatterException;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Formatting;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frozen networks with weights of 0 leave out what these make superfluous, and have the bits of those that compute it all. */
class PrunedNetworksTest {
    private static final double[] SHARES = {0.3, 0.7, 0.9, 0.97, 1};

    @TempDir
    Path folder;

    @Test
    void haveTheBitsOfPlainLoops() throws FormatterException {
        List<PlainNetwork> networks = Stream.concat(
                        LongStream.range(500, 560).mapToObj(RandomNetwork::of).map(PrunedNetworksTest::pruned),
                        wide(Unroll.AUTO))
                .toList();
        Compiled compiled = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, "");
        networks.forEach(network -> agree(compiled.frozen(network.declared()), network));
        for (PlainNetwork network : networks) {
            assertThat(ClassFiles.codeBytes(compiled.bytes(network.declared().frozenName())))
                    .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(7000));
        }
        Formatting.assertFormatted(compiled.source("nets.Wide32_64_64_8AutoFrozen"));
    }

    @Test
    void haveTheBitsOfLoopsOverAllInFloat() {
        List<PlainNetwork> networks = wide(Unroll.AUTO).toList();
        List<PlainNetwork> loops = wide(Unroll.NONE).toList();
        String inFloat = ", precision = dev.chainrule.annotations.Precision.FLOAT";
        Compiled compiled = Compiled.frozenOnly(
                new NetworkProcessor(),
                Stream.concat(networks.stream(), loops.stream()).toList(),
                folder,
                inFloat);
        for (int i = 0; i < networks.size(); i++) {
            Topology topology = networks.get(i).declared();
            float[] input = new float[topology.inputs()];
            Random random = new Random(7);
            for (int k = 0; k < input.length; k++) {
                input[k] = (float) random.nextGaussian();
            }
            float[] expected = new float[topology.outputs()];
            compiled.frozen(loops.get(i).declared()).forward(input, expected);
            float[] output = new float[topology.outputs()];
            FrozenNetwork frozen = compiled.frozen(topology);
            frozen.forward(input, output);
            float[] ofRange = new float[topology.outputs()];
            frozen.forward(input, 0, 1, ofRange);
            assertThat(ofRange).as(topology + ", of a range").isEqualTo(output);
            for (int j = 0; j < output.length; j++) {
                assertThat(output[j] + 0f).as(topology + ", output " + j).isEqualTo(expected[j] + 0f);
            }
        }
    }

    /** One layer is left as it is, as half its weights are not 0; the others lose their terms, and units that lead nowhere. */
    @Test
    void onlyWhatPaysIsLeftOut() {
        Topology topology =
                Topologies.of("Wide", "20-40-30-3", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO);
        double[] parameters = new Random(1).doubles(topology.parameters(), 1, 2).toArray();
        ParameterLayout layout = topology.layout();
        keepEvery(2, layout, 1, parameters);
        keepEvery(9, layout, 2, parameters);
        keepEvery(9, layout, 3, parameters);
        PlainNetwork network = new PlainNetwork(topology, parameters);
        Compiled compiled = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, "");
        String source = compiled.source(topology.frozenName());
        // Only every third unit of layer 2 leads on
        long terms = IntStream.range(0, 1200)
                .filter(i -> i % 9 == 0 && i % 30 % 3 == 0)
                .count();
        assertThat(source.lines().filter(line -> line.contains("// w2_")))
                .hasSize(2 * (int) terms); // one record a call, and many
        assertThat(source)
                .contains("layer 2 has " + terms + " of 1200")
                .contains("products and 10 units, layer 3 has 10 of 90 products")
                .contains("w1_k_j at [40 * k + j]", "its weights are in the code", "z2_3")
                .doesNotContain("a2_4 ", "z2_4 ");
        agree(compiled.frozen(topology), network);
    }

    /** The Jacobian leaves out the same, on its way back: as loops over all, but for the sign of a zero. */
    @Test
    void jacobiansHaveTheBitsOfLoopsOverAll() {
        List<PlainNetwork> networks = wide(Unroll.AUTO).toList();
        List<PlainNetwork> loops = wide(Unroll.NONE).toList();
        Compiled compiled = Compiled.frozenOnly(
                new NetworkProcessor(),
                Stream.concat(networks.stream(), loops.stream()).toList(),
                folder,
                ", also = dev.chainrule.annotations.Derivative.JACOBIAN");
        for (int i = 0; i < networks.size(); i++) {
            Topology topology = networks.get(i).declared();
            double[] input = new Random(8).doubles(topology.inputs(), -2, 2).toArray();
            double[] expected = new double[topology.outputs() * topology.inputs()];
            compiled.frozen(loops.get(i).declared()).call("jacobian", input, expected);
            double[] jacobian = new double[expected.length];
            compiled.frozen(topology).call("jacobian", input, jacobian);
            assertThat(Arrays.stream(jacobian)).anyMatch(slope -> slope != 0);
            assertSameBits(topology.toString(), withoutNegativeZeros(jacobian), withoutNegativeZeros(expected));
        }
    }

    private static void keepEvery(int step, ParameterLayout layout, int layer, double[] parameters) {
        for (int i = layout.weightsFrom(layer); i < layout.biasesFrom(layer); i++) {
            parameters[i] = (i - layout.weightsFrom(layer)) % step == 0 ? parameters[i] : 0;
        }
    }

    /** What is not there is not multiplied: an infinite input that leads nowhere is no NaN. */
    @Test
    void infinityTimesZeroIsLeftOut() {
        Topology topology = Topologies.of("Few", "2-1", Activation.TANH, Activation.IDENTITY, Loss.HUBER, Unroll.AUTO);
        PlainNetwork network = new PlainNetwork(topology, new double[] {0, 2, 1});
        FrozenNetwork frozen = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, "")
                .frozen(topology);
        assertThat(frozen.predict(Double.POSITIVE_INFINITY, 3)).isEqualTo(7);
        assertThat(frozen.predict(1, Double.NaN)).isNaN();
    }

    /** A skip, weights that two layers share, two outputs: as loops over all, and as the processor chooses. */
    @Test
    void graphsHaveTheBitsOfLoopsOverAll() throws Exception {
        Compiled live = Compiled.of(new NetworkProcessor(), graphs("", "loss = Loss.HUBER"));
        TrainableNetwork network = live.instance("nets.AutoNetwork");
        Random random = new Random(3);
        Arrays.setAll(network.parameters(), i -> random.nextInt(10) > 0 ? 0 : random.nextGaussian());
        WeightFile.save(network, folder.resolve("graph.safetensors"));
        Compiled frozen = Compiled.of(
                new NetworkProcessor(),
                graphs("weights = \"graph.safetensors\", ", ""),
                "-Achainrule.resources=" + folder);
        for (int record = 0; record < 5; record++) {
            double[] input = random.doubles(48, -2, 2).toArray();
            double[] expected = new double[5];
            network.forward(input, expected);
            for (String unroll : List.of("Auto", "None", "Full")) {
                double[] output = new double[5];
                FrozenNetwork pruned = frozen.frozen("nets." + unroll + "Frozen");
                pruned.forward(input, output);
                double[] ofRange = new double[5];
                pruned.forward(input, 0, 1, ofRange);
                assertSameBits(unroll + ", of a range", ofRange, output);
                assertSameBits(unroll, withoutNegativeZeros(output), withoutNegativeZeros(expected));
            }
        }
    }

    private static Map<String, String> graphs(String values, String loss) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String unroll : List.of("AUTO", "NONE", "FULL")) {
            String name = unroll.charAt(0) + unroll.substring(1).toLowerCase();
            sources.put("nets." + name, """
                    package nets;
                    import dev.chainrule.annotations.*;
                    @Network(VALUESunroll = Unroll.UNROLL,
                        parts = {@Input(name = "left", size = 24), @Input(name = "right", size = 24)},
                        layers = {
                            @Layer(name = "l", units = 20, from = "left", activation = Activation.TANH),
                            @Layer(name = "r", units = 20, from = "right", activation = Activation.TANH, weightsOf = "l"),
                            @Layer(name = "h", units = 40, from = {"l", "r"}, formula = "z / (1 + abs(z) + p); p = 1"),
                            @Layer(name = "g", units = 40, activation = Activation.SOFTMAX),
                            @Layer(name = "s", kind = LayerKind.ADD, from = {"g", "h"}),
                            @Layer(name = "y", units = 4),
                            @Layer(name = "v", units = 1, from = "h")},
                        outputs = {@Output(layer = "y"LOSS), @Output(layer = "v"LOSS)})
                    interface NAME {}
                    """.replace("VALUES", values)
                    .replace("UNROLL", unroll)
                    .replace("LOSS", loss.isEmpty() ? "" : ", " + loss)
                    .replace("NAME", name));
        }
        return sources;
    }

    /** Among them sums in parts, and layers whose terms are many methods. */
    private static Stream<PlainNetwork> wide(Unroll unroll) {
        return Stream.of("32-64-64-8", "30-70-4", "90-50-1").map(sizes -> {
            Topology topology = Topologies.of(
                    "Wide" + sizes.replace('-', '_'), sizes, Activation.TANH, Activation.IDENTITY, Loss.HUBER, unroll);
            double[] parameters = new Random(21)
                    .doubles(topology.parameters(), -1, 1)
                    .map(value -> (float) value)
                    .toArray();
            return new PlainNetwork(topology.with(unroll), pruned(topology, parameters, 0.9, new Random(22)));
        });
    }

    private static PlainNetwork pruned(RandomNetwork network) {
        Random random = new Random(network.seed());
        double share = SHARES[random.nextInt(SHARES.length)];
        return new PlainNetwork(network.topology(), pruned(network.topology(), network.parameters(), share, random));
    }

    /** With a share of the weights made 0, of one sign or the other. */
    private static double[] pruned(Topology topology, double[] parameters, double share, Random random) {
        double[] pruned = parameters.clone();
        ParameterLayout layout = topology.layout();
        for (int layer = 1; layer <= layout.layers(); layer++) {
            for (int i = layout.weightsFrom(layer); i < layout.biasesFrom(layer); i++) {
                if (random.nextDouble() < share) {
                    pruned[i] = random.nextBoolean() ? 0.0 : -0.0;
                }
            }
        }
        return pruned;
    }

    /** One record a call, and many. */
    private static void agree(FrozenNetwork frozen, PlainNetwork network) {
        String what = network.description().topology();
        double[] inputs = new Random(11).doubles(70L * network.inputs(), -3, 3).toArray();
        double[] outputs = new double[70 * network.outputs()];
        frozen.forward(inputs, 1, 70, outputs);
        for (int record = 1; record < 70; record += record < 4 ? 1 : 22) {
            double[] input = Arrays.copyOfRange(inputs, record * network.inputs(), (record + 1) * network.inputs());
            double[] expected = new double[network.outputs()];
            network.forward(input, expected);
            double[] output = new double[network.outputs()];
            frozen.forward(input, output);
            assertSameBits(what, withoutNegativeZeros(output), withoutNegativeZeros(expected));
            double[] ofRange =
                    Arrays.copyOfRange(outputs, record * network.outputs(), (record + 1) * network.outputs());
            assertSameBits(what + ", of a range", ofRange, output);
            if (frozen.canPredict()) {
                assertThat(frozen.predict(input)).as(what).isEqualTo(output[0]);
            }
        }
    }

    private static double[] withoutNegativeZeros(double[] values) {
        return Arrays.stream(values).map(value -> value + 0.0).toArray();
    }
}
