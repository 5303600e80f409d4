package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.processor.testing.BuiltInFormulas;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.FormulaNetwork.Layer;
import dev.chainrule.processor.testing.FormulaTree;
import dev.chainrule.runtime.Formula;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The activations and losses that have names, written as formulas: for |z| up to 4, away from kinks, and targets that
 * sum to 1 they give the values and gradients of those with names, within 1e-14 of the larger of 1 and the sum of the
 * absolute terms.
 */
class BuiltInFormulasTest {
    private static final double ROUNDING = 1e-14;

    private static final int POINTS = 2000;

    private static final int OUTPUTS = 3;

    private static final double FARTHEST = 4;

    /** Points closer than this to a kink are left out. */
    private static final double KINK = 1e-3;

    private static Compiled compiled;

    /** With this loss the gradient by the input is the derivative of the activation. */
    private static final String SUM = "lossFormula = \"sum(y)\"";

    private static FormulaNetwork named(Activation activation) {
        return new FormulaNetwork("Named" + activation, 1, List.of(Layer.named(1, activation.toString())), SUM, "");
    }

    private static FormulaNetwork written(Activation activation) {
        return new FormulaNetwork(
                "Written" + activation, 1, List.of(Layer.of(1, BuiltInFormulas.of(activation))), SUM, "");
    }

    private static Layer outputs(Loss loss) {
        return Layer.named(
                OUTPUTS,
                switch (loss) {
                    case BINARY_CROSS_ENTROPY -> "SIGMOID";
                    case CATEGORICAL_CROSS_ENTROPY -> "SOFTMAX";
                    default -> "IDENTITY";
                });
    }

    private static FormulaNetwork named(Loss loss) {
        return new FormulaNetwork("Named" + loss, OUTPUTS, List.of(outputs(loss)), "loss = Loss." + loss, "");
    }

    private static FormulaNetwork written(Loss loss) {
        return FormulaNetwork.of("Written" + loss, OUTPUTS, List.of(outputs(loss)), BuiltInFormulas.of(loss));
    }

    @BeforeAll
    static void compile() {
        List<FormulaNetwork> networks = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            if (activation != Activation.SOFTMAX) {
                networks.addAll(List.of(named(activation), written(activation)));
            }
        }
        for (Loss loss : Loss.values()) {
            networks.addAll(List.of(named(loss), written(loss)));
        }
        compiled = Compiled.ofFormulas(new NetworkProcessor(), networks);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void anActivation(Activation activation) {
        double[] parameters = {1, 0};
        Worst worst = new Worst(
                compiled.instance(named(activation), parameters), compiled.instance(written(activation), parameters));
        Random random = new Random(91);
        for (int i = 0; i < POINTS; i++) {
            double z = point(random);
            if (Math.abs(z) > KINK) {
                worst.compare(new double[] {z}, new double[1]);
            }
        }
        worst.check(activation.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aLoss(Loss loss) {
        double[] parameters = new double[OUTPUTS * OUTPUTS + OUTPUTS];
        for (int j = 0; j < OUTPUTS; j++) {
            parameters[j * OUTPUTS + j] = 1;
        }
        Worst worst =
                new Worst(compiled.instance(named(loss), parameters), compiled.instance(written(loss), parameters));
        Random random = new Random(92);
        for (int i = 0; i < POINTS; i++) {
            double[] z = {point(random), point(random), point(random)};
            double[] target = random.doubles(OUTPUTS).toArray();
            double sum = Arrays.stream(target).sum();
            Arrays.setAll(target, j -> target[j] / sum);
            worst.compare(z, target);
        }
        worst.check(loss.toString());
    }

    /** What the class tells of its loss, by {@link NetworkDescription}, is what it computes; declared by name or written out. */
    @ParameterizedTest
    @EnumSource
    void aLossAsATree(Loss loss) {
        for (FormulaNetwork declared : List.of(named(loss), written(loss))) {
            double[] parameters =
                    new Random(93).doubles(OUTPUTS * OUTPUTS + OUTPUTS, -1, 1).toArray();
            TrainableNetwork network = compiled.instance(declared, parameters);
            Formula formula =
                    network.description().outputLayers().get(0).formula().orElseThrow();
            Random random = new Random(94);
            for (int i = 0; i < 100; i++) {
                double[] input = {point(random), point(random), point(random)};
                double[] z = Arrays.copyOfRange(parameters, OUTPUTS * OUTPUTS, parameters.length);
                Arrays.setAll(
                        z,
                        j -> z[j]
                                + IntStream.range(0, OUTPUTS)
                                        .mapToDouble(k -> input[k] * parameters[OUTPUTS * k + j])
                                        .sum());
                double[] target = random.doubles(OUTPUTS).toArray();
                double sum = Arrays.stream(target).sum();
                Arrays.setAll(target, j -> target[j] / sum);
                double[] output = new double[OUTPUTS];
                network.forward(input, output);
                double value = new FormulaTree(z, output, target).value(formula);
                assertThat(value)
                        .as("%s by %s, for inputs %s", loss, formula, Arrays.toString(input))
                        .isCloseTo(network.loss(input, target), within(1e-13 * Math.max(1, Math.abs(value))));
            }
        }
    }

    private static double point(Random random) {
        return FARTHEST * (2 * random.nextDouble() - 1);
    }

    /** The largest differences of two networks, in units of the larger of 1 and the number itself. */
    private static final class Worst {
        private final TrainableNetwork named;
        private final TrainableNetwork written;
        private double ofValues;
        private double ofGradients;

        Worst(TrainableNetwork named, TrainableNetwork written) {
            this.named = named;
            this.written = written;
        }

        void compare(double[] input, double[] target) {
            double[] expected = new double[named.outputs()];
            double[] actual = new double[expected.length];
            named.forward(input, expected);
            written.forward(input, actual);
            for (int j = 0; j < actual.length; j++) {
                ofValues = Math.max(ofValues, difference(actual[j], expected[j]));
            }
            ofValues = Math.max(ofValues, difference(written.loss(input, target), named.loss(input, target)));
            double[] byInput = new double[input.length];
            double[] expectedByInput = new double[input.length];
            written.inputGradient(input, target, byInput);
            named.inputGradient(input, target, expectedByInput);
            for (int k = 0; k < byInput.length; k++) {
                ofGradients = Math.max(ofGradients, difference(byInput[k], expectedByInput[k]));
            }
        }

        private static double difference(double actual, double expected) {
            return Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
        }

        void check(String name) {
            assertThat(ofValues).as("worst value of " + name).isLessThanOrEqualTo(ROUNDING);
            assertThat(ofGradients).as("worst gradient of " + name).isLessThanOrEqualTo(ROUNDING);
        }
    }
}
