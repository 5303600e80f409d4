package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.LayerDescription.Kind;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TargetKind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussNewtonTest {
    private static final int COUNT = 7;
    private static final double[] INPUTS =
            new Random(1).doubles(2 * COUNT, -1, 1).toArray();
    private static final double[] TARGETS =
            new Random(2).doubles(3 * COUNT, -1, 1).toArray();
    private static final double[] WEIGHTS = {1, 2, 0, 0.5, 1, 3, 1};

    @ParameterizedTest
    @ValueSource(strings = {"SUM_OF_SQUARES", "HALF_SUM_OF_SQUARES", "MEAN_SQUARED_ERROR"})
    void errorAndGradientAreTheNetworks(String loss) {
        SmallMlp network = new SmallMlp(2, 4, 3, loss, 3);
        int n = network.parameters().length;
        for (double[] weights : new double[][] {null, WEIGHTS}) {
            double[] sums = new double[GaussNewton.of(network).length()];
            double error = GaussNewton.of(network).add(INPUTS, TARGETS, weights, 1, COUNT, sums);
            double[] gradient = new double[n];
            double expected =
                    GradientMethod.backpropagation().of(network).add(INPUTS, TARGETS, weights, 1, COUNT, gradient);
            assertThat(error).isCloseTo(expected, within(1e-14));
            assertThat(GaussNewton.errorOf(network).length()).isZero();
            assertThat(GaussNewton.errorOf(network).add(INPUTS, TARGETS, weights, 1, COUNT, new double[0]))
                    .isEqualTo(error);
            for (int i = 0; i < n; i++) {
                assertThat(sums[i]).as("gradient %d", i).isCloseTo(gradient[i], within(1e-14));
            }
        }
    }

    /** Where residuals are linear in a parameter, the matrix is the second derivative; here by differences of gradients. */
    @Test
    void matrixIsTheSecondDerivativeByTheLastLayer() {
        SmallMlp network = new SmallMlp(2, 4, 3, "MEAN_SQUARED_ERROR", 3);
        int n = network.parameters().length;
        double[] sums = new double[GaussNewton.of(network).length()];
        GaussNewton.of(network).add(INPUTS, TARGETS, WEIGHTS, 0, COUNT, sums);
        for (int i = 12; i < n; i++) {
            double[] above = new double[n];
            double[] below = new double[n];
            RangeSum gradient = GradientMethod.backpropagation().of(network);
            network.parameters()[i] += 0.5;
            gradient.add(INPUTS, TARGETS, WEIGHTS, 0, COUNT, above);
            network.parameters()[i] -= 1;
            gradient.add(INPUTS, TARGETS, WEIGHTS, 0, COUNT, below);
            network.parameters()[i] += 0.5;
            for (int j = i; j < n; j++) {
                assertThat(sums[n + Triangle.diagonal(n, i) + j - i]).isCloseTo(above[j] - below[j], within(1e-13));
            }
        }
    }

    /** An unweighted record is one of weight 1, and one of weight 2 counts as often. */
    @Test
    void weightsCountAsRecordsDo() {
        SmallMlp network = new SmallMlp(2, 4, 3, "SUM_OF_SQUARES", 3);
        double[] once = new double[GaussNewton.of(network).length()];
        double[] twice = once.clone();
        double[] ofWeightOne = once.clone();
        GaussNewton.of(network).add(INPUTS, TARGETS, null, 0, COUNT, once);
        GaussNewton.of(network).add(INPUTS, TARGETS, new double[] {1, 1, 1, 1, 1, 1, 1}, 0, COUNT, ofWeightOne);
        GaussNewton.of(network).add(INPUTS, TARGETS, new double[] {2, 2, 2, 2, 2, 2, 2}, 0, COUNT, twice);
        assertThat(ofWeightOne).isEqualTo(once);
        int last = once.length - 1;
        for (int i = 0; i < last; i++) {
            assertThat(twice[i]).isEqualTo(2 * once[i]);
        }
        assertThat(twice[last]).isEqualTo(4 * once[last]);
    }

    /** The root of the sum of squares: by how much E moves for outputs that are a part of 2^-30 off, each by chance up or down. */
    @Test
    void lastSumIsOfRoundings() {
        SmallMlp network = new SmallMlp(2, 4, 3, "HALF_SUM_OF_SQUARES", 3);
        double[] sums = new double[GaussNewton.of(network).length()];
        double expected = 0;
        GaussNewton.of(network).add(INPUTS, TARGETS, WEIGHTS, 0, COUNT, sums);
        for (int record = 0; record < COUNT; record++) {
            double[] y = new double[3];
            network.forward(new double[] {INPUTS[2 * record], INPUTS[2 * record + 1]}, y);
            for (int o = 0; o < 3; o++) {
                double residual = y[o] - TARGETS[3 * record + o];
                double moved = WEIGHTS[record] / 2 * (residual + 0x1p-30 * y[o]) * (residual + 0x1p-30 * y[o])
                        - WEIGHTS[record] / 2 * residual * residual;
                expected += moved * 0x1p30 * moved * 0x1p30;
            }
        }
        assertThat(sums[sums.length - 1]).isCloseTo(expected, within(1e-6 * expected));
    }

    @Test
    void factorsOfSeveralOutputs() {
        NetworkDescription description = new NetworkDescription(
                List.of(new InputDescription("x", 2)),
                List.of(
                        new LayerDescription(2, "IDENTITY", true).named("h").reading("x"),
                        new LayerDescription(2, "IDENTITY", false)
                                .named("s")
                                .ofKind(Kind.SCALE)
                                .reading("h"),
                        new LayerDescription(2, "IDENTITY", false)
                                .named("y")
                                .ofKind(Kind.SCALE)
                                .reading("h")
                                .inverted()),
                List.of(
                        new OutputDescription("y", "MEAN_SQUARED_ERROR", 3, TargetKind.ANY),
                        new OutputDescription("h", "HALF_SUM_OF_SQUARES", 1, TargetKind.ANY),
                        new OutputDescription("s", "SUM_OF_SQUARES", 0.25, TargetKind.ANY)));
        double[] factors = new double[6];
        GaussNewton.factors(description, new double[] {9, 9, 9, 9, 7, 7, 4, 10}, factors);
        assertThat(factors).containsExactly(3.0 / 2 * 16, 3.0 / 2 * 100, 0.5, 0.5, 0.25, 0.25);
    }

    @Test
    void refusesOtherNetworks() {
        assertThatThrownBy(() -> GaussNewton.of(new SmallMlp(2, 4, 3, "HUBER", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the loss of layer2 is HUBER; expected a sum of squares: SUM_OF_SQUARES,"
                        + " HALF_SUM_OF_SQUARES or MEAN_SQUARED_ERROR. Lbfgs takes any loss");
        assertThatThrownBy(() -> GaussNewton.of(new TanhNetwork(ParameterLayout.of(1, new int[] {1}, new boolean[1]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dev.chainrule.runtime.training.TanhNetwork has no parameterJacobian; declare its network"
                        + " with also = PARAMETER_JACOBIAN");
    }
}
