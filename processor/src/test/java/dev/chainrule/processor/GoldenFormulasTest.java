package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.GoldenFormula;
import dev.chainrule.processor.testing.RequiresGolden;
import dev.chainrule.runtime.FullGradientNetwork;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with formulas against true values, within 1e-12 of the largest magnitude in each vector, or of 1. */
@RequiresGolden
class GoldenFormulasTest {
    private static List<GoldenFormula> networks;
    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        networks = Golden.formulas();
        compiled = Compiled.ofFormulas(
                new NetworkProcessor(),
                networks.stream().map(GoldenFormula::declared).toList());
    }

    static List<GoldenFormula> networks() {
        return networks;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithTrueValues(GoldenFormula golden) {
        FullGradientNetwork network = (FullGradientNetwork) compiled.instance(golden.declared(), golden.parameters());
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

    private static void assertClose(String what, double[] actual, double[] expected) {
        assertWithin(what, actual, expected, 1e-12 * Math.max(1, largest(expected)));
    }
}
