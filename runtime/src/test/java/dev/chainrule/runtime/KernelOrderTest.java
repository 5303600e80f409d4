package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The finite part of the proof that {@code tanh} and {@code sigmoid} never decrease, which is written down with the prover's
 * {@code KernelOrder}: what its text takes of the tables, and each border between two nodes.
 */
class KernelOrderTest {
    private static final KernelSteps<Double> STEPS =
            new KernelSteps<>(Arithmetic.DOUBLES, KernelSteps.Coefficients.ofTheCode());

    /** Up to here sigmoid has nodes. */
    private static final double LIMIT = 37.5;

    @Test
    void nodesLieJustAbovePowersOfTwo() {
        assertThat(Nodes.SPACING).isGreaterThan(0x1p-4);
        assertThat(Nodes.SPACING).isLessThan(0x1p-4 * (1 + 0x1p-11));
        double half = Nodes.SPACING / 2 * (1 + 0x1p-40);
        assertThat(STEPS.tanhNearZero(half)).isLessThan(0x1p-5);
    }

    @Test
    void slopesArePositiveAndQuotientsGoTheWayOfTheNode() {
        for (int k = -Nodes.LAST; k <= Nodes.LAST; k++) {
            int row = Nodes.row(k);
            assertRow(k, Nodes.Tanh.TABLE[row], Nodes.Tanh.TABLE[row + 2]);
            assertRow(k, Math.fma(2, Nodes.Sigmoid.TABLE[row], -1), Nodes.Sigmoid.TABLE[row + 2]);
        }
        for (int row : new int[] {Nodes.row(1), Nodes.row(-1)}) {
            assertThat(Math.abs(Nodes.Tanh.TABLE[row])).isLessThan(0x1p-4);
            assertThat(Math.abs(Math.fma(2, Nodes.Sigmoid.TABLE[row], -1))).isLessThan(0x1p-4);
            assertThat(Nodes.Tanh.TABLE[row + 2]).isBetween(0.995, 0.9999);
            assertThat(Nodes.Sigmoid.TABLE[row + 2]).isBetween(0.995 / 2, 0.9999 / 2);
        }
    }

    /** The factor of t in the denominator has the sign of the node, and is at most 1. */
    private static void assertRow(int k, double factor, double slope) {
        assertThat(slope).as("slope of node %d", k).isBetween(Double.MIN_NORMAL, 1.0);
        assertThat(Math.signum(factor)).as("node %d", k).isEqualTo(k == 0 ? factor : Integer.signum(k));
        assertThat(Math.abs(factor)).as("node %d", k).isLessThanOrEqualTo(1);
    }

    @Test
    void neverDecreaseFromOneNodeToTheNext() {
        assertBorders(Kernels::tanh, 1, 19.1);
        assertBorders(Kernels::sigmoid, 0.5, LIMIT);
    }

    /**
     * Finds the two numbers between which the nearest node is another one.
     *
     * @param factor from an argument to what nodes are compared with
     */
    private static void assertBorders(DoubleUnaryOperator kernel, double factor, double limit) {
        int borders = 0;
        double least = node(-limit, factor);
        for (double k = least; k < node(limit, factor); k++) {
            double below = -limit;
            double above = limit;
            while (Math.nextUp(below) < above) {
                double middle = 0.5 * below + 0.5 * above;
                if (node(middle, factor) <= k) {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            assertThat(node(below, factor)).isEqualTo(k);
            assertThat(node(above, factor)).isEqualTo(k + 1);
            assertThat(kernel.applyAsDouble(above)).as("%s", above).isGreaterThanOrEqualTo(kernel.applyAsDouble(below));
            borders++;
        }
        assertThat(borders).isEqualTo((int) (-2 * least)).isGreaterThan(590);
        assertThat(kernel.applyAsDouble(limit)).isLessThanOrEqualTo(kernel.applyAsDouble(Math.nextUp(limit)));
        assertThat(kernel.applyAsDouble(limit)).isLessThanOrEqualTo(1);
    }

    /** The number of the nearest node, as the code rounds. */
    private static double node(double x, double factor) {
        return Math.fma(x, factor / Nodes.SPACING, 0x1.8p52) - 0x1.8p52;
    }

    /** With nodes 65/1024 apart tanh and sigmoid fell here: tanh of half the distance was above 2^-5. */
    @Test
    void neverDecreaseWhereTheyOnceDid() {
        for (double z : new double[] {0.09508159734996173, 0.09519246261862875, 0.09493176183417, 0.0950485253788224}) {
            assertThat(Kernels.tanh(z)).isGreaterThanOrEqualTo(Kernels.tanh(Math.nextDown(z)));
        }
        for (double z :
                new double[] {0.1902623234126168, 0.18996389112007164, 0.18951483787297413, 0.19031524395456853}) {
            assertThat(Kernels.sigmoid(z)).isGreaterThanOrEqualTo(Kernels.sigmoid(Math.nextDown(z)));
        }
    }
}
