package dev.chainrule.runtime.training;

/** The sums of one training over its batches. For one thread at a time. */
public interface BatchSums extends AutoCloseable {
    /**
     * Begins an epoch, or goes on with one where a training is resumed: positions count in its order from now on.
     *
     * @param epoch its number, from 0
     * @param order the number of the record at each position, the same array until the next epoch begins, not to be changed; null
     *     where position and number are the same
     */
    void startEpoch(int epoch, int[] order);

    /**
     * Sums over one batch, for the network's parameters as they are now.
     *
     * @param from the position of its first record, a multiple of the batch size
     * @param to the position after its last record
     * @param sums gets the sums, whatever it holds
     * @return the sum of the errors
     */
    double sum(int from, int to, double[] sums);

    /** Ends what {@link #startEpoch} has begun. */
    @Override
    void close();
}
