package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.runtime.Kernels;

/**
 * The activations of a layer and their derivatives, from the pre-activations {@code z} alone.
 *
 * <p>Values are computed exactly as documented, with the kernels of the runtime: generated code has the same bits.
 * Derivatives are textbook formulas in {@code z}, with {@link StrictMath}: other formulas than the generator's, most of which go
 * by the activation that is already there.
 */
final class Activations {
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_SCALE_ALPHA = 1.7580993408473766;
    private static final double TWO_ROOT_TWO_OVER_PI = 1.5957691216057308;

    private static final double SQRT_HALF = 0.7071067811865476;

    private Activations() {}

    /** The activation of every unit of a layer. */
    static double[] values(Activation activation, double[] z) {
        if (activation == Activation.SOFTMAX) {
            return softmax(z);
        }
        double[] a = new double[z.length];
        for (int j = 0; j < z.length; j++) {
            a[j] = value(activation, z[j]);
        }
        return a;
    }

    /** {@code result[i][j] = da_j / dz_i}. */
    static double[][] jacobian(Activation activation, double[] z) {
        double[][] jacobian = new double[z.length][z.length];
        double[] a = values(activation, z);
        for (int i = 0; i < z.length; i++) {
            if (activation == Activation.SOFTMAX) {
                for (int j = 0; j < z.length; j++) {
                    jacobian[i][j] = a[j] * ((i == j ? 1 : 0) - a[i]);
                }
            } else {
                jacobian[i][i] = derivative(activation, z[i]);
            }
        }
        return jacobian;
    }

    /**
     * As {@link #jacobian}, but with the sum of the absolute values of the terms that each derivative is made of. Where it is
     * a difference, as in {@code a (1 - a)} or {@code 1 - a^2}, it is known only to the precision of its terms.
     */
    static double[][] jacobianMagnitude(Activation activation, double[] z) {
        double[][] jacobian = new double[z.length][z.length];
        double[] a = values(activation, z);
        for (int i = 0; i < z.length; i++) {
            if (activation == Activation.SOFTMAX) {
                for (int j = 0; j < z.length; j++) {
                    jacobian[i][j] = a[j] * ((i == j ? 1 : 0) + a[i]);
                }
            } else {
                jacobian[i][i] = derivativeMagnitude(activation, z[i], a[i]);
            }
        }
        return jacobian;
    }

    private static double[] softmax(double[] z) {
        double max = z[0];
        for (int j = 1; j < z.length; j++) {
            max = Math.max(max, z[j]);
        }
        double[] a = new double[z.length];
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
            a[j] = Kernels.exp(z[j] - max);
            sum = j == 0 ? a[0] : sum + a[j];
        }
        for (int j = 0; j < z.length; j++) {
            a[j] /= sum;
        }
        return a;
    }

    private static double value(Activation activation, double z) {
        return switch (activation) {
            case IDENTITY -> z;
            case SIGMOID -> Kernels.sigmoid(z);
            case TANH -> Kernels.tanh(z);
            case RELU -> Math.max(0, z);
            case LEAKY_RELU -> Math.max(0.01 * z, z);
            case ELU -> Math.max(0, z) + Kernels.expm1(Math.min(0, z));
            case SELU -> SELU_SCALE * Math.max(0, z) + SELU_SCALE_ALPHA * Kernels.expm1(Math.min(0, z));
            case SOFTPLUS -> Kernels.softplus(z);
            case SOFTSIGN -> z / (1 + Math.abs(z));
            case SILU -> z * Kernels.sigmoid(z);
            case GELU_TANH -> z * Kernels.sigmoid(TWO_ROOT_TWO_OVER_PI * z * (1 + 0.044715 * z * z));
            case GELU -> 0.5 * z * (1 + Kernels.erf(SQRT_HALF * z));
            case HARD_SIGMOID -> Math.min(1, Math.max(0, z / 6 + 0.5));
            case SOFTMAX -> throw new IllegalArgumentException("not a function of one z");
        };
    }

    private static double derivative(Activation activation, double z) {
        return switch (activation) {
            case IDENTITY -> 1;
            case SIGMOID -> sigmoidDerivative(z);
            case TANH -> 1 / (StrictMath.cosh(z) * StrictMath.cosh(z));
            case RELU -> z > 0 ? 1 : 0;
            case LEAKY_RELU -> z > 0 ? 1 : 0.01;
            case ELU -> z > 0 ? 1 : StrictMath.exp(z);
            case SELU -> z > 0 ? SELU_SCALE : SELU_SCALE_ALPHA * StrictMath.exp(z);
            case SOFTPLUS -> sigmoid(z);
            case SOFTSIGN -> 1 / ((1 + Math.abs(z)) * (1 + Math.abs(z)));
            case SILU -> sigmoid(z) + z * sigmoidDerivative(z);
            case GELU_TANH -> geluDerivative(z);
            case GELU -> (1 + Kernels.erf(SQRT_HALF * z)) / 2 + z * normalDensity(z);
            case HARD_SIGMOID -> z > -3 && z < 3 ? 1.0 / 6 : 0;
            case SOFTMAX -> throw new IllegalArgumentException("not a function of one z");
        };
    }

    private static double derivativeMagnitude(Activation activation, double z, double a) {
        return switch (activation) {
            case SIGMOID -> a + a * a;
            case TANH -> 1 + a * a;
            case SILU -> sigmoid(z) + Math.abs(z) * (sigmoid(z) + sigmoid(z) * sigmoid(z));
            case GELU_TANH -> geluDerivativeMagnitude(z);
            case GELU -> 1 + Math.abs(z) * normalDensity(z);
            default -> derivative(activation, z);
        };
    }

    private static double sigmoid(double z) {
        return 1 / (1 + StrictMath.exp(-z));
    }

    /** {@code e^z / (1 + e^z)^2}, an even function of {@code z}. */
    private static double sigmoidDerivative(double z) {
        double e = StrictMath.exp(-Math.abs(z));
        return e / ((1 + e) * (1 + e));
    }

    /** The derivative of {@code z (1 + tanh u) / 2}, with {@code u = sqrt(2 / pi) (z + 0.044715 z^3)}. */
    private static double geluDerivative(double z) {
        double u = TWO_ROOT_TWO_OVER_PI / 2 * (z + 0.044715 * z * z * z);
        double du = TWO_ROOT_TWO_OVER_PI / 2 * (1 + 3 * 0.044715 * z * z);
        // sigmoid(2u) is (1 + tanh u) / 2 without the cancellation below 0
        return sigmoid(2 * u) + z * du / (2 * StrictMath.cosh(u) * StrictMath.cosh(u));
    }

    /** Of {@code s + z s (1 - s) 2u'}, with {@code s = sigmoid(2u)}. */
    private static double geluDerivativeMagnitude(double z) {
        double s = sigmoid(TWO_ROOT_TWO_OVER_PI * (z + 0.044715 * z * z * z));
        double du = TWO_ROOT_TWO_OVER_PI * (1 + 3 * 0.044715 * z * z);
        return s + Math.abs(z) * du * (s + s * s);
    }

    /** {@code e^(-z^2 / 2) / sqrt(2 pi)}. */
    private static double normalDensity(double z) {
        return StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
    }
}
