package dev.chainrule.runtime.training;

import java.util.Arrays;
import java.util.Objects;

/**
 * Inputs and targets of many records, row-major: record {@code r} has its inputs at
 * {@code [r * inputWidth, (r + 1) * inputWidth)}, its targets likewise.
 */
public final class Records implements RecordStore {
    private final double[] inputs;
    private final double[] targets;
    private final int inputWidth;
    private final int targetWidth;
    /** One a record; null where each counts as 1. */
    private final double[] weights;

    private Records(double[] inputs, int inputWidth, double[] targets, int targetWidth, double[] weights) {
        this.inputs = inputs;
        this.inputWidth = inputWidth;
        this.targets = targets;
        this.targetWidth = targetWidth;
        this.weights = weights;
    }

    /**
     * Wraps arrays that are row-major already; nothing is copied.
     *
     * @param inputs records of {@code inputWidth} values
     * @param inputWidth the inputs of a record, at least 1
     * @param targets as many records of {@code targetWidth} values
     * @param targetWidth the targets of a record, at least 1
     * @return the records, on these arrays
     * @throws IllegalArgumentException if a width is less than 1, there are no records, the arrays do not hold as many of them,
     *     or a value is not finite (with the record's number)
     */
    public static Records wrap(double[] inputs, int inputWidth, double[] targets, int targetWidth) {
        int records = count("inputs", inputs, inputWidth);
        int targetRecords = count("targets", targets, targetWidth);
        if (records != targetRecords) {
            throw new IllegalArgumentException("there are " + records + " records of inputs and " + targetRecords
                    + " of targets; expected as many of both");
        }
        if (records == 0) {
            throw new IllegalArgumentException("there are no records; expected at least 1");
        }
        return checked(new Records(inputs, inputWidth, targets, targetWidth, null));
    }

    private static Records checked(Records records) {
        Visits.checkFinite(records);
        return records;
    }

    /**
     * Copies one array a record.
     *
     * @param inputs an array of inputs for each record
     * @param targets an array of targets for each record
     * @return the records
     * @throws IllegalArgumentException as {@link #wrap} does, or if a record is wider or narrower than the first (with its
     *     number), or there are more than an array holds
     */
    public static Records copyOf(double[][] inputs, double[][] targets) {
        if (inputs.length == 0 || targets.length == 0) {
            throw new IllegalArgumentException("there are no records; expected at least 1");
        }
        return wrap(flat("inputs", inputs), inputs[0].length, flat("targets", targets), targets[0].length);
    }

    @Override
    public int count() {
        return inputs.length / inputWidth;
    }

    /** {@return the inputs, row-major and live} */
    public double[] inputs() {
        return inputs;
    }

    /** {@return the targets, row-major and live} */
    public double[] targets() {
        return targets;
    }

    @Override
    public int inputWidth() {
        return inputWidth;
    }

    @Override
    public int targetWidth() {
        return targetWidth;
    }

    @Override
    public boolean isWeighted() {
        return weights != null;
    }

    @Override
    public double weight(int record) {
        return weights == null ? 1 : weights[record];
    }

    /** The weights, live; null where each record counts as 1. */
    double[] weights() {
        return weights;
    }

    @Override
    public Records weighted(double... weights) {
        return new Records(inputs, inputWidth, targets, targetWidth, Weights.checked(weights, count()));
    }

    /** As many records of the same widths, targets and weights. */
    Records withInputs(double[] inputs) {
        return checked(new Records(inputs, inputWidth, targets.clone(), targetWidth, weights));
    }

    /** As many records of the same widths, inputs and weights. */
    Records withTargets(double[] targets) {
        return checked(new Records(inputs.clone(), inputWidth, targets, targetWidth, weights));
    }

    /**
     * {@return a copy of some records, with their weights}
     *
     * @param records their numbers, in the order that they are to have
     * @throws IllegalArgumentException if there are none, or more than an array holds
     * @throws IndexOutOfBoundsException if there is no such record
     */
    @Override
    public Records select(int... records) {
        Checks.count("the number of selected records", records.length);
        double[] selectedInputs = new double[Checks.arrayLength(records.length, inputWidth, "inputs")];
        double[] selectedTargets = new double[Checks.arrayLength(records.length, targetWidth, "targets")];
        double[] selectedWeights = weights == null ? null : new double[records.length];
        for (int i = 0; i < records.length; i++) {
            Objects.checkIndex(records[i], count());
            copy(records[i], records[i] + 1, selectedInputs, selectedTargets, i);
            if (weights != null) {
                selectedWeights[i] = weights[records[i]];
            }
        }
        return new Records(selectedInputs, inputWidth, selectedTargets, targetWidth, selectedWeights);
    }

    /**
     * {@return a copy in another order, the same for the same seed on every JVM}
     *
     * @param seed any number
     */
    public Records shuffled(long seed) {
        return select(Shuffle.order(count(), new SplitMix64(seed)));
    }

    /**
     * {@return copies of the first records and of the rest; shuffle before, where the order means something}
     *
     * @param fraction the part of the records that come first, rounded to whole records; both parts get at least one
     * @throws IllegalArgumentException if the fraction is not between 0 and 1, or there is only one record
     */
    public Split split(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("fraction is " + fraction + "; expected a number between 0 and 1");
        }
        if (count() == 1) {
            throw new IllegalArgumentException("there is only one record; splitting needs at least 2");
        }
        int first = (int) Math.max(1, Math.min(count() - 1, Math.rint(fraction * count())));
        int[] numbers = Shuffle.inOrder(count());
        return new Split(
                select(Arrays.copyOfRange(numbers, 0, first)),
                select(Arrays.copyOfRange(numbers, first, numbers.length)));
    }

    /**
     * Two parts of the same records.
     *
     * @param first the records to train on
     * @param rest the others, to validate or test on
     */
    public record Split(Records first, Records rest) {}

    @Override
    public void copy(int from, int to, double[] intoInputs, double[] intoTargets, int row) {
        int count = to - from;
        System.arraycopy(inputs, from * inputWidth, intoInputs, row * inputWidth, count * inputWidth);
        System.arraycopy(targets, from * targetWidth, intoTargets, row * targetWidth, count * targetWidth);
    }

    /** One line: {@code 400 records of 6 inputs and 1 target}, and {@code , weighted} where they are. */
    @Override
    public String toString() {
        return Text.of(this);
    }

    private static int count(String name, double[] values, int width) {
        Checks.count("the width of " + name, width);
        if (values.length % width != 0) {
            throw new IllegalArgumentException(
                    name + " has " + values.length + " values; expected a multiple of " + width);
        }
        return values.length / width;
    }

    private static double[] flat(String name, double[][] rows) {
        int width = rows[0].length;
        double[] values = new double[Checks.arrayLength(rows.length, width, name)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException("record " + i + " has " + rows[i].length + " " + name + "; expected "
                        + width + ", as record 0 has");
            }
            System.arraycopy(rows[i], 0, values, i * width, width);
        }
        return values;
    }
}
