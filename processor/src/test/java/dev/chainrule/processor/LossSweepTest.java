package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Loss;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.LossTruth;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses and their derivatives in generated networks against 50 digits, over all that a double can be. */
class LossSweepTest {
    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        compiled = Compiled.of(
                new NetworkProcessor(),
                Stream.of(Loss.values()).map(LossTruth::network).toList());
    }

    @ParameterizedTest
    @EnumSource
    void lossesAndDerivatives(Loss loss) {
        Topology topology = LossTruth.network(loss);
        int units = topology.outputs();
        TrainableNetwork network = compiled.instance(topology, LossTruth.parameters(loss));
        for (LossTruth truth : LossTruth.sweep(loss, 150)) {
            double[] gradient = new double[topology.parameters()];
            double[] full = new double[topology.parameters()];
            double error = network.backprop(truth.sums(), truth.targets(), gradient);
            truth.value(error).assertIsNear(error);
            assertThat(network.loss(truth.sums(), truth.targets()))
                    .as("loss of " + truth)
                    .isEqualTo(error);
            ((FullGradientNetwork) network).fullGradient(truth.sums(), truth.targets(), full);
            for (int unit = 0; unit < units; unit++) {
                int bias = units * units + unit;
                truth.slope(unit).assertIsNear(gradient[bias]);
                assertThat(full[bias]).as("full gradient of " + truth).isEqualTo(gradient[bias]);
            }
        }
    }
}
