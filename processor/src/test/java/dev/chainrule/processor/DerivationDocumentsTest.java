package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.Graphs;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    private static final GraphNetwork WIDE = new GraphNetwork(
            "WideGraph",
            List.of(new GraphNetwork.Part("pixels", 30, 0, 0), new GraphNetwork.Part("month", 1, 12, 1)),
            List.of(
                    layer("first", "DENSE", 20, "pixels", "month"),
                    layer("second", "DENSE", 20, "first"),
                    layer("sum", "ADD", 0, "second", "first")),
            List.of(new GraphNetwork.Output("sum", "HUBER", 1)),
            "");

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

    static Stream<String> names() {
        return Stream.concat(
                topologies().map(Topology::name), Graphs.all().stream().map(GraphNetwork::name));
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
                .compile(Stream.concat(
                                Stream.concat(topologies(), Stream.of(SMALL, LARGE))
                                        .map(topology -> JavaFileObjects.forSourceString(
                                                topology.declarationName(), topology.declaration())),
                                Stream.concat(Graphs.all().stream(), Stream.of(WIDE))
                                        .map(graph -> JavaFileObjects.forSourceString(
                                                graph.declarationName(), graph.declaration())))
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
        for (String name : names().toList()) {
            String file = name + "Network.tex";
            Files.writeString(folder.resolve(file), document(file));
            String log = Program.output(folder, "pdflatex", "-halt-on-error", "-interaction=nonstopmode", file);
            assertThat(log).as(file).endsWith("exit 0").doesNotContain("Overfull");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void latexIsAsciiWithAllItsEnvironmentsClosed(String name) {
        String document = document(name + "Network.tex");
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

    @Test
    void graphOfUnitsWithSkipsAndSharedWeights() throws IOException, InterruptedException {
        String residual = document("ResidualNetwork.dot");
        assertThat(residual)
                .contains(
                        "x_0 -> a1_1 [label = \"w1_0_1\"];",
                        "a1_1 -> a2_1 [style = dashed];",
                        "x_1 -> a2_1 [style = dashed];",
                        "subgraph { rank = same; a3_0 [label = \"a3_0\\nb3_0\", peripheries = 2]; }");
        assertThat(drawn(residual).split("<g id=\"edge", -1)).hasSize(1 + 4 + 4 + 2);
        String siamese = document("SiameseNetwork.dot");
        assertThat(siamese)
                .contains(
                        "rank = same; a1_0 [label = \"a1_0\\nb1_0\"];",
                        "a2_2 [label = \"a2_2\\nb1_2\"];",
                        "x_1 -> a1_2 [label = \"w1_1_2\"];",
                        "x_3 -> a2_2 [label = \"w1_1_2\"];");
        drawn(siamese);
        String admissions = document("AdmissionsNetwork.dot");
        assertThat(admissions)
                .contains(
                        "x_0; x_1; x_rank_0; x_rank_1; x_rank_2; x_rank_3;",
                        "a1_1 [label = \"a1_1\\nshift1_1\\nscale1_1\"];",
                        "x_rank_3 -> a2_1 [label = \"w2_5_1\"];",
                        "a1_1 -> a3_3 [style = dashed];");
        drawn(admissions);
    }

    @Test
    void graphOfLayersWithSkips() throws IOException, InterruptedException {
        String graph = document("WideGraphNetwork.dot");
        assertThat(graph)
                .contains(
                        "\"input pixels\" [label = \"pixels\\n30 inputs\"];",
                        "\"input month\" [label = \"month\\n12 categories\"];",
                        "layer3 [label = \"3: sum\\nadd 20 tanh\"];",
                        "\"input pixels\" -> layer1 [label = \"W1[0..29]: 30 x 20\\nb1: 20\"];",
                        "\"input month\" -> layer1 [label = \"W1[30..41]: 12 x 20\"];",
                        "layer1 -> layer2 [label = \"W2: 20 x 20\\nb2: 20\"];",
                        "layer1 -> layer3 [style = dashed];");
        drawn(graph);
    }

    /** Each way through the layers is a term, and what layers that share weights add is one sum. */
    @Test
    void latexOfGraphs() {
        assertThat(document("SiameseNetwork.tex"))
                .contains(
                        "\\left(\\frac{\\partial E}{\\partial w^{(1)}_{k,j}}\\right)_{\\text{from layer 2}} &= ",
                        "\\frac{\\partial E}{\\partial w^{(1)}_{k,j}} &= \\delta^{(2)}_{j} \\, x_{k+2} + "
                                + "\\delta^{(1)}_{j} \\, x_{k} \\\\\n",
                        "\\paragraph{Layer 3: same}");
        assertThat(document("AgentNetwork.tex"))
                .contains(
                        "E &= E_{\\mathrm{policy}} + 0.5 \\, E_{\\mathrm{value}}\n",
                        " \\\\\n&\\quad + \\sum_{i_{3}} \\frac{\\partial E}{\\partial E_{\\mathrm{value}}}");
        assertThat(document("AdmissionsNetwork.tex"))
                .contains(
                        "x_{\\mathrm{rank},k} &= \\begin{cases}1 & x_{2} = k + 1 \\\\ 0 & ",
                        "\\sum_{k} x_{\\mathrm{rank},k} \\, w^{(2)}_{k+2,j} \\\\\n");
    }

    private static GraphNetwork.Layer layer(String name, String kind, int units, String... from) {
        return new GraphNetwork.Layer(name, kind, List.of(from), "TANH", units, true, null, false);
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
