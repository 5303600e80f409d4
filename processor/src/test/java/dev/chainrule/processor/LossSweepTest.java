package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.LossTruth;
import dev.chainrule.processor.testing.Sweep;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses and their derivatives in generated networks against 50 digits, over all that a double can be. */
class LossSweepTest {
    private static final double[] ARGUMENTS = Sweep.arguments(72, 150);

    private static Compiled compiled;

    /** Two or three units, each of whose sums is one input. */
    private static Topology topology(Loss loss) {
        Activation output = switch (loss) {
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
            default -> Activation.IDENTITY;
        };
        String sizes = loss == Loss.CATEGORICAL_CROSS_ENTROPY ? "3-3" : "2-2";
        return Topologies.of("Of" + loss, sizes, output, output, loss, Unroll.AUTO);
    }

    @BeforeAll
    static void compile() {
        compiled = Compiled.of(
                new NetworkProcessor(),
                Stream.of(Loss.values()).map(LossSweepTest::topology).toList());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"BINARY_CROSS_ENTROPY", "CATEGORICAL_CROSS_ENTROPY"},
            mode = EnumSource.Mode.EXCLUDE)
    void ofErrors(Loss loss) {
        double[] targets = shuffled(ARGUMENTS, 73);
        for (int i = 0; i < ARGUMENTS.length; i++) {
            assertIsTrue(loss, new double[] {ARGUMENTS[i], 0}, new double[] {0, ARGUMENTS[i]});
            assertIsTrue(loss, new double[] {ARGUMENTS[i], 0.5}, new double[] {targets[i], 1});
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BINARY_CROSS_ENTROPY")
    void ofProbabilities(Loss loss) {
        double[] z = shuffled(ARGUMENTS, 74);
        for (int i = 0; i < ARGUMENTS.length; i++) {
            double[] sums = {ARGUMENTS[i], z[i]};
            for (double[] targets : new double[][] {{0, 1}, {1, 0}, {0.3, 1e-12}, {1e-300, 0.75}}) {
                assertIsTrue(loss, sums, targets);
            }
        }
    }

    /** Among the special arguments are two that differ by more than the greatest double. */
    @ParameterizedTest
    @EnumSource(names = "CATEGORICAL_CROSS_ENTROPY")
    void ofDistributions(Loss loss) {
        double[] second = shuffled(ARGUMENTS, 75);
        double[] third = shuffled(ARGUMENTS, 76);
        double[][] targets = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.2, 0.3, 0.5}, {1e-5, 0, 1}, {0.5, 1e-300, 0.5}};
        for (int i = 0; i < ARGUMENTS.length; i++) {
            assertIsTrue(loss, new double[] {ARGUMENTS[i], second[i], third[i]}, targets[i % targets.length]);
            for (double[] target : targets) {
                assertIsTrue(loss, new double[] {ARGUMENTS[i], -ARGUMENTS[i], 0}, target);
            }
        }
    }

    private static void assertIsTrue(Loss loss, double[] sums, double[] targets) {
        int units = sums.length;
        Topology topology = topology(loss);
        double[] parameters = new double[topology.parameters()];
        for (int unit = 0; unit < units; unit++) {
            parameters[unit * units + unit] = 1;
        }
        TrainableNetwork network = compiled.instance(topology, parameters);
        double[] gradient = new double[parameters.length];
        double error = network.backprop(sums, targets, gradient);
        double[] full = new double[parameters.length];
        double[] errors = {
            network.loss(sums, targets), ((FullGradientNetwork) network).fullGradient(sums, targets, full)
        };
        assertThat(errors).containsOnly(error);

        LossTruth truth = new LossTruth(loss, sums, targets);
        (Double.isInfinite(error) ? truth.sum() : truth.value()).assertIsNear(error);
        for (int unit = 0; unit < units; unit++) {
            truth.slope(unit).assertIsNear(gradient[units * units + unit]);
            assertThat(full[units * units + unit]).isEqualTo(gradient[units * units + unit]);
        }
    }

    private static double[] shuffled(double[] values, long seed) {
        List<Double> list = new ArrayList<>(Arrays.stream(values).boxed().toList());
        Collections.shuffle(list, new Random(seed));
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
