package dev.chainrule.processor.testing;

import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.GradientCheck;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle against true values, and against difference quotients where there are none. */
class PlainNetworkTest {
    @Test
    @RequiresGolden
    void agreesWithTrueValues() {
        for (Golden.GoldenNetwork golden : Golden.networks()) {
            PlainNetwork network = new PlainNetwork(golden.topology(), golden.parameters());
            for (Golden.Case record : golden.cases()) {
                double[] output = new double[network.outputs()];
                network.forward(record.input(), output);
                assertClose(golden + ": output", output, record.output());

                double[] gradient = new double[golden.parameters().length];
                double loss = network.backprop(record.input(), record.target(), gradient);
                assertClose(golden + ": loss", new double[] {loss}, new double[] {record.loss()});
                assertClose(golden + ": gradient", gradient, record.gradient());

                double[] inputGradient = new double[network.inputs()];
                network.inputGradient(record.input(), record.target(), inputGradient);
                assertClose(golden + ": input gradient", inputGradient, record.inputGradient());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("randomNetworks")
    void agreesWithDifferenceQuotients(RandomNetwork random) {
        PlainNetwork network = new PlainNetwork(random.topology(), random.parameters());
        for (int record = 0; record < RandomNetwork.RECORDS; record++) {
            double[] input = random.input(record);
            double[] target = random.target(record);
            boolean smooth = IntStream.range(0, random.parameters().length)
                    .noneMatch(parameter -> Kinks.isBetween(network, input, target, parameter, 0x1p-10));
            if (smooth) {
                GradientCheck.of(network, input, target).assertWithin(1e-7);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("randomNetworks")
    void noDerivativeIsLargerThanTheSumOfItsAbsoluteProducts(RandomNetwork random) {
        PlainNetwork network = new PlainNetwork(random.topology(), random.parameters());
        double[] gradient = new double[random.parameters().length];
        double[] inputGradient = new double[network.inputs()];
        network.backprop(random.input(0), random.target(0), gradient);
        network.inputGradient(random.input(0), random.target(0), inputGradient);

        assertNotLarger(gradient, network.gradientMagnitude(random.input(0), random.target(0)));
        assertNotLarger(inputGradient, network.inputGradientMagnitude(random.input(0), random.target(0)));
    }

    @Test
    void randomNetworksAreTheSameForASeed() {
        assertThat(RandomNetwork.of(7)).usingRecursiveComparison().isEqualTo(RandomNetwork.of(7));
        assertThat(RandomNetwork.of(7).toString())
                .isNotEqualTo(RandomNetwork.of(8).toString());
    }

    @Test
    void topologiesReadWell() {
        Topology topology = Golden.identity();
        assertThat(topology)
                .hasToString("2-2(SIGMOID)-2(SIGMOID)-2(SIGMOID) SUM_OF_SQUARES AUTO")
                .returns(18, Topology::parameters);
    }

    private static Stream<RandomNetwork> randomNetworks() {
        return LongStream.range(0, 100).mapToObj(RandomNetwork::of);
    }

    private static void assertClose(String what, double[] actual, double[] expected) {
        assertWithin(what, actual, expected, 1e-11 * largest(expected));
    }

    private static void assertNotLarger(double[] gradient, double[] magnitude) {
        List<Integer> larger = IntStream.range(0, gradient.length)
                .filter(i -> Math.abs(gradient[i]) > magnitude[i] * (1 + 1e-13))
                .boxed()
                .toList();
        assertThat(larger).isEmpty();
    }
}
