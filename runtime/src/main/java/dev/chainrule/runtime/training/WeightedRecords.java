package dev.chainrule.runtime.training;

/** A view of records that gives them weights. */
final class WeightedRecords implements RecordStore {
    private final RecordStore records;
    private final double[] weights;

    WeightedRecords(RecordStore records, double[] weights) {
        this.records = records;
        this.weights = Weights.checked(weights, records.count());
    }

    @Override
    public int count() {
        return records.count();
    }

    @Override
    public int inputWidth() {
        return records.inputWidth();
    }

    @Override
    public int targetWidth() {
        return records.targetWidth();
    }

    @Override
    public void copy(int from, int to, double[] inputs, double[] targets, int row) {
        records.copy(from, to, inputs, targets, row);
    }

    @Override
    public boolean isWeighted() {
        return true;
    }

    @Override
    public double weight(int record) {
        return weights[record];
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
