package dev.chainrule.runtime.training;

import java.util.Arrays;

/**
 * Each parameter has its own step, larger ({@code etaPlus}) while its derivative keeps its sign, smaller ({@code etaMinus})
 * when the sign changed; then it rests for one step.
 */
record Rprop(double learningRate, double etaMinus, double etaPlus, double stepMin, double stepMax)
        implements Optimizer {
    Rprop {
        Checks.positive("learningRate", learningRate);
        Checks.check(etaMinus > 0 && etaMinus < 1, "etaMinus", etaMinus, "a number between 0 and 1");
        Checks.check(etaPlus > 1 && etaPlus < Double.POSITIVE_INFINITY, "etaPlus", etaPlus, "a finite number above 1");
        Checks.notNegative("stepMin", stepMin);
        Checks.positive("stepMax", stepMax);
        Checks.check(stepMax >= stepMin, "stepMax", stepMax, "at least stepMin, " + stepMin);
    }

    @Override
    public OptimizerState start(int parameters) {
        return new State(parameters);
    }

    private final class State extends AbstractOptimizerState {
        private final double[] previous = vector();
        private final double[] steps = vector();
        private final double[] begun = numbers(1);

        State(int parameters) {
            super(parameters);
        }

        @Override
        void begin() {
            if (begun[0] == 0) {
                begun[0] = 1;
                Arrays.fill(steps, rate);
            }
        }

        @Override
        public void update(double[] parameters, double[] gradient, int from, int to) {
            for (int i = from; i < to; i++) {
                double agreement = Math.signum(gradient[i]) * previous[i];
                double eta = agreement > 0 ? etaPlus : agreement < 0 ? etaMinus : 1;
                steps[i] = Math.max(stepMin, Math.min(stepMax, eta * steps[i]));
                previous[i] = agreement < 0 ? 0 : gradient[i];
                parameters[i] -= Math.signum(previous[i]) * steps[i];
            }
        }
    }
}
