package dev.chainrule.runtime.training;

/** A view of records whose targets are the inputs, and the other way round. */
final class ExchangedRecords implements RecordStore {
    private final RecordStore records;

    ExchangedRecords(RecordStore records) {
        this.records = records;
    }

    @Override
    public int count() {
        return records.count();
    }

    @Override
    public int inputWidth() {
        return records.targetWidth();
    }

    @Override
    public int targetWidth() {
        return records.inputWidth();
    }

    @Override
    public void copy(int from, int to, double[] inputs, double[] targets, int row) {
        records.copy(from, to, targets, inputs, row);
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
