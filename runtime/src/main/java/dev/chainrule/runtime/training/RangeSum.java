package dev.chainrule.runtime.training;

/**
 * A function of records, an array and an error each, that is added up over a range of them: the gradient is one. It works on a
 * network, whose parameters count as they are in the moment of a call, and belongs to one thread at a time.
 */
public interface RangeSum {
    /** {@return how many sums there are: for a gradient one a parameter; 0 where the errors alone count} */
    int length();

    /**
     * Adds the function's values for some records, one after the other, each times the record's weight. Allocates
     * nothing but, once, what weights take.
     *
     * @param inputs records, row-major
     * @param targets as many records, row-major
     * @param weights one a record; null where each is 1, with the same bits as for weights that are
     * @param from the first of the records
     * @param to the last (exclusive)
     * @param sums {@link #length()} values, added to
     * @return the sum of the errors
     */
    double add(double[] inputs, double[] targets, double[] weights, int from, int to, double[] sums);
}
