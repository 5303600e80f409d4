package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The derivation as LaTeX and the graph as DOT, read by the programs that they are written for. */
class DerivationDocumentsTest {
    private static final Topology SMALL =
            topology("Small", "3-4-2", Activation.TANH, Activation.SIGMOID, Loss.SUM_OF_SQUARES);
    private static final Topology LARGE =
            topology("Large", "784-30-10", Activation.LEAKY_RELU, Activation.SOFTMAX, Loss.HUBER);

    private static Compilation documents;

    @TempDir
    private Path folder;

    /** Every loss and every activation, a chain rule far longer than a line, and a network that is never written out. */
    static Stream<Topology> topologies() {
        Stream<Topology> activations = Arrays.stream(Activation.values())
                .map(activation -> topology("Of" + activation, "2-2-1", activation, Activation.IDENTITY, Loss.HUBER));
        Stream<Topology> losses = Arrays.stream(Loss.values())
                .map(loss -> topology(
                        loss.name(),
                        "3-2-2",
                        Activation.TANH,
                        loss == Loss.BINARY_CROSS_ENTROPY ? Activation.SIGMOID : Activation.SOFTMAX,
                        loss));
        Stream<Topology> others = Stream.of(
                topology("Deep", "2" + "-2".repeat(20), Activation.GELU_TANH, Activation.SELU, Loss.LOG_COSH),
                topology("Digits", "784-30-10", Activation.SIGMOID, Activation.SIGMOID, Loss.HUBER));
        return Stream.of(activations, losses, others).flatMap(topologies -> topologies);
    }

    @BeforeAll
    static void generate() {
        documents = UserCode.javac()
                .withOptions(
                        "--release",
                        "17",
                        "-proc:only",
                        "-Achainrule.latex=true",
                        "-Achainrule.dot=true",
                        "-Achainrule.page=false")
                .compile(Stream.concat(topologies(), Stream.of(SMALL, LARGE))
                        .map(topology ->
                                JavaFileObjects.forSourceString(topology.declarationName(), topology.declaration()))
                        .toList());
        assertThat(documents.errors()).isEmpty();
    }

    @Test
    void theTopologiesHaveEveryActivation() {
        assertThat(topologies().flatMap(topology -> topology.layers().stream()).map(Topology.Layer::activation))
                .contains(Activation.values());
    }

    @Test
    void latexCompilesAndKeepsWithinItsPages() throws IOException, InterruptedException {
        assumeTrue(Program.isInstalled("pdflatex"), "there is no pdflatex");
        for (Topology topology : topologies().toList()) {
            String file = topology.name() + "Network.tex";
            Files.writeString(folder.resolve(file), document(file));
            String log = Program.output(folder, "pdflatex", "-halt-on-error", "-interaction=nonstopmode", file);
            assertThat(log).as(file).endsWith("exit 0").doesNotContain("Overfull");
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void latexIsAsciiWithAllItsEnvironmentsClosed(Topology topology) {
        String document = document(topology.name() + "Network.tex");
        assertThat(document).isASCII();
        assertThat(document.split("\\\\begin\\{", -1)).hasSameSizeAs(document.split("\\\\end\\{", -1));
    }

    @Test
    void graphOfUnits() throws IOException, InterruptedException {
        String graph = document("SmallNetwork.dot");
        String expected = IntStream.range(0, 12)
                        .mapToObj(i -> "    x_%1$d -> a1_%2$d [label = \"w1_%1$d_%2$d\"];\n".formatted(i / 4, i % 4))
                        .collect(Collectors.joining())
                + IntStream.range(0, 8)
                        .mapToObj(i -> "    a1_%1$d -> a2_%2$d [label = \"w2_%1$d_%2$d\"];\n".formatted(i / 2, i % 2))
                        .collect(Collectors.joining());
        assertThat(graph)
                .contains(
                        expected,
                        "subgraph { rank = same; a2_0 [label = \"a2_0\\nb2_0\"]; a2_1 [label = \"a2_1\\nb2_1\"]; }");
        assertThat(drawn(graph).split("<g id=\"edge", -1)).hasSize(1 + 20);
    }

    @Test
    void graphOfLayers() throws IOException, InterruptedException {
        String graph = document("LargeNetwork.dot");
        assertThat(graph)
                .contains(
                        "layer1 [label = \"layer 1\\n30 leaky relu\"];",
                        "layer0 -> layer1 [label = \"W1: 784 x 30\\nb1: 30\"];",
                        "layer1 -> layer2 [label = \"W2: 30 x 10\\nb2: 10\"];")
                .doesNotContain("x_0");
        assertThat(drawn(graph)).contains("30 leaky relu", "W1: 784 x 30");
    }

    private String drawn(String graph) throws IOException, InterruptedException {
        assumeTrue(Program.isInstalled("dot"), "there is no Graphviz");
        Path file = Files.writeString(folder.resolve("graph.dot"), graph);
        String svg = Program.output(folder, "dot", "-Tsvg", file.toString());
        assertThat(svg).endsWith("exit 0").doesNotContain("Warning", "Error");
        return svg;
    }

    private static String document(String file) {
        return UserCode.text(documents
                .generatedFile(StandardLocation.SOURCE_OUTPUT, "nets", file)
                .orElseThrow());
    }

    private static Topology topology(String name, String sizes, Activation hidden, Activation output, Loss loss) {
        return Topologies.of(name, sizes, hidden, output, loss, Unroll.NONE);
    }
}
