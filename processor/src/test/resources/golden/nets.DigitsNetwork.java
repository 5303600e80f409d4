package nets;

import static dev.chainrule.runtime.Kernels.exp;
import static dev.chainrule.runtime.Kernels.log;
import static dev.chainrule.runtime.Shapes.checkLength;
import static dev.chainrule.runtime.Shapes.checkRecords;
import static java.lang.Math.fma;
import static java.lang.Math.max;
import static java.lang.System.arraycopy;

import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import java.lang.Override;
import java.lang.String;
import javax.annotation.processing.Generated;

/**
 * The 64-24-10 network declared by {@link Digits}, its sums and derivatives as loops.
 *
 * <pre>
 *   Layer 0, the input: x_k for k = 0 .. 63
 *   Layer 1, 24 relu units: z1_j = b1_j + sum_k x_k * w1_k_j, a1_j = max(0, z1_j)
 *   Layer 2, 10 softmax units
 *     z2_j = b2_j + sum_k a1_k * w2_k_j
 *     max2 = max_j z2_j
 *     e2_j = exp(z2_j - max2)
 *     sum2 = sum_j e2_j
 *     a2_j = e2_j / sum2
 *   Loss, for the targets t_j: logSum2 = log(sum2), E = sum_j 2 * t_j * (0.5 * logSum2 - (0.5 * z2_j - 0.5 * max2))
 *
 *   w1_k_j leads from unit k of layer 0 to unit j of layer 1; delta1_j = dE/dz1_j; dE_da1_j = dE/da1_j
 *
 *   A sum in a loop starts from -0.0: adding to it changes nothing, not even the sign of a zero.
 *   Up to 12 sums or 8 rows go through a loop together, which hides the latency of an addition.
 *
 *   Where the parameters are stored, and their derivatives in a gradient
 *     [0] to [1559]: w1_k_j at [24 * k + j], b1_j at [1536 + j]
 *     [1560] to [1809]: w2_k_j at [1560 + 10 * k + j], b2_j at [1800 + j]
 * </pre>
 */
@Generated("dev.chainrule.processor.NetworkProcessor")
final class DigitsNetwork implements FullGradientNetwork {
    /** The number of inputs. */
    public static final int INPUTS = 64;

    /** The number of outputs. */
    public static final int OUTPUTS = 10;

    /** The number of weights and biases. */
    public static final int PARAMETERS = 1810;

    /** The number of units, inputs not counted. */
    public static final int ACTIVATIONS = 34;

    private static final LayerDescription[] LAYERS = {
        new LayerDescription(24, "RELU", "max(0, z)", true), new LayerDescription(10, "SOFTMAX", "softmax(z)", true)
    };

    private static final NetworkDescription DESCRIPTION = NetworkDescription.of(
            INPUTS, LAYERS, "CATEGORICAL_CROSS_ENTROPY", "-sum(t * log(y))", TargetKind.DISTRIBUTION);

    private final double[] parameters;
    private final double[] a1 = new double[24];
    private final double[] a2 = new double[10];
    private final double[] dE_da1 = new double[24];
    private final double[] delta1 = new double[24];
    private final double[] delta2 = new double[10];
    private final double[] deltaRow1 = new double[1536];
    private final double[] e2 = new double[10];
    private double max2;
    private final double[] partial1 = new double[1536];
    private double sum2;
    private final double[] z1 = new double[24];
    private final double[] z2 = new double[10];
    private final DigitsNetworkBlocks blocks;

    /** Makes a network with parameters of its own, all zero. */
    public DigitsNetwork() {
        this(new double[PARAMETERS]);
    }

    /**
     * Makes a network that works on the caller's parameters; several networks can share them.
     *
     * @param parameters 1810 values, used as they are and not copied
     * @throws IllegalArgumentException if there are more or fewer
     */
    public DigitsNetwork(double[] parameters) {
        checkLength("parameters", parameters, PARAMETERS);
        this.parameters = parameters;
        this.blocks = new DigitsNetworkBlocks(parameters);
    }

    /**
     * The forward pass: 1776 fused multiply-adds, 10 divisions, 19 additions, 10 calls of exp and 33 calls of max.
     *
     * @param input 64 values
     * @param output receives 10 values; may be the same array
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public void forward(double[] input, double[] output) {
        checkLength("input", input, INPUTS);
        checkLength("output", output, OUTPUTS);
        forward1(input, 0);
        forward2();
        output(output);
    }

    /**
     * Adds dE/dp to {@code gradient} for every parameter p, by backpropagation: 3600 fused multiply-adds, 266
     * multiplications, 10 divisions, 260 additions, 24 comparisons, 10 calls of exp, 1 call of log and 33 calls of
     * max.
     *
     * @param input 64 values
     * @param target 10 values
     * @param gradient 1810 values, added to
     * @return the loss E
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        checkLength("input", input, INPUTS);
        checkLength("target", target, OUTPUTS);
        checkLength("gradient", gradient, PARAMETERS);
        return backpropRecord(input, 0, target, 0, gradient);
    }

    private double backpropRecord(double[] inputs, int x, double[] targets, int t, double[] gradient) {
        forward1(inputs, x);
        forward2();
        final double E = lossOfOutputs(targets, t);
        delta2(targets, t);
        gradient2(gradient);
        delta1();
        gradient1(inputs, x, gradient);
        return E;
    }

    /**
     * Adds dE/dp to {@code gradient} for every parameter p, each by its own chain rule, with nothing shared but the
     * forward pass: 1776 fused multiply-adds, 46850 multiplications, 10 divisions, 31748 additions, 15600
     * comparisons, 10 calls of exp, 1 call of log and 33 calls of max.
     *
     * @param input 64 values
     * @param target 10 values
     * @param gradient 1810 values, added to
     * @return the loss E
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public double fullGradient(double[] input, double[] target, double[] gradient) {
        checkLength("input", input, INPUTS);
        checkLength("target", target, OUTPUTS);
        checkLength("gradient", gradient, PARAMETERS);
        forward1(input, 0);
        forward2();
        final double E = lossOfOutputs(target, 0);
        fullGradient1(input, 0, target, 0, gradient);
        fullGradient2(target, 0, gradient);
        return E;
    }

    private void forward1(double[] inputs, int x) {
        final double[] p = parameters;

        // Layer 1: z1_j = b1_j + sum_k x_k * w1_k_j, a1_j = max(0, z1_j)
        // partial1 holds the sums of the first k terms where W1 has row k: HotSpot vectorises loops of one index
        for (int j = 0; j < 24; j++) {
            partial1[j] = p[1536 + j];
        }
        for (int k = 0; k < 56; k += 8) {
            final double x_k = inputs[x + k];
            final double x_k1 = inputs[x + 1 + k];
            final double x_k2 = inputs[x + 2 + k];
            final double x_k3 = inputs[x + 3 + k];
            final double x_k4 = inputs[x + 4 + k];
            final double x_k5 = inputs[x + 5 + k];
            final double x_k6 = inputs[x + 6 + k];
            final double x_k7 = inputs[x + 7 + k];
            for (int kj = 24 * k; kj < 24 * k + 24; kj++) {
                double z1_j = partial1[kj];
                z1_j = fma(x_k, p[kj], z1_j);
                z1_j = fma(x_k1, p[24 + kj], z1_j);
                z1_j = fma(x_k2, p[48 + kj], z1_j);
                z1_j = fma(x_k3, p[72 + kj], z1_j);
                z1_j = fma(x_k4, p[96 + kj], z1_j);
                z1_j = fma(x_k5, p[120 + kj], z1_j);
                z1_j = fma(x_k6, p[144 + kj], z1_j);
                z1_j = fma(x_k7, p[168 + kj], z1_j);
                partial1[192 + kj] = z1_j;
            }
        }
        final double x_56 = inputs[x + 56];
        final double x_57 = inputs[x + 57];
        final double x_58 = inputs[x + 58];
        final double x_59 = inputs[x + 59];
        final double x_60 = inputs[x + 60];
        final double x_61 = inputs[x + 61];
        final double x_62 = inputs[x + 62];
        final double x_63 = inputs[x + 63];
        for (int j = 0; j < 24; j++) {
            double z1_j = partial1[1344 + j];
            z1_j = fma(x_56, p[1344 + j], z1_j);
            z1_j = fma(x_57, p[1368 + j], z1_j);
            z1_j = fma(x_58, p[1392 + j], z1_j);
            z1_j = fma(x_59, p[1416 + j], z1_j);
            z1_j = fma(x_60, p[1440 + j], z1_j);
            z1_j = fma(x_61, p[1464 + j], z1_j);
            z1_j = fma(x_62, p[1488 + j], z1_j);
            z1_j = fma(x_63, p[1512 + j], z1_j);
            z1[j] = z1_j;
        }
        for (int j = 0; j < 24; j++) {
            a1[j] = max(0, z1[j]);
        }
    }

    private void forward2() {
        final double[] p = parameters;

        // Layer 2
        //   z2_j = b2_j + sum_k a1_k * w2_k_j
        //   max2 = max_j z2_j
        //   e2_j = exp(z2_j - max2)
        //   sum2 = sum_j e2_j
        //   a2_j = e2_j / sum2
        double z2_0 = p[1800];
        double z2_1 = p[1801];
        double z2_2 = p[1802];
        double z2_3 = p[1803];
        double z2_4 = p[1804];
        double z2_5 = p[1805];
        double z2_6 = p[1806];
        double z2_7 = p[1807];
        double z2_8 = p[1808];
        double z2_9 = p[1809];
        for (int k = 0; k < 24; k++) {
            final double a1_k = a1[k];
            z2_0 = fma(a1_k, p[1560 + 10 * k], z2_0);
            z2_1 = fma(a1_k, p[1561 + 10 * k], z2_1);
            z2_2 = fma(a1_k, p[1562 + 10 * k], z2_2);
            z2_3 = fma(a1_k, p[1563 + 10 * k], z2_3);
            z2_4 = fma(a1_k, p[1564 + 10 * k], z2_4);
            z2_5 = fma(a1_k, p[1565 + 10 * k], z2_5);
            z2_6 = fma(a1_k, p[1566 + 10 * k], z2_6);
            z2_7 = fma(a1_k, p[1567 + 10 * k], z2_7);
            z2_8 = fma(a1_k, p[1568 + 10 * k], z2_8);
            z2_9 = fma(a1_k, p[1569 + 10 * k], z2_9);
        }
        z2[0] = z2_0;
        z2[1] = z2_1;
        z2[2] = z2_2;
        z2[3] = z2_3;
        z2[4] = z2_4;
        z2[5] = z2_5;
        z2[6] = z2_6;
        z2[7] = z2_7;
        z2[8] = z2_8;
        z2[9] = z2_9;
        double max2 = z2_0;
        for (int j = 0; j < 10; j++) {
            max2 = max(max2, z2[j]);
        }
        this.max2 = max2;
        for (int j = 0; j < 10; j++) {
            e2[j] = exp(z2[j] - max2);
        }
        double sum2 = -0.0;
        for (int j = 0; j < 10; j++) {
            sum2 += e2[j];
        }
        this.sum2 = sum2;
        for (int j = 0; j < 10; j++) {
            a2[j] = e2[j] / sum2;
        }
    }

    private void output(double[] output) {
        // Output: y_j = a2_j
        for (int j = 0; j < 10; j++) {
            output[j] = a2[j];
        }
    }

    private double lossOfOutputs(double[] targets, int t) {
        // Loss: logSum2 = log(sum2), E = sum_j 2 * t_j * (0.5 * logSum2 - (0.5 * z2_j - 0.5 * max2))
        final double sum2 = this.sum2;
        final double max2 = this.max2;
        final double logSum2 = log(sum2);
        double E = -0.0;
        for (int j = 0; j < 10; j++) {
            E += 2 * targets[t + j] * (0.5 * logSum2 - (0.5 * z2[j] - 0.5 * max2));
        }
        return E;
    }

    private void delta2(double[] targets, int t) {
        // Delta of layer 2: delta2_j = a2_j - t_j
        for (int j = 0; j < 10; j++) {
            delta2[j] = a2[j] - targets[t + j];
        }
    }

    private void gradient2(double[] gradient) {
        // Gradient of layer 2: dE/dw2_k_j = delta2_j * a1_k, dE/db2_j = delta2_j
        final double delta2_0 = delta2[0];
        final double delta2_1 = delta2[1];
        final double delta2_2 = delta2[2];
        final double delta2_3 = delta2[3];
        final double delta2_4 = delta2[4];
        final double delta2_5 = delta2[5];
        final double delta2_6 = delta2[6];
        final double delta2_7 = delta2[7];
        final double delta2_8 = delta2[8];
        final double delta2_9 = delta2[9];
        for (int k = 0; k < 24; k++) {
            final double a1_k = a1[k];
            gradient[1560 + 10 * k] = fma(delta2_0, a1_k, gradient[1560 + 10 * k]); // dE/dw2_k_0
            gradient[1561 + 10 * k] = fma(delta2_1, a1_k, gradient[1561 + 10 * k]); // dE/dw2_k_1
            gradient[1562 + 10 * k] = fma(delta2_2, a1_k, gradient[1562 + 10 * k]); // dE/dw2_k_2
            gradient[1563 + 10 * k] = fma(delta2_3, a1_k, gradient[1563 + 10 * k]); // dE/dw2_k_3
            gradient[1564 + 10 * k] = fma(delta2_4, a1_k, gradient[1564 + 10 * k]); // dE/dw2_k_4
            gradient[1565 + 10 * k] = fma(delta2_5, a1_k, gradient[1565 + 10 * k]); // dE/dw2_k_5
            gradient[1566 + 10 * k] = fma(delta2_6, a1_k, gradient[1566 + 10 * k]); // dE/dw2_k_6
            gradient[1567 + 10 * k] = fma(delta2_7, a1_k, gradient[1567 + 10 * k]); // dE/dw2_k_7
            gradient[1568 + 10 * k] = fma(delta2_8, a1_k, gradient[1568 + 10 * k]); // dE/dw2_k_8
            gradient[1569 + 10 * k] = fma(delta2_9, a1_k, gradient[1569 + 10 * k]); // dE/dw2_k_9
        }
        for (int j = 0; j < 10; j++) {
            gradient[1800 + j] += delta2[j]; // dE/db2_j
        }
    }

    private void delta1() {
        final double[] p = parameters;

        // Delta of layer 1, carried back through W2
        //   dE/da1_k = sum_j delta2_j * w2_k_j
        //   delta1_k = dE/da1_k * (a1_k > 0 ? 1 : 0)
        // Eight sums of every eighth term, which do not wait for each other
        for (int k = 0; k < 24; k += 2) {
            double part1_dE_da_0_k = -0.0;
            double part1_dE_da_1_k = -0.0;
            double part1_dE_da_2_k = -0.0;
            double part1_dE_da_3_k = -0.0;
            double part1_dE_da_4_k = -0.0;
            double part1_dE_da_5_k = -0.0;
            double part1_dE_da_6_k = -0.0;
            double part1_dE_da_7_k = -0.0;
            double part1_dE_da_0_k1 = -0.0;
            double part1_dE_da_1_k1 = -0.0;
            double part1_dE_da_2_k1 = -0.0;
            double part1_dE_da_3_k1 = -0.0;
            double part1_dE_da_4_k1 = -0.0;
            double part1_dE_da_5_k1 = -0.0;
            double part1_dE_da_6_k1 = -0.0;
            double part1_dE_da_7_k1 = -0.0;
            for (int j = 0; j < 8; j += 8) {
                part1_dE_da_0_k = fma(delta2[j], p[1560 + 10 * k + j], part1_dE_da_0_k);
                part1_dE_da_0_k1 = fma(delta2[j], p[1570 + 10 * k + j], part1_dE_da_0_k1);
                part1_dE_da_1_k = fma(delta2[1 + j], p[1561 + 10 * k + j], part1_dE_da_1_k);
                part1_dE_da_1_k1 = fma(delta2[1 + j], p[1571 + 10 * k + j], part1_dE_da_1_k1);
                part1_dE_da_2_k = fma(delta2[2 + j], p[1562 + 10 * k + j], part1_dE_da_2_k);
                part1_dE_da_2_k1 = fma(delta2[2 + j], p[1572 + 10 * k + j], part1_dE_da_2_k1);
                part1_dE_da_3_k = fma(delta2[3 + j], p[1563 + 10 * k + j], part1_dE_da_3_k);
                part1_dE_da_3_k1 = fma(delta2[3 + j], p[1573 + 10 * k + j], part1_dE_da_3_k1);
                part1_dE_da_4_k = fma(delta2[4 + j], p[1564 + 10 * k + j], part1_dE_da_4_k);
                part1_dE_da_4_k1 = fma(delta2[4 + j], p[1574 + 10 * k + j], part1_dE_da_4_k1);
                part1_dE_da_5_k = fma(delta2[5 + j], p[1565 + 10 * k + j], part1_dE_da_5_k);
                part1_dE_da_5_k1 = fma(delta2[5 + j], p[1575 + 10 * k + j], part1_dE_da_5_k1);
                part1_dE_da_6_k = fma(delta2[6 + j], p[1566 + 10 * k + j], part1_dE_da_6_k);
                part1_dE_da_6_k1 = fma(delta2[6 + j], p[1576 + 10 * k + j], part1_dE_da_6_k1);
                part1_dE_da_7_k = fma(delta2[7 + j], p[1567 + 10 * k + j], part1_dE_da_7_k);
                part1_dE_da_7_k1 = fma(delta2[7 + j], p[1577 + 10 * k + j], part1_dE_da_7_k1);
            }
            part1_dE_da_0_k = fma(delta2[8], p[1568 + 10 * k], part1_dE_da_0_k);
            part1_dE_da_0_k1 = fma(delta2[8], p[1578 + 10 * k], part1_dE_da_0_k1);
            part1_dE_da_1_k = fma(delta2[9], p[1569 + 10 * k], part1_dE_da_1_k);
            part1_dE_da_1_k1 = fma(delta2[9], p[1579 + 10 * k], part1_dE_da_1_k1);
            dE_da1[k] = part1_dE_da_0_k
                    + part1_dE_da_4_k
                    + (part1_dE_da_2_k + part1_dE_da_6_k)
                    + (part1_dE_da_1_k + part1_dE_da_5_k + (part1_dE_da_3_k + part1_dE_da_7_k));
            dE_da1[1 + k] = part1_dE_da_0_k1
                    + part1_dE_da_4_k1
                    + (part1_dE_da_2_k1 + part1_dE_da_6_k1)
                    + (part1_dE_da_1_k1 + part1_dE_da_5_k1 + (part1_dE_da_3_k1 + part1_dE_da_7_k1));
        }
        for (int k = 0; k < 24; k++) {
            delta1[k] = dE_da1[k] * (a1[k] > 0 ? 1 : 0);
        }
    }

    private void gradient1(double[] inputs, int x, double[] gradient) {
        // Gradient of layer 1: dE/dw1_k_j = delta1_j * x_k, dE/db1_j = delta1_j
        // deltaRow1 holds a copy of delta1 where W1 has row k: HotSpot vectorises loops of one index
        for (int k = 0; k < 64; k += 8) {
            final double x_k = inputs[x + k];
            final double x_k1 = inputs[x + 1 + k];
            final double x_k2 = inputs[x + 2 + k];
            final double x_k3 = inputs[x + 3 + k];
            final double x_k4 = inputs[x + 4 + k];
            final double x_k5 = inputs[x + 5 + k];
            final double x_k6 = inputs[x + 6 + k];
            final double x_k7 = inputs[x + 7 + k];
            arraycopy(delta1, 0, deltaRow1, 24 * k, 24);
            for (int kj = 24 * k; kj < 24 * k + 24; kj++) {
                final double delta1_j = deltaRow1[kj];
                gradient[kj] = fma(delta1_j, x_k, gradient[kj]); // dE/dw1_k_j
                gradient[24 + kj] = fma(delta1_j, x_k1, gradient[24 + kj]); // dE/dw1_k1_j
                gradient[48 + kj] = fma(delta1_j, x_k2, gradient[48 + kj]); // dE/dw1_k2_j
                gradient[72 + kj] = fma(delta1_j, x_k3, gradient[72 + kj]); // dE/dw1_k3_j
                gradient[96 + kj] = fma(delta1_j, x_k4, gradient[96 + kj]); // dE/dw1_k4_j
                gradient[120 + kj] = fma(delta1_j, x_k5, gradient[120 + kj]); // dE/dw1_k5_j
                gradient[144 + kj] = fma(delta1_j, x_k6, gradient[144 + kj]); // dE/dw1_k6_j
                gradient[168 + kj] = fma(delta1_j, x_k7, gradient[168 + kj]); // dE/dw1_k7_j
            }
        }
        for (int j = 0; j < 24; j++) {
            gradient[1536 + j] += delta1[j]; // dE/db1_j
        }
    }

    private void fullGradient1(double[] inputs, int x, double[] targets, int t, double[] gradient) {
        final double[] p = parameters;

        // Full gradient of layer 1
        //   dE/dw1_k_j = sum_i2 dE/dz2_i2 * dz2_i2/da1_j * da1_j/dz1_j * dz1_j/dw1_k_j
        //   dE/db1_j = sum_i2 dE/dz2_i2 * dz2_i2/da1_j * da1_j/dz1_j * dz1_j/db1_j
        for (int k = 0; k < 64; k++) {
            final double x_k = inputs[x + k];
            for (int j = 0; j < 24; j++) {
                double dE_dw1_k_j = -0.0;
                for (int i2 = 0; i2 < 10; i2++) {
                    // dE/dz2_i2 * dz2_i2/da1_j * da1_j/dz1_j * dz1_j/dw1_k_j
                    dE_dw1_k_j += (a2[i2] - targets[t + i2]) * p[1560 + 10 * j + i2] * (a1[j] > 0 ? 1 : 0) * x_k;
                }
                gradient[24 * k + j] += dE_dw1_k_j; // dE/dw1_k_j
            }
        }
        for (int j = 0; j < 24; j++) {
            double dE_db1_j = -0.0;
            for (int i2 = 0; i2 < 10; i2++) {
                // dE/dz2_i2 * dz2_i2/da1_j * da1_j/dz1_j * dz1_j/db1_j
                dE_db1_j += (a2[i2] - targets[t + i2]) * p[1560 + 10 * j + i2] * (a1[j] > 0 ? 1 : 0);
            }
            gradient[1536 + j] += dE_db1_j; // dE/db1_j
        }
    }

    private void fullGradient2(double[] targets, int t, double[] gradient) {
        // Full gradient of layer 2: dE/dw2_k_j = dE/dz2_j * dz2_j/dw2_k_j, dE/db2_j = dE/dz2_j * dz2_j/db2_j
        for (int k = 0; k < 24; k++) {
            final double a1_k = a1[k];
            for (int j = 0; j < 10; j++) {
                // dE/dw2_k_j = dE/dz2_j * dz2_j/dw2_k_j
                gradient[1560 + 10 * k + j] += (a2[j] - targets[t + j]) * a1_k;
            }
        }
        for (int j = 0; j < 10; j++) {
            // dE/db2_j = dE/dz2_j * dz2_j/db2_j
            gradient[1800 + j] += (a2[j] - targets[t + j]);
        }
    }

    private void gradient0(double[] gradient) {
        final double[] p = parameters;

        // Gradient by the input, carried back through W1: dE/dx_k = sum_j delta1_j * w1_k_j
        // Eight sums of every eighth term, which do not wait for each other
        for (int k = 0; k < 64; k += 2) {
            double part0_dE_dx_0_k = -0.0;
            double part0_dE_dx_1_k = -0.0;
            double part0_dE_dx_2_k = -0.0;
            double part0_dE_dx_3_k = -0.0;
            double part0_dE_dx_4_k = -0.0;
            double part0_dE_dx_5_k = -0.0;
            double part0_dE_dx_6_k = -0.0;
            double part0_dE_dx_7_k = -0.0;
            double part0_dE_dx_0_k1 = -0.0;
            double part0_dE_dx_1_k1 = -0.0;
            double part0_dE_dx_2_k1 = -0.0;
            double part0_dE_dx_3_k1 = -0.0;
            double part0_dE_dx_4_k1 = -0.0;
            double part0_dE_dx_5_k1 = -0.0;
            double part0_dE_dx_6_k1 = -0.0;
            double part0_dE_dx_7_k1 = -0.0;
            for (int j = 0; j < 16; j += 8) {
                part0_dE_dx_0_k = fma(delta1[j], p[24 * k + j], part0_dE_dx_0_k);
                part0_dE_dx_0_k1 = fma(delta1[j], p[24 + 24 * k + j], part0_dE_dx_0_k1);
                part0_dE_dx_1_k = fma(delta1[1 + j], p[1 + 24 * k + j], part0_dE_dx_1_k);
                part0_dE_dx_1_k1 = fma(delta1[1 + j], p[25 + 24 * k + j], part0_dE_dx_1_k1);
                part0_dE_dx_2_k = fma(delta1[2 + j], p[2 + 24 * k + j], part0_dE_dx_2_k);
                part0_dE_dx_2_k1 = fma(delta1[2 + j], p[26 + 24 * k + j], part0_dE_dx_2_k1);
                part0_dE_dx_3_k = fma(delta1[3 + j], p[3 + 24 * k + j], part0_dE_dx_3_k);
                part0_dE_dx_3_k1 = fma(delta1[3 + j], p[27 + 24 * k + j], part0_dE_dx_3_k1);
                part0_dE_dx_4_k = fma(delta1[4 + j], p[4 + 24 * k + j], part0_dE_dx_4_k);
                part0_dE_dx_4_k1 = fma(delta1[4 + j], p[28 + 24 * k + j], part0_dE_dx_4_k1);
                part0_dE_dx_5_k = fma(delta1[5 + j], p[5 + 24 * k + j], part0_dE_dx_5_k);
                part0_dE_dx_5_k1 = fma(delta1[5 + j], p[29 + 24 * k + j], part0_dE_dx_5_k1);
                part0_dE_dx_6_k = fma(delta1[6 + j], p[6 + 24 * k + j], part0_dE_dx_6_k);
                part0_dE_dx_6_k1 = fma(delta1[6 + j], p[30 + 24 * k + j], part0_dE_dx_6_k1);
                part0_dE_dx_7_k = fma(delta1[7 + j], p[7 + 24 * k + j], part0_dE_dx_7_k);
                part0_dE_dx_7_k1 = fma(delta1[7 + j], p[31 + 24 * k + j], part0_dE_dx_7_k1);
            }
            part0_dE_dx_0_k = fma(delta1[16], p[16 + 24 * k], part0_dE_dx_0_k);
            part0_dE_dx_0_k1 = fma(delta1[16], p[40 + 24 * k], part0_dE_dx_0_k1);
            part0_dE_dx_1_k = fma(delta1[17], p[17 + 24 * k], part0_dE_dx_1_k);
            part0_dE_dx_1_k1 = fma(delta1[17], p[41 + 24 * k], part0_dE_dx_1_k1);
            part0_dE_dx_2_k = fma(delta1[18], p[18 + 24 * k], part0_dE_dx_2_k);
            part0_dE_dx_2_k1 = fma(delta1[18], p[42 + 24 * k], part0_dE_dx_2_k1);
            part0_dE_dx_3_k = fma(delta1[19], p[19 + 24 * k], part0_dE_dx_3_k);
            part0_dE_dx_3_k1 = fma(delta1[19], p[43 + 24 * k], part0_dE_dx_3_k1);
            part0_dE_dx_4_k = fma(delta1[20], p[20 + 24 * k], part0_dE_dx_4_k);
            part0_dE_dx_4_k1 = fma(delta1[20], p[44 + 24 * k], part0_dE_dx_4_k1);
            part0_dE_dx_5_k = fma(delta1[21], p[21 + 24 * k], part0_dE_dx_5_k);
            part0_dE_dx_5_k1 = fma(delta1[21], p[45 + 24 * k], part0_dE_dx_5_k1);
            part0_dE_dx_6_k = fma(delta1[22], p[22 + 24 * k], part0_dE_dx_6_k);
            part0_dE_dx_6_k1 = fma(delta1[22], p[46 + 24 * k], part0_dE_dx_6_k1);
            part0_dE_dx_7_k = fma(delta1[23], p[23 + 24 * k], part0_dE_dx_7_k);
            part0_dE_dx_7_k1 = fma(delta1[23], p[47 + 24 * k], part0_dE_dx_7_k1);
            gradient[k] += part0_dE_dx_0_k
                    + part0_dE_dx_4_k
                    + (part0_dE_dx_2_k + part0_dE_dx_6_k)
                    + (part0_dE_dx_1_k + part0_dE_dx_5_k + (part0_dE_dx_3_k + part0_dE_dx_7_k)); // dE/dx_k
            gradient[1 + k] += part0_dE_dx_0_k1
                    + part0_dE_dx_4_k1
                    + (part0_dE_dx_2_k1 + part0_dE_dx_6_k1)
                    + (part0_dE_dx_1_k1 + part0_dE_dx_5_k1 + (part0_dE_dx_3_k1 + part0_dE_dx_7_k1)); // dE/dx_k1
        }
    }

    private void unitValues(double[] activations) {
        // Values of all units: value1_j = a1_j, value2_j = a2_j
        for (int j = 0; j < 24; j++) {
            activations[j] = a1[j];
        }
        for (int j = 0; j < 10; j++) {
            activations[24 + j] = a2[j];
        }
    }

    /**
     * The loss E of one record: 1776 fused multiply-adds, 50 multiplications, 10 divisions, 48 additions, 10 calls
     * of exp, 1 call of log and 33 calls of max.
     *
     * @param input 64 values
     * @param target 10 values
     * @return the loss E
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public double loss(double[] input, double[] target) {
        checkLength("input", input, INPUTS);
        checkLength("target", target, OUTPUTS);
        forward1(input, 0);
        forward2();
        return lossOfOutputs(target, 0);
    }

    /**
     * Adds dE/dx to {@code gradient} for every input x, by backpropagation: 2848 fused multiply-adds, 778
     * multiplications, 10 divisions, 738 additions, 24 comparisons, 10 calls of exp, 1 call of log and 33 calls of
     * max.
     *
     * @param input 64 values
     * @param target 10 values
     * @param gradient 64 values, added to
     * @return the loss E
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        checkLength("input", input, INPUTS);
        checkLength("target", target, OUTPUTS);
        checkLength("gradient", gradient, INPUTS);
        forward1(input, 0);
        forward2();
        final double E = lossOfOutputs(target, 0);
        delta2(target, 0);
        delta1();
        gradient0(gradient);
        return E;
    }

    /**
     * The values of all units, {@code a1_0, a1_1, ..., a2_0, ...}: 1776 fused multiply-adds, 10 divisions, 19
     * additions, 10 calls of exp and 33 calls of max.
     *
     * @param input 64 values
     * @param activations receives 34 values
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public void activations(double[] input, double[] activations) {
        checkLength("input", input, INPUTS);
        checkLength("activations", activations, ACTIVATIONS);
        forward1(input, 0);
        forward2();
        unitValues(activations);
    }

    /**
     * The forward pass, for the records {@code fromRecord} to before {@code toRecord}, of 64 {@code inputs} and 10
     * {@code outputs} each. Throws {@link IllegalArgumentException} if an array lacks some, and writes nothing.
     */
    @Override
    public void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs) {
        checkRecords(inputs, INPUTS, "outputs", outputs, OUTPUTS, fromRecord, toRecord);
        blocks.forward(inputs, fromRecord, toRecord, outputs);
    }

    /**
     * Backpropagation in order, returning the sum of E, for the records {@code fromRecord} to before {@code
     * toRecord}, of 64 {@code inputs} and 10 {@code targets} each. Blocks of records go through each step together,
     * a few alone, to the same bits. Throws {@link IllegalArgumentException} if an array lacks some, and writes
     * nothing.
     */
    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        checkRecords(inputs, INPUTS, "targets", targets, OUTPUTS, fromRecord, toRecord);
        checkLength("gradient", gradient, PARAMETERS);
        final int end = DigitsNetworkBlocks.end(fromRecord, toRecord);
        double sum = blocks.backprop(inputs, targets, null, fromRecord, end, gradient);
        for (int record = end; record < toRecord; record++) {
            sum += backpropRecord(inputs, record * INPUTS, targets, record * OUTPUTS, gradient);
        }
        return sum;
    }

    /** The same for weighted records: each record's E, and its derivatives, times its weight. */
    @Override
    public double backprop(
            double[] inputs, double[] targets, double[] weights, int fromRecord, int toRecord, double[] gradient) {
        checkRecords(inputs, INPUTS, "targets", targets, OUTPUTS, fromRecord, toRecord);
        checkLength("weights", weights, inputs.length / INPUTS);
        checkLength("gradient", gradient, PARAMETERS);
        return blocks.backprop(inputs, targets, weights, fromRecord, toRecord, gradient);
    }

    @Override
    public int inputs() {
        return INPUTS;
    }

    @Override
    public int outputs() {
        return OUTPUTS;
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public DigitsNetwork sharing() {
        return new DigitsNetwork(parameters);
    }

    @Override
    public NetworkDescription description() {
        return DESCRIPTION;
    }

    @Override
    public String toString() {
        return "DigitsNetwork " + DESCRIPTION;
    }
}
