package dev.chainrule.processor;

import static dev.chainrule.processor.DeclarationMistake.inValues;
import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.testing.compile.Compilation;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.PyTorchModel;
import dev.chainrule.processor.testing.OnnxBuilder;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.RequiresGolden;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.ElementType;
import dev.chainrule.runtime.weights.OnnxFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Declarations that name an ONNX model: what is generated, and errors on the value that names it. */
class ImportedModelsTest {
    @TempDir
    Path folder;

    static List<PyTorchModel> models() {
        return Golden.pyTorchModels();
    }

    /** The two files of a model hold the same numbers: the class of the one is that of the other, whose outputs are PyTorch's. */
    @RequiresGolden
    @ParameterizedTest
    @MethodSource("models")
    void isTheClassOfTheStateDict(PyTorchModel model) {
        Topology topology = model.topology();
        for (String values : List.of("", FloatNetworksTest.FLOAT)) {
            Compiled compiled = golden(topology, """
                    package nets;

                    import dev.chainrule.annotations.*;

                    @Network(model = "%s.onnx"%s)
                    final class Model {}
                    """.formatted(model.name(), values));
            Compiled ofStateDict = golden(
                    topology,
                    topology.declarationWithoutLoss(", weights = \"" + model.name() + ".safetensors\"" + values));
            assertThat(compiled.source(topology.frozenName())).isEqualTo(ofStateDict.source(topology.frozenName()));
        }
    }

    /** What {@link OnnxFile} writes of all activations, in operators that differ by element type, is read as what it was. */
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void modelsOfOurOwnAreTheClassesOfTheirWeights(ElementType elementType) throws IOException {
        List<PlainNetwork> networks = ownNetworks().stream()
                // ONNX Runtime has no erf in double
                .filter(network -> elementType == ElementType.FLOAT
                        || network.declared().layers().stream()
                                .noneMatch(layer -> layer.activation() == Activation.GELU))
                .toList();
        Compiled ofWeights = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, "");
        for (PlainNetwork network : networks) {
            OnnxFile.save(network, folder.resolve(network.declared().name() + ".onnx"), elementType);
        }
        Compiled ofModels = Compiled.of(
                new NetworkProcessor(),
                networks.stream().map(PlainNetwork::declared).toList(),
                topology -> """
                        package nets;

                        import dev.chainrule.annotations.*;

                        @Network(model = "%s.onnx", unroll = Unroll.%s)
                        final class %s {}
                        """.formatted(topology.name(), topology.unroll(), topology.name()),
                "-Achainrule.resources=" + folder);
        for (PlainNetwork network : networks) {
            String name = network.declared().frozenName();
            assertThat(ofModels.source(name)).as(network.declared().toString()).isEqualTo(ofWeights.source(name));
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void settingsOfOurOwnAreThose(ElementType elementType) throws IOException {
        FormulaNetwork declared = new FormulaNetwork(
                "Settings",
                3,
                List.of(
                        new FormulaNetwork.Layer(4, "activation = Activation.LEAKY_RELU, slope = 0.25", true),
                        new FormulaNetwork.Layer(2, "activation = Activation.LEAKY_RELU, slope = -1.5", false),
                        new FormulaNetwork.Layer(2, "activation = Activation.ELU, alpha = 0.75", true)),
                "loss = Loss.HUBER",
                "");
        Compiled compiled = Compiled.ofFormulas(new NetworkProcessor(), List.of(declared));
        OnnxFile.save(compiled.instance(declared), folder.resolve("settings.onnx"), elementType);
        Compilation compilation = UserCode.javac()
                .withOptions("--release", "17", "-Achainrule.resources=" + folder)
                .compile(policy("model = \"settings.onnx\", loss = Loss.HUBER"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation).get("nets.PolicyNetwork"))
                .contains(
                        "new LayerDescription(4, \"LEAKY_RELU 0.25\", \"max(0.25 * z, z)\", true)",
                        "new LayerDescription(2, \"LEAKY_RELU -1.5\", \"z > 0 ? z : -1.5 * z\", false)",
                        "new LayerDescription(2, \"ELU 0.75\", \"z > 0 ? z : 0.75 * expm1(z)\", true)");
    }

    /** Two layers of each activation, and some at random, with and without biases; all parameters are floats. */
    private static List<PlainNetwork> ownNetworks() {
        Stream<Topology> each = Stream.of(Activation.values()).map(activation -> {
            return Topologies.of("Own" + activation, "3-4-2", activation, activation, Loss.HUBER, Unroll.AUTO);
        });
        Stream<Topology> random = LongStream.range(6000, 6030)
                .mapToObj(seed -> RandomNetwork.of(seed).topology());
        Random numbers = new Random(42);
        return Stream.concat(each, random)
                .map(topology -> new PlainNetwork(
                        topology,
                        numbers.doubles(topology.parameters(), -1, 1)
                                .map(value -> (float) value)
                                .toArray()))
                .toList();
    }

    private static Compiled golden(Topology topology, String declaration) {
        return Compiled.of(
                new NetworkProcessor(),
                List.of(topology),
                each -> declaration,
                "-Achainrule.resources=" + Golden.pyTorch());
    }

    /** Two inputs, three hidden units, one output. */
    private static OnnxBuilder model() {
        return OnnxBuilder.floats()
                .input("x", -1, 2)
                .node("Gemm", "h", "x w b")
                .node("Relu", "a", "h")
                .node("MatMul", "z", "a v")
                .node("Sigmoid", "y", "z")
                .tensor("w", new double[] {1, 2, 3, 4, 5, 6}, 2, 3)
                .tensor("b", new double[] {0.5, 0.25, -1}, 3)
                .tensor("v", new double[] {1, -1, 0.125}, 3, 1)
                .output("y", -1, 1);
    }

    private Compilation compile(OnnxBuilder model, String values) throws IOException {
        Files.createDirectories(folder.resolve("models"));
        Files.write(folder.resolve("models/policy.onnx"), model.bytes());
        return UserCode.javac()
                .withOptions("--release", "17", "-Xlint:all", "-Werror", "-Achainrule.resources=" + folder)
                .compile(policy(values));
    }

    private static JavaFileObject policy(String values) {
        return source("nets.Policy", "@Network(" + values + ")\nfinal class Policy {}");
    }

    @Test
    void aModelAloneIsAFrozenClass() throws IOException {
        Compilation compilation = compile(model(), "model = \"models/policy.onnx\"");
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation)).containsOnlyKeys("nets.PolicyFrozen");
        assertThat(UserCode.generated(compilation)
                        .get("nets.PolicyFrozen")
                        .lines()
                        .map(String::strip))
                .contains("double z1_2 = -1.0; // b1_2", "z1_2 = fma(x_1, 6.0, z1_2); // w1_1_2");
    }

    @Test
    void withALossItIsATrainableClassToo() throws IOException {
        Compilation compilation =
                compile(model(), "model = \"models/policy.onnx\", loss = Loss.BINARY_CROSS_ENTROPY, standalone = true");
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation))
                .containsOnlyKeys(
                        "nets.PolicyFrozen",
                        "nets.PolicyNetwork",
                        "nets.PolicyNetworkBlocks",
                        "nets.PolicyNetworkNumbers");
        assertThat(UserCode.generated(compilation).get("nets.PolicyNetwork"))
                .contains(
                        "new LayerDescription(3, \"RELU\", \"max(0, z)\", true),"
                                + " new LayerDescription(1, \"SIGMOID\", \"sigmoid(z)\", false)",
                        "\"BINARY_CROSS_ENTROPY\"");
    }

    /** Two inputs, a residual layer with slopes of its own, and two outputs. */
    private static OnnxBuilder graph() {
        return OnnxBuilder.floats()
                .input("x", -1, 3)
                .node("Slice", "s", "x one three axes")
                .node("MatMul", "h", "s w")
                .node("PRelu", "r", "h slopes")
                .node("Add", "y", "r s")
                .node("Softmax", "p", "h")
                .tensor("w", new double[] {1, 2, 3, 4}, 2, 2)
                .tensor("slopes", new double[] {0.5, -0.25}, 2)
                .integers("one", new double[] {1}, 1)
                .integers("three", new double[] {3}, 1)
                .integers("axes", new double[] {1}, 1)
                .output("y", -1, 2)
                .output("p", -1, 2);
    }

    @Test
    void aGraphIsATrainableClassToo() throws IOException {
        Files.write(folder.resolve("graph.onnx"), graph().bytes());
        Compiled compiled =
                Compiled.of(new NetworkProcessor(), Map.of("nets.Policy", """
                        package nets;

                        import dev.chainrule.annotations.*;

                        @Network(model = "graph.onnx", output = "y", loss = Loss.SUM_OF_SQUARES, unroll = Unroll.NONE)
                        final class Policy {}
                        """), "-Achainrule.resources=" + folder);
        TrainableNetwork network = compiled.instance("nets.PolicyNetwork");
        assertThat(network.description().topology())
                .isEqualTo("x_0:1; x_1:2; layer1 = 2(z < 0 ? p * z : z, no bias) of x_1;"
                        + " layer2 = ADD 2(IDENTITY) of layer1, x_1; layer2: SUM_OF_SQUARES");
        System.arraycopy(new double[] {1, 2, 3, 4, 0.5, -0.25}, 0, network.parameters(), 0, 6);
        double[] output = new double[2];
        network.forward(new double[] {7, 1, -2}, output);
        assertThat(output).containsExactly(-5 * 0.5 + 1, -6 * -0.25 - 2);
        double[] gradient = new double[3];
        network.inputGradient(new double[] {7, 1, -2}, new double[2], gradient);
        // dE/dy = (-3, -1); what no layer reads has no part in it
        assertThat(gradient).containsExactly(0, -3 * 0.5 * 1 + -1 * -0.25 * 2 - 3, -3 * 0.5 * 3 + -1 * -0.25 * 4 - 1);
    }

    @Test
    void aLossIsOfOneOutput() throws IOException {
        String values = "model = \"models/policy.onnx\", loss = Loss.HUBER";
        assertThat(compile(graph(), values).diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.getMessage(null))
                    .isEqualTo("[LossOfOutputs] The model has 2 outputs, and a loss is that of one; choose it by"
                            + " output = \"...\", or remove the loss.");
            assertThat(diagnostic.getStartPosition() - diagnostic.getPosition() + diagnostic.getColumnNumber())
                    .isEqualTo("@Network(".length() + values.indexOf("Loss.") + 1);
        });
        assertThat(compile(graph(), values + ", output = \"p\"").diagnostics()).isEmpty();
        assertThat(compile(graph(), "model = \"models/policy.onnx\", labels = {\"a\", \"b\"}, output = {\"p\"}")
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void problemsAreErrorsOnTheModel() throws IOException {
        OnnxBuilder other = OnnxBuilder.floats()
                .input("x", -1, 2)
                .node("MatMul", "m", "x w")
                .node("Conv", "c", "m w")
                .node("Det", "y", "c")
                .tensor("w", new double[4], 2, 2)
                .output("y", -1, 2);
        Compilation compilation = compile(other, "loss = Loss.HUBER, model = \"models/policy.onnx\"");
        String file = folder.resolve("models/policy.onnx").toString();
        assertThat(compilation.diagnostics())
                .extracting(
                        diagnostic -> diagnostic.getMessage(null).replaceFirst("; known are .*|\\. GELU .*", ""),
                        diagnostic -> diagnostic.getLineNumber(),
                        diagnostic -> diagnostic.getColumnNumber())
                .containsExactly(
                        tuple(
                                "[OnnxOperator] " + file + ": Node \"/1/Conv\" (Conv) is not known in operator set 17",
                                2L,
                                37L),
                        tuple(
                                "[OnnxOperator] " + file + ": Node \"/2/Det\" (Det) is not known in operator set 17",
                                2L,
                                37L));
    }

    @Test
    void aLossThatDoesNotFitIsAnErrorOnTheLoss() throws IOException {
        assertError(
                "model = \"models/policy.onnx\", loss = <<Loss.CATEGORICAL_CROSS_ENTROPY>>",
                "[LossDoesNotFit] CATEGORICAL_CROSS_ENTROPY needs an output layer with activation SOFTMAX, and this one has"
                        + " SIGMOID; change one of the two.");
    }

    @Test
    void aModelThatIsNotThereIsAnError() throws IOException {
        assertError(
                "model = <<\"models/absent.onnx\">>",
                "[FileNotFound] There is no file \"models/absent.onnx\"; looked in " + folder);
    }

    @Test
    void aFileThatIsNoModelIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertError(
                "model = <<\"text.onnx\">>",
                "[NotAnOnnxModel] " + file + ": This is not an ONNX model, or it is damaged: ");
    }

    @Test
    void aPointerOfGitLfsIsAnError() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pointer.onnx"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 698\n");
        assertError("model = <<\"pointer.onnx\">>", "[GitLfsPointer] " + file + " is a Git LFS pointer, ");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path path = folder.resolve("large.onnx");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            // A hole, which takes no room
            file.setLength((64L << 20) + 1);
        }
        assertError(
                "model = <<\"large.onnx\">>",
                "[FileTooLarge] " + path + " has 67108865 bytes; a model that can be a class has at most 67108864.");
    }

    /** The whole output of the compiler is one error, on the value at fault. */
    private void assertError(String values, String start) throws IOException {
        assertThat(compile(model(), values.replace("<<", "").replace(">>", "")).diagnostics())
                .singleElement()
                .satisfies(diagnostic -> {
                    assertThat(diagnostic.getMessage(null)).startsWith(start);
                    assertThat(diagnostic.getLineNumber()).isEqualTo(2);
                    assertThat(diagnostic.getStartPosition() - diagnostic.getPosition() + diagnostic.getColumnNumber())
                            .isEqualTo("@Network(".length() + values.indexOf("<<") + 1);
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void sourcesAreOneOrTheOther(DeclarationMistake mistake) {
        mistake.isReported();
    }

    static Stream<DeclarationMistake> mistakes() {
        String model = "model = \"models/policy.onnx\"";
        return Stream.of(
                inValues(
                        "a model and weights",
                        "[ModelHasItsOwn] The weights are those of " + model + "; remove weights here, or the model.",
                        model + ", weights = <<\"a.safetensors\">>"),
                inValues(
                        "a model and inputs",
                        "[ModelHasItsOwn] The inputs are those of " + model + "; remove inputs here, or the model.",
                        "inputs = <<2>>, " + model),
                inValues(
                        "a model and layers",
                        "[ModelHasItsOwn] The layers are those of " + model + "; remove layers here, or the model.",
                        model + ", layers = <<{@Layer(units = 1)}>>"),
                inValues(
                        "an output of no model",
                        "[OutputOfModel] output names outputs of a model, and there is none; name layers in outputs, or add"
                                + " model = \"...\".",
                        "inputs = 1, layers = {@Layer(units = 1)}, loss = Loss.HUBER, output = <<\"y\">>"),
                DeclarationMistake.of(
                        "no inputs",
                        "[ValueMissing] A network needs inputs; add inputs = ... (or model = \"...\" for the network of an"
                                + " ONNX model).",
                        "<<@Network(layers = @Layer(units = 1), loss = Loss.HUBER)>> final class Wrong {}"),
                DeclarationMistake.of(
                        "no layers",
                        "[ValueMissing] A network needs layers; add layers = ... (or model = \"...\" for the network of an"
                                + " ONNX model).",
                        "<<@Network(inputs = 1, loss = Loss.HUBER)>> final class Wrong {}"),
                DeclarationMistake.of(
                        "layers of an empty model",
                        "[ValueMissing] A network needs layers; add layers = ... (or model = \"...\" for the network of an"
                                + " ONNX model).",
                        "<<@Network(inputs = 1, model = \"\")>> final class Wrong {}"));
    }
}
