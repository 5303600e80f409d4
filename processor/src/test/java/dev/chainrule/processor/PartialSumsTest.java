package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The error carried back, to the bit: the documented order, by a loop of its own. */
class PartialSumsTest {
    private static final int RECORDS = 70;

    static Collection<Topology> topologies() {
        return Stream.of(Unroll.values())
                .flatMap(unroll -> IntStream.of(7, 8, 9, 16, 31, 150).mapToObj(units -> topology(units, unroll)))
                .toList();
    }

    private static Topology topology(int units, Unroll unroll) {
        String name = "Back" + units + unroll.name().charAt(0);
        return Topologies.of(
                name, "2-3-" + units, Activation.IDENTITY, Activation.IDENTITY, Loss.HALF_SUM_OF_SQUARES, unroll);
    }

    private static final Compiled COMPILED = Compiled.of(new NetworkProcessor(), topologies());

    @ParameterizedTest
    @MethodSource("topologies")
    void theErrorIsCarriedBackInTheDocumentedOrder(Topology topology) throws ReflectiveOperationException {
        Random random = new Random(15);
        double[] parameters = random.doubles(topology.parameters(), -1, 1).toArray();
        TrainableNetwork network = COMPILED.instance(topology, parameters);
        double[] inputs = random.doubles(RECORDS * 2, -1, 1).toArray();
        double[] targets = random.doubles(RECORDS * topology.outputs(), -1, 1).toArray();
        double[] oneByOne = new double[topology.parameters()];
        double[] expected = new double[3];
        double[] output = new double[topology.outputs()];
        double[] delta = new double[topology.outputs()];
        for (int record = 0; record < RECORDS; record++) {
            double[] input = Arrays.copyOfRange(inputs, 2 * record, 2 * record + 2);
            double[] target = Arrays.copyOfRange(targets, delta.length * record, delta.length * (record + 1));
            network.backprop(input, target, oneByOne);
            network.forward(input, output);
            Arrays.setAll(delta, j -> output[j] - target[j]);
            for (int k = 0; k < 3; k++) {
                expected[k] += carriedBack(delta, parameters, 9 + k * delta.length);
            }
        }
        double[] inBlocks = new double[topology.parameters()];
        network.backprop(inputs, targets, 0, RECORDS, inBlocks);
        // What is carried back to identity units is the derivative by their biases, which follow 2 x 3 weights
        for (double[] gradient : List.of(oneByOne, inBlocks)) {
            assertThat(Arrays.copyOfRange(gradient, 6, 9))
                    .as(topology.toString())
                    .isEqualTo(expected);
        }
    }

    /** {@code sum_j delta_j w_j}, from eight units on by eight sums. */
    private static double carriedBack(double[] delta, double[] w, int row) {
        double[] p = new double[delta.length < 8 ? 1 : 8];
        Arrays.fill(p, -0.0);
        for (int j = 0; j < delta.length; j++) {
            p[j % p.length] = Math.fma(delta[j], w[row + j], p[j % p.length]);
        }
        return p.length == 1 ? p[0] : ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
    }
}
