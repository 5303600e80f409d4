package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.GoldenGraph;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.RequiresGolden;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated graphs against true values, within 1e-11 of the largest magnitude in each vector; loops have the same bits. */
@RequiresGolden
class GoldenGraphsTest {
    private static List<GoldenGraph> graphs;
    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        graphs = Golden.graphs();
        compiled = Compiled.ofGraphs(
                new NetworkProcessor(),
                graphs.stream()
                        .flatMap(graph -> unrolls(graph).map(unroll -> with(graph, unroll)))
                        .toList());
    }

    /** FULL for one in three, as it is AUTO where all is small, and loops for the others. */
    private static Stream<String> unrolls(GoldenGraph graph) {
        String other = graphs.indexOf(graph) % 3 == 0 ? "FULL" : "NONE";
        return Stream.of("AUTO", other);
    }

    private static GraphNetwork with(GoldenGraph graph, String unroll) {
        return graph.declared().with(unroll, ", unroll = Unroll." + unroll);
    }

    static List<GoldenGraph> graphs() {
        return graphs;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void agreesWithTrueValues(GoldenGraph golden) {
        assertThat(golden.cases()).isNotEmpty();
        List<double[]> first = new ArrayList<>();
        for (String unroll : unrolls(golden).toList()) {
            TrainableNetwork network = compiled.instance(with(golden, unroll), golden.parameters(), golden.constants());
            List<double[]> all = new ArrayList<>();
            for (Golden.Case record : golden.cases()) {
                all.addAll(numbers(network, record, golden.parameters().length));
            }
            if (first.isEmpty()) {
                first.addAll(all);
            }
            for (int i = 0; i < all.size(); i++) {
                assertSameBits(unroll, all.get(i), first.get(i));
            }
        }
    }

    private static List<double[]> numbers(TrainableNetwork network, Golden.Case record, int parameters) {
        double[] output = new double[network.outputs()];
        network.forward(record.input(), output);
        assertClose("output", output, record.output());
        double[] loss = {network.loss(record.input(), record.target())};
        assertClose("loss", loss, record.loss());
        double[] gradient = new double[parameters];
        double error = network.backprop(record.input(), record.target(), gradient);
        assertClose("gradient by backprop", gradient, record.gradient());
        assertSameBits("error", error, loss[0]);
        double[] fullGradient = new double[parameters];
        ((FullGradientNetwork) network).fullGradient(record.input(), record.target(), fullGradient);
        assertClose("gradient by fullGradient", fullGradient, record.gradient());
        double[] inputGradient = new double[network.inputs()];
        network.inputGradient(record.input(), record.target(), inputGradient);
        assertClose("input gradient", inputGradient, record.inputGradient());
        return List.of(output, loss, gradient, fullGradient, inputGradient);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void blocksHaveTheBitsOfSingleRecords(GoldenGraph golden) {
        List<TrainableNetwork> networks = unrolls(golden)
                .map(unroll -> compiled.instance(with(golden, unroll), golden.parameters(), golden.constants()))
                .toList();
        TrainableNetwork network = networks.get(0);
        int records = 75;
        double[] inputs = repeated(golden.cases().stream().map(Golden.Case::input), records);
        double[] targets = repeated(golden.cases().stream().map(Golden.Case::target), records);
        double[] gradient = new double[golden.parameters().length];
        double error = 0;
        for (int record = 0; record < records; record++) {
            Golden.Case one = golden.cases().get(record % golden.cases().size());
            error += network.backprop(one.input(), one.target(), gradient);
        }
        for (TrainableNetwork other : networks) {
            double[] sum = new double[gradient.length];
            assertSameBits("error", other.backprop(inputs, targets, 0, records, sum), error);
            assertSameBits("gradient", sum, gradient);
            double[] outputs = new double[records * other.outputs()];
            other.forward(inputs, 0, records, outputs);
            double[] output = new double[other.outputs()];
            for (int record = 0; record < records; record++) {
                network.forward(
                        golden.cases().get(record % golden.cases().size()).input(), output);
                int from = record * output.length;
                assertSameBits("outputs", Arrays.copyOfRange(outputs, from, from + output.length), output);
            }
        }
    }

    private static double[] repeated(Stream<double[]> some, int records) {
        List<double[]> all = some.toList();
        return Stream.iterate(0, i -> i + 1)
                .limit(records)
                .flatMapToDouble(i -> Arrays.stream(all.get(i % all.size())))
                .toArray();
    }

    private static void assertClose(String what, double[] actual, double... expected) {
        assertWithin(what, actual, expected, 1e-11 * largest(expected));
    }
}
