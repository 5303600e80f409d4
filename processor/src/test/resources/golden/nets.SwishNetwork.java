package nets;

import static dev.chainrule.runtime.Kernels.sigmoid;
import static dev.chainrule.runtime.Shapes.checkLength;
import static dev.chainrule.runtime.Shapes.checkRecords;
import static java.lang.Math.fma;
import static java.util.Arrays.fill;

import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import java.lang.Override;
import java.lang.String;
import javax.annotation.processing.Generated;

/**
 * The 1-2-1 network declared by {@link Swish}, with every sum and every derivative written out.
 *
 * <pre>
 *   Layer 0, the input: x_k for k = 0 .. 0
 *   Layer 1, 2 units: z1_j = b1_j + sum_k x_k * w1_k_j, s1_j = sigmoid(p1_beta_j * z1_j), a1_j = z1_j * s1_j
 *   Layer 2, 1 identity unit: z2_j = b2_j + sum_k a1_k * w2_k_j, a2_j = z2_j
 *   Loss, for the targets t_j: E = sum_j (a2_j > t_j ? 0.1 * (a2_j - t_j) : 0.9 * (t_j - a2_j))
 *
 *   w1_k_j leads from unit k of layer 0 to unit j of layer 1; delta1_j = dE/dz1_j; dE_da1_j = dE/da1_j
 *
 *   Where the parameters are stored, and their derivatives in a gradient
 *     [0] to [3]: w1_k_j at [2 * k + j], b1_j at [2 + j]
 *     [4] to [5]: p1_beta_j at [4 + j], at first 1.0
 *     [6] to [8]: w2_k_j at [6 + k], b2_j at [8 + j]
 * </pre>
 */
@Generated("dev.chainrule.processor.NetworkProcessor")
final class SwishNetwork implements FullGradientNetwork {
    /** The number of inputs. */
    public static final int INPUTS = 1;

    /** The number of outputs. */
    public static final int OUTPUTS = 1;

    /** The number of weights and biases. */
    public static final int PARAMETERS = 9;

    /** The number of units, inputs not counted. */
    public static final int ACTIVATIONS = 3;

    private static final LayerDescription[] LAYERS = {
        new LayerDescription(2, "z * sigmoid(beta * z)", "z * sigmoid(beta * z)", true, "beta"),
        new LayerDescription(1, "IDENTITY", "z", true)
    };

    private static final NetworkDescription DESCRIPTION = NetworkDescription.of(
            INPUTS,
            LAYERS,
            "mean(y > t ? 0.1 * (y - t) : 0.9 * (t - y))",
            "mean(y > t ? 0.1 * (y - t) : 0.9 * (t - y))",
            TargetKind.ANY);

    private final double[] parameters;
    private final SwishNetworkBlocks blocks;

    /** Makes a network with parameters of its own, all zero but for letters with another first value. */
    public SwishNetwork() {
        this(new double[PARAMETERS]);
        fill(parameters, 4, 6, 1.0); // p1_beta
    }

    /**
     * Makes a network that works on the caller's parameters; several networks can share them.
     *
     * @param parameters 9 values, used as they are and not copied
     * @throws IllegalArgumentException if there are more or fewer
     */
    public SwishNetwork(double[] parameters) {
        checkLength("parameters", parameters, PARAMETERS);
        this.parameters = parameters;
        this.blocks = new SwishNetworkBlocks(parameters);
    }

    /**
     * The forward pass: 4 fused multiply-adds, 4 multiplications and 2 calls of sigmoid.
     *
     * @param input 1 value
     * @param output receives 1 value; may be the same array
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public void forward(double[] input, double[] output) {
        checkLength("input", input, INPUTS);
        checkLength("output", output, OUTPUTS);
        final double[] p = parameters;

        // Layer 1: z1_j = b1_j + sum_k x_k * w1_k_j, s1_j = sigmoid(p1_beta_j * z1_j), a1_j = z1_j * s1_j
        final double x_0 = input[0];
        final double w1_0_0 = p[0];
        final double w1_0_1 = p[1];
        final double b1_0 = p[2];
        final double b1_1 = p[3];
        final double p1_beta_0 = p[4];
        final double p1_beta_1 = p[5];
        final double z1_0 = fma(x_0, w1_0_0, b1_0);
        final double z1_1 = fma(x_0, w1_0_1, b1_1);
        final double s1_0 = sigmoid(p1_beta_0 * z1_0);
        final double a1_0 = z1_0 * s1_0;
        final double s1_1 = sigmoid(p1_beta_1 * z1_1);
        final double a1_1 = z1_1 * s1_1;

        // Layer 2: z2_j = b2_j + sum_k a1_k * w2_k_j, a2_j = z2_j
        final double w2_0_0 = p[6];
        final double w2_1_0 = p[7];
        final double b2_0 = p[8];
        final double z2_0 = fma(a1_1, w2_1_0, fma(a1_0, w2_0_0, b2_0));
        final double a2_0 = z2_0;

        // Output: y_j = a2_j
        output[0] = a2_0;
    }

    /**
     * Adds dE/dp to {@code gradient} for every parameter p, by backpropagation: 8 fused multiply-adds, 20
     * multiplications, 13 additions, 2 comparisons and 2 calls of sigmoid.
     *
     * @param input 1 value
     * @param target 1 value
     * @param gradient 9 values, added to
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
        final double[] p = parameters;

        // Layer 1: z1_j = b1_j + sum_k x_k * w1_k_j, s1_j = sigmoid(p1_beta_j * z1_j), a1_j = z1_j * s1_j
        final double x_0 = inputs[x];
        final double w1_0_0 = p[0];
        final double w1_0_1 = p[1];
        final double b1_0 = p[2];
        final double b1_1 = p[3];
        final double p1_beta_0 = p[4];
        final double p1_beta_1 = p[5];
        final double z1_0 = fma(x_0, w1_0_0, b1_0);
        final double z1_1 = fma(x_0, w1_0_1, b1_1);
        final double s1_0 = sigmoid(p1_beta_0 * z1_0);
        final double a1_0 = z1_0 * s1_0;
        final double s1_1 = sigmoid(p1_beta_1 * z1_1);
        final double a1_1 = z1_1 * s1_1;

        // Layer 2: z2_j = b2_j + sum_k a1_k * w2_k_j, a2_j = z2_j
        final double w2_0_0 = p[6];
        final double w2_1_0 = p[7];
        final double b2_0 = p[8];
        final double z2_0 = fma(a1_1, w2_1_0, fma(a1_0, w2_0_0, b2_0));
        final double a2_0 = z2_0;

        // Loss: E = sum_j (a2_j > t_j ? 0.1 * (a2_j - t_j) : 0.9 * (t_j - a2_j))
        final double t_0 = targets[t];
        final double E = a2_0 > t_0 ? 0.1 * (a2_0 - t_0) : 0.9 * (t_0 - a2_0);

        // Delta of layer 2: delta2_j = a2_j > t_j ? 0.1 : -0.9
        final double delta2_0 = a2_0 > t_0 ? 0.1 : -0.9;

        // Gradient of layer 2: dE/dw2_k_j = delta2_j * a1_k, dE/db2_j = delta2_j
        gradient[6] = fma(delta2_0, a1_0, gradient[6]); // dE/dw2_0_0
        gradient[7] = fma(delta2_0, a1_1, gradient[7]); // dE/dw2_1_0
        gradient[8] += delta2_0; // dE/db2_0

        // Delta of layer 1, carried back through W2
        //   dE/da1_k = sum_j delta2_j * w2_k_j
        //   delta1_k = dE/da1_k * (s1_k + a1_k * (1 - s1_k) * p1_beta_k)
        final double dE_da1_0 = delta2_0 * w2_0_0;
        final double delta1_0 = dE_da1_0 * (s1_0 + a1_0 * (1 - s1_0) * p1_beta_0);
        final double dE_da1_1 = delta2_0 * w2_1_0;
        final double delta1_1 = dE_da1_1 * (s1_1 + a1_1 * (1 - s1_1) * p1_beta_1);

        // Gradient of layer 1
        //   dE/dp1_beta_k = dE/da1_k * (a1_k * (1 - s1_k) * z1_k)
        //   dE/dw1_k_j = delta1_j * x_k
        //   dE/db1_j = delta1_j
        gradient[4] += dE_da1_0 * (a1_0 * (1 - s1_0) * z1_0); // dE/dp1_beta_0
        gradient[5] += dE_da1_1 * (a1_1 * (1 - s1_1) * z1_1); // dE/dp1_beta_1
        gradient[0] = fma(delta1_0, x_0, gradient[0]); // dE/dw1_0_0
        gradient[1] = fma(delta1_1, x_0, gradient[1]); // dE/dw1_0_1
        gradient[2] += delta1_0; // dE/db1_0
        gradient[3] += delta1_1; // dE/db1_1
        return E;
    }

    /**
     * Adds dE/dp to {@code gradient} for every parameter p, each by its own chain rule, with nothing shared but the
     * forward pass: 4 fused multiply-adds, 34 multiplications, 21 additions, 10 comparisons and 2 calls of sigmoid.
     *
     * @param input 1 value
     * @param target 1 value
     * @param gradient 9 values, added to
     * @return the loss E
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public double fullGradient(double[] input, double[] target, double[] gradient) {
        checkLength("input", input, INPUTS);
        checkLength("target", target, OUTPUTS);
        checkLength("gradient", gradient, PARAMETERS);
        final double[] p = parameters;

        // Layer 1: z1_j = b1_j + sum_k x_k * w1_k_j, s1_j = sigmoid(p1_beta_j * z1_j), a1_j = z1_j * s1_j
        final double x_0 = input[0];
        final double w1_0_0 = p[0];
        final double w1_0_1 = p[1];
        final double b1_0 = p[2];
        final double b1_1 = p[3];
        final double p1_beta_0 = p[4];
        final double p1_beta_1 = p[5];
        final double z1_0 = fma(x_0, w1_0_0, b1_0);
        final double z1_1 = fma(x_0, w1_0_1, b1_1);
        final double s1_0 = sigmoid(p1_beta_0 * z1_0);
        final double a1_0 = z1_0 * s1_0;
        final double s1_1 = sigmoid(p1_beta_1 * z1_1);
        final double a1_1 = z1_1 * s1_1;

        // Layer 2: z2_j = b2_j + sum_k a1_k * w2_k_j, a2_j = z2_j
        final double w2_0_0 = p[6];
        final double w2_1_0 = p[7];
        final double b2_0 = p[8];
        final double z2_0 = fma(a1_1, w2_1_0, fma(a1_0, w2_0_0, b2_0));
        final double a2_0 = z2_0;

        // Loss: E = sum_j (a2_j > t_j ? 0.1 * (a2_j - t_j) : 0.9 * (t_j - a2_j))
        final double t_0 = target[0];
        final double E = a2_0 > t_0 ? 0.1 * (a2_0 - t_0) : 0.9 * (t_0 - a2_0);

        // Full gradient of layer 1
        //   dE/dw1_k_j = sum_i2 dE/da2_i2 * da2_i2/dz2_i2 * dz2_i2/da1_j * da1_j/dz1_j * dz1_j/dw1_k_j
        //   dE/db1_j = sum_i2 dE/da2_i2 * da2_i2/dz2_i2 * dz2_i2/da1_j * da1_j/dz1_j * dz1_j/db1_j
        //   dE/dp1_beta_j = sum_i2 dE/da2_i2 * da2_i2/dz2_i2 * dz2_i2/da1_j * da1_j/dp1_beta_j
        // dE/dw1_0_0 = dE/da2_0 * da2_0/dz2_0 * dz2_0/da1_0 * da1_0/dz1_0 * dz1_0/dw1_0_0
        gradient[0] += (a2_0 > t_0 ? 0.1 : -0.9) * w2_0_0 * (s1_0 + a1_0 * (1 - s1_0) * p1_beta_0) * x_0;
        // dE/dw1_0_1 = dE/da2_0 * da2_0/dz2_0 * dz2_0/da1_1 * da1_1/dz1_1 * dz1_1/dw1_0_1
        gradient[1] += (a2_0 > t_0 ? 0.1 : -0.9) * w2_1_0 * (s1_1 + a1_1 * (1 - s1_1) * p1_beta_1) * x_0;
        // dE/db1_0 = dE/da2_0 * da2_0/dz2_0 * dz2_0/da1_0 * da1_0/dz1_0 * dz1_0/db1_0
        gradient[2] += (a2_0 > t_0 ? 0.1 : -0.9) * w2_0_0 * (s1_0 + a1_0 * (1 - s1_0) * p1_beta_0);
        // dE/db1_1 = dE/da2_0 * da2_0/dz2_0 * dz2_0/da1_1 * da1_1/dz1_1 * dz1_1/db1_1
        gradient[3] += (a2_0 > t_0 ? 0.1 : -0.9) * w2_1_0 * (s1_1 + a1_1 * (1 - s1_1) * p1_beta_1);
        // dE/dp1_beta_0 = dE/da2_0 * da2_0/dz2_0 * dz2_0/da1_0 * da1_0/dp1_beta_0
        gradient[4] += (a2_0 > t_0 ? 0.1 : -0.9) * w2_0_0 * (a1_0 * (1 - s1_0) * z1_0);
        // dE/dp1_beta_1 = dE/da2_0 * da2_0/dz2_0 * dz2_0/da1_1 * da1_1/dp1_beta_1
        gradient[5] += (a2_0 > t_0 ? 0.1 : -0.9) * w2_1_0 * (a1_1 * (1 - s1_1) * z1_1);

        // Full gradient of layer 2
        //   dE/dw2_k_j = dE/da2_j * da2_j/dz2_j * dz2_j/dw2_k_j
        //   dE/db2_j = dE/da2_j * da2_j/dz2_j * dz2_j/db2_j
        // dE/dw2_0_0 = dE/da2_0 * da2_0/dz2_0 * dz2_0/dw2_0_0
        gradient[6] += (a2_0 > t_0 ? 0.1 : -0.9) * a1_0;
        // dE/dw2_1_0 = dE/da2_0 * da2_0/dz2_0 * dz2_0/dw2_1_0
        gradient[7] += (a2_0 > t_0 ? 0.1 : -0.9) * a1_1;
        // dE/db2_0 = dE/da2_0 * da2_0/dz2_0 * dz2_0/db2_0
        gradient[8] += (a2_0 > t_0 ? 0.1 : -0.9);
        return E;
    }

    /**
     * The loss E of one record: 4 fused multiply-adds, 7 multiplications, 2 additions, 1 comparison and 2 calls of
     * sigmoid.
     *
     * @param input 1 value
     * @param target 1 value
     * @return the loss E
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public double loss(double[] input, double[] target) {
        checkLength("input", input, INPUTS);
        checkLength("target", target, OUTPUTS);
        return blocks.loss(input, target);
    }

    /**
     * Adds dE/dx to {@code gradient} for every input x, by backpropagation: 5 fused multiply-adds, 17
     * multiplications, 7 additions, 2 comparisons and 2 calls of sigmoid.
     *
     * @param input 1 value
     * @param target 1 value
     * @param gradient 1 value, added to
     * @return the loss E
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        checkLength("input", input, INPUTS);
        checkLength("target", target, OUTPUTS);
        checkLength("gradient", gradient, INPUTS);
        return blocks.inputGradient(input, target, gradient);
    }

    /**
     * The values of all units, {@code a1_0, a1_1, ..., a2_0, ...}: 4 fused multiply-adds, 4 multiplications and 2
     * calls of sigmoid.
     *
     * @param input 1 value
     * @param activations receives 3 values
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    @Override
    public void activations(double[] input, double[] activations) {
        checkLength("input", input, INPUTS);
        checkLength("activations", activations, ACTIVATIONS);
        blocks.activations(input, activations);
    }

    /**
     * The forward pass, for the records {@code fromRecord} to before {@code toRecord}, of 1 {@code inputs} and 1
     * {@code outputs} each. Throws {@link IllegalArgumentException} if an array lacks some, and writes nothing.
     */
    @Override
    public void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs) {
        checkRecords(inputs, INPUTS, "outputs", outputs, OUTPUTS, fromRecord, toRecord);
        blocks.forward(inputs, fromRecord, toRecord, outputs);
    }

    /**
     * Backpropagation in order, returning the sum of E, for the records {@code fromRecord} to before {@code
     * toRecord}, of 1 {@code inputs} and 1 {@code targets} each. Blocks of records go through each step together, a
     * few alone, to the same bits. Throws {@link IllegalArgumentException} if an array lacks some, and writes
     * nothing.
     */
    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        checkRecords(inputs, INPUTS, "targets", targets, OUTPUTS, fromRecord, toRecord);
        checkLength("gradient", gradient, PARAMETERS);
        final int end = SwishNetworkBlocks.end(fromRecord, toRecord);
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
    public SwishNetwork sharing() {
        return new SwishNetwork(parameters);
    }

    @Override
    public NetworkDescription description() {
        return DESCRIPTION;
    }

    @Override
    public String toString() {
        return "SwishNetwork " + DESCRIPTION;
    }
}
