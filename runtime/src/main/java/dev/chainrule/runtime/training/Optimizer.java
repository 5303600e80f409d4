package dev.chainrule.runtime.training;

/**
 * How a gradient becomes a change of the parameters: the settings, which never change and serve any number of trainings.
 * {@link Optimizers} has the known ones.
 */
public interface Optimizer {
    /** The learning rate before any {@link Schedule}: positive and finite. */
    double learningRate();

    /**
     * What one training remembers from step to step, as it is before the first step.
     *
     * @param parameters the number of parameters
     * @throws IllegalArgumentException if {@code parameters} is negative
     */
    OptimizerState start(int parameters);
}
