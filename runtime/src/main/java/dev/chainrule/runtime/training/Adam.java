package dev.chainrule.runtime.training;

import dev.chainrule.runtime.ParameterLayout;

/**
 * {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v + (1 - beta2) g^2},
 * {@code p = (1 - rate weightDecay) p - rate m^ / (sqrt(v^) + epsilon)}, where {@code m^ = m / (1 - beta1^t)} and
 * {@code v^ = v / (1 - beta2^t)}. A weight decay of 0 makes it Adam, any other AdamW.
 */
record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
    Adam {
        Checks.positive("learningRate", learningRate);
        Checks.fraction("beta1", beta1);
        Checks.fraction("beta2", beta2);
        Checks.notNegative("epsilon", epsilon);
        Checks.notNegative("weightDecay", weightDecay);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters, new int[] {parameters});
    }

    @Override
    public OptimizerState startSparingBiases(ParameterLayout layout) {
        return new State(layout.size(), Penalties.stretches(layout));
    }

    private final class State extends AbstractOptimizerState {
        private final double[] mean = vector();
        private final double[] meanSquare = vector();
        private final double[] shares = numbers(2); // 1 - beta1^t, 1 - beta2^t
        private double meanRate;
        private double rootShare;
        /** Where parameters that decay and, by turns, such that do not end. */
        private final int[] stretches;

        State(int parameters, int[] stretches) {
            super(parameters);
            this.stretches = stretches;
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
            double kept = 1 - rate * weightDecay;
            int start = from;
            for (int i = 0; i < stretches.length; i++) {
                int end = Math.min(stretches[i], to);
                update(parameters, gradient, start, end, i % 2 == 0 ? kept : 1);
                start = Math.max(start, end);
            }
        }

        private void update(double[] parameters, double[] gradient, int from, int to, double kept) {
            for (int i = from; i < to; i++) {
                double g = gradient[i];
                mean[i] = average(beta1, mean[i], g);
                meanSquare[i] = average(beta2, meanSquare[i], g * g);
                double root = Math.sqrt(meanSquare[i]) / rootShare;
                parameters[i] = kept * parameters[i] - meanRate * mean[i] / (root + epsilon);
            }
        }
    }
}
