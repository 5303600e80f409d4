package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Which records make the batches of an epoch, one after the other: in their order, or in a new random one each epoch. */
final class Batches {
    private final int count;
    private final int batchSize;
    private final boolean isShuffled;
    private SplitMix64 random;
    private final int[] order;
    private int start;
    private int end;

    /**
     * @param count the number of records
     */
    Batches(Settings settings, int count) {
        this.count = count;
        this.batchSize = Math.min(settings.batchSize, count);
        this.isShuffled = settings.isShuffled;
        this.random = new SplitMix64(settings.seed);
        this.order = isShuffled ? Shuffle.inOrder(count) : null;
        this.end = count;
    }

    /** The number of records of a batch, but perhaps the last of an epoch. */
    int batchSize() {
        return batchSize;
    }

    /** Begins an epoch: {@link #next} comes to its first batch. */
    void startEpoch() {
        if (isShuffled) {
            Shuffle.shuffle(order, random);
        }
        end = 0;
    }

    /** The number of the record at each position of the epoch; null where they are in their order. */
    int[] order() {
        return order;
    }

    /** Goes to the next batch; only while {@link #hasNext}. */
    void next() {
        start = end;
        end += Math.min(batchSize, count - start);
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

    /** The number of records of this batch. */
    int size() {
        return end - start;
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
        end = (int) checkpoint.number("batches.position", 0, count);
        if (end < count && end % batchSize != 0) {
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
