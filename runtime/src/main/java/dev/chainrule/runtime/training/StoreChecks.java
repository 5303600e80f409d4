package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TargetKind;

/** {@link RecordChecks} of all records that a store has. */
final class StoreChecks {
    /** Records that are read at a time. */
    private static final int CHUNK = 64;

    private StoreChecks() {}

    static long checksum(RecordStore records) {
        long[] sum = new long[1];
        forEach(
                records,
                (number, inputs, targets, row) -> sum[0] += RecordChecks.checksum(
                        number, inputs, records.inputWidth(), targets, records.targetWidth(), row));
        return sum[0];
    }

    /**
     * @param what what the records are, for messages
     */
    static void checkTargets(String what, TargetKind kind, RecordStore records) {
        if (kind != TargetKind.ANY) {
            forEach(
                    records,
                    (number, inputs, targets, row) ->
                            RecordChecks.checkTargets(what, kind, number, targets, records.targetWidth(), row));
        }
    }

    /** Is given each record. */
    private interface Visitor {
        void visit(int number, double[] inputs, double[] targets, int row);
    }

    private static void forEach(RecordStore records, Visitor visitor) {
        int count = records.count();
        double[] inputs = new double[Math.min(CHUNK, count) * records.inputWidth()];
        double[] targets = new double[Math.min(CHUNK, count) * records.targetWidth()];
        int to;
        for (int from = 0; from < count; from = to) {
            to = from + Math.min(CHUNK, count - from);
            records.copy(from, to, inputs, targets, 0);
            for (int record = from; record < to; record++) {
                visitor.visit(record, inputs, targets, record - from);
            }
        }
    }
}
