package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.TanhNetwork;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Backpropagation with weights, as networks have it that do not bring their own. */
class WeightedBackpropTest {
    private static final int COUNT = 7;
    private static final ParameterLayout LAYOUT = ParameterLayout.of(2, new int[] {3, 2}, new boolean[] {true, false});

    private final double[] inputs = new Random(1).doubles(2 * COUNT, -1, 1).toArray();
    private final double[] targets = new Random(2).doubles(2 * COUNT, -1, 1).toArray();
    private final TanhNetwork network = new TanhNetwork(LAYOUT);

    WeightedBackpropTest() {
        Initializers.glorotUniform().initialize(network, 3);
    }

    /** What is in the gradient before. */
    private double[] gradient() {
        return new Random(4).doubles(LAYOUT.size(), -1, 1).toArray();
    }

    @Test
    void weightsOfOneChangeNoBit() {
        double[] expected = gradient();
        double error = network.backprop(inputs, targets, 1, 6, expected);
        double[] gradient = gradient();
        double[] ones = new double[COUNT];
        Arrays.fill(ones, 1);
        assertThat(network.backprop(inputs, targets, ones, 1, 6, gradient)).isEqualTo(error);
        assertThat(gradient).containsExactly(expected);
    }

    @Test
    void eachRecordIsScaledByItsWeight() {
        double[] weights = {9, 2, 0, 1, 0.25, 3, 9};
        double[] expected = gradient();
        double error = 0;
        for (int record = 1; record < 6; record++) {
            double[] ofRecord = new double[LAYOUT.size()];
            error += weights[record] * network.backprop(inputs, targets, record, record + 1, ofRecord);
            for (int i = 0; i < ofRecord.length; i++) {
                expected[i] += weights[record] * ofRecord[i];
            }
        }
        double[] gradient = gradient();
        assertThat(network.backprop(inputs, targets, weights, 1, 6, gradient)).isEqualTo(error);
        for (int i = 0; i < gradient.length; i++) {
            assertThat(Math.abs(gradient[i] - expected[i])).as(LAYOUT.name(i)).isLessThanOrEqualTo(1e-14);
        }
    }

    @Test
    void arraysOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.backprop(inputs, targets, new double[6], 0, 1, gradient()))
                .withMessage("weights has 6 values; expected 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.backprop(inputs, targets, new double[7], 0, 8, gradient()))
                .withMessage("records from 0 to 8; expected a range within 0 to 7, the number of records");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.backprop(inputs, targets, new double[7], 0, 1, new double[1]))
                .withMessage("gradient has 1 values; expected " + LAYOUT.size());
    }
}
