package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private final double[] input = {2, 0.25};
    private final double[] target = {1.5};

    @Test
    void aRightGradientPasses() {
        GradientCheck check = GradientCheck.of(new LinearUnit(0.5, -2, 3), input, target);
        assertThat(check.error()).isLessThan(1e-12);
        assertThatCode(() -> check.assertWithin(1e-6)).doesNotThrowAnyException();
    }

    @Test
    void extrapolationCancelsTheThirdDerivative() {
        // E = (e^w x - t)^2 at w = 0, x = 1, t = 0: E = e^2w, so a central difference is wrong by 8/6 h^2, 1e-6
        LinearUnit exponential = new LinearUnit(0, 0) {
            @Override
            public void forward(double[] input, double[] output) {
                output[0] = Math.exp(parameters()[0]) * input[0];
            }

            @Override
            public double backprop(double[] input, double[] target, double[] gradient) {
                gradient[0] += 2 * loss(input, target);
                return loss(input, target);
            }
        };
        GradientCheck check = GradientCheck.of(exponential, new double[] {1}, new double[] {0});
        assertThat(check.error()).isLessThan(1e-11);
    }

    @Test
    void aWrongDerivativeIsNamedWithBothValues() {
        GradientCheck check = GradientCheck.of(new WrongBackprop(), input, target);
        assertThat(check.method()).isEqualTo("backprop");
        assertThat(check.parameter()).isEqualTo("w1_1_0");
        assertThat(check.analytic()).isEqualTo(1.5);
        assertThat(check.numeric()).isCloseTo(1, within(1e-12));
        assertThat(check.error()).isCloseTo(0.5 / 1.5, within(1e-12));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> check.assertWithin(1e-6))
                .withMessageStartingWith("dE/dw1_1_0 is 1.5 by backprop, ")
                .withMessageContaining(" by difference quotients: relative error 0.33")
                .withMessageEndingWith("; tolerance 1.0E-6");
    }

    @Test
    void fullGradientIsCheckedToo() {
        LinearUnit wrong = new LinearUnit(0.5, -2, 3) {
            @Override
            public double fullGradient(double[] input, double[] target, double[] gradient) {
                gradient[2] -= 1;
                return super.fullGradient(input, target, gradient);
            }
        };
        GradientCheck check = GradientCheck.of(wrong, input, target);
        assertThat(check.method()).isEqualTo("fullGradient");
        assertThat(check.parameter()).isEqualTo("b1_0");
        assertThat(check.analytic()).isEqualTo(3);
    }

    @Test
    void rightAtAMinimum() {
        LinearUnit exact = new LinearUnit(0.3, 0.1, 0.2);
        double[] output = new double[1];
        exact.forward(input, output);
        GradientCheck.of(exact, input, output).assertWithin(1e-9);
    }

    @Test
    void nanIsNeverRight() {
        LinearUnit nan = new LinearUnit(0.5, -2, 3) {
            @Override
            public double backprop(double[] input, double[] target, double[] gradient) {
                gradient[0] = 100;
                gradient[1] = Double.NaN;
                return super.backprop(input, target, gradient);
            }
        };
        GradientCheck check = GradientCheck.of(nan, input, target);
        assertThat(check.parameter()).isEqualTo("w1_1_0");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> check.assertWithin(Double.MAX_VALUE))
                .withMessageContaining("NaN by backprop");
    }

    @Test
    void parametersAreTheSameBitForBitAfterwards() {
        double[] parameters = {0.1, -0.0, 1e-300};
        GradientCheck.of(new LinearUnit(parameters), input, target);
        // Boxed doubles are equal where their bits are
        assertThat(parameters).containsExactly(new Double[] {0.1, -0.0, 1e-300});
    }

    @Test
    void wrongLengthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientCheck.of(new LinearUnit(1, 2, 3), new double[3], target))
                .withMessage("input has 3 values; expected 2");
    }

    /** dE/dw1_1_0 is half too large by backpropagation, right by the full gradient. */
    private static final class WrongBackprop extends LinearUnit {
        WrongBackprop() {
            super(0.5, -2, 3);
        }

        @Override
        public double backprop(double[] input, double[] target, double[] gradient) {
            double[] right = new double[3];
            double error = super.backprop(input, target, right);
            gradient[0] += right[0];
            gradient[1] += 1.5 * right[1];
            gradient[2] += right[2];
            return error;
        }

        @Override
        public double fullGradient(double[] input, double[] target, double[] gradient) {
            return super.backprop(input, target, gradient);
        }
    }
}
