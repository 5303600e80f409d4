package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TargetSlice;
import java.util.List;

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
     * Checks that the losses of a network have a meaning for the targets of one record.
     *
     * @param what what the records are, for the message: {@code "records"}
     * @param slices what the loss of each output layer asks of its targets
     * @param record the record's number, from 0
     * @param targets records, row-major
     * @param targetWidth the number of targets of a record
     * @param row where the record stands in these
     * @throws IllegalArgumentException if a target is not within [0, 1] where the kind asks for that, or those of a
     *     distribution do not sum to 1
     */
    public static void checkTargets(
            String what, List<TargetSlice> slices, long record, double[] targets, int targetWidth, int row) {
        for (TargetSlice slice : slices) {
            checkTargets(what, slice, record, targets, targetWidth, row);
        }
    }

    /**
     * Checks that the numbers of one record that tell categories are some.
     *
     * @param what what the records are, for the message: {@code "records"}
     * @param parts those of the network's input, in their order
     * @param record the record's number, from 0
     * @param inputs records, row-major
     * @param inputWidth the number of inputs of a record
     * @param row where the record stands in these
     * @throws IllegalArgumentException if a number is none of its part's categories
     */
    public static void checkCategories(
            String what, List<InputDescription> parts, long record, double[] inputs, int inputWidth, int row) {
        int at = row * inputWidth;
        for (InputDescription part : parts) {
            if (part.categories() > 0) {
                int last = part.first() + part.categories() - 1;
                double number = inputs[at];
                if (!(number >= part.first() && number <= last && number == Math.rint(number))) {
                    throw new IllegalArgumentException(part.name() + " of record " + record + " in the " + what + " is "
                            + number + "; expected a whole number from " + part.first() + " to " + last);
                }
            }
            at += part.size();
        }
    }

    private static void checkTargets(
            String what, TargetSlice slice, long record, double[] targets, int targetWidth, int row) {
        double sum = 0;
        for (int i = slice.from(); i < slice.end() && slice.kind() != TargetKind.ANY; i++) {
            double target = targets[row * targetWidth + i];
            if (!(target >= 0 && target <= 1)) {
                throw new IllegalArgumentException("target " + i + " of record " + record + " in the " + what + " is "
                        + target + "; this network's loss needs targets in [0, 1]");
            }
            sum += target;
        }
        int width = slice.end() - slice.from();
        if (slice.kind() == TargetKind.DISTRIBUTION && !(Math.abs(sum - 1) <= SUM_TOLERANCE + width * Math.ulp(1.0))) {
            String which =
                    width == targetWidth ? "the targets" : "the targets " + slice.from() + " to " + (slice.end() - 1);
            throw new IllegalArgumentException(which + " of record " + record + " in the " + what + " sum to " + sum
                    + "; this network's loss needs a sum of 1. Divide them by their sum, or encode classes by OneHot");
        }
    }
}
