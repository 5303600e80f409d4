package dev.chainrule.runtime.training;

import java.util.Arrays;

/** {@code s += g^2}, {@code p -= rate g / (sqrt(s) + epsilon)}. */
record AdaGrad(double learningRate, double initialSum, double epsilon) implements Optimizer {
    AdaGrad {
        Checks.positive("learningRate", learningRate);
        Checks.notNegative("initialSum", initialSum);
        Checks.notNegative("epsilon", epsilon);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private final class State extends AbstractOptimizerState {
        private final double[] sumOfSquares = vector();

        State(int parameters) {
            super(parameters);
            Arrays.fill(sumOfSquares, initialSum);
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                double g = gradient[i];
                sumOfSquares[i] += g * g;
                parameters[i] -= rate * g / (Math.sqrt(sumOfSquares[i]) + epsilon);
            }
        }
    }
}
