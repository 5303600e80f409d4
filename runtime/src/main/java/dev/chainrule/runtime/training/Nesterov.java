package dev.chainrule.runtime.training;

/** {@code v = momentum v + g}, {@code p -= rate (g + momentum v)}. */
record Nesterov(double learningRate, double momentum) implements Optimizer {
    Nesterov {
        Checks.positive("learningRate", learningRate);
        Checks.fraction("momentum", momentum);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private final class State extends AbstractOptimizerState {
        private final double[] velocity = vector();

        State(int parameters) {
            super(parameters);
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                velocity[i] = momentum * velocity[i] + gradient[i];
                parameters[i] -= rate * (gradient[i] + momentum * velocity[i]);
            }
        }
    }
}
