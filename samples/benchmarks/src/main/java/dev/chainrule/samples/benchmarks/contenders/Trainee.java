package dev.chainrule.samples.benchmarks.contenders;

import java.util.function.BooleanSupplier;

/** Whoever trains a network by a {@link TrainingTask}. */
public interface Trainee {
    /**
     * Trains epoch after epoch.
     *
     * @param another asked after each epoch: whether one more is to follow
     */
    void train(BooleanSupplier another);

    /** The parameters as they are, layer by layer: weights, {@code inputs x units}, row-major, and then biases. */
    double[] parameters();

    /** The mean loss of the records in the last epoch, each before its batch's step; NaN where the contender has none to tell. */
    double loss();
}
