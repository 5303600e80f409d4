package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;

/** A new random order each epoch, made from the one before. */
final class ShuffledOrder extends EpochOrder {
    private final int[] order;
    private SplitMix64 random;

    ShuffledOrder(long seed, int count) {
        order = Shuffle.inOrder(count);
        random = new SplitMix64(seed);
    }

    @Override
    void startEpoch(int epoch) {
        Shuffle.shuffle(order, random);
    }

    @Override
    int[] positions() {
        return order;
    }

    @Override
    void save(TensorWriter checkpoint) {
        checkpoint.tensor("batches.random", new long[] {random.state()});
        checkpoint.tensor("batches.order", Arrays.stream(order).asLongStream().toArray());
    }

    @Override
    void restore(Checkpoint checkpoint, int epoch) throws IOException {
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
