package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.ParameterLayout;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of one parameter worked by hand, with settings that make this easy, and the properties that an optimiser is known for. */
class OptimizersTest {
    private static final Offset<Double> ROUNDING = within(1e-14);

    @Test
    void gradientDescent() {
        Walk walk = new Walk(Optimizers.gradientDescent(0.5), 1);
        assertThat(walk.step(4)).isEqualTo(-1); // 1 - 0.5 * 4
        assertThat(walk.step(-2)).isEqualTo(0); // -1 + 0.5 * 2
        assertThat(walk.state.arrays()).isEmpty();
    }

    @Test
    void momentum() {
        Walk walk = new Walk(Optimizers.momentum(0.5, 0.25), 1);
        assertThat(walk.step(4)).isEqualTo(-1); // v = 4; 1 - 0.5 * 4
        assertThat(walk.step(2)).isEqualTo(-2.5); // v = 0.25 * 4 + 2 = 3; -1 - 0.5 * 3
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{3}});
    }

    @Test
    void nesterov() {
        Walk walk = new Walk(Optimizers.nesterov(0.5, 0.25), 1);
        assertThat(walk.step(4)).isEqualTo(-1.5); // v = 4; 1 - 0.5 * (4 + 0.25 * 4)
        assertThat(walk.step(2)).isEqualTo(-2.875); // v = 3; -1.5 - 0.5 * (2 + 0.25 * 3)
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{3}});
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 3, -7})
    void momentumsLimitIsTheGradientOverTheFriction(double g) {
        // Where the gradient stays, v goes to g / (1 - momentum), and steps of both to rate times this
        Walk momentum = new Walk(Optimizers.momentum(0.5, 0.75), 0);
        Walk nesterov = new Walk(Optimizers.nesterov(0.5, 0.75), 0);
        double beforeMomentum = 0;
        double beforeNesterov = 0;
        for (int step = 0; step < 200; step++) {
            beforeMomentum = momentum.parameter();
            beforeNesterov = nesterov.parameter();
            momentum.step(g);
            nesterov.step(g);
        }
        assertThat(beforeMomentum - momentum.parameter()).isCloseTo(2 * g, within(1e-10));
        assertThat(beforeNesterov - nesterov.parameter()).isCloseTo(2 * g, within(1e-10));
    }

    @Test
    void adaGrad() {
        Walk walk = new Walk(Optimizers.adaGrad(0.5, 1), 1);
        assertThat(walk.step(3)).isEqualTo(0.625); // s = 9; 1 - 0.5 * 3 / (3 + 1)
        assertThat(walk.step(-4)).isCloseTo(0.625 + 1.0 / 3, ROUNDING); // s = 25; 0.625 + 0.5 * 4 / (5 + 1)
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{25}});
    }

    @Test
    void adaGradsSumBeginsWhereItIsToldTo() {
        Walk walk = new Walk(Optimizers.adaGrad(0.5, 16, 1), 1);
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{16}});
        assertThat(walk.step(3)).isEqualTo(0.75); // s = 25; 1 - 0.5 * 3 / (5 + 1)
    }

    @Test
    void adaDelta() {
        Walk walk = new Walk(Optimizers.adaDelta(0.5, 0.75, 9), 10);
        // v = 0.25 * 64 = 16; d = sqrt(0 + 9) / sqrt(16 + 9) * 8 = 4.8; u = 0.25 * 4.8^2 = 5.76
        assertThat(walk.step(8)).isCloseTo(10 - 2.4, ROUNDING);
        // v = 0.75 * 16 + 0.25 * 16 = 16; d = sqrt(5.76 + 9) / 5 * 4; u = 0.75 * 5.76 + 0.25 * 14.76 * 16 / 25
        assertThat(walk.step(4)).isCloseTo(10 - 2.4 - 0.4 * Math.sqrt(14.76), ROUNDING);
        assertThat(walk.state.arrays()[0]).containsExactly(16);
        assertThat(walk.state.arrays()[1]).containsExactly(new double[] {6.6816}, ROUNDING);
        assertThat(walk.state.arrays()).hasNumberOfRows(2);
    }

    @Test
    void rmsProp() {
        Walk walk = new Walk(Optimizers.rmsProp(0.5, 0.75, 1), 1);
        assertThat(walk.step(4)).isCloseTo(1.0 / 3, ROUNDING); // v = 0.25 * 16 = 4; 1 - 0.5 * 4 / (2 + 1)
        assertThat(walk.step(2)).isCloseTo(0, ROUNDING); // v = 0.75 * 4 + 0.25 * 4 = 4; 1/3 - 0.5 * 2 / (2 + 1)
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{4}});
    }

    @Test
    void adam() {
        Walk walk = new Walk(Optimizers.adam(0.5, 0.5, 0.75, 1), 1);
        // m = 2, m^ = 2 / 0.5 = 4; v = 4, v^ = 4 / 0.25 = 16; 1 - 0.5 * 4 / (4 + 1)
        assertThat(walk.step(4)).isCloseTo(0.6, ROUNDING);
        // m = 2, m^ = 2 / 0.75 = 8/3; v = 3 + 1 = 4, v^ = 4 / (1 - 9/16) = 64/7
        double expected = 0.6 - 4.0 / 3 / (8 / Math.sqrt(7) + 1);
        assertThat(walk.step(2)).isCloseTo(expected, ROUNDING);
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{2}, {4}, {0.75, 0.4375}});
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-100, -1e-3, 5, -1e100})
    void adamsFirstStepIsAsLongAsTheRateWhateverTheGradient(double g) {
        assertThat(new Walk(Optimizers.adam(0.125, 0.9, 0.999, 0), 0).step(g))
                .isCloseTo(-0.125 * Math.signum(g), ROUNDING);
    }

    @Test
    void amsGrad() {
        Walk walk = new Walk(Optimizers.amsGrad(0.5, 0.5, 0.75, 1), 1);
        assertThat(walk.step(4)).isCloseTo(0.6, ROUNDING); // as Adam
        // m = 1, m^ = 4/3; v = 3, but the largest is 4, v^ = 64/7
        double expected = 0.6 - 2.0 / 3 / (8 / Math.sqrt(7) + 1);
        assertThat(walk.step(0)).isCloseTo(expected, ROUNDING);
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{1}, {3}, {4}, {0.75, 0.4375}});
    }

    @Test
    void amsGradsLargestNeverFalls() {
        Walk walk = new Walk(Optimizers.amsGrad(0.1, 0.9, 0.5, 1e-8), 1);
        double largest = 0;
        for (double g : new double[] {1, 5, 0.1, 0, -2, 8, 0.5, 0, -0.1}) {
            walk.step(g);
            double[][] arrays = walk.state.arrays();
            assertThat(arrays[2][0]).isEqualTo(Math.max(largest, arrays[1][0]));
            largest = arrays[2][0];
        }
        assertThat(largest).isGreaterThan(32); // half of 8^2, and v has fallen since
        assertThat(walk.state.arrays()[1][0]).isLessThan(6);
    }

    @Test
    void adamW() {
        Walk walk = new Walk(Optimizers.adamW(0.5, 0.5, 0.75, 1, 0.5), 1);
        assertThat(walk.step(4)).isCloseTo(0.35, ROUNDING); // (1 - 0.5 * 0.5) * 1, less Adam's 0.4
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{2}, {4}, {0.5, 0.25}});
    }

    @Test
    void adamWDecaysByTheRateOfTheStep() {
        OptimizerState state = Optimizers.adamW(0.5, 0.9, 0.999, 1e-8, 0.25).start(1);
        double[] parameters = {8};
        state.step(parameters, new double[1], 2); // 8 (1 - 2 * 0.25)
        state.step(parameters, new double[1], 1); // 4 (1 - 1 * 0.25)
        assertThat(parameters).containsExactly(3);
    }

    @Test
    void nAdam() {
        // Without momentum decay mu = 0.5 / 2 at every step
        Walk walk = new Walk(Optimizers.nAdam(0.5, 0.5, 0.75, 1, 0), 1);
        // m = 2; m^ = 1/4 2 / (1 - 1/16) + 3/4 4 / (1 - 1/4) = 8/15 + 4; v^ = 4 / 0.25 = 16
        double first = 1 - 0.5 * (8.0 / 15 + 4) / 5;
        assertThat(walk.step(4)).isCloseTo(first, ROUNDING);
        // m = 3; m^ = 1/4 3 / (1 - 1/64) + 3/4 4 / (1 - 1/16) = 16/21 + 16/5; v = 7, v^ = 7 / (7/16) = 16
        assertThat(walk.step(4)).isCloseTo(first - 0.5 * (16.0 / 21 + 3.2) / 5, ROUNDING);
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{3}, {7}, {1, 15.0 / 16, 7.0 / 16}});
    }

    /** PyTorch 2's number; its version 1.13 comes to 0.0020991. */
    @Test
    void nAdamsFirstStepOfAUnitGradient() {
        assertThat(new Walk(Optimizers.nAdam(0.002), 0).step(1)).isCloseTo(-0.0021129, within(5e-8));
    }

    @Test
    void nAdamsMomentumGrows() {
        // 0.96^psi = 1/2, so mu_1 = 0.5 (1 - 1/4) = 3/8 and mu_2 = 0.5 (1 - 1/8) = 7/16
        double psi = StrictMath.log(0.5) / StrictMath.log(0.96);
        Walk walk = new Walk(Optimizers.nAdam(0.5, 0.5, 0.75, 1, psi), 1);
        // m = 2; m^ = 7/16 2 / (1 - 3/8 7/16) + 4; v^ = 16
        assertThat(walk.step(4)).isCloseTo(1 - 0.5 * (7.0 / 8 / (1 - 21.0 / 128) + 4) / 5, ROUNDING);
        assertThat(walk.state.arrays()[2]).containsExactly(new double[] {0.5, 0.625, 0.25}, ROUNDING);
    }

    @Test
    void rprop() {
        Walk walk = new Walk(Optimizers.rprop(0.5, 0.5, 2, 0.25, 1.5), 0);
        assertThat(walk.step(3)).isEqualTo(-0.5); // the first step
        assertThat(walk.step(1)).isEqualTo(-1.5); // same sign: 1
        assertThat(walk.step(0.1)).isEqualTo(-3); // same sign: 2, but at most 1.5
        assertThat(walk.step(-7)).isEqualTo(-3); // another sign: 0.75, and rest
        assertThat(walk.step(-7)).isEqualTo(-2.25); // after the rest: the same step, 0.75
        assertThat(walk.step(1)).isEqualTo(-2.25); // another sign: 0.375, and rest
        assertThat(walk.step(1)).isEqualTo(-2.625);
        assertThat(walk.step(-1)).isEqualTo(-2.625); // another sign: 0.1875, but at least 0.25
        assertThat(walk.step(-1)).isEqualTo(-2.375);
        assertThat(walk.step(0)).isEqualTo(-2.375); // no sign
        assertThat(walk.step(-4)).isEqualTo(-2.125); // after none: the same step, 0.25
        assertThat(walk.state.arrays()).isDeepEqualTo(new double[][] {{-4}, {0.25}, {1}});
    }

    @Test
    void rpropSeesTheSignsOfTheSmallestGradients() {
        // Their product is 0 in doubles
        Walk walk = new Walk(Optimizers.rprop(0.5, 0.5, 2, 0, 50), 0);
        assertThat(walk.step(1e-200)).isEqualTo(-0.5);
        assertThat(walk.step(1e-200)).isEqualTo(-1.5);
        assertThat(walk.step(-1e-200)).isEqualTo(-1.5); // another sign: 0.5, and rest
        assertThat(walk.step(-1e-200)).isEqualTo(-1);
    }

    /** Adam with the decay where there are weights, and without it elsewhere, bit for bit. */
    @Test
    void adamWSparesBiases() {
        ParameterLayout layout = ParameterLayout.of(2, new int[] {3, 2}, new boolean[] {true, false});
        Random random = new Random(1);
        double[] start = random.doubles(layout.size(), -1, 1).toArray();
        double[] sparing = start.clone();
        double[] decaying = start.clone();
        double[] without = start.clone();
        OptimizerState sparingState = Optimizers.adamW(0.01).startSparingBiases(layout);
        OptimizerState decayingState = Optimizers.adamW(0.01).start(layout.size());
        OptimizerState withoutState = Optimizers.adam(0.01).start(layout.size());
        for (int step = 0; step < 20; step++) {
            double[] gradient = random.doubles(layout.size(), -1, 1).toArray();
            sparingState.step(sparing, gradient, 0.01);
            decayingState.step(decaying, gradient, 0.01);
            withoutState.step(without, gradient, 0.01);
        }
        for (int i = 0; i < layout.size(); i++) {
            boolean isBias = layout.name(i).startsWith("b");
            assertThat(sparing[i]).as(layout.name(i)).isEqualTo(isBias ? without[i] : decaying[i]);
            assertThat(without[i]).as(layout.name(i)).isNotEqualTo(decaying[i]);
        }
        assertThat(sparingState.arrays()).isDeepEqualTo(decayingState.arrays());
    }

    @Test
    void optimisersWithoutDecayHaveNothingToSpare() {
        ParameterLayout layout = ParameterLayout.of(1, new int[] {1}, new boolean[] {true});
        double[] parameters = {1, 2};
        Optimizers.momentum(0.5, 0.5).startSparingBiases(layout).step(parameters, new double[] {1, 1}, 0.5);
        assertThat(parameters).containsExactly(0.5, 1.5);
    }

    @Test
    void rpropHeedsTheRateOfTheFirstStepAlone() {
        OptimizerState state = Optimizers.rprop(0.5, 0.5, 2, 0, 50).start(1);
        double[] parameters = {0};
        state.step(parameters, new double[] {1}, 0.25);
        assertThat(parameters).containsExactly(-0.25);
        state.step(parameters, new double[] {1}, 100);
        assertThat(parameters).containsExactly(-0.75);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e3})
    void rpropBringsTheFirstStepWithinItsBounds(double rate) {
        double expected = rate < 1 ? 0.25 : 1.5;
        assertThat(new Walk(Optimizers.rprop(rate, 0.5, 2, 0.25, 1.5), 0).step(-1))
                .isEqualTo(expected);
    }

    /** The way of one parameter, at a constant rate. */
    private static final class Walk {
        private final double rate;
        private final OptimizerState state;
        private final double[] parameters;

        Walk(Optimizer optimizer, double parameter) {
            rate = optimizer.learningRate();
            state = optimizer.start(1);
            parameters = new double[] {parameter};
        }

        double parameter() {
            return parameters[0];
        }

        /** The parameter after a step with this gradient. */
        double step(double gradient) {
            state.step(parameters, new double[] {gradient}, rate);
            return parameters[0];
        }
    }
}
