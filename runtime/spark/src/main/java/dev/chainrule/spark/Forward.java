package dev.chainrule.spark;

import java.io.Serializable;

/**
 * The forward pass of a frozen class: {@code XorFrozen::forward}. It is called by several threads at a time. Spark sends the name of
 * the class to its executors; the class is in a jar that they have.
 */
@FunctionalInterface
public interface Forward extends Serializable {
    /**
     * Writes the outputs for one input.
     *
     * @param input as many values as the network has inputs
     * @param output receives as many values as it has outputs
     */
    void forward(double[] input, double[] output);
}
