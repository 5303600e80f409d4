package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.Perturbation;
import dev.chainrule.runtime.TrainableNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three ways to a gradient. */
class GradientMethodTest {
    private static final double[] INPUTS = {9, 9, 1, 2, -1, 0.5, 3, 1, 9, 9};
    private static final double[] TARGETS = {9, 9, 0, 1, 2, 1, -1, 0.25, 9, 9};

    /** Backpropagation that cannot be used, so that what is computed is the full gradient. */
    private static final class FullGradientOnly extends Scaling {
        FullGradientOnly(double... parameters) {
            super(parameters);
        }

        @Override
        public double backprop(double[] inputs, double[] targets, int from, int to, double[] gradient) {
            throw new AssertionError();
        }

        @Override
        public double fullGradient(double[] input, double[] target, double[] gradient) {
            return new Scaling(parameters()).fullGradient(input, target, gradient);
        }
    }

    private static double[] train(GradientMethod method, Scaling network) {
        Records records = Records.wrap(INPUTS, 2, TARGETS, 2);
        Trainer.builder()
                .gradient(method)
                .batchSize(2)
                .shuffled(1)
                .optimizer(Optimizers.gradientDescent(0.01))
                .build()
                .train(network, records);
        return network.parameters();
    }

    @Test
    void allThreeTrainAlike() {
        double[] expected = train(GradientMethod.backpropagation(), new Scaling(0.5, -2));
        assertThat(train(GradientMethod.fullGradient(), new FullGradientOnly(0.5, -2)))
                .containsExactly(expected);
        assertThat(train(GradientMethod.perturbation(Perturbation.DEFAULT_EPSILON), new Scaling(0.5, -2)))
                .containsExactly(expected, within(1e-9));
    }

    @Test
    void backpropagationUnlessSaidOtherwise() {
        Scaling network = new Scaling(0.5, -2) {
            @Override
            public double fullGradient(double[] input, double[] target, double[] gradient) {
                throw new AssertionError();
            }

            @Override
            public double loss(double[] input, double[] target) {
                throw new AssertionError();
            }
        };
        Trainer.builder().build().train(network, Records.wrap(INPUTS, 2, TARGETS, 2));
    }

    /** The error is quadratic, so that even this step is right; the gradient is added to what is there. */
    @Test
    void rangesOfRecords() {
        assertRange(GradientMethod.backpropagation(), new Scaling(0.5, -2));
        assertRange(GradientMethod.fullGradient(), new FullGradientOnly(0.5, -2));
        assertRange(GradientMethod.perturbation(0.25), new Scaling(0.5, -2));
    }

    private static void assertRange(GradientMethod method, Scaling network) {
        double[] gradient = {100, 200};
        double error = method.of(network).add(INPUTS, TARGETS, null, 1, 4, gradient);
        // (0.5 - 0) 1 + (-0.5 - 2) -1 + (1.5 + 1) 3 and (-4 - 1) 2 + (-1 - 1) 0.5 + (-2 - 0.25) 1
        assertThat(gradient).containsExactly(100 + 10.5, 200 - 13.25);
        assertThat(error).isEqualTo((0.25 + 25 + 6.25 + 4 + 6.25 + 2.25 * 2.25) / 2);

        double[] weighted = {100, 200};
        double weightedError = method.of(network).add(INPUTS, TARGETS, new double[] {9, 2, 0, 1, 9}, 1, 4, weighted);
        assertThat(weighted).containsExactly(100 + 2 * 0.5 + 7.5, 200 - 2 * 10 - 2.25);
        assertThat(weightedError).isEqualTo(0.25 + 25 + (6.25 + 2.25 * 2.25) / 2);
    }

    @Test
    void perturbationMovesByItsEpsilon() {
        Scaling cubic = new Scaling(2.0) {
            @Override
            public double loss(double[] input, double[] target) {
                return Math.pow(parameters()[0], 3);
            }
        };
        Trainer.builder()
                .gradient(GradientMethod.perturbation(0.5))
                .optimizer(Optimizers.gradientDescent(1))
                .epochs(1)
                .build()
                .train(cubic, Scaling.towards(0));
        assertThat(cubic.parameters()).containsExactly(2 - (3 * 2 * 2 + 0.5 * 0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void perturbationNeedsAnEpsilon(double epsilon) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientMethod.perturbation(epsilon))
                .withMessage("epsilon is " + epsilon + "; expected a positive, finite number");
    }

    @Test
    void perturbationIsForOneThread() {
        Trainer.Builder trainer = Trainer.builder().gradient(GradientMethod.perturbation(1e-5));
        trainer.threads(1, Scaling::new).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.threads(2, Scaling::new).build())
                .withMessage("perturbation moves the parameters, which all 2 threads would share; use 1 thread");
        trainer.gradient(GradientMethod.fullGradient()).build();
    }

    @Test
    void fullGradientNeedsANetworkThatHasIt() {
        TrainableNetwork without =
                new TanhNetwork(ParameterLayout.of(1, new int[] {1}, new boolean[] {true}), 0.5, 0.25);
        Trainer trainer =
                Trainer.builder().gradient(GradientMethod.fullGradient()).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(without, Scaling.towards(1)))
                .withMessage(TanhNetwork.class.getName()
                        + " has no full gradient, its equations would be too many; use backpropagation");
        assertThat(without.parameters()).containsExactly(0.5, 0.25);
    }
}
