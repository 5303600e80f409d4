package dev.chainrule.spark;

import java.io.Serializable;

/**
 * The forward pass of a frozen class for many records at a time: {@code XorFrozen::forward}. It is called by several threads at a
 * time. Spark sends the name of the class to its executors; the class is in a jar that they have.
 */
@FunctionalInterface
public interface ForwardRange extends Serializable {
    /**
     * Writes the outputs for some records.
     *
     * @param inputs records of as many values as the network has inputs, row-major
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @param outputs receives as many values as the network has outputs for each record, at its place among as many
     */
    void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs);
}
