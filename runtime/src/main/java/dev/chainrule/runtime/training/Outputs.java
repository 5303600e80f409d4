package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.function.IntConsumer;

/** The outputs of a network for records, by ranges of them, and by as many threads as there are. */
final class Outputs {
    /** Records of a range: as many as generated networks take at a time. */
    private static final int RANGE = 64;

    private final RecordStore records;
    private final Team team;
    private final double[] outputs;
    private final Range[] ranges;
    private final IntConsumer task = this::compute;

    /** What one thread works with, where records are not in arrays already. */
    private record Range(double[] inputs, double[] targets, double[] outputs) {}

    /**
     * @throws IllegalArgumentException if there are more outputs than an array holds
     */
    Outputs(RecordStore records, Team team) {
        this.records = records;
        this.team = team;
        this.outputs = new double[length(records)];
        this.ranges = new Range[team.size()];
        int rows = Math.min(RANGE, records.count());
        for (int i = 0; i < ranges.length && !(records instanceof Records); i++) {
            int targets = rows * records.targetWidth();
            ranges[i] = new Range(new double[rows * records.inputWidth()], new double[targets], new double[targets]);
        }
    }

    /** The outputs, row-major, live: of the last {@link #compute}. */
    double[] values() {
        return outputs;
    }

    /** The targets of all records, row-major. */
    static double[] targets(RecordStore records) {
        double[] all = new double[length(records)];
        int width = records.targetWidth();
        Visits.forEach(
                records,
                (number, inputs, targets, row) -> System.arraycopy(targets, row * width, all, number * width, width));
        return all;
    }

    void compute() {
        if (team.size() == 1) {
            compute(0);
        } else {
            team.run(task);
        }
    }

    private void compute(int thread) {
        int first = (int) ((long) thread * records.count() / team.size());
        int end = (int) ((thread + 1L) * records.count() / team.size());
        TrainableNetwork network = team.network(thread);
        if (records instanceof Records arrays) {
            network.forward(arrays.inputs(), first, end, outputs);
            return;
        }
        Range range = ranges[thread];
        int to;
        for (int from = first; from < end; from = to) {
            to = from + Math.min(RANGE, end - from);
            records.copy(from, to, range.inputs, range.targets, 0);
            network.forward(range.inputs, 0, to - from, range.outputs);
            int width = records.targetWidth();
            System.arraycopy(range.outputs, 0, outputs, from * width, (to - from) * width);
        }
    }

    private static int length(RecordStore records) {
        return Checks.arrayLength(records.count(), records.targetWidth(), "targets");
    }
}
