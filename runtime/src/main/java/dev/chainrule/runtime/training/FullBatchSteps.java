package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;

/** The steps of one training by a {@link FullBatchMethod}. */
abstract class FullBatchSteps implements AutoCloseable {
    final Objective objective;
    final double[] parameters;
    /** That of the loss; from {@link #step} on, with the penalty. */
    final double[] gradient;

    double value;
    /** The sum of the records' errors where {@link #value} is of. */
    double error;

    double rate = Double.NaN;

    FullBatchSteps(Objective objective) {
        this.objective = objective;
        this.parameters = objective.parameters();
        this.gradient = new double[parameters.length];
    }

    static FullBatchSteps of(Settings settings, TrainableNetwork network, BatchSource records) {
        return settings.fullBatchMethod instanceof LevenbergMarquardt method
                ? new LevenbergMarquardtSteps(method, settings, network, records)
                : new LbfgsSteps((Lbfgs) settings.fullBatchMethod, settings, network, records);
    }

    /** Computes value, error, gradient and what else a step takes, for the parameters as they are. */
    abstract void evaluate();

    /** The first parameter for which {@link #evaluate} found derivatives that are not finite; -1 if there is none. */
    int firstNotFinite() {
        return Gradients.firstNotFinite(gradient);
    }

    /** The norm of the loss's gradient, after {@link #evaluate}. */
    abstract double gradientNorm();

    /**
     * Changes the parameters to such of a lower value, or leaves them.
     *
     * @return whether no step is to follow
     */
    abstract boolean step();

    /** What is remembered from step to step, live. */
    abstract double[][] arrays();

    @Override
    public final void close() {
        objective.close();
    }
}
