package dev.chainrule.runtime.training;

import java.util.Objects;

/** A view of some of the records of a store. */
final class SelectedRecords implements RecordStore {
    private final RecordStore records;
    private final int[] numbers;

    SelectedRecords(RecordStore records, int[] numbers) {
        Checks.count("the number of selected records", numbers.length);
        for (int number : numbers) {
            Objects.checkIndex(number, records.count());
        }
        this.records = records;
        this.numbers = numbers.clone();
    }

    @Override
    public int count() {
        return numbers.length;
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
        for (int i = from; i < to; i++) {
            records.copy(numbers[i], numbers[i] + 1, inputs, targets, row + i - from);
        }
    }

    @Override
    public boolean isWeighted() {
        return records.isWeighted();
    }

    @Override
    public double weight(int record) {
        return records.weight(numbers[record]);
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
