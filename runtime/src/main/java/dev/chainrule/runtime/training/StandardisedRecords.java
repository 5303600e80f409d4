package dev.chainrule.runtime.training;

/** A view of records that are standardised as they are read. */
final class StandardisedRecords implements RecordStore {
    private final RecordStore records;
    private final Standardisation standardisation;

    StandardisedRecords(RecordStore records, Standardisation standardisation) {
        this.records = records;
        this.standardisation = standardisation;
        Visits.checkFinite(this);
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
        for (int i = row; i < row + to - from; i++) {
            standardisation.standardise(inputs, targets, i);
        }
    }

    @Override
    public boolean isWeighted() {
        return records.isWeighted();
    }

    @Override
    public double weight(int record) {
        return records.weight(record);
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
