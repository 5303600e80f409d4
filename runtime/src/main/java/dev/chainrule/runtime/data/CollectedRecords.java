package dev.chainrule.runtime.data;

import dev.chainrule.runtime.training.Records;

/** Records that are collected in memory, of which nobody knows how many will come. */
final class CollectedRecords implements RowCollector.Destination {
    private final int inputWidth;
    private final int targetWidth;
    private final GrowingArray inputs = new GrowingArray();
    private final GrowingArray targets = new GrowingArray();
    private long count;

    CollectedRecords(int inputWidth, int targetWidth) {
        this.inputWidth = inputWidth;
        this.targetWidth = targetWidth;
    }

    @Override
    public void add(double[] input, double[] target) {
        if (!inputs.addAll(input) || !targets.addAll(target)) {
            throw new IllegalArgumentException(
                    "the table has more than " + count + " rows of "
                            + (inputWidth + targetWidth)
                            + " columns, and an array holds no more; take fewer rows, or write them to a file by a RecordWriter");
        }
        count++;
    }

    /** All of them; they are no longer here afterwards. */
    Records take() {
        if (count == 0) {
            throw new IllegalArgumentException("the table has no rows; expected at least 1");
        }
        return Records.wrap(inputs.take(), inputWidth, targets.take(), targetWidth);
    }
}
