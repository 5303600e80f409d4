package dev.chainrule.runtime.training;

/** Records as doubles, a block at a time, as the function of a batch is given them. For one thread at a time. */
final class BlockReader {
    private final RecordStore records;
    private final int inputWidth;
    private final int targetWidth;
    /** Null for none. */
    private final Augmenter augmenter;

    private final double[] blockInputs;
    private final double[] blockTargets;
    /** Null for none. */
    private final double[] blockWeights;

    private double[] inputs;
    private double[] targets;
    private double[] weights;
    private int first;

    BlockReader(RecordStore records, BatchPlan plan) {
        this.records = records;
        this.inputWidth = records.inputWidth();
        this.targetWidth = records.targetWidth();
        this.augmenter = plan.augmenter(inputWidth, targetWidth);
        int rows = Math.min(TreeSum.BLOCK, Math.min(plan.batchSize(), records.count()));
        this.blockInputs = new double[Checks.arrayLength(rows, inputWidth, "inputs")];
        this.blockTargets = new double[Checks.arrayLength(rows, targetWidth, "targets")];
        this.blockWeights = records.isWeighted() ? new double[rows] : null;
    }

    /** Goes to the records at some positions of an order, at most a block of them; nothing is copied that need not be. */
    void read(int epoch, int[] order, int from, int to) {
        if (order == null && augmenter == null && records instanceof Records arrays) {
            inputs = arrays.inputs();
            targets = arrays.targets();
            weights = arrays.weights();
            first = from;
            return;
        }
        inputs = blockInputs;
        targets = blockTargets;
        weights = blockWeights;
        first = 0;
        if (order == null) {
            records.copy(from, to, inputs, targets, 0);
        }
        for (int position = from; position < to; position++) {
            int row = position - from;
            int record = order == null ? position : order[position];
            if (order != null) {
                records.copy(record, record + 1, inputs, targets, row);
            }
            if (weights != null) {
                weights[row] = records.weight(record);
            }
            if (augmenter != null) {
                augmenter.apply(epoch, record, inputs, targets, row);
            }
        }
    }

    /** Row-major. */
    double[] inputs() {
        return inputs;
    }

    /** Row-major. */
    double[] targets() {
        return targets;
    }

    /** One a record; null where each is 1. */
    double[] weights() {
        return weights;
    }

    /** Where the first of the records stands in the arrays. */
    int first() {
        return first;
    }
}
