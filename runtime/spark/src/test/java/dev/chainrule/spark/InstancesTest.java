package dev.chainrule.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.BatchPlan;
import dev.chainrule.runtime.training.GradientMethod;
import org.junit.jupiter.api.Test;

/** Networks that executors make have the trainer's constants. */
class InstancesTest {
    @Test
    void constantsThatNobodyHasSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Instances.of(parameters -> new Scaled(parameters, 1, Double.NaN), new double[1]))
                .withMessage("the networks that executors make must have their constants; those of "
                        + Scaled.class.getName() + " are not all set. Give a function that sets them, such as"
                        + " parameters -> new XorNetwork(parameters, constants)");
        double[] parameters = {3};
        assertThat(Instances.of(given -> new Scaled(given, 1, 2), parameters).constants())
                .containsExactly(1, 2);
    }

    @Test
    void constantsOfAnotherNetwork() {
        SparkSource source = new SparkSource(null, parameters -> new Scaled(parameters, 1, 2), 1);
        BatchPlan plan = new BatchPlan(GradientMethod.backpropagation(), 1, null, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.sums(new Scaled(new double[] {3}, 1, 3), plan))
                .withMessage("the executors' networks have other constants than the trainer's, "
                        + Scaled.class.getName() + "; expected the same");
    }

    /** {@code y = w (x - shift) scale}, as far as it matters here. */
    private record Scaled(double[] parameters, double... constants) implements TrainableNetwork {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public void forward(double[] input, double[] output) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double loss(double[] input, double[] target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double backprop(double[] input, double[] target, double[] gradient) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double backprop(double[] inputs, double[] targets, int from, int to, double[] gradient) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double inputGradient(double[] input, double[] target, double[] gradient) {
            throw new UnsupportedOperationException();
        }
    }
}
