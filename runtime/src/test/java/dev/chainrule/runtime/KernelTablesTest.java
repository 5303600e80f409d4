package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.KernelTruth.Real;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/** Every entry of the tables behind the kernels: the two parts of a value together are good for more than 60 bits. */
class KernelTablesTest {
    @Test
    void powersOfTwoAreTrue() {
        double[] table = PowersOfTwo.TABLE;
        for (int j = 0; j < PowersOfTwo.STEPS; j++) {
            Real power = Real.of(table[2 * j]);
            Real value = power.minus(power.times(Real.of(table[2 * j + 1])));
            Real raised = value;
            for (int steps = 1; steps < PowersOfTwo.STEPS; steps *= 2) {
                raised = raised.times(raised);
            }
            assertClose(0x1p-80, raised, Real.ONE.scaled(j), "2^(" + j + "/128), raised to the 128th power");
        }
    }

    @Test
    void nodesOfTanhAreTrue() {
        assertValues(Nodes.Tanh.TABLE, KernelTruth::tanh, 1);
    }

    @Test
    void nodesOfSigmoidAreTrue() {
        assertValues(Nodes.Sigmoid.TABLE, KernelTruth::sigmoid, 2);
    }

    @Test
    void nodesOfSoftplusAreTrue() {
        assertValues(Nodes.Softplus.TABLE, KernelTruth::softplus, 2);
    }

    private static void assertValues(double[] table, DoubleFunction<Real> truth, double scale) {
        for (int k = -Nodes.LAST; k <= Nodes.LAST; k++) {
            double c = k * Nodes.SPACING * scale;
            int row = Nodes.row(k);
            Real value = Real.of(table[row]).plus(Real.of(table[row + 1]));
            if (k != 0 || table[row] != 0) { // tanh 0, which has no relative error
                assertClose(0x1p-62, value, truth.apply(c), "f(" + c + ")");
            }
        }
    }

    private static void assertClose(double bound, Real actual, Real expected, String what) {
        double error = Math.abs(actual.minus(expected).dividedBy(expected).near());
        assertThat(error).as(what).isLessThan(bound);
    }
}
