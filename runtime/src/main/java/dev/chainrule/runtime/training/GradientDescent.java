package dev.chainrule.runtime.training;

/** {@code p -= rate g}. */
record GradientDescent(double learningRate) implements Optimizer {
    GradientDescent {
        Checks.positive("learningRate", learningRate);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private static final class State extends AbstractOptimizerState {
        State(int parameters) {
            super(parameters);
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                parameters[i] -= rate * gradient[i];
            }
        }
    }
}
