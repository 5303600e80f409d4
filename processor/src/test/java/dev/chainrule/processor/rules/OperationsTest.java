package dev.chainrule.processor.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.layers.ForwardPass;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counts made by hand. */
class OperationsTest {
    /** 2-1-1 of sigmoid units without biases, half of the squared error: the worked example of the documents. */
    private static final Network WORKED = new Network(
            2,
            List.of(new Layer(2, 1, Activation.SIGMOID, false, 0), new Layer(1, 1, Activation.SIGMOID, false, 2)),
            Optional.of(new LossFunction.Named(Loss.HALF_SUM_OF_SQUARES)),
            Unroll.AUTO);

    private static final Network SOFTMAX = new Network(
            1,
            List.of(new Layer(1, 3, Activation.SOFTMAX, true, 0)),
            Optional.of(new LossFunction.Named(Loss.CATEGORICAL_CROSS_ENTROPY)),
            Unroll.NONE);

    @Test
    void forward() {
        // z1 = 0 + x_0 w + x_1 w, z2 = 0 + a1 w, and a sigmoid of each
        assertThat(Operations.count(ForwardPass.of(WORKED))).isEqualTo("3 fused multiply-adds and 2 calls of sigmoid");
    }

    @Test
    void error() {
        // E = (a - t) (a - t) / 2
        assertThat(Operations.count(List.of(ForwardPass.loss(WORKED))))
                .isEqualTo("1 multiplication, 1 division and 2 additions");
    }

    @Test
    void backpropagation() {
        // delta2 = (a - t) (a (1 - a)): 2 multiplications, 2 additions; dE/da1 = delta2 w: 1;
        // delta1 = dE/da1 (a (1 - a)): 2 and 1; delta2 a1 and, for two inputs, delta1 x are added to the gradient at
        // once
        assertThat(Operations.count(Derivation.of(WORKED).byParameters()))
                .isEqualTo("3 fused multiply-adds, 5 multiplications and 3 additions");
    }

    @Test
    void fullGradient() {
        // dE/dw1 = (a - t) (a (1 - a)) w (a (1 - a)) x, twice: 6 multiplications, 3 additions, and 1 to the gradient;
        // dE/dw2 = (a - t) (a (1 - a)) a: 3, 2 and 1
        assertThat(Operations.count(Derivation.of(WORKED).paths())).isEqualTo("15 multiplications and 11 additions");
    }

    @Test
    void softmax() {
        // z for three units; 2 comparisons; 3 differences and exponentials; their sum; 3 quotients
        assertThat(Operations.count(ForwardPass.of(SOFTMAX)))
                .isEqualTo("3 fused multiply-adds, 3 divisions, 5 additions, 3 calls of exp and 2 calls of max");
    }

    @Test
    void oneByOne() {
        assertThat(Operations.kinds(ForwardPass.of(SOFTMAX)))
                .containsExactly(
                        Map.entry("fused multiply-adds", 3L),
                        Map.entry("multiplications", 0L),
                        Map.entry("divisions", 3L),
                        Map.entry("additions", 5L),
                        Map.entry("calls of exp", 3L),
                        Map.entry("calls of max", 2L));
    }

    @Test
    void factorsOfOneChain() {
        // dE/da da/dz dz/da da/dz dz/dw for two weights, dE/da da/dz dz/dw for one
        assertThat(Derivation.of(WORKED).factors()).isEqualTo(2 * 5 + 3);
    }

    @Test
    void factorsGrowWithTheWidthOfLaterLayers() {
        Network identity = new Network(
                2,
                List.of(
                        new Layer(2, 2, Activation.SIGMOID, true, 0),
                        new Layer(2, 2, Activation.SIGMOID, true, 6),
                        new Layer(2, 2, Activation.SIGMOID, true, 12)),
                Optional.of(new LossFunction.Named(Loss.SUM_OF_SQUARES)),
                Unroll.AUTO);
        // A weight has 4, 2 or 1 paths of 7, 5 or 3 factors; a bias has one factor less, as dz/db = 1
        int byWeights = 4 * 4 * 7 + 4 * 2 * 5 + 4 * 3;
        int byBiases = 2 * 4 * 6 + 2 * 2 * 4 + 2 * 2;
        assertThat(Derivation.of(identity).factors()).isEqualTo(byWeights + byBiases);
    }

    @Test
    void pathsMayChangeTheOutputWithinSoftmax() {
        // Three paths from each unit, of dE/da da/dz dz/dw; with the cross-entropy one, of dE/dz dz/dw
        Network squares =
                new Network(1, SOFTMAX.layers(), Optional.of(new LossFunction.Named(Loss.SUM_OF_SQUARES)), Unroll.AUTO);
        assertThat(Derivation.of(squares).factors()).isEqualTo(3 * 3 * 3 + 3 * 3 * 2);
        assertThat(Derivation.of(SOFTMAX).factors()).isEqualTo(3 * 2 + 3);
    }
}
