package dev.chainrule.runtime.training;

/**
 * {@code m} and {@code v} as in Adam, and {@code p -= rate m^ / (sqrt(v^) + epsilon)} where
 * {@code m^ = mu_(t+1) m / (1 - mu_1 ... mu_t mu_(t+1)) + (1 - mu_t) g / (1 - mu_1 ... mu_t)},
 * {@code v^ = v / (1 - beta2^t)} and {@code mu_t = beta1 (1 - 0.96^(t momentumDecay) / 2)}.
 */
record NAdam(double learningRate, double beta1, double beta2, double epsilon, double momentumDecay)
        implements Optimizer {
    NAdam {
        Checks.positive("learningRate", learningRate);
        Checks.fraction("beta1", beta1);
        Checks.fraction("beta2", beta2);
        Checks.notNegative("epsilon", epsilon);
        Checks.notNegative("momentumDecay", momentumDecay);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private final class State extends AbstractOptimizerState {
        private final double[] mean = vector();
        private final double[] meanSquare = vector();
        private final double[] numbers = numbers(3); // 0.96^(t momentumDecay), 1 - mu_1 ... mu_t, 1 - beta2^t
        private final double fading = StrictMath.pow(0.96, momentumDecay);
        private double gradientRate;
        private double meanRate;
        private double rootShare;

        State(int parameters) {
            super(parameters);
            numbers[0] = 1;
        }

        @Override
        void begin() {
            numbers[0] *= fading;
            double mu = beta1 * (1 - numbers[0] / 2);
            double nextMu = beta1 * (1 - numbers[0] * fading / 2);
            numbers[1] = average(mu, numbers[1], 1);
            numbers[2] = average(beta2, numbers[2], 1);
            gradientRate = rate * (1 - mu) / numbers[1];
            meanRate = rate * nextMu / average(nextMu, numbers[1], 1);
            rootShare = Math.sqrt(numbers[2]);
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                double g = gradient[i];
                mean[i] = average(beta1, mean[i], g);
                meanSquare[i] = average(beta2, meanSquare[i], g * g);
                double root = Math.sqrt(meanSquare[i]) / rootShare;
                parameters[i] -= (gradientRate * g + meanRate * mean[i]) / (root + epsilon);
            }
        }
    }
}
