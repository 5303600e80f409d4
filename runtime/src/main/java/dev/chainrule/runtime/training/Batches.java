package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The records of an epoch, one batch after the other: in the order that they have, where nothing is copied, or in a new random
 * order each epoch, where the records of a batch are copied side by side.
 */
final class Batches {
    private final Records records;
    private final int batchSize;
    private final boolean isShuffled;
    private SplitMix64 random;
    private final int[] order;
    private final double[] inputs;
    private final double[] targets;
    private int start;
    private int end;

    Batches(Settings settings, Records records) {
        this.records = records;
        this.batchSize = Math.min(settings.batchSize, records.count());
        this.isShuffled = settings.isShuffled;
        this.random = new SplitMix64(settings.seed);
        this.order = isShuffled ? Shuffle.inOrder(records.count()) : new int[0];
        this.inputs = isShuffled ? new double[batchSize * records.inputWidth()] : records.inputs();
        this.targets = isShuffled ? new double[batchSize * records.targetWidth()] : records.targets();
        this.end = records.count();
    }

    /** Begins an epoch: {@link #next} comes to its first batch. */
    void startEpoch() {
        Shuffle.shuffle(order, random);
        end = 0;
    }

    /** Goes to the next batch; only while {@link #hasNext}. */
    void next() {
        start = end;
        end += Math.min(batchSize, records.count() - start);
        for (int i = start; isShuffled && i < end; i++) {
            records.copy(order[i], inputs, targets, i - start);
        }
    }

    /** Whether the epoch has another batch; not before the first epoch. */
    boolean hasNext() {
        return end < records.count();
    }

    /** The number of records of this batch. */
    int size() {
        return end - start;
    }

    /** The number of records of the epoch up to the end of this batch. */
    int done() {
        return end;
    }

    /** The gradient of this batch, written into {@code gradient}; returns the sum of the errors. */
    double gradient(BatchGradient batchGradient, double[] gradient) {
        int from = isShuffled ? 0 : start;
        return batchGradient.compute(inputs, targets, from, from + size(), gradient);
    }

    void save(TensorWriter checkpoint) {
        checkpoint.tensor("batches.position", new long[] {end});
        if (isShuffled) {
            checkpoint.tensor("batches.random", new long[] {random.state()});
            checkpoint.tensor(
                    "batches.order", Arrays.stream(order).asLongStream().toArray());
        }
    }

    void restore(Checkpoint checkpoint) throws IOException {
        end = (int) checkpoint.number("batches.position", 0, records.count());
        if (end < records.count() && end % batchSize != 0) {
            throw checkpoint.wrong("batches.position is " + end + "; expected a multiple of " + batchSize);
        }
        if (isShuffled) {
            random = new SplitMix64(checkpoint.number("batches.random", Long.MIN_VALUE, Long.MAX_VALUE));
            long[] saved = checkpoint.longs("batches.order", order.length);
            if (!Arrays.equals(
                    LongStream.of(saved).sorted().toArray(),
                    LongStream.range(0, order.length).toArray())) {
                throw checkpoint.wrong("batches.order is no order; expected each record once");
            }
            Arrays.setAll(order, i -> (int) saved[i]);
        }
    }
}
