package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.runtime.FloatKernels;
import java.util.Arrays;

/** The oracle for frozen networks in {@code float}: plain loops in the documented order, with the kernels of the runtime. */
public final class PlainFloatNetwork {
    private static final float SELU_SCALE = 1.0507009873554805f;
    private static final float SELU_SCALE_ALPHA = 1.7580993408473766f;
    private static final float SQRT_HALF = 0.70710678f;
    private static final float TWO_ROOT_TWO_OVER_PI = 1.5957691216057308f;

    private PlainFloatNetwork() {}

    /** The outputs; each parameter is rounded to the nearest float first. */
    public static float[] forward(PlainNetwork network, float[] input) {
        Topology topology = network.declared();
        float[] a = input;
        int index = 0;
        for (int layer = 1; layer <= topology.depth(); layer++) {
            float[] z = new float[topology.units(layer)];
            int firstBias = index + a.length * z.length;
            for (int j = 0; j < z.length && topology.layer(layer).bias(); j++) {
                z[j] = (float) network.parameters()[firstBias + j];
            }
            float[][] sums = new float[PlainNetwork.parts(a.length, z.length)][z.length];
            Arrays.stream(sums).forEach(sum -> Arrays.fill(sum, -0.0f));
            sums[0] = z;
            for (int k = 0; k < a.length; k++) {
                float[] sum = sums[k % sums.length];
                for (int j = 0; j < z.length; j++) {
                    sum[j] = Math.fma((float) network.parameters()[index++], a[k], sum[j]);
                }
            }
            for (int by = sums.length / 2; by >= 1; by /= 2) {
                for (int part = 0; part < by; part++) {
                    for (int j = 0; j < z.length; j++) {
                        sums[part][j] += sums[part + by][j];
                    }
                }
            }
            index += topology.layer(layer).bias() ? z.length : 0;
            a = values(topology.layer(layer).activation(), z);
        }
        return a;
    }

    private static float[] values(Activation activation, float[] z) {
        float[] a = new float[z.length];
        if (activation != Activation.SOFTMAX) {
            for (int j = 0; j < z.length; j++) {
                a[j] = value(activation, z[j]);
            }
            return a;
        }
        float max = z[0];
        for (float value : z) {
            max = Math.max(max, value);
        }
        float sum = -0.0f;
        for (int j = 0; j < z.length; j++) {
            a[j] = FloatKernels.exp(z[j] - max);
            sum += a[j];
        }
        for (int j = 0; j < z.length; j++) {
            a[j] /= sum;
        }
        return a;
    }

    private static float value(Activation activation, float z) {
        return switch (activation) {
            case IDENTITY -> z;
            case SIGMOID -> FloatKernels.sigmoid(z);
            case TANH -> FloatKernels.tanh(z);
            case RELU -> Math.max(0, z);
            case LEAKY_RELU -> Math.max(0.01f * z, z);
            case ELU -> Math.max(0, z) + FloatKernels.expm1(Math.min(0, z));
            case SELU -> SELU_SCALE * Math.max(0, z) + SELU_SCALE_ALPHA * FloatKernels.expm1(Math.min(0, z));
            case SOFTPLUS -> FloatKernels.softplus(z);
            case SOFTSIGN -> z / (1 + Math.abs(z));
            case SILU -> z * FloatKernels.sigmoid(z);
            case GELU_TANH -> z * FloatKernels.sigmoid(TWO_ROOT_TWO_OVER_PI * z * (1 + 0.044715f * z * z));
            case GELU -> 0.5f * z * (1 + FloatKernels.erf(SQRT_HALF * z));
            case HARD_SIGMOID -> Math.min(1, Math.max(0, z / 6 + 0.5f));
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX is of a layer");
        };
    }

    /** Doubles, each rounded to the nearest float. */
    public static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }

    /** Floats as doubles. */
    public static double[] widened(float... values) {
        double[] widened = new double[values.length];
        Arrays.setAll(widened, i -> values[i]);
        return widened;
    }
}
