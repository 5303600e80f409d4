package nets;

import static dev.chainrule.runtime.Kernels.sigmoidRows;
import static dev.chainrule.runtime.Kernels.softplus;
import static dev.chainrule.runtime.Kernels.tanhRows;
import static java.lang.Math.fma;
import static java.lang.Math.min;
import static java.lang.System.arraycopy;
import static java.util.Arrays.fill;

import javax.annotation.processing.Generated;

/**
 * The steps of {@link XorNetwork} for up to 64 records at a time. What they compute of a unit is a row, one
 * column a record, so that loops over records become vector instructions. Each record's results are those that
 * it has alone, bit for bit.
 */
@Generated("dev.chainrule.processor.NetworkProcessor")
final class XorNetworkBlocks {
    /** Records that go through a step together: enough for vectors, few enough for the cache. */
    private static final int BLOCK = 64;

    private final double[] parameters;
    private final double[] ERows = new double[64];
    private final double[] a1Rows = new double[128];
    private final double[] a2Rows = new double[64];
    private final double[] delta1Rows = new double[128];
    private final double[] delta2Rows = new double[64];
    private final double[] lowRows = new double[128];
    private final double[] weightRows = new double[64];
    private final double[] z1Rows = new double[128];
    private final double[] z2Rows = new double[64];

    XorNetworkBlocks(double[] parameters) {
        this.parameters = parameters;
        fill(weightRows, 1);
    }

    /** The forward pass for a range of records. */
    void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs) {
        for (int first = fromRecord; first < toRecord; first += BLOCK) {
            forwardBlock(inputs, 2 * first, outputs, 1 * first, min(BLOCK, toRecord - first));
        }
    }

    /** Where the blocks of a range end: a last one of fewer than 8 records takes longer, and is left out. */
    static int end(int fromRecord, int toRecord) {
        final int rest = (toRecord - fromRecord) % BLOCK;
        return rest < 8 ? toRecord - rest : toRecord;
    }

    /** Backpropagation for a range of records, of weight 1 where weights is null; returns the sum of E. */
    double backprop(
            double[] inputs, double[] targets, double[] weights, int fromRecord, int toRecord, double[] gradient) {
        double sum = 0;
        for (int first = fromRecord; first < toRecord; first += BLOCK) {
            final int records = min(BLOCK, toRecord - first);
            if (weights != null) {
                arraycopy(weights, first, weightRows, 0, records);
            }
            backpropBlock(inputs, 2 * first, targets, 1 * first, gradient, records);
            for (int r = 0; r < records; r++) {
                sum += ERows[r];
            }
        }
        // What is computed for a record alone has weight 1
        fill(weightRows, 1);
        return sum;
    }

    private void forwardBlock(double[] inputs, int x, double[] outputs, int y, int records) {
        unitsBlock(inputs, x, records);
        outputBlock(outputs, y, records);
    }

    private void backpropBlock(double[] inputs, int x, double[] targets, int t, double[] gradient, int records) {
        unitsBlock(inputs, x, records);
        lossOfOutputsBlock(targets, t, records);
        delta2Block(targets, t, records);
        gradient2Block(gradient, records);
        delta1Block(records);
        gradient1Block(inputs, x, gradient, records);
    }

    double loss(double[] input, double[] target) {
        unitsBlock(input, 0, 1);
        lossOfOutputsBlock(target, 0, 1);
        return ERows[0];
    }

    double inputGradient(double[] input, double[] target, double[] gradient) {
        final double[] p = parameters;
        unitsBlock(input, 0, 1);
        lossOfOutputsBlock(target, 0, 1);
        delta2Block(target, 0, 1);
        delta1Block(1);

        // Gradient by the input, carried back through W1: dE/dx_k = sum_j delta1_j * w1_k_j
        final double w1_0_0 = p[0];
        final double w1_0_1 = p[1];
        final double w1_1_0 = p[2];
        final double w1_1_1 = p[3];
        final double delta1_0 = delta1Rows[0];
        final double delta1_1 = delta1Rows[64];
        gradient[0] += fma(delta1_1, w1_0_1, delta1_0 * w1_0_0); // dE/dx_0
        gradient[1] += fma(delta1_1, w1_1_1, delta1_0 * w1_1_0); // dE/dx_1
        return ERows[0];
    }

    void activations(double[] input, double[] activations) {
        unitsBlock(input, 0, 1);

        // Values of all units: value1_j = a1_j, value2_j = a2_j
        activations[0] = a1Rows[0];
        activations[1] = a1Rows[64];
        activations[2] = a2Rows[0];
    }

    private void unitsBlock(double[] inputs, int x, int records) {
        forward1Block(inputs, x, records);
        forward2Block(records);
    }

    private void forward1Block(double[] inputs, int x, int records) {
        final double[] p = parameters;
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Layer 1: z1_j = b1_j + sum_k x_k * w1_k_j, a1_j = tanh(z1_j)
        final double w1_0_0 = p[0];
        final double w1_0_1 = p[1];
        final double w1_1_0 = p[2];
        final double w1_1_1 = p[3];
        final double b1_0 = p[4];
        final double b1_1 = p[5];
        for (int r = 0; r < n; r++) {
            final double x_0 = inputs[x + 2 * r];
            final double x_1 = inputs[x + 1 + 2 * r];
            z1Rows[r] = fma(x_1, w1_1_0, fma(x_0, w1_0_0, b1_0));
            z1Rows[64 + r] = fma(x_1, w1_1_1, fma(x_0, w1_0_1, b1_1));
        }
        tanhRows(z1Rows, a1Rows, 2, 64, n, lowRows);
    }

    private void forward2Block(int records) {
        final double[] p = parameters;
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Layer 2: z2_j = b2_j + sum_k a1_k * w2_k_j, a2_j = sigmoid(z2_j)
        final double w2_0_0 = p[6];
        final double w2_1_0 = p[7];
        final double b2_0 = p[8];
        for (int r = 0; r < n; r++) {
            final double a1_0 = a1Rows[r];
            final double a1_1 = a1Rows[64 + r];
            z2Rows[r] = fma(a1_1, w2_1_0, fma(a1_0, w2_0_0, b2_0));
        }
        sigmoidRows(z2Rows, a2Rows, 1, 64, n, lowRows);
    }

    private void outputBlock(double[] outputs, int y, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Output: y_j = a2_j
        for (int r = 0; r < n; r++) {
            outputs[y + r] = a2Rows[r];
        }
    }

    private void lossOfOutputsBlock(double[] targets, int t, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Loss: recordLoss = sum_j (t_j * softplus(-z2_j) + (1 - t_j) * softplus(z2_j)), E = weight * recordLoss
        for (int r = 0; r < n; r++) {
            final double t_0 = targets[t + r];
            final double z2_0 = z2Rows[r];
            final double weight = weightRows[r];
            final double recordLoss = t_0 * softplus(-z2_0) + (1 - t_0) * softplus(z2_0);
            ERows[r] = weight * recordLoss;
        }
    }

    private void delta2Block(double[] targets, int t, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Delta of layer 2: delta2_j = weight * (a2_j - t_j)
        for (int r = 0; r < n; r++) {
            final double t_0 = targets[t + r];
            final double a2_0 = a2Rows[r];
            final double weight = weightRows[r];
            delta2Rows[r] = weight * (a2_0 - t_0);
        }
    }

    private void gradient2Block(double[] gradient, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Gradient of layer 2: dE/dw2_k_j = delta2_j * a1_k, dE/db2_j = delta2_j
        double dE_dw2_0_0 = gradient[6];
        double dE_dw2_1_0 = gradient[7];
        double dE_db2_0 = gradient[8];
        for (int r = 0; r < n; r++) {
            final double a1_0 = a1Rows[r];
            final double a1_1 = a1Rows[64 + r];
            final double delta2_0 = delta2Rows[r];
            dE_dw2_0_0 = fma(delta2_0, a1_0, dE_dw2_0_0);
            dE_dw2_1_0 = fma(delta2_0, a1_1, dE_dw2_1_0);
            dE_db2_0 += delta2_0;
        }
        gradient[6] = dE_dw2_0_0; // dE/dw2_0_0
        gradient[7] = dE_dw2_1_0; // dE/dw2_1_0
        gradient[8] = dE_db2_0; // dE/db2_0
    }

    private void delta1Block(int records) {
        final double[] p = parameters;
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Delta of layer 1, carried back through W2
        //   dE/da1_k = sum_j delta2_j * w2_k_j
        //   delta1_k = dE/da1_k * (1 - a1_k * a1_k)
        final double w2_0_0 = p[6];
        final double w2_1_0 = p[7];
        for (int r = 0; r < n; r++) {
            final double a1_0 = a1Rows[r];
            final double delta2_0 = delta2Rows[r];
            final double dE_da1_0 = delta2_0 * w2_0_0;
            delta1Rows[r] = dE_da1_0 * (1 - a1_0 * a1_0);
        }
        for (int r = 0; r < n; r++) {
            final double a1_1 = a1Rows[64 + r];
            final double delta2_0 = delta2Rows[r];
            final double dE_da1_1 = delta2_0 * w2_1_0;
            delta1Rows[64 + r] = dE_da1_1 * (1 - a1_1 * a1_1);
        }
    }

    private void gradient1Block(double[] inputs, int x, double[] gradient, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Gradient of layer 1: dE/dw1_k_j = delta1_j * x_k, dE/db1_j = delta1_j
        double dE_dw1_0_0 = gradient[0];
        double dE_dw1_0_1 = gradient[1];
        double dE_dw1_1_0 = gradient[2];
        double dE_dw1_1_1 = gradient[3];
        double dE_db1_0 = gradient[4];
        double dE_db1_1 = gradient[5];
        for (int r = 0; r < n; r++) {
            final double x_0 = inputs[x + 2 * r];
            final double x_1 = inputs[x + 1 + 2 * r];
            final double delta1_0 = delta1Rows[r];
            final double delta1_1 = delta1Rows[64 + r];
            dE_dw1_0_0 = fma(delta1_0, x_0, dE_dw1_0_0);
            dE_dw1_0_1 = fma(delta1_1, x_0, dE_dw1_0_1);
            dE_dw1_1_0 = fma(delta1_0, x_1, dE_dw1_1_0);
            dE_dw1_1_1 = fma(delta1_1, x_1, dE_dw1_1_1);
            dE_db1_0 += delta1_0;
            dE_db1_1 += delta1_1;
        }
        gradient[0] = dE_dw1_0_0; // dE/dw1_0_0
        gradient[1] = dE_dw1_0_1; // dE/dw1_0_1
        gradient[2] = dE_dw1_1_0; // dE/dw1_1_0
        gradient[3] = dE_dw1_1_1; // dE/dw1_1_1
        gradient[4] = dE_db1_0; // dE/db1_0
        gradient[5] = dE_db1_1; // dE/db1_1
    }
}
