package dev.chainrule.runtime.training;

import dev.chainrule.runtime.Shapes;
import java.util.Arrays;

/**
 * Brings inputs to a mean of 0 and a standard deviation of 1: {@code x = (x - mean) / deviation}, column by column. Mean and
 * deviation are those of the records that are trained on, for these and for any others.
 *
 * <pre>{@code
 * Records.Split split = records.shuffled(42).split(0.9);
 * Standardisation standardisation = Standardisation.fit(split.first(), 0, 1);
 * Records training = standardisation.apply(split.first());
 * Records test = standardisation.apply(split.rest());
 * }</pre>
 *
 * <p>The standard deviation is that of a sample, {@code sqrt(sum (x - mean)^2 / (n - 1))} of {@code n} records, as pandas'
 * {@code std} has it. A column that is constant, or has one record alone, has the deviation 0: then the mean is subtracted and
 * nothing divided, so that the column becomes 0.
 */
public final class Standardisation {
    private final int width;
    private final int[] columns;
    private final double[] means;
    private final double[] deviations;

    private Standardisation(RecordStore records, int[] columns) {
        this(records.inputWidth(), columns, Moments.of(records, columns));
    }

    private Standardisation(int width, int[] columns, Moments moments) {
        this(width, columns, moments.means(), moments.deviations());
    }

    private Standardisation(int width, int[] columns, double[] means, double[] deviations) {
        this.width = width;
        this.columns = columns;
        this.means = means;
        this.deviations = deviations;
        for (int i = 0; i < columns.length; i++) {
            Checks.finite("the standard deviation of input " + columns[i], deviations[i]);
        }
    }

    /**
     * Takes mean and deviation of all inputs.
     *
     * @param records the records that are trained on
     * @return the standardisation, for these records and any others
     * @throws IllegalArgumentException if values are so large that a deviation is not finite
     */
    public static Standardisation fit(RecordStore records) {
        return new Standardisation(records, Shuffle.inOrder(records.inputWidth()));
    }

    /**
     * Takes one mean and one deviation of all values of all inputs: where they are the same quantity, as the pixels of a picture
     * are.
     *
     * @param records the records
     * @return the standardisation
     * @throws IllegalArgumentException if values are so large that the deviation is not finite
     */
    public static Standardisation fitJointly(RecordStore records) {
        int width = records.inputWidth();
        Moments moments = Moments.jointly(records);
        double[] means = new double[width];
        double[] deviations = new double[width];
        Arrays.fill(means, moments.means()[0]);
        Arrays.fill(deviations, moments.deviations()[0]);
        return new Standardisation(width, Shuffle.inOrder(width), means, deviations);
    }

    /**
     * Takes mean and deviation of some inputs; the others stay as they are.
     *
     * @param records the records that are trained on
     * @param columns numbers of inputs, from 0
     * @return the standardisation, for these records and any others
     * @throws IllegalArgumentException if a column does not exist or is named twice, if none is named, or if values are so large
     *     that a deviation is not finite
     */
    public static Standardisation fit(RecordStore records, int... columns) {
        Checks.count("the number of columns", columns.length);
        boolean[] isNamed = new boolean[records.inputWidth()];
        for (int column : columns) {
            if (column < 0 || column >= isNamed.length) {
                throw new IllegalArgumentException(
                        "column is " + column + "; expected 0 to " + (isNamed.length - 1) + ", the last input");
            }
            if (isNamed[column]) {
                throw new IllegalArgumentException("column " + column + " is named twice");
            }
            isNamed[column] = true;
        }
        return new Standardisation(records, columns.clone());
    }

    /**
     * {@return a copy of records, standardised}
     *
     * @param records as many inputs each as those that were fitted
     * @throws IllegalArgumentException if they have another number of inputs, or a result is not finite
     */
    public Records apply(Records records) {
        checkWidth(records);
        double[] inputs = records.inputs().clone();
        for (int start = 0; start < inputs.length; start += width) {
            standardise(inputs, start);
        }
        return records.withInputs(inputs);
    }

    /**
     * {@return a view of records, however they are held, that standardises them as they are read; nothing is copied}
     * Its values are those of {@link #apply(Records)}.
     *
     * @param records of as many inputs
     * @throws IllegalArgumentException if they have another number of inputs, or a result is not finite
     */
    public RecordStore view(RecordStore records) {
        checkWidth(records);
        return new StandardisedRecords(records, this);
    }

    /** One line: {@code standardises 2 of 6 inputs}. */
    @Override
    public String toString() {
        return "standardises " + columns.length + " of " + Text.count(width, "input");
    }

    private void checkWidth(RecordStore records) {
        if (records.inputWidth() != width) {
            throw new IllegalArgumentException(
                    "records have " + records.inputWidth() + " inputs each; expected " + width);
        }
    }

    /**
     * Standardises one input in place, without allocation.
     *
     * @param input as many values as the records that were fitted have inputs
     * @throws IllegalArgumentException if it has another number of values, before anything is written
     */
    public void apply(double[] input) {
        Shapes.checkLength("input", input, width);
        standardise(input, 0);
    }

    /** {@return the means, in the order in which the columns were named} */
    public double[] means() {
        return means.clone();
    }

    /** {@return the standard deviations, in the order in which the columns were named} */
    public double[] deviations() {
        return deviations.clone();
    }

    /** One input of many, from an index on. */
    void standardise(double[] inputs, int start) {
        for (int i = 0; i < columns.length; i++) {
            double difference = inputs[start + columns[i]] - means[i];
            inputs[start + columns[i]] = deviations[i] == 0 ? difference : difference / deviations[i];
        }
    }
}
