package nets;

import static dev.chainrule.runtime.Kernels.exp;
import static dev.chainrule.runtime.Kernels.log;
import static java.lang.Math.fma;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.System.arraycopy;
import static java.util.Arrays.fill;

import javax.annotation.processing.Generated;

/**
 * The steps of {@link DigitsNetwork} for up to 64 records at a time. What they compute of a unit is a row, one
 * column a record, so that loops over records become vector instructions. Each record's results are those that
 * it has alone, bit for bit.
 */
@Generated("dev.chainrule.processor.NetworkProcessor")
final class DigitsNetworkBlocks {
    /** Records that go through a step together: enough for vectors, few enough for the cache. */
    private static final int BLOCK = 64;

    private final double[] parameters;
    private final double[] ERows = new double[64];
    private final double[] a1Rows = new double[1536];
    private final double[] a2Rows = new double[640];
    private final double[] dE_da1Rows = new double[1536];
    private final double[] delta1Columns = new double[1536];
    private final double[] delta1Rows = new double[1536];
    private final double[] delta2Rows = new double[640];
    private final double[] e2Rows = new double[640];
    private final double[] logSum2Rows = new double[64];
    private final double[] max2Rows = new double[64];
    private final double[] partRows = new double[512];
    private final double[] partialRows = new double[4680];
    private final double[] recordLossRows = new double[64];
    private final double[] sum2Rows = new double[64];
    private final double[] weightRows = new double[64];
    private final double[] xRows = new double[4096];
    private final double[] z1Rows = new double[1536];
    private final double[] z2Rows = new double[640];

    DigitsNetworkBlocks(double[] parameters) {
        this.parameters = parameters;
        fill(weightRows, 1);
    }

    /** The forward pass for a range of records. */
    void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs) {
        for (int first = fromRecord; first < toRecord; first += BLOCK) {
            forwardBlock(inputs, 64 * first, outputs, 10 * first, min(BLOCK, toRecord - first));
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
            backpropBlock(inputs, 64 * first, targets, 10 * first, gradient, records);
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

    private void unitsBlock(double[] inputs, int x, int records) {
        forward1Block(inputs, x, records);
        forward2Block(records);
    }

    private void forward1Block(double[] inputs, int x, int records) {
        final double[] p = parameters;
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Layer 1: z1_j = b1_j + sum_k x_k * w1_k_j, a1_j = max(0, z1_j)
        for (int k = 0; k < 64; k++) {
            for (int r = 0; r < n; r++) {
                xRows[64 * k + r] = inputs[x + 64 * r + k];
            }
        }
        // partialRows holds the sums of the first k terms at row k: HotSpot vectorises loops of one index
        for (int j = 0; j < 24; j++) {
            final double b1_j = p[1536 + j];
            final double w1_0_j = p[j];
            final double w1_1_j = p[24 + j];
            final double w1_2_j = p[48 + j];
            final double w1_3_j = p[72 + j];
            final double w1_4_j = p[96 + j];
            final double w1_5_j = p[120 + j];
            final double w1_6_j = p[144 + j];
            final double w1_7_j = p[168 + j];
            for (int r = 0; r < n; r++) {
                double z1_j = b1_j;
                z1_j = fma(xRows[r], w1_0_j, z1_j);
                z1_j = fma(xRows[64 + r], w1_1_j, z1_j);
                z1_j = fma(xRows[128 + r], w1_2_j, z1_j);
                z1_j = fma(xRows[192 + r], w1_3_j, z1_j);
                z1_j = fma(xRows[256 + r], w1_4_j, z1_j);
                z1_j = fma(xRows[320 + r], w1_5_j, z1_j);
                z1_j = fma(xRows[384 + r], w1_6_j, z1_j);
                z1_j = fma(xRows[448 + r], w1_7_j, z1_j);
                partialRows[512 + r] = z1_j;
            }
            for (int k = 8; k < 64; k += 8) {
                final double w1_k_j = p[24 * k + j];
                final double w1_k1_j = p[24 + 24 * k + j];
                final double w1_k2_j = p[48 + 24 * k + j];
                final double w1_k3_j = p[72 + 24 * k + j];
                final double w1_k4_j = p[96 + 24 * k + j];
                final double w1_k5_j = p[120 + 24 * k + j];
                final double w1_k6_j = p[144 + 24 * k + j];
                final double w1_k7_j = p[168 + 24 * k + j];
                for (int kr = 64 * k; kr < 64 * k + n; kr++) {
                    double z1_j = partialRows[kr];
                    z1_j = fma(xRows[kr], w1_k_j, z1_j);
                    z1_j = fma(xRows[64 + kr], w1_k1_j, z1_j);
                    z1_j = fma(xRows[128 + kr], w1_k2_j, z1_j);
                    z1_j = fma(xRows[192 + kr], w1_k3_j, z1_j);
                    z1_j = fma(xRows[256 + kr], w1_k4_j, z1_j);
                    z1_j = fma(xRows[320 + kr], w1_k5_j, z1_j);
                    z1_j = fma(xRows[384 + kr], w1_k6_j, z1_j);
                    z1_j = fma(xRows[448 + kr], w1_k7_j, z1_j);
                    partialRows[512 + kr] = z1_j;
                }
            }
            arraycopy(partialRows, 4096, z1Rows, 64 * j, n);
        }
        for (int j = 0; j < 24; j++) {
            for (int r = 0; r < n; r++) {
                a1Rows[64 * j + r] = max(0, z1Rows[64 * j + r]);
            }
        }
    }

    private void forward2Block(int records) {
        final double[] p = parameters;
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Layer 2
        //   z2_j = b2_j + sum_k a1_k * w2_k_j
        //   max2 = max_j z2_j
        //   e2_j = exp(z2_j - max2)
        //   sum2 = sum_j e2_j
        //   a2_j = e2_j / sum2
        // partialRows holds the sums of the first k terms at row k: HotSpot vectorises loops of one index
        for (int j = 0; j < 10; j++) {
            final double b2_j = p[1800 + j];
            final double w2_0_j = p[1560 + j];
            final double w2_1_j = p[1570 + j];
            final double w2_2_j = p[1580 + j];
            final double w2_3_j = p[1590 + j];
            final double w2_4_j = p[1600 + j];
            final double w2_5_j = p[1610 + j];
            final double w2_6_j = p[1620 + j];
            final double w2_7_j = p[1630 + j];
            for (int r = 0; r < n; r++) {
                double z2_j = b2_j;
                z2_j = fma(a1Rows[r], w2_0_j, z2_j);
                z2_j = fma(a1Rows[64 + r], w2_1_j, z2_j);
                z2_j = fma(a1Rows[128 + r], w2_2_j, z2_j);
                z2_j = fma(a1Rows[192 + r], w2_3_j, z2_j);
                z2_j = fma(a1Rows[256 + r], w2_4_j, z2_j);
                z2_j = fma(a1Rows[320 + r], w2_5_j, z2_j);
                z2_j = fma(a1Rows[384 + r], w2_6_j, z2_j);
                z2_j = fma(a1Rows[448 + r], w2_7_j, z2_j);
                partialRows[512 + r] = z2_j;
            }
            for (int k = 8; k < 24; k += 8) {
                final double w2_k_j = p[1560 + 10 * k + j];
                final double w2_k1_j = p[1570 + 10 * k + j];
                final double w2_k2_j = p[1580 + 10 * k + j];
                final double w2_k3_j = p[1590 + 10 * k + j];
                final double w2_k4_j = p[1600 + 10 * k + j];
                final double w2_k5_j = p[1610 + 10 * k + j];
                final double w2_k6_j = p[1620 + 10 * k + j];
                final double w2_k7_j = p[1630 + 10 * k + j];
                for (int kr = 64 * k; kr < 64 * k + n; kr++) {
                    double z2_j = partialRows[kr];
                    z2_j = fma(a1Rows[kr], w2_k_j, z2_j);
                    z2_j = fma(a1Rows[64 + kr], w2_k1_j, z2_j);
                    z2_j = fma(a1Rows[128 + kr], w2_k2_j, z2_j);
                    z2_j = fma(a1Rows[192 + kr], w2_k3_j, z2_j);
                    z2_j = fma(a1Rows[256 + kr], w2_k4_j, z2_j);
                    z2_j = fma(a1Rows[320 + kr], w2_k5_j, z2_j);
                    z2_j = fma(a1Rows[384 + kr], w2_k6_j, z2_j);
                    z2_j = fma(a1Rows[448 + kr], w2_k7_j, z2_j);
                    partialRows[512 + kr] = z2_j;
                }
            }
            arraycopy(partialRows, 1536, z2Rows, 64 * j, n);
        }
        for (int r = 0; r < n; r++) {
            double max2 = z2Rows[r];
            for (int j = 0; j < 10; j++) {
                max2 = max(max2, z2Rows[64 * j + r]);
            }
            max2Rows[r] = max2;
        }
        for (int j = 0; j < 10; j++) {
            for (int r = 0; r < n; r++) {
                e2Rows[64 * j + r] = exp(z2Rows[64 * j + r] - max2Rows[r]);
            }
        }
        for (int r = 0; r < n; r++) {
            double sum2 = -0.0;
            for (int j = 0; j < 10; j++) {
                sum2 += e2Rows[64 * j + r];
            }
            sum2Rows[r] = sum2;
        }
        for (int j = 0; j < 10; j++) {
            for (int r = 0; r < n; r++) {
                a2Rows[64 * j + r] = e2Rows[64 * j + r] / sum2Rows[r];
            }
        }
    }

    private void outputBlock(double[] outputs, int y, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Output: y_j = a2_j
        for (int j = 0; j < 10; j++) {
            for (int r = 0; r < n; r++) {
                outputs[y + 10 * r + j] = a2Rows[64 * j + r];
            }
        }
    }

    private void lossOfOutputsBlock(double[] targets, int t, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Loss
        //   logSum2 = log(sum2)
        //   recordLoss = sum_j 2 * t_j * (0.5 * logSum2 - (0.5 * z2_j - 0.5 * max2))
        //   E = weight * recordLoss
        for (int r = 0; r < n; r++) {
            final double logSum2 = log(sum2Rows[r]);
            logSum2Rows[r] = logSum2;
        }
        for (int r = 0; r < n; r++) {
            double recordLoss = -0.0;
            for (int j = 0; j < 10; j++) {
                recordLoss += 2
                        * targets[t + 10 * r + j]
                        * (0.5 * logSum2Rows[r] - (0.5 * z2Rows[64 * j + r] - 0.5 * max2Rows[r]));
            }
            recordLossRows[r] = recordLoss;
        }
        for (int r = 0; r < n; r++) {
            final double E = weightRows[r] * recordLossRows[r];
            ERows[r] = E;
        }
    }

    private void delta2Block(double[] targets, int t, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Delta of layer 2: delta2_j = weight * (a2_j - t_j)
        for (int j = 0; j < 10; j++) {
            for (int r = 0; r < n; r++) {
                delta2Rows[64 * j + r] = weightRows[r] * (a2Rows[64 * j + r] - targets[t + 10 * r + j]);
            }
        }
    }

    private void gradient2Block(double[] gradient, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Gradient of layer 2: dE/dw2_k_j = delta2_j * a1_k, dE/db2_j = delta2_j
        for (int k = 0; k < 24; k++) {
            double dE_dw2_k_0 = gradient[1560 + 10 * k];
            double dE_dw2_k_1 = gradient[1561 + 10 * k];
            double dE_dw2_k_2 = gradient[1562 + 10 * k];
            double dE_dw2_k_3 = gradient[1563 + 10 * k];
            double dE_dw2_k_4 = gradient[1564 + 10 * k];
            double dE_dw2_k_5 = gradient[1565 + 10 * k];
            double dE_dw2_k_6 = gradient[1566 + 10 * k];
            double dE_dw2_k_7 = gradient[1567 + 10 * k];
            double dE_dw2_k_8 = gradient[1568 + 10 * k];
            double dE_dw2_k_9 = gradient[1569 + 10 * k];
            for (int r = 0; r < n; r++) {
                final double a1_k = a1Rows[64 * k + r];
                final double delta2_0 = delta2Rows[r];
                final double delta2_1 = delta2Rows[64 + r];
                final double delta2_2 = delta2Rows[128 + r];
                final double delta2_3 = delta2Rows[192 + r];
                final double delta2_4 = delta2Rows[256 + r];
                final double delta2_5 = delta2Rows[320 + r];
                final double delta2_6 = delta2Rows[384 + r];
                final double delta2_7 = delta2Rows[448 + r];
                final double delta2_8 = delta2Rows[512 + r];
                final double delta2_9 = delta2Rows[576 + r];
                dE_dw2_k_0 = fma(delta2_0, a1_k, dE_dw2_k_0);
                dE_dw2_k_1 = fma(delta2_1, a1_k, dE_dw2_k_1);
                dE_dw2_k_2 = fma(delta2_2, a1_k, dE_dw2_k_2);
                dE_dw2_k_3 = fma(delta2_3, a1_k, dE_dw2_k_3);
                dE_dw2_k_4 = fma(delta2_4, a1_k, dE_dw2_k_4);
                dE_dw2_k_5 = fma(delta2_5, a1_k, dE_dw2_k_5);
                dE_dw2_k_6 = fma(delta2_6, a1_k, dE_dw2_k_6);
                dE_dw2_k_7 = fma(delta2_7, a1_k, dE_dw2_k_7);
                dE_dw2_k_8 = fma(delta2_8, a1_k, dE_dw2_k_8);
                dE_dw2_k_9 = fma(delta2_9, a1_k, dE_dw2_k_9);
            }
            gradient[1560 + 10 * k] = dE_dw2_k_0; // dE/dw2_k_0
            gradient[1561 + 10 * k] = dE_dw2_k_1; // dE/dw2_k_1
            gradient[1562 + 10 * k] = dE_dw2_k_2; // dE/dw2_k_2
            gradient[1563 + 10 * k] = dE_dw2_k_3; // dE/dw2_k_3
            gradient[1564 + 10 * k] = dE_dw2_k_4; // dE/dw2_k_4
            gradient[1565 + 10 * k] = dE_dw2_k_5; // dE/dw2_k_5
            gradient[1566 + 10 * k] = dE_dw2_k_6; // dE/dw2_k_6
            gradient[1567 + 10 * k] = dE_dw2_k_7; // dE/dw2_k_7
            gradient[1568 + 10 * k] = dE_dw2_k_8; // dE/dw2_k_8
            gradient[1569 + 10 * k] = dE_dw2_k_9; // dE/dw2_k_9
        }
        double dE_db2_0 = gradient[1800];
        double dE_db2_1 = gradient[1801];
        double dE_db2_2 = gradient[1802];
        double dE_db2_3 = gradient[1803];
        double dE_db2_4 = gradient[1804];
        double dE_db2_5 = gradient[1805];
        double dE_db2_6 = gradient[1806];
        double dE_db2_7 = gradient[1807];
        double dE_db2_8 = gradient[1808];
        double dE_db2_9 = gradient[1809];
        for (int r = 0; r < n; r++) {
            final double delta2_0 = delta2Rows[r];
            final double delta2_1 = delta2Rows[64 + r];
            final double delta2_2 = delta2Rows[128 + r];
            final double delta2_3 = delta2Rows[192 + r];
            final double delta2_4 = delta2Rows[256 + r];
            final double delta2_5 = delta2Rows[320 + r];
            final double delta2_6 = delta2Rows[384 + r];
            final double delta2_7 = delta2Rows[448 + r];
            final double delta2_8 = delta2Rows[512 + r];
            final double delta2_9 = delta2Rows[576 + r];
            dE_db2_0 += delta2_0;
            dE_db2_1 += delta2_1;
            dE_db2_2 += delta2_2;
            dE_db2_3 += delta2_3;
            dE_db2_4 += delta2_4;
            dE_db2_5 += delta2_5;
            dE_db2_6 += delta2_6;
            dE_db2_7 += delta2_7;
            dE_db2_8 += delta2_8;
            dE_db2_9 += delta2_9;
        }
        gradient[1800] = dE_db2_0; // dE/db2_0
        gradient[1801] = dE_db2_1; // dE/db2_1
        gradient[1802] = dE_db2_2; // dE/db2_2
        gradient[1803] = dE_db2_3; // dE/db2_3
        gradient[1804] = dE_db2_4; // dE/db2_4
        gradient[1805] = dE_db2_5; // dE/db2_5
        gradient[1806] = dE_db2_6; // dE/db2_6
        gradient[1807] = dE_db2_7; // dE/db2_7
        gradient[1808] = dE_db2_8; // dE/db2_8
        gradient[1809] = dE_db2_9; // dE/db2_9
    }

    private void delta1Block(int records) {
        final double[] p = parameters;
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Delta of layer 1, carried back through W2
        //   dE/da1_k = sum_j delta2_j * w2_k_j
        //   delta1_k = dE/da1_k * (a1_k > 0 ? 1 : 0)
        for (int k = 0; k < 24; k++) {
            final double w2_k_0 = p[1560 + 10 * k];
            final double w2_k_8 = p[1568 + 10 * k];
            final double w2_k_1 = p[1561 + 10 * k];
            final double w2_k_9 = p[1569 + 10 * k];
            final double w2_k_2 = p[1562 + 10 * k];
            final double w2_k_3 = p[1563 + 10 * k];
            for (int r = 0; r < n; r++) {
                double part1_dE_da_0_k = -0.0;
                part1_dE_da_0_k = fma(delta2Rows[r], w2_k_0, part1_dE_da_0_k);
                part1_dE_da_0_k = fma(delta2Rows[512 + r], w2_k_8, part1_dE_da_0_k);
                partRows[r] = part1_dE_da_0_k;
                double part1_dE_da_1_k = -0.0;
                part1_dE_da_1_k = fma(delta2Rows[64 + r], w2_k_1, part1_dE_da_1_k);
                part1_dE_da_1_k = fma(delta2Rows[576 + r], w2_k_9, part1_dE_da_1_k);
                partRows[64 + r] = part1_dE_da_1_k;
                double part1_dE_da_2_k = -0.0;
                part1_dE_da_2_k = fma(delta2Rows[128 + r], w2_k_2, part1_dE_da_2_k);
                partRows[128 + r] = part1_dE_da_2_k;
                double part1_dE_da_3_k = -0.0;
                part1_dE_da_3_k = fma(delta2Rows[192 + r], w2_k_3, part1_dE_da_3_k);
                partRows[192 + r] = part1_dE_da_3_k;
            }
            final double w2_k_4 = p[1564 + 10 * k];
            final double w2_k_5 = p[1565 + 10 * k];
            final double w2_k_6 = p[1566 + 10 * k];
            final double w2_k_7 = p[1567 + 10 * k];
            for (int r = 0; r < n; r++) {
                double part1_dE_da_4_k = -0.0;
                part1_dE_da_4_k = fma(delta2Rows[256 + r], w2_k_4, part1_dE_da_4_k);
                partRows[256 + r] = part1_dE_da_4_k;
                double part1_dE_da_5_k = -0.0;
                part1_dE_da_5_k = fma(delta2Rows[320 + r], w2_k_5, part1_dE_da_5_k);
                partRows[320 + r] = part1_dE_da_5_k;
                double part1_dE_da_6_k = -0.0;
                part1_dE_da_6_k = fma(delta2Rows[384 + r], w2_k_6, part1_dE_da_6_k);
                partRows[384 + r] = part1_dE_da_6_k;
                double part1_dE_da_7_k = -0.0;
                part1_dE_da_7_k = fma(delta2Rows[448 + r], w2_k_7, part1_dE_da_7_k);
                partRows[448 + r] = part1_dE_da_7_k;
            }
            for (int r = 0; r < n; r++) {
                dE_da1Rows[64 * k + r] = partRows[r]
                        + partRows[256 + r]
                        + (partRows[128 + r] + partRows[384 + r])
                        + (partRows[64 + r] + partRows[320 + r] + (partRows[192 + r] + partRows[448 + r]));
            }
        }
        for (int k = 0; k < 24; k++) {
            for (int r = 0; r < n; r++) {
                delta1Rows[64 * k + r] = dE_da1Rows[64 * k + r] * (a1Rows[64 * k + r] > 0 ? 1 : 0);
            }
        }
    }

    private void gradient1Block(double[] inputs, int x, double[] gradient, int records) {
        final int n = min(records, BLOCK); // or HotSpot would check each index for overflow

        // Gradient of layer 1: dE/dw1_k_j = delta1_j * x_k, dE/db1_j = delta1_j
        for (int r = 0; r < n; r++) {
            for (int j = 0; j < 24; j++) {
                delta1Columns[24 * r + j] = delta1Rows[64 * j + r];
            }
        }
        // partialRows holds row k of the gradient after r records, at row r: HotSpot vectorises loops of one index
        for (int k = 0; k < 64; k++) {
            arraycopy(gradient, 24 * k, partialRows, 0, 24);
            for (int r = 0; r < min(n - 7, BLOCK); r += 8) {
                final double x_k_r = inputs[x + 64 * r + k];
                final double x_k_r1 = inputs[x + 64 + 64 * r + k];
                final double x_k_r2 = inputs[x + 128 + 64 * r + k];
                final double x_k_r3 = inputs[x + 192 + 64 * r + k];
                final double x_k_r4 = inputs[x + 256 + 64 * r + k];
                final double x_k_r5 = inputs[x + 320 + 64 * r + k];
                final double x_k_r6 = inputs[x + 384 + 64 * r + k];
                final double x_k_r7 = inputs[x + 448 + 64 * r + k];
                for (int rj = 24 * r; rj < 24 * r + 24; rj++) {
                    double dE_dw1_k_j = partialRows[rj];
                    dE_dw1_k_j = fma(delta1Columns[rj], x_k_r, dE_dw1_k_j);
                    dE_dw1_k_j = fma(delta1Columns[24 + rj], x_k_r1, dE_dw1_k_j);
                    dE_dw1_k_j = fma(delta1Columns[48 + rj], x_k_r2, dE_dw1_k_j);
                    dE_dw1_k_j = fma(delta1Columns[72 + rj], x_k_r3, dE_dw1_k_j);
                    dE_dw1_k_j = fma(delta1Columns[96 + rj], x_k_r4, dE_dw1_k_j);
                    dE_dw1_k_j = fma(delta1Columns[120 + rj], x_k_r5, dE_dw1_k_j);
                    dE_dw1_k_j = fma(delta1Columns[144 + rj], x_k_r6, dE_dw1_k_j);
                    dE_dw1_k_j = fma(delta1Columns[168 + rj], x_k_r7, dE_dw1_k_j);
                    partialRows[192 + rj] = dE_dw1_k_j;
                }
            }
            for (int r = n - n % 8; r < n; r++) {
                final double x_k_r = inputs[x + 64 * r + k];
                for (int rj = 24 * r; rj < 24 * r + 24; rj++) {
                    double dE_dw1_k_j = partialRows[rj];
                    dE_dw1_k_j = fma(delta1Columns[rj], x_k_r, dE_dw1_k_j);
                    partialRows[24 + rj] = dE_dw1_k_j;
                }
            }
            arraycopy(partialRows, 24 * n, gradient, 24 * k, 24);
        }
        for (int j = 0; j < 24; j += 12) {
            double dE_db1_j = gradient[1536 + j];
            double dE_db1_j1 = gradient[1537 + j];
            double dE_db1_j2 = gradient[1538 + j];
            double dE_db1_j3 = gradient[1539 + j];
            double dE_db1_j4 = gradient[1540 + j];
            double dE_db1_j5 = gradient[1541 + j];
            double dE_db1_j6 = gradient[1542 + j];
            double dE_db1_j7 = gradient[1543 + j];
            double dE_db1_j8 = gradient[1544 + j];
            double dE_db1_j9 = gradient[1545 + j];
            double dE_db1_j10 = gradient[1546 + j];
            double dE_db1_j11 = gradient[1547 + j];
            for (int r = 0; r < n; r++) {
                final double delta1_j = delta1Rows[64 * j + r];
                final double delta1_j1 = delta1Rows[64 + 64 * j + r];
                final double delta1_j2 = delta1Rows[128 + 64 * j + r];
                final double delta1_j3 = delta1Rows[192 + 64 * j + r];
                final double delta1_j4 = delta1Rows[256 + 64 * j + r];
                final double delta1_j5 = delta1Rows[320 + 64 * j + r];
                final double delta1_j6 = delta1Rows[384 + 64 * j + r];
                final double delta1_j7 = delta1Rows[448 + 64 * j + r];
                final double delta1_j8 = delta1Rows[512 + 64 * j + r];
                final double delta1_j9 = delta1Rows[576 + 64 * j + r];
                final double delta1_j10 = delta1Rows[640 + 64 * j + r];
                final double delta1_j11 = delta1Rows[704 + 64 * j + r];
                dE_db1_j += delta1_j;
                dE_db1_j1 += delta1_j1;
                dE_db1_j2 += delta1_j2;
                dE_db1_j3 += delta1_j3;
                dE_db1_j4 += delta1_j4;
                dE_db1_j5 += delta1_j5;
                dE_db1_j6 += delta1_j6;
                dE_db1_j7 += delta1_j7;
                dE_db1_j8 += delta1_j8;
                dE_db1_j9 += delta1_j9;
                dE_db1_j10 += delta1_j10;
                dE_db1_j11 += delta1_j11;
            }
            gradient[1536 + j] = dE_db1_j; // dE/db1_j
            gradient[1537 + j] = dE_db1_j1; // dE/db1_j1
            gradient[1538 + j] = dE_db1_j2; // dE/db1_j2
            gradient[1539 + j] = dE_db1_j3; // dE/db1_j3
            gradient[1540 + j] = dE_db1_j4; // dE/db1_j4
            gradient[1541 + j] = dE_db1_j5; // dE/db1_j5
            gradient[1542 + j] = dE_db1_j6; // dE/db1_j6
            gradient[1543 + j] = dE_db1_j7; // dE/db1_j7
            gradient[1544 + j] = dE_db1_j8; // dE/db1_j8
            gradient[1545 + j] = dE_db1_j9; // dE/db1_j9
            gradient[1546 + j] = dE_db1_j10; // dE/db1_j10
            gradient[1547 + j] = dE_db1_j11; // dE/db1_j11
        }
    }
}
