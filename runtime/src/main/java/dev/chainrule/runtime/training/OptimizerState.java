package dev.chainrule.runtime.training;

/**
 * What an {@link Optimizer} remembers of one training, and the steps of that training. A step is begun by one thread; then ranges of
 * the parameters are changed, each once, by any threads. Nothing of it allocates.
 */
public interface OptimizerState {
    /**
     * Begins a step: computes what is the same for all parameters, and changes none of them.
     *
     * @param parameters as they are before the step
     * @param gradient {@code dE/dp} for every parameter {@code p}
     * @param rate the learning rate of this step, as the {@link Schedule} has it
     * @throws IllegalArgumentException if an array does not have one value a parameter, before anything is written
     */
    void begin(double[] parameters, double[] gradient, double rate);

    /**
     * Changes a range of the parameters by the step that has begun. Several threads may do so at a time, with ranges that have no
     * parameter in common.
     *
     * @param parameters changed in place
     * @param gradient that of {@link #begin}; left as it is
     * @param from the first parameter
     * @param to the one after the last
     */
    void update(double[] parameters, double[] gradient, int from, int to);

    /**
     * Changes all parameters by one step.
     *
     * @param parameters changed in place
     * @param gradient {@code dE/dp} for every parameter {@code p}; left as it is
     * @param rate the learning rate of this step, as the {@link Schedule} has it
     * @throws IllegalArgumentException if an array does not have one value a parameter, before anything is written
     */
    default void step(double[] parameters, double[] gradient, double rate) {
        begin(parameters, gradient, rate);
        update(parameters, gradient, 0, parameters.length);
    }

    /**
     * {@return all that is remembered, live: copied out, it is a checkpoint; copied back into the arrays of a state that was
     * started with the same settings, it continues the training bit for bit} First the arrays of one value a parameter,
     * then, where there are any, one array of single numbers; {@link Optimizers} says which, in which order.
     */
    double[][] arrays();
}
