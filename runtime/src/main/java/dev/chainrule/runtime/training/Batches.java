package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;

/** Which records make the batches of an epoch, one after the other. */
final class Batches {
    private final BatchSource records;
    private final int count;
    private final int batchSize;
    private final EpochOrder order;
    private int start;
    private int end;
    private double weight;

    Batches(Settings settings, BatchSource records) {
        this.records = records;
        this.count = records.count();
        this.batchSize = Math.min(settings.batchSize, count);
        this.order = EpochOrder.of(settings, count);
        this.end = count;
    }

    /** The number of records of a batch, but perhaps the last of an epoch. */
    int batchSize() {
        return batchSize;
    }

    /** Begins an epoch: {@link #next} comes to its first batch. */
    void startEpoch(int epoch) {
        order.startEpoch(epoch);
        end = 0;
    }

    /** The number of the record at each position of the epoch; null where they are the same. */
    int[] order() {
        return order.positions();
    }

    /** Goes to the next batch; only while {@link #hasNext}. */
    void next() {
        start = end;
        end += Math.min(batchSize, count - start);
        weight = records.isWeighted() ? sumOfWeights() : end - start;
    }

    private double sumOfWeights() {
        int[] positions = order();
        double sum = 0;
        for (int position = start; position < end; position++) {
            sum += records.weight(positions == null ? position : positions[position]);
        }
        return sum;
    }

    /** Whether the epoch has another batch; not before the first epoch. */
    boolean hasNext() {
        return end < count;
    }

    /** The position of this batch's first record. */
    int start() {
        return start;
    }

    /** The position after this batch's last record. */
    int end() {
        return end;
    }

    /** The sum of the weights of this batch's records: their number, unless they are weighted. */
    double weight() {
        return weight;
    }

    void save(TensorWriter checkpoint) {
        checkpoint.tensor("batches.position", new long[] {end});
        order.save(checkpoint);
    }

    /**
     * Goes on where a checkpoint was saved.
     *
     * @param epochs how many epochs are complete
     */
    void restore(Checkpoint checkpoint, int epochs) throws IOException {
        end = (int) checkpoint.number("batches.position", 0, count);
        if (end < count && end % batchSize != 0) {
            throw checkpoint.wrong("batches.position is " + end + "; expected a multiple of " + batchSize);
        }
        order.restore(checkpoint, hasNext() ? epochs : -1);
    }
}
