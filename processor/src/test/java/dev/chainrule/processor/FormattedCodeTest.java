package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Formatting.assertFormatted;
import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.FormatterException;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Derivative;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.Graphs;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated sources are laid out as the project's formatter lays out ours: it would not change a character. */
class FormattedCodeTest {
    private static final int WIDTH = 120;

    private static final int RANDOM = 32;

    /** The factors of a full gradient that a random network may have: the formatter takes its time. */
    private static final int MOST_FACTORS = 700;

    private static Compiled compiled;

    static Stream<Topology> topologies() {
        return Stream.concat(
                random(true),
                Stream.of(
                        // Written out in one method, and with the longest expressions
                        named("Gelu", "2-2-2-2", Activation.GELU_TANH, Activation.GELU_TANH, Loss.HUBER, Unroll.FULL),
                        // Split into parts
                        named("Split", "300-1", Activation.SELU, Activation.SELU, Loss.LOG_COSH, Unroll.FULL),
                        // Loops in loops, for the chain rule with the most factors
                        named("Nested", "2-2-2-2-2", Activation.GELU_TANH, Activation.SOFTMAX, Loss.HUBER, Unroll.NONE),
                        // Loops and written-out layers
                        named("Mixed", "60-40-5-2", Activation.SILU, Activation.SOFTMAX, Loss.HUBER, Unroll.AUTO),
                        named("Digits", "784-30-10", Activation.SIGMOID, Activation.SIGMOID, Loss.HUBER, Unroll.AUTO),
                        named("Million", "2000-500-10", Activation.RELU, Activation.RELU, Loss.HUBER, Unroll.NONE),
                        named("One", "1-1", Activation.TANH, Activation.TANH, Loss.SUM_OF_SQUARES, Unroll.AUTO),
                        // Long indices, many loops in loops, and a layout and calls for many layers
                        named("Wide", "100000-2-3", Activation.GELU_TANH, Activation.TANH, Loss.HUBER, Unroll.NONE),
                        named(
                                "Chain",
                                "1" + "-1".repeat(8),
                                Activation.GELU_TANH,
                                Activation.TANH,
                                Loss.HUBER,
                                Unroll.NONE),
                        named("Deep", "2" + "-2".repeat(64), Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.NONE),
                        named(
                                "ANetworkWhoseNameIsAboutAsLongAsNamesAreInTheCodeOfEnterprises",
                                "2-2",
                                Activation.TANH,
                                Activation.TANH,
                                Loss.HUBER,
                                Unroll.AUTO)));
    }

    /** A name with letters outside ASCII, which are written as escapes: the formatter cannot read those. */
    static Stream<Topology> withEscapes() {
        return Stream.concat(
                topologies(),
                Stream.of(named("H\u00f6hen\u03a9", "2-2", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO)));
    }

    private static Topology named(
            String name, String sizes, Activation hidden, Activation output, Loss loss, Unroll unroll) {
        return Topologies.of(name, sizes, hidden, output, loss, unroll);
    }

    /** Those of every day, or the others: either half has every depth and every {@link Unroll}. */
    private static Stream<Topology> random(boolean everyDay) {
        return IntStream.range(0, RANDOM)
                .filter(seed -> (seed % 2 == seed / 8 % 2) == everyDay)
                .mapToObj(FormattedCodeTest::random);
    }

    /** Of 1 to 8 layers, by every {@link Unroll}: the first network of a seed whose full gradient is not too long. */
    private static Topology random(int seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        int depth = 1 + seed % 8;
        Unroll unroll = Unroll.values()[seed / 8 % 3];
        while (true) {
            int[] sizes = random.ints(depth + 1, 1, depth < 4 ? 6 : 4).toArray();
            Topology topology = Topologies.random("Random" + seed, sizes, unroll, random);
            if (Derivation.of(Topologies.model(topology)).factors() <= MOST_FACTORS) {
                return topology;
            }
        }
    }

    @BeforeAll
    static void compile() {
        compiled = Compiled.of(new NetworkProcessor(), withEscapes().toList());
    }

    @Test
    void everyActivationAndLossIsAmongThem() {
        Set<Activation> activations = EnumSet.noneOf(Activation.class);
        Set<Loss> losses = EnumSet.noneOf(Loss.class);
        topologies().forEach(topology -> {
            topology.layers().forEach(layer -> activations.add(layer.activation()));
            losses.add(topology.loss());
        });
        assertThat(activations).containsExactly(Activation.values());
        assertThat(losses).containsExactly(Loss.values());
        assertThat(compiled.source("nets.SplitNetwork")).contains("part1(");
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theFormatterWouldChangeNothing(Topology topology) throws FormatterException {
        assertFormattedAmong(compiled, topology);
    }

    @Test
    @Tag("slow")
    void norWouldItOfMore() throws FormatterException {
        List<Topology> more = random(false).toList();
        Compiled classes = Compiled.of(new NetworkProcessor(), more);
        for (Topology topology : more) {
            assertFormattedAmong(classes, topology);
            assertClean(classes.source(topology.networkName()));
        }
    }

    private static void assertFormattedAmong(Compiled classes, Topology topology) throws FormatterException {
        assertFormatted(classes.source(topology.networkName()));
        if (Schedule.of(Topologies.model(topology)).hasBlocks()) {
            assertFormatted(classes.source(topology.networkName() + "Blocks"));
        }
    }

    @ParameterizedTest
    @MethodSource("withEscapes")
    void linesAreClean(Topology topology) {
        assertClean(compiled.source(topology.networkName()));
    }

    private static void assertClean(String source) {
        List<String> problems = new ArrayList<>();
        String[] lines = source.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            boolean clean = line.length() <= WIDTH
                    && line.equals(line.stripTrailing())
                    && line.chars().allMatch(c -> c >= ' ' && c < 127);
            if (!clean) {
                problems.add("line %d, %d columns: %s".formatted(i + 1, line.length(), line));
            }
        }
        assertThat(problems)
                .as("lines that are too long, end with a space, or have characters that are not printable ASCII")
                .isEmpty();
        assertThat(source).endsWith("}\n");
    }

    @Test
    void norAnythingOfGraphsAndTheirDerivatives() throws FormatterException {
        String also = Stream.of(Derivative.values())
                .map(derivative -> "Derivative." + derivative)
                .collect(Collectors.joining(", ", ", also = {", "}"));
        List<GraphNetwork> graphs = Graphs.all().stream()
                .flatMap(graph -> Stream.of(graph, graph.with("Loops", ", unroll = Unroll.NONE")))
                .map(graph -> graph.with("", also))
                .toList();
        Compiled classes = Compiled.ofGraphs(new NetworkProcessor(), graphs);
        assertThat(classes.generatedNames()).hasSize(3 * graphs.size());
        for (String name : classes.generatedNames()) {
            assertFormatted(classes.source(name));
        }
    }
}
