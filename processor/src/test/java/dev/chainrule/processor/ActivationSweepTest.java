package dev.chainrule.processor;

import static dev.chainrule.processor.testing.PlainFloatNetwork.rounded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.ActivationTruth;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Sweep;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and slopes of generated units against 50 digits, over all that a double can be. */
class ActivationSweepTest {
    private static final double[] ARGUMENTS = Sweep.arguments(71, 400);

    /** With these the unit's sum is its input. */
    private static final double[] PARAMETERS = {1, 0};

    private static Compiled live;
    private static Compiled inFloat;

    static Stream<Topology> units() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .map(activation -> Topologies.of(
                        "Of" + activation, "1-1", activation, activation, Loss.MEAN_ABSOLUTE_ERROR, Unroll.AUTO));
    }

    @BeforeAll
    static void compile(@TempDir Path folder) {
        live = Compiled.of(new NetworkProcessor(), units().toList());
        List<PlainNetwork> plain =
                units().map(unit -> new PlainNetwork(unit, PARAMETERS)).toList();
        inFloat = Compiled.frozenOnly(new NetworkProcessor(), plain, folder, FloatNetworksTest.FLOAT);
    }

    @ParameterizedTest
    @MethodSource("units")
    void values(Topology unit) {
        TrainableNetwork network = live.instance(unit, PARAMETERS);
        ActivationTruth truth = new ActivationTruth(unit.layer(1).activation());
        double[] output = new double[1];
        for (double z : ARGUMENTS) {
            network.forward(new double[] {z}, output);
            truth.value(z).assertIsNear(output[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("units")
    void valuesInFloat(Topology unit) {
        FrozenNetwork network = inFloat.frozen(unit);
        ActivationTruth truth = new ActivationTruth(unit.layer(1).activation());
        float[] output = new float[1];
        for (float z : rounded(ARGUMENTS)) {
            if (Float.isFinite(z)) {
                network.forward(new float[] {z}, output);
                truth.value(z).assertIsNear(output[0]);
            }
        }
    }

    /** The loss's derivative is 1, as no output is below its target. */
    @ParameterizedTest
    @MethodSource("units")
    void slopes(Topology unit) {
        TrainableNetwork network = live.instance(unit, PARAMETERS);
        ActivationTruth truth = new ActivationTruth(unit.layer(1).activation());
        double[] target = {Double.NEGATIVE_INFINITY};
        for (double z : ARGUMENTS) {
            double[] input = {z};
            double[] gradient = new double[2];
            network.backprop(input, target, gradient);
            truth.slope(z).assertIsNear(gradient[1]);

            double[] byInput = new double[1];
            network.inputGradient(input, target, byInput);
            double[] full = new double[2];
            ((FullGradientNetwork) network).fullGradient(input, target, full);
            assertThat(new double[] {byInput[0], full[1]}).containsOnly(gradient[1]);
        }
    }
}
