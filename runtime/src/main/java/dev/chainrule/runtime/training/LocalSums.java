package dev.chainrule.runtime.training;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Sums over batches by threads, each of which has a run of the batch's blocks. */
final class LocalSums implements BatchSums {
    private final Team team;
    private final Share[] shares;
    private final IntConsumer task = this::compute;

    private int epoch;
    private int[] order;
    private int start;
    private int end;
    private int blocks;
    /** How many of the threads have something to do. */
    private int busy;

    /** What one thread works with. */
    private record Share(RangeSum function, BlockReader reader, TreeSum tree) {}

    LocalSums(RecordStore records, Team team, BatchPlan plan) {
        this.team = team;
        RangeSum[] functions = team.functions(plan.method());
        int most = TreeSum.blocks(Math.min(plan.batchSize(), records.count()));
        shares = new Share[Math.min(functions.length, most)];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = new Share(functions[i], new BlockReader(records, plan), new TreeSum(functions[i].length()));
        }
    }

    @Override
    public void startEpoch(int epoch, int[] order) {
        this.epoch = epoch;
        this.order = order;
    }

    @Override
    public double sum(int from, int to, double[] sums) {
        blocks = TreeSum.blocks(to - from);
        if (blocks == 1) {
            return onlyBlock(from, to, sums);
        }
        start = from;
        end = to;
        busy = Math.min(shares.length, blocks);
        if (busy == 1) {
            compute(0);
        } else {
            team.run(task);
        }
        TreeSum tree = shares[0].tree;
        for (int i = 1; i < busy; i++) {
            tree.add(shares[i].tree);
        }
        return tree.finish(blocks, sums);
    }

    private double onlyBlock(int from, int to, double[] sums) {
        BlockReader reader = shares[0].reader;
        reader.read(epoch, order, from, to);
        Arrays.fill(sums, 0);
        int first = reader.first();
        return shares[0].function.add(
                reader.inputs(), reader.targets(), reader.weights(), first, first + to - from, sums);
    }

    /** Sums over the blocks of one thread: as many as the others have, or one fewer, side by side. */
    private void compute(int thread) {
        if (thread >= busy) {
            return;
        }
        Share share = shares[thread];
        BlockReader reader = share.reader;
        int lastBlock = (int) ((thread + 1L) * blocks / busy);
        for (int block = (int) ((long) thread * blocks / busy); block < lastBlock; block++) {
            int from = start + block * TreeSum.BLOCK;
            int count = Math.min(TreeSum.BLOCK, end - from);
            reader.read(epoch, order, from, from + count);
            int first = reader.first();
            share.tree.add(
                    block, share.function, reader.inputs(), reader.targets(), reader.weights(), first, first + count);
        }
    }

    /** The threads are the training's. */
    @Override
    public void close() {}
}
