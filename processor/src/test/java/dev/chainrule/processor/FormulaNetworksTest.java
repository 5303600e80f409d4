package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.FormulaNetwork.Layer;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with formulas in all that a network can be: written out and as loops, in blocks, frozen, in float, with vectors. */
class FormulaNetworksTest {
    /** Between 7 and 200 records go through whole blocks and parts of one. */
    private static final int RECORDS = 131;

    private static final String MODULE = "jdk.incubator.vector";

    private static final List<FormulaNetwork> NETWORKS = List.of(
            FormulaNetwork.of(
                    "Letters",
                    3,
                    List.of(
                            Layer.of(3, "z * sigmoid(beta * z) + alpha; beta = 1, alpha = -0.25"),
                            Layer.of(3, "max(0, z) + p * min(0, z); p = 0.25")),
                    "mean(y > t ? 0.1 * (y - t) : 0.9 * (t - y))"),
            FormulaNetwork.of(
                    "Softmax",
                    2,
                    List.of(
                            Layer.of(4, "z / (1 + z^2) + erf(z)^7"),
                            Layer.named(5, "SOFTMAX"),
                            Layer.of(1, "z + q * (z > 0 ? 1 : 2) / 3")),
                    "sqrt(1 + sum((y - t)^2)) + 0.5 * mean(abs(y))"),
            // Loops, rows of vectors, and padding
            FormulaNetwork.of(
                    "Wide",
                    20,
                    List.of(
                            Layer.of(24, "z * tanh(softplus(z))"),
                            new Layer(19, "formula = \"tanh(z) * p + sigmoid(a) * min(z, 1); a = 2\"", false),
                            Layer.named(3, "SOFTMAX")),
                    "-mean(t * log(y + 1e-9) + 0.1 * t^2)"),
            // What looks like rows of vectors and is none: parameters, targets and the derivative by a sum
            FormulaNetwork.of(
                    "Rows",
                    17,
                    List.of(Layer.of(20, "max(0, z) * sigmoid(p) + max(0, q) * tanh(r); p = 1, q = 2, r = -1")),
                    "sqrt(1 + sum(max(0, y))) + sum(max(0, t) * y)"),
            // As large as formulas can be, and a full gradient that is too long
            FormulaNetwork.of(
                    "Large",
                    2,
                    List.of(
                            Layer.of(2, many("p * tanh(0.%d * z)", 40)),
                            Layer.of(2, many("(z > %d ? z : 0.5)", 60)),
                            Layer.of(3, "tanh(0.5 * ".repeat(30) + "z" + ")".repeat(30)),
                            Layer.of(1, "z / (1.5 + ".repeat(12) + "z" + ")".repeat(12)),
                            Layer.of(2, "z > 1 ? 1 : ".repeat(30) + "z" + " / 2".repeat(30))),
                    "mean((y - t)^2 + " + many("sqrt(1 + (%d * y)^2)", 20) + ")"),
            // Nothing of E depends on the first layer
            FormulaNetwork.of(
                    "Signs", 2, List.of(Layer.of(3, "sign(z)"), Layer.of(2, "z * w + 1")), "sum((y - t)^2) / 2"),
            FormulaNetwork.of("Constant", 1, List.of(Layer.of(1, "1"), Layer.of(1, "p; p = 3")), "sum(y)"),
            FormulaNetwork.of(
                    "Settings",
                    2,
                    List.of(
                            new Layer(3, "activation = Activation.LEAKY_RELU, slope = -0.3", true),
                            new Layer(20, "activation = Activation.ELU, alpha = 0.5", true),
                            new Layer(20, "activation = Activation.LEAKY_RELU, slope = 0.2", true)),
                    "mean(abs(y - t))"));

    private static final List<String> UNROLLS = List.of("AUTO", "FULL", "NONE");

    @TempDir
    static Path folder;

    private static Compiled live;

    /** The sum of a term with the numbers up to one in place of %d. */
    private static String many(String term, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(term::formatted).collect(Collectors.joining(" + "));
    }

    static List<FormulaNetwork> networks() {
        return NETWORKS;
    }

    private static FormulaNetwork with(FormulaNetwork network, String unroll) {
        return network.with(unroll, ", unroll = Unroll." + unroll);
    }

    /** Without a loss: frozen alone. */
    private static FormulaNetwork frozen(FormulaNetwork network, String suffix, String values) {
        return new FormulaNetwork(
                network.name() + suffix, network.inputs(), network.layers(), weights(network), values);
    }

    private static String weights(FormulaNetwork network) {
        return "weights = \"" + network.name() + ".safetensors\"";
    }

    private static double[] parameters(FormulaNetwork network) {
        int count = live.instance(with(network, "AUTO")).parameters().length;
        return new Random(7).doubles(count, -1, 1).toArray();
    }

    @BeforeAll
    static void compile() {
        live = Compiled.ofFormulas(
                new NetworkProcessor(),
                NETWORKS.stream()
                        .flatMap(network -> UNROLLS.stream().map(unroll -> with(network, unroll)))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void loopsAndBlocksHaveTheBitsOfRecordsWrittenOut(FormulaNetwork declared) {
        double[] parameters = parameters(declared);
        TrainableNetwork first = live.instance(with(declared, "FULL"), parameters);
        Random random = new Random(8);
        double[] inputs = random.doubles((long) RECORDS * first.inputs(), -2, 2).toArray();
        double[] targets =
                random.doubles((long) RECORDS * first.outputs(), -1, 1).toArray();
        double[] expected = numbers(first, parameters.length, inputs, targets);
        for (String unroll : UNROLLS) {
            TrainableNetwork network = live.instance(with(declared, unroll), parameters);
            assertSameBits(unroll, numbers(network, parameters.length, inputs, targets), expected);
            double[] gradient = new double[parameters.length + 1];
            double[] sum = new double[parameters.length];
            gradient[parameters.length] = network.backprop(inputs, targets, 0, RECORDS, sum);
            System.arraycopy(sum, 0, gradient, 0, sum.length);
            assertSameBits(unroll + ", blocks", gradient, recordByRecord(first, inputs, targets));
        }
    }

    private static double[] recordByRecord(TrainableNetwork network, double[] inputs, double[] targets) {
        int in = network.inputs();
        int out = network.outputs();
        double[] gradient = new double[network.parameters().length];
        double error = 0;
        for (int record = 0; record < RECORDS; record++) {
            error += network.backprop(
                    Arrays.copyOfRange(inputs, record * in, (record + 1) * in),
                    Arrays.copyOfRange(targets, record * out, (record + 1) * out),
                    gradient);
        }
        double[] all = Arrays.copyOf(gradient, gradient.length + 1);
        all[gradient.length] = error;
        return all;
    }

    /** Outputs in blocks, and all that is computed of the first record. */
    private static double[] numbers(TrainableNetwork network, int parameters, double[] inputs, double[] targets) {
        double[] outputs = new double[RECORDS * network.outputs()];
        network.forward(inputs, 0, RECORDS, outputs);
        double[] input = Arrays.copyOf(inputs, network.inputs());
        double[] target = Arrays.copyOf(targets, network.outputs());
        double[] output = new double[network.outputs()];
        network.forward(input, output);
        double[] gradient = new double[parameters];
        double[] error = {network.backprop(input, target, gradient), network.loss(input, target)};
        double[] byInput = new double[network.inputs()];
        network.inputGradient(input, target, byInput);
        double[] full = new double[parameters];
        if (network instanceof FullGradientNetwork fullGradient) {
            fullGradient.fullGradient(input, target, full);
            double size = 1 + Arrays.stream(gradient).map(Math::abs).max().orElse(0);
            assertWithin("fullGradient", full, gradient, 1e-13 * size);
        }
        return Stream.of(outputs, output, gradient, error, byInput, full)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void methodsAreSmallEnoughToBeCompiled(FormulaNetwork declared) {
        for (String unroll : UNROLLS) {
            String name = with(declared, unroll).declarationName() + "Network";
            assertThat(ClassFiles.codeBytes(live.bytes(name)))
                    .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(7000));
        }
    }

    @Test
    void lettersBeginWithTheirFirstValuesAndInitializersLeaveThemAlone() {
        TrainableNetwork network = live.instance(with(NETWORKS.get(0), "AUTO"));
        double[] parameters = network.parameters();
        assertThat(parameters).hasSize(33);
        assertThat(Arrays.copyOfRange(parameters, 0, 12)).containsOnly(0);
        assertThat(Arrays.copyOfRange(parameters, 12, 18)).containsExactly(-0.25, -0.25, -0.25, 1, 1, 1);
        assertThat(Arrays.copyOfRange(parameters, 30, 33)).containsExactly(0.25, 0.25, 0.25);
        Initializers.uniform(1, 2).withBiases(Initializers.constant(7)).initialize(network, 1);
        assertThat(Arrays.copyOfRange(parameters, 9, 18)).containsExactly(7, 7, 7, -0.25, -0.25, -0.25, 1, 1, 1);
        assertThat(Arrays.copyOfRange(parameters, 30, 33)).containsExactly(0.25, 0.25, 0.25);
        assertThat(IntStream.of(0, 11, 12, 15, 32)
                        .mapToObj(network.description().layout()::name))
                .containsExactly("w1_0_0", "b1_2", "p1_alpha_0", "p1_beta_0", "p2_p_2");
        assertThat(network.description().topology())
                .isEqualTo("3-3(z * sigmoid(beta * z) + alpha)-3(max(0, z) + p * min(0, z))"
                        + " mean(y > t ? 0.1 * (y - t) : 0.9 * (t - y))");
        assertThat(WeightFile.shapes(network.description().layout()))
                .isEqualTo(Map.of(
                        "layer1.weight", List.of(3L, 3L),
                        "layer1.bias", List.of(3L),
                        "layer1.alpha", List.of(3L),
                        "layer1.beta", List.of(3L),
                        "layer2.weight", List.of(3L, 3L),
                        "layer2.bias", List.of(3L),
                        "layer2.p", List.of(3L)));
    }

    @Test
    void frozenOnesHaveTheBitsOfLiveOnes() throws Exception {
        List<FormulaNetwork> frozen = new ArrayList<>();
        for (FormulaNetwork network : NETWORKS) {
            TrainableNetwork saved = live.instance(with(network, "AUTO"), parameters(network));
            WeightFile.save(saved, folder.resolve(network.name() + ".safetensors"));
            frozen.add(network.with("", ", " + weights(network)));
            frozen.add(frozen(network, "Alone", ", standalone = true"));
            frozen.add(frozen(network, "Float", ", precision = Precision.FLOAT"));
            frozen.add(frozen(network, "FloatAlone", ", precision = Precision.FLOAT, standalone = true"));
        }
        Compiled compiled = Compiled.ofFormulas(new NetworkProcessor(), frozen, "-Achainrule.resources=" + folder);
        Random random = new Random(9);
        for (FormulaNetwork network : NETWORKS) {
            TrainableNetwork saved = live.instance(with(network, "AUTO"), parameters(network));
            String name = network.declarationName();
            FrozenNetwork alone = StandaloneTest.alone(name + "AloneFrozen", compiled.bytes(name + "AloneFrozen"));
            FrozenNetwork inFloat = compiled.frozen(name + "FloatFrozen");
            FrozenNetwork floatAlone =
                    StandaloneTest.alone(name + "FloatAloneFrozen", compiled.bytes(name + "FloatAloneFrozen"));
            for (int i = 0; i < 20; i++) {
                float[] floats = new float[saved.inputs()];
                double[] input = new double[floats.length];
                for (int k = 0; k < floats.length; k++) {
                    floats[k] = (float) random.nextGaussian();
                    input[k] = floats[k];
                }
                double[] expected = new double[saved.outputs()];
                double[] output = new double[expected.length];
                saved.forward(input, expected);
                compiled.frozen(name + "Frozen").forward(input, output);
                assertSameBits(name + ", frozen", output, expected);
                alone.forward(input, output);
                assertSameBits(name + ", standalone", output, expected);

                float[] asFloat = new float[expected.length];
                float[] asFloatAlone = new float[expected.length];
                inFloat.forward(floats, asFloat);
                floatAlone.forward(floats, asFloatAlone);
                assertThat(asFloatAlone).as(name).containsExactly(asFloat);
                for (int j = 0; j < asFloat.length; j++) {
                    assertWithin(name + ", in float", asFloat[j], expected[j], 1e-4 * (1 + Math.abs(expected[j])));
                }
            }
        }
    }

    /** In a JVM of its own, as the module has to be asked for. */
    @Test
    void vectorsHaveTheBitsOfLoops() throws Exception {
        List<JavaFileObject> sources = NETWORKS.stream()
                .map(network -> with(network, "NONE"))
                .map(network -> JavaFileObjects.forSourceString(network.declarationName(), network.declaration()))
                .toList();
        Compilation compilation = UserCode.compileWithVectors(folder, sources);
        assertThat(UserCode.generated(compilation)).containsKey("nets.WideNONENetworkVector");
        Path classes = folder.resolve("vectors");
        for (Map.Entry<String, byte[]> type : UserCode.classes(compilation).entrySet()) {
            Path file = classes.resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
        }
        assertThat(bits(classes, "--add-modules", MODULE)).isEqualTo(bits(classes));
    }

    private static String bits(Path classes, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        command.addAll(List.of("-cp", path, VectorBackEndTest.Bits.class.getName()));
        NETWORKS.forEach(network -> command.add(with(network, "NONE").declarationName() + "Network"));
        Path output = Files.createTempFile(folder, "bits", ".output");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile())
                .start();
        Program.awaitEnd(process);
        assertThat(process.exitValue()).isZero();
        String text = Files.readString(output);
        assertThat(text.lines()).hasSize(NETWORKS.size());
        return text;
    }
}
