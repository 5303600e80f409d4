package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.GoldenNetwork;
import dev.chainrule.processor.testing.RequiresGolden;
import dev.chainrule.runtime.FullGradientNetwork;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated networks against true values, within 1e-11 of the largest magnitude in each vector. */
@RequiresGolden
class GoldenNetworksTest {
    private static List<GoldenNetwork> networks;
    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        networks = Golden.networks();
        compiled = Compiled.of(
                new NetworkProcessor(),
                networks.stream().map(GoldenNetwork::topology).toList());
    }

    static List<GoldenNetwork> networks() {
        return networks;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithTrueValues(GoldenNetwork golden) {
        FullGradientNetwork network = instance(golden);
        assertThat(golden.cases()).hasSize(3);
        for (Golden.Case record : golden.cases()) {
            double[] output = new double[network.outputs()];
            network.forward(record.input(), output);
            assertClose("output", output, record.output());

            double[] loss = {network.loss(record.input(), record.target())};
            assertClose("loss", loss, new double[] {record.loss()});

            double[] gradient = new double[golden.parameters().length];
            network.backprop(record.input(), record.target(), gradient);
            assertClose("gradient by backprop", gradient, record.gradient());

            double[] fullGradient = new double[golden.parameters().length];
            network.fullGradient(record.input(), record.target(), fullGradient);
            assertClose("gradient by fullGradient", fullGradient, record.gradient());

            double[] inputGradient = new double[network.inputs()];
            network.inputGradient(record.input(), record.target(), inputGradient);
            assertClose("input gradient", inputGradient, record.inputGradient());
        }
    }

    private static FullGradientNetwork instance(GoldenNetwork golden) {
        var network = compiled.instance(golden.topology(), golden.parameters());
        assertThat(network).isInstanceOf(FullGradientNetwork.class);
        return (FullGradientNetwork) network;
    }

    private static void assertClose(String what, double[] actual, double[] expected) {
        assertWithin(what, actual, expected, 1e-11 * largest(expected));
    }
}
