package dev.chainrule.runtime.training;

/**
 * Blocks of records that stand side by side, in a new random order each epoch; and of every {@link #WINDOW} blocks that follow one
 * another then, the records in a random order. So a batch has records of many places, and the next records to be read are never far
 * from those before, but for one jump a block. An order depends on the seed and the epoch alone.
 */
final class BlockOrder extends EpochOrder {
    /** Blocks whose records are mixed: enough that a batch is no neighbourhood, and few enough to stay in memory meanwhile. */
    static final int WINDOW = 16;

    private final long seed;
    private final int block;
    private final int[] order;
    private final int[] blocks;

    BlockOrder(long seed, int block, int count) {
        this.seed = seed;
        this.block = Math.min(block, count);
        this.order = new int[count];
        this.blocks = new int[(count - 1) / this.block + 1];
    }

    @Override
    void startEpoch(int epoch) {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed, epoch));
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = i;
        }
        Shuffle.shuffle(blocks, random);
        int windowStart = 0;
        int position = 0;
        for (int i = 0; i < blocks.length; i++) {
            int first = blocks[i] * block;
            int records = Math.min(block, order.length - first);
            for (int j = 0; j < records; j++) {
                order[position++] = first + j;
            }
            if (i % WINDOW == WINDOW - 1 || i == blocks.length - 1) {
                Shuffle.shuffle(order, windowStart, position, random);
                windowStart = position;
            }
        }
    }

    @Override
    int[] positions() {
        return order;
    }

    @Override
    void restore(Checkpoint checkpoint, int epoch) {
        if (epoch >= 0) {
            startEpoch(epoch);
        }
    }
}
