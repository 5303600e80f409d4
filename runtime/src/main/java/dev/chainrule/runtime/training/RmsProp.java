package dev.chainrule.runtime.training;

/** {@code v = decay v + (1 - decay) g^2}, {@code p -= rate g / (sqrt(v) + epsilon)}. */
record RmsProp(double learningRate, double decay, double epsilon) implements Optimizer {
    RmsProp {
        Checks.positive("learningRate", learningRate);
        Checks.fraction("decay", decay);
        Checks.notNegative("epsilon", epsilon);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private final class State extends AbstractOptimizerState {
        private final double[] meanSquare = vector();

        State(int parameters) {
            super(parameters);
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                double g = gradient[i];
                meanSquare[i] = average(decay, meanSquare[i], g * g);
                parameters[i] -= rate * g / (Math.sqrt(meanSquare[i]) + epsilon);
            }
        }
    }
}
