package dev.chainrule.spark;

import dev.chainrule.runtime.training.TreeSum;
import java.io.Serializable;

/**
 * Which partition holds which positions of an order: of every batch each partition has a run of whole blocks, all about as many. So all
 * partitions work on each batch, and none needs a record of another one.
 *
 * <p>Runs begin at multiples of a power of two, where a batch has blocks enough. Then the sums of a run are few, as its blocks are
 * whole subtrees of the batch's tree.
 *
 * @param count the number of records
 * @param batchSize records of a batch; the last may have fewer
 */
record Layout(int count, int batchSize, int partitions) implements Serializable {
    /** How many pieces a partition's run has at least; so the longest run is a fourth longer than the shortest, or by a piece. */
    private static final int PIECES = 4;

    /** The partition of a position. */
    int partition(int position) {
        int batch = position / batchSize;
        int block = position % batchSize / TreeSum.BLOCK;
        int blocks = blocks(batch);
        int piece = piece(blocks);
        long pieces = (blocks - 1) / piece + 1;
        return (int) (((block / piece + 1L) * partitions - 1) / pieces);
    }

    int batches() {
        return (count - 1) / batchSize + 1;
    }

    /** The first block of a partition's run in a batch; that of the next partition is where the run ends. */
    int firstBlock(int batch, int partition) {
        int blocks = blocks(batch);
        int piece = piece(blocks);
        long pieces = (blocks - 1) / piece + 1;
        return (int) Math.min(blocks, partition * pieces / partitions * piece);
    }

    /** The number of records in a run of blocks. */
    int records(int batch, int firstBlock, int lastBlock) {
        int size = size(batch);
        return (int)
                (Math.min(size, (long) lastBlock * TreeSum.BLOCK) - Math.min(size, (long) firstBlock * TreeSum.BLOCK));
    }

    /** The position of a block's first record. */
    int position(int batch, int block) {
        return batch * batchSize + block * TreeSum.BLOCK;
    }

    private int size(int batch) {
        return Math.min(batchSize, count - batch * batchSize);
    }

    private int blocks(int batch) {
        return TreeSum.blocks(size(batch));
    }

    /** The number of blocks of a piece. */
    private int piece(int blocks) {
        return Math.max(1, Integer.highestOneBit(blocks / (partitions * PIECES)));
    }
}
