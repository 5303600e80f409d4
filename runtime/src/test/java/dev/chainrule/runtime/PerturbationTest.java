package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbationTest {
    /** Numbers of few bits: with a step that is a power of two, nothing in the error is rounded. */
    private final LinearUnit unit = new LinearUnit(0.5, -2, 3);

    private final double[] input = {2, 0.25};
    private final double[] target = {1.5};

    /** y = 3 + 1 - 0.5 = 3.5, so E = (3.5 - 1.5)^2 and dE/dy = 4. */
    private final double[] derivatives = {8, 1, 4};

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-20, 0x1p-17, 0x1p-10, 1, 1024})
    void quadraticErrorsHaveExactDerivatives(double epsilon) {
        double[] gradient = new double[3];
        double error = new Perturbation(unit, epsilon).gradient(input, target, gradient);
        assertThat(gradient).containsExactly(derivatives);
        assertThat(error).isEqualTo(4);
    }

    @Test
    void theDefaultStepServes() {
        double[] gradient = new double[3];
        new Perturbation(unit).gradient(input, target, gradient);
        assertThat(gradient).containsExactly(derivatives);
    }

    @Test
    void theStepThatWasRoundedIsTheDivisor() {
        // Near 1e9 doubles are 1.2e-7 apart, so that a step of 1e-6 is wrong by several percent
        LinearUnit far = new LinearUnit(1e9, -1e9);
        double[] gradient = new double[2];
        new Perturbation(far, 1e-6).gradient(new double[] {1}, new double[] {1}, gradient);
        assertThat(gradient[0]).isCloseTo(-2, within(1e-6));
        assertThat(gradient[1]).isCloseTo(-2, within(1e-6));
    }

    @Test
    void derivativesAreAdded() {
        double[] gradient = {1, 2, 3};
        new Perturbation(unit).gradient(input, target, gradient);
        assertThat(gradient).containsExactly(9, 3, 7);
    }

    @Test
    void rangesAddTheirRecordsInOrder() {
        double[] inputs = {9, 9, 0.1, 0.2, 0.3, 0.4, 9, 9};
        double[] targets = {9, 0.7, 0.8, 9};
        Perturbation perturbation = new Perturbation(unit);
        double[] expected = new double[3];
        double expectedError = 0;
        expectedError += perturbation.gradient(new double[] {0.1, 0.2}, new double[] {0.7}, expected);
        expectedError += perturbation.gradient(new double[] {0.3, 0.4}, new double[] {0.8}, expected);

        double[] gradient = new double[3];
        double error = perturbation.gradient(inputs, targets, 1, 3, gradient);

        assertThat(gradient).containsExactly(expected);
        assertThat(error).isEqualTo(expectedError);
    }

    @Test
    void parametersAreTheSameBitForBitAfterwards() {
        double[] parameters = {-0.0, Double.NaN, 0.1, Double.MIN_VALUE, 1e300, Double.NEGATIVE_INFINITY};
        double[] before = parameters.clone();
        new Perturbation(new LinearUnit(parameters)).gradient(new double[5], new double[1], new double[6]);
        assertThat(bits(parameters)).containsExactly(bits(before));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void theyAreSoWhenTheLossThrows(int call) {
        double[] parameters = {0.1, -0.0, 0.3};
        double[] before = parameters.clone();
        LinearUnit failing = new LinearUnit(parameters) {
            private int calls;

            @Override
            public double loss(double[] input, double[] target) {
                if (++calls == call) {
                    throw new IllegalStateException("no loss");
                }
                return super.loss(input, target);
            }
        };
        Perturbation perturbation = new Perturbation(failing);
        assertThatIllegalStateException()
                .isThrownBy(() -> perturbation.gradient(input, target, new double[3]))
                .withMessage("no loss");
        assertThat(bits(parameters)).containsExactly(bits(before));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1e-5, Double.NaN, Double.POSITIVE_INFINITY})
    void epsilonIsPositiveAndFinite(double epsilon) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Perturbation(unit, epsilon))
                .withMessage("epsilon is " + epsilon + "; expected a positive, finite number");
    }

    @Test
    void wrongLengthsAreRefusedBeforeAnythingIsWritten() {
        Perturbation perturbation = new Perturbation(unit);
        double[] gradient = new double[3];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perturbation.gradient(new double[3], target, gradient))
                .withMessage("input has 3 values; expected 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perturbation.gradient(input, new double[2], gradient))
                .withMessage("target has 2 values; expected 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perturbation.gradient(input, target, new double[4]))
                .withMessage("gradient has 4 values; expected 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perturbation.gradient(input, target, 0, 2, gradient))
                .withMessage("records from 0 to 2; expected a range within 0 to 1, the number of records");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perturbation.gradient(input, target, 0, 1, new double[2]))
                .withMessage("gradient has 2 values; expected 3");
        assertThat(gradient).containsOnly(0);
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }
}
