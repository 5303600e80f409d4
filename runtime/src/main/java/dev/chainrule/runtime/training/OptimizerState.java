package dev.chainrule.runtime.training;

/** What an {@link Optimizer} remembers of one training, and the steps of that training. For one thread at a time. */
public interface OptimizerState {
    /**
     * Changes the parameters by one step. Allocates nothing.
     *
     * @param parameters changed in place
     * @param gradient {@code dE/dp} for every parameter {@code p}; left as it is
     * @param rate the learning rate of this step, as the {@link Schedule} has it
     * @throws IllegalArgumentException if an array does not have one value a parameter, before anything is written
     */
    void step(double[] parameters, double[] gradient, double rate);

    /**
     * {@return all that is remembered, live: copied out, it is a checkpoint; copied back into the arrays of a state that was
     * started with the same settings, it continues the training bit for bit} First the arrays of one value a parameter,
     * then, where there are any, one array of single numbers; {@link Optimizers} says which, in which order.
     */
    double[][] arrays();
}
