package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivativeCheckTest {
    private static final double[] INPUT = {0.7};
    private static final double[] TARGET = {0.25};

    /** {@code y = sin(p x), E = (y - t)^2}; each of its methods may be wrong by a factor. */
    private static final class Wave
            implements JacobianNetwork,
                    ParameterJacobianNetwork,
                    HessianVectorNetwork,
                    HessianNetwork,
                    InputHessianNetwork {
        private final double[] parameters = {1.3};
        private final String wrong;

        Wave(String wrong) {
            this.wrong = wrong;
        }

        private double factor(String method) {
            return method.equals(wrong) ? 1.001 : 1;
        }

        /** {@code d2E/da2} of {@code E = (sin(a b) - t)^2}. */
        private static double bend(double a, double b, double t) {
            double slope = b * Math.cos(a * b);
            return 2 * slope * slope - 2 * (Math.sin(a * b) - t) * b * b * Math.sin(a * b);
        }

        @Override
        public void jacobian(double[] input, double[] jacobian) {
            jacobian[0] = factor("jacobian") * parameters[0] * Math.cos(parameters[0] * input[0]);
        }

        @Override
        public void parameterJacobian(double[] input, double[] jacobian) {
            jacobian[0] = factor("parameterJacobian") * input[0] * Math.cos(parameters[0] * input[0]);
        }

        @Override
        public double hessianVector(double[] input, double[] target, double[] v, double[] product) {
            product[0] += factor("hessianVector") * v[0] * bend(parameters[0], input[0], target[0]);
            return loss(input, target);
        }

        @Override
        public double hessian(double[] input, double[] target, double[] hessian) {
            hessian[0] += factor("hessian") * bend(parameters[0], input[0], target[0]);
            return loss(input, target);
        }

        @Override
        public double inputHessian(double[] input, double[] target, double[] hessian) {
            hessian[0] += factor("inputHessian") * bend(input[0], parameters[0], target[0]);
            return loss(input, target);
        }

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public double[] parameters() {
            return parameters;
        }

        @Override
        public NetworkDescription description() {
            LayerDescription unit = new LayerDescription(1, "IDENTITY", false);
            return new NetworkDescription(1, List.of(unit), "SUM_OF_SQUARES", TargetKind.ANY);
        }

        @Override
        public void forward(double[] input, double[] output) {
            output[0] = Math.sin(parameters[0] * input[0]);
        }

        @Override
        public double loss(double[] input, double[] target) {
            double difference = Math.sin(parameters[0] * input[0]) - target[0];
            return difference * difference;
        }

        @Override
        public double backprop(double[] input, double[] target, double[] gradient) {
            gradient[0] += slope(input, target) * input[0];
            return loss(input, target);
        }

        @Override
        public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double inputGradient(double[] input, double[] target, double[] gradient) {
            gradient[0] += slope(input, target) * parameters[0];
            return loss(input, target);
        }

        private double slope(double[] input, double[] target) {
            double z = parameters[0] * input[0];
            return 2 * (Math.sin(z) - target[0]) * Math.cos(z);
        }
    }

    @Test
    void rightDerivativesPass() {
        Wave wave = new Wave("");
        DerivativeCheck check = DerivativeCheck.of(wave, INPUT, TARGET);
        assertThat(check.error()).isLessThan(1e-9);
        check.assertWithin(1e-6);
        assertThat(wave.parameters()).containsExactly(1.3);
        assertThat(INPUT).containsExactly(0.7);
    }

    @ParameterizedTest
    @CsvSource({
        "jacobian, dy_0/dx_0",
        "parameterJacobian, dy_0/dw1_0_0",
        "hessianVector, d2E/dw1_0_0 dp v",
        "hessian, d2E/dw1_0_0 dw1_0_0",
        "inputHessian, d2E/dx_0 dx_0"
    })
    void aWrongOneIsNamed(String method, String derivative) {
        DerivativeCheck check = DerivativeCheck.of(new Wave(method), INPUT, TARGET);
        assertThat(check.method()).isEqualTo(method);
        assertThat(check.derivative()).isEqualTo(derivative);
        assertThat(check.error()).isBetween(0.9e-3, 1.1e-3);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> check.assertWithin(1e-6))
                .withMessageStartingWith(derivative + " is ")
                .withMessageContaining(" by " + method + ", ")
                .withMessageEndingWith("; tolerance 1.0E-6");
    }

    @Test
    void aNetworkNeedsADerivative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DerivativeCheck.of(new LinearUnit(1, 2), INPUT, TARGET))
                .withMessageEndingWith(
                        "LinearUnit has no derivative besides its gradient; declare its network with also = ...");
    }
}
