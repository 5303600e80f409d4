package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.TargetSlice;
import java.util.List;

/** Goes through all records that a store has, by ranges of them. */
final class Visits {
    /** Records that are read at a time. */
    private static final int RANGE = 64;

    private Visits() {}

    /** Is given a record: its number, and where it stands in row-major arrays. */
    interface Visitor {
        void visit(int number, double[] inputs, double[] targets, int row);
    }

    static void forEach(RecordStore records, Visitor visitor) {
        int count = records.count();
        double[] inputs = new double[Checks.arrayLength(Math.min(RANGE, count), records.inputWidth(), "inputs")];
        double[] targets = new double[Checks.arrayLength(Math.min(RANGE, count), records.targetWidth(), "targets")];
        int to;
        for (int from = 0; from < count; from = to) {
            to = from + Math.min(RANGE, count - from);
            records.copy(from, to, inputs, targets, 0);
            for (int record = from; record < to; record++) {
                visitor.visit(record, inputs, targets, record - from);
            }
        }
    }

    /** The sum of all records' checksums, of their weights too where they have some. */
    static long checksum(RecordStore records) {
        long[] sum = new long[1];
        forEach(records, (number, inputs, targets, row) -> {
            long checksum =
                    RecordChecks.checksum(number, inputs, records.inputWidth(), targets, records.targetWidth(), row);
            sum[0] += records.isWeighted()
                    ? SplitMix64.mix(checksum, Double.doubleToRawLongBits(records.weight(number)))
                    : checksum;
        });
        return sum[0];
    }

    /**
     * Checks all records' targets.
     *
     * @param what what the records are, for messages
     */
    static void checkTargets(String what, List<TargetSlice> slices, RecordStore records) {
        if (!slices.isEmpty()) {
            forEach(
                    records,
                    (number, inputs, targets, row) ->
                            RecordChecks.checkTargets(what, slices, number, targets, records.targetWidth(), row));
        }
    }

    /**
     * Checks what all records have for categories.
     *
     * @param what what the records are, for messages
     * @param parts those of the network's input
     */
    static void checkCategories(String what, List<InputDescription> parts, RecordStore records) {
        if (parts.stream().anyMatch(part -> part.categories() > 0)) {
            forEach(
                    records,
                    (number, inputs, targets, row) ->
                            RecordChecks.checkCategories(what, parts, number, inputs, records.inputWidth(), row));
        }
    }

    static void checkFinite(RecordStore records) {
        int inputWidth = records.inputWidth();
        int targetWidth = records.targetWidth();
        forEach(records, (number, inputs, targets, row) -> {
            checkFinite("input", number, inputs, inputWidth, row);
            checkFinite("target", number, targets, targetWidth, row);
        });
    }

    private static void checkFinite(String name, int number, double[] values, int width, int row) {
        for (int i = 0; i < width; i++) {
            double value = values[row * width + i];
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        name + " " + i + " of record " + number + " is " + value + "; expected a finite number");
            }
        }
    }
}
