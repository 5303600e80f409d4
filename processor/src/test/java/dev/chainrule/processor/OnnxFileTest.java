package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.OnnxSession;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Sweep;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.ElementType;
import dev.chainrule.runtime.weights.OnnxFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime computes from a saved model what the network computes. */
class OnnxFileTest {
    private static final int RECORDS = 70;

    /** Two units that do nothing but their activation, each on an input of its own. */
    private static final List<Topology> UNITS = Stream.of(Activation.values())
            .map(activation -> Topologies.of(
                    "Units" + activation, "2-2", activation, activation, Loss.SUM_OF_SQUARES, Unroll.FULL))
            .toList();

    private static final List<RandomNetwork> RANDOM =
            LongStream.range(0, 30).mapToObj(RandomNetwork::of).toList();

    private static final Topology LARGE = Topologies.of(
            "Large", "300-200-10", Activation.RELU, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY, Unroll.AUTO);

    /** Formulas that call all functions and compare in all ways. */
    private static final List<FormulaNetwork> FORMULAS = formulas(
            "z * tanh(softplus(z))",
            "max(0, z) + p * min(0, z); p = 0.25",
            "z * sigmoid(beta * z) + alpha; alpha = 0.5, beta = 1.5",
            "z < -1 ? -1 : z > 1 ? 1 : z",
            "z <= 0 ? expm1(z) : log1p(z)",
            "z >= 0 ? z == 1 ? 2 : z / 2 : z != -1 ? (z - 1) / 3 : 3",
            "clamp(z, -2, 3) / (1 + abs(z))",
            "log(1 + z^2) - sqrt(1 + z^2) * sign(z)",
            "sin(z) / (1 + exp(-z)) - z^-3 / (z^2 + z^-4)",
            "expm1(clamp(z, -700, 5))");

    private static final List<FormulaNetwork> FORMULAS_IN_FLOAT =
            formulas("0.5 * z * (1 + erf(z / sqrt(2)))", "atan(z) + cos(p * z); p = 2");

    private static Compiled compiled;
    private static Compiled ofFormulas;

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() {
        ofFormulas = Compiled.ofFormulas(
                new NetworkProcessor(),
                Stream.concat(FORMULAS.stream(), FORMULAS_IN_FLOAT.stream()).toList());
        compiled = Compiled.of(
                new NetworkProcessor(),
                Stream.of(UNITS.stream(), RANDOM.stream().map(RandomNetwork::topology), Stream.of(LARGE))
                        .flatMap(topologies -> topologies)
                        .toList());
    }

    /** Networks of one layer. */
    private static List<FormulaNetwork> formulas(String... formulas) {
        return Stream.of(formulas)
                .map(formula -> FormulaNetwork.of(
                        "Formula" + Integer.toHexString(formula.hashCode()),
                        3,
                        List.of(FormulaNetwork.Layer.of(4, formula)),
                        "sum((y - t)^2)"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void formulas(ElementType elementType) throws IOException {
        for (FormulaNetwork declared : FORMULAS) {
            assertSameOutputs(declared, elementType);
        }
    }

    @Test
    void formulasInFloat() throws IOException {
        for (FormulaNetwork declared : FORMULAS_IN_FLOAT) {
            assertSameOutputs(declared, ElementType.FLOAT);
        }
    }

    private void assertSameOutputs(FormulaNetwork declared, ElementType elementType) throws IOException {
        TrainableNetwork network = ofFormulas.instance(declared);
        Random random = new Random(9);
        double[] parameters = network.parameters();
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = parameters[i] != 0 ? parameters[i] : (float) random.nextDouble(-1, 1);
        }
        double[] inputs =
                random.doubles(3 * RECORDS, -3, 3).map(value -> (float) value).toArray();
        assertSameOutputs(declared.layers().get(0).activation(), network, elementType, inputs);
    }

    /** Arguments of all magnitudes, from -50 to 50 and down to 1e-40, where something could cancel or come to nothing. */
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void activations(ElementType elementType) throws IOException {
        int count = 2000;
        double[] inputs = new double[2 * count];
        for (int i = 0; i < count; i++) {
            double near = Math.pow(10, -i / 50.0);
            inputs[2 * i] = (float) (i % 2 == 0 ? near : -near);
            inputs[2 * i + 1] = (float) (i - count / 2) / 20;
        }
        for (Topology units : saved(UNITS.stream(), elementType)) {
            TrainableNetwork network = compiled.instance(units, new double[] {1, 0, 0, 1, 0, 0});
            assertSameOutputs(units.toString(), network, elementType, inputs);
        }
    }

    /** Over all that a number can be. */
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void activationsFarOut(ElementType elementType) throws IOException {
        double greatest = elementType == ElementType.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
        double[] inputs = Arrays.stream(Sweep.arguments(77, 400))
                .filter(z -> Math.abs(z) <= greatest)
                .map(z -> elementType == ElementType.FLOAT ? (float) z : z)
                .flatMap(z -> DoubleStream.of(z, -z))
                .toArray();
        for (Topology units : saved(UNITS.stream(), elementType)) {
            TrainableNetwork network = compiled.instance(units, new double[] {1, 0, 0, 1, 0, 0});
            // Where e^-z is infinite, ONNX Runtime has no subnormal sigmoid for SILU to multiply by
            assertSameOutputs(units.toString(), network, elementType, inputs, 1000 * Double.MIN_NORMAL);
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void randomNetworks(ElementType elementType) throws IOException {
        List<Topology> saved = saved(RANDOM.stream().map(RandomNetwork::topology), elementType);
        for (RandomNetwork random : RANDOM) {
            if (!saved.contains(random.topology())) {
                continue;
            }
            TrainableNetwork network = compiled.instance(random.topology(), random.parameters());
            double[] inputs = random.withRecords(RECORDS).inputs();
            assertSameOutputs(random.toString(), network, elementType, inputs);
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aLargeNetwork(ElementType elementType) throws IOException {
        Random random = new Random(8);
        double[] parameters = random.doubles(LARGE.parameters(), -0.1, 0.1).toArray();
        double[] inputs = random.doubles((long) RECORDS * LARGE.inputs()).toArray();
        assertSameOutputs(LARGE.toString(), compiled.instance(LARGE, parameters), elementType, inputs);
    }

    @Test
    void anyNumberOfRecords() throws IOException {
        RandomNetwork random = RANDOM.get(1);
        TrainableNetwork network = compiled.instance(random.topology(), random.parameters());
        for (int records : new int[] {1, 2, 1000}) {
            assertSameOutputs(
                    records + " records",
                    network,
                    ElementType.DOUBLE,
                    random.withRecords(records).inputs());
        }
    }

    @Test
    void aModelTellsItsTopology() throws IOException {
        RandomNetwork random = RANDOM.get(1);
        TrainableNetwork network = compiled.instance(random.topology(), random.parameters());
        OnnxFile.save(network, file(), ElementType.FLOAT);
        try (OnnxSession session = new OnnxSession(file(), ElementType.FLOAT)) {
            assertThat(session.metadata())
                    .containsExactlyEntriesOf(
                            Map.of("chainrule.topology", random.topology().line()));
        }
    }

    @Test
    void whatOnnxRuntimeHasInFloatAloneIsRefusedInDouble() {
        Topology gelu = UNITS.get(Activation.GELU.ordinal());
        TrainableNetwork network = compiled.instance(gelu, new double[6]);
        assertThatThrownBy(() -> OnnxFile.save(network, file(), ElementType.DOUBLE))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("ONNX Runtime has Erf in float alone, and a formula of layer1 calls it; save the model in"
                        + " ElementType.FLOAT");
        assertThat(file()).doesNotExist();
    }

    /** Those that ONNX Runtime has the functions of. */
    private static List<Topology> saved(Stream<Topology> topologies, ElementType elementType) {
        return topologies
                .filter(topology -> elementType == ElementType.FLOAT
                        || topology.layers().stream().noneMatch(layer -> layer.activation() == Activation.GELU))
                .toList();
    }

    private void assertSameOutputs(String what, TrainableNetwork network, ElementType elementType, double[] inputs)
            throws IOException {
        assertSameOutputs(what, network, elementType, inputs, Double.MIN_NORMAL); // subnormal numbers have fewer digits
    }

    /** Within 1e-12 of an output in double, or {@code least}, and 1e-6 in float. */
    private void assertSameOutputs(
            String what, TrainableNetwork network, ElementType elementType, double[] inputs, double least)
            throws IOException {
        int records = inputs.length / network.inputs();
        double[] expected = new double[records * network.outputs()];
        network.forward(inputs, 0, records, expected);
        OnnxFile.save(network, file(), elementType);
        double[] actual;
        try (OnnxSession session = new OnnxSession(file(), elementType)) {
            actual = session.run(inputs, network.inputs());
        }
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double magnitude = Math.abs(expected[i]);
            double tolerance = elementType == ElementType.FLOAT
                    ? 1e-6 * Math.max(1, magnitude)
                    : Math.max(1e-12 * magnitude, least);
            if (actual[i] != expected[i] && !(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                throw new AssertionError("%s, %s: output %d of record %d is %s; expected %s"
                        .formatted(
                                what,
                                elementType,
                                i % network.outputs(),
                                i / network.outputs(),
                                actual[i],
                                expected[i]));
            }
        }
    }

    private Path file() {
        return directory.resolve("model.onnx");
    }
}
