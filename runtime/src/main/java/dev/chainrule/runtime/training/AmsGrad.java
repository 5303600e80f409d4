package dev.chainrule.runtime.training;

/** Adam with the largest {@code v} so far, {@code max = max(max, v)}, in the place of {@code v}. */
record AmsGrad(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {
    AmsGrad {
        Checks.positive("learningRate", learningRate);
        Checks.fraction("beta1", beta1);
        Checks.fraction("beta2", beta2);
        Checks.notNegative("epsilon", epsilon);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private final class State extends AbstractOptimizerState {
        private final double[] mean = vector();
        private final double[] meanSquare = vector();
        private final double[] largest = vector();
        private final double[] shares = numbers(2); // 1 - beta1^t, 1 - beta2^t
        private double meanRate;
        private double rootShare;

        State(int parameters) {
            super(parameters);
        }

        @Override
        void begin() {
            shares[0] = average(beta1, shares[0], 1);
            shares[1] = average(beta2, shares[1], 1);
            meanRate = rate / shares[0];
            rootShare = Math.sqrt(shares[1]);
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                double g = gradient[i];
                mean[i] = average(beta1, mean[i], g);
                meanSquare[i] = average(beta2, meanSquare[i], g * g);
                largest[i] = Math.max(largest[i], meanSquare[i]);
                double root = Math.sqrt(largest[i]) / rootShare;
                parameters[i] -= meanRate * mean[i] / (root + epsilon);
            }
        }
    }
}
