package dev.chainrule.processor;

import static dev.chainrule.processor.testing.ActivationTruth.PARAMETERS;
import static dev.chainrule.processor.testing.PlainFloatNetwork.rounded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.ActivationTruth;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Sweep;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and slopes of generated units against 50 digits, over all that a double or a float can be. */
class ActivationSweepTest {
    private static final double[] ARGUMENTS = Sweep.arguments(71, 150);

    private static Compiled live;
    private static Compiled inFloat;

    static Stream<ActivationTruth> activations() {
        return ActivationTruth.all();
    }

    @BeforeAll
    static void compile(@TempDir Path folder) {
        live = Compiled.of(
                new NetworkProcessor(), activations().map(ActivationTruth::unit).toList());
        List<PlainNetwork> plain = activations()
                .map(truth -> new PlainNetwork(truth.unit(), PARAMETERS))
                .toList();
        inFloat = Compiled.frozenOnly(new NetworkProcessor(), plain, folder, FloatNetworksTest.FLOAT);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void values(ActivationTruth truth) {
        TrainableNetwork network = live.instance(truth.unit(), PARAMETERS);
        double[] output = new double[1];
        for (double z : ARGUMENTS) {
            network.forward(new double[] {z}, output);
            truth.value(z).assertIsNear(output[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void valuesInFloat(ActivationTruth truth) {
        FrozenNetwork network = inFloat.frozen(truth.unit());
        float[] output = new float[1];
        for (float z : rounded(ARGUMENTS)) {
            if (Float.isFinite(z)) {
                network.forward(new float[] {z}, output);
                truth.value(z).assertIsNear(output[0]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void slopes(ActivationTruth truth) {
        TrainableNetwork network = live.instance(truth.unit(), PARAMETERS);
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
            assertThat(new double[] {byInput[0], full[1]})
                    .as(truth + " at " + z)
                    .containsOnly(gradient[1]);
        }
    }
}
