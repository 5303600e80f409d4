package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TargetKind;

/** What is checked of each record, wherever it is. */
public final class RecordChecks {
    /**
     * How far from 1 the rounding of its targets may bring the sum of a distribution, besides an ulp for each of its
     * doubles: four ulps of a float below 1, since targets may come from floats. Rounding to a float changes each by
     * 2^-24 of itself at most, and so the sum by 2^-24; a softmax that was computed in floats errs by a few times that.
     */
    private static final double SUM_TOLERANCE = 0x1p-22;

    private RecordChecks() {}

    /**
     * {@return a checksum of one record and its number} Added up, as a {@code long} overflows, they are a checksum of
     * many records, whatever holds which.
     *
     * @param record the record's number, from 0
     * @param inputs records, row-major
     * @param inputWidth the number of inputs of a record
     * @param targets records, row-major
     * @param targetWidth the number of targets of a record
     * @param row where the record stands in these
     */
    public static long checksum(
            long record, double[] inputs, int inputWidth, double[] targets, int targetWidth, int row) {
        long checksum = checksum(record, inputs, row * inputWidth, inputWidth);
        return checksum(checksum, targets, row * targetWidth, targetWidth);
    }

    private static long checksum(long before, double[] values, int from, int count) {
        long checksum = before;
        for (int i = from; i < from + count; i++) {
            checksum = SplitMix64.mix(checksum, Double.doubleToRawLongBits(values[i]));
        }
        return checksum;
    }

    /**
     * Checks that a loss has a meaning for the targets of one record.
     *
     * @param what what the records are, for the message: {@code "records"}
     * @param kind what the loss asks of targets
     * @param record the record's number, from 0
     * @param targets records, row-major
     * @param targetWidth the number of targets of a record
     * @param row where the record stands in these
     * @throws IllegalArgumentException if a target is not within [0, 1] where the kind asks for that, or targets do not sum to 1
     */
    public static void checkTargets(
            String what, TargetKind kind, long record, double[] targets, int targetWidth, int row) {
        double sum = 0;
        for (int i = 0; i < targetWidth && kind != TargetKind.ANY; i++) {
            double target = targets[row * targetWidth + i];
            if (!(target >= 0 && target <= 1)) {
                throw new IllegalArgumentException("target " + i + " of record " + record + " in the " + what + " is "
                        + target + "; this network's loss needs targets in [0, 1]");
            }
            sum += target;
        }
        if (kind == TargetKind.DISTRIBUTION && !(Math.abs(sum - 1) <= SUM_TOLERANCE + targetWidth * Math.ulp(1.0))) {
            throw new IllegalArgumentException("the targets of record " + record + " in the " + what + " sum to " + sum
                    + "; this network's loss needs a sum of 1. Divide them by their sum, or encode classes by OneHot");
        }
    }
}
