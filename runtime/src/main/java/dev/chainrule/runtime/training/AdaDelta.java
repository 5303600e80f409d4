package dev.chainrule.runtime.training;

/**
 * {@code v = rho v + (1 - rho) g^2}, {@code d = sqrt(u + epsilon) / sqrt(v + epsilon) g},
 * {@code u = rho u + (1 - rho) d^2}, {@code p -= rate d}.
 */
record AdaDelta(double learningRate, double rho, double epsilon) implements Optimizer {
    AdaDelta {
        Checks.positive("learningRate", learningRate);
        Checks.fraction("rho", rho);
        Checks.notNegative("epsilon", epsilon);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private final class State extends AbstractOptimizerState {
        private final double[] meanSquare = vector();
        private final double[] meanSquareChange = vector();

        State(int parameters) {
            super(parameters);
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                double g = gradient[i];
                meanSquare[i] = average(rho, meanSquare[i], g * g);
                double change = Math.sqrt(meanSquareChange[i] + epsilon) / Math.sqrt(meanSquare[i] + epsilon) * g;
                meanSquareChange[i] = average(rho, meanSquareChange[i], change * change);
                parameters[i] -= rate * change;
            }
        }
    }
}
