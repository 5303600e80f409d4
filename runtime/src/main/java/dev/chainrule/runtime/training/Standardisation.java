package dev.chainrule.runtime.training;

import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;

/**
 * Brings inputs, or targets, to a mean of 0 and a standard deviation of 1: {@code x = (x - mean) / deviation}, column
 * by column. Mean and deviation are those of the records that are trained on, for these and for any others.
 *
 * <pre>{@code
 * Records.Split split = records.shuffled(42).split(0.9);
 * Standardisation standardisation = Standardisation.fit(split.first(), 0, 1);
 * Records training = standardisation.apply(split.first());
 * Records test = standardisation.apply(split.rest());
 * }</pre>
 *
 * <p>A network with a layer of kind SCALE does that itself and takes the numbers as they are, once {@link #into} has
 * set the layer's constants: {@code Standardisation.fit(records).into(network, "raw")}.
 *
 * <p>The standard deviation is that of a sample, {@code sqrt(sum (x - mean)^2 / (n - 1))} of {@code n} records, as pandas'
 * {@code std} has it. A column that is constant, or has one record alone, has the deviation 0: then the mean is subtracted and
 * nothing divided, so that the column becomes 0.
 */
public final class Standardisation {
    private final FittedColumns columns;
    private final double[] means;
    private final double[] deviations;

    private Standardisation(RecordStore records, FittedColumns columns) {
        this(columns, Moments.of(columns.of(records), columns.columns()));
    }

    private Standardisation(FittedColumns columns, Moments moments) {
        this(columns, moments.means(), moments.deviations());
    }

    private Standardisation(FittedColumns columns, double[] means, double[] deviations) {
        this.columns = columns;
        this.means = means;
        this.deviations = deviations;
        for (int i = 0; i < means.length; i++) {
            Checks.finite("the standard deviation of " + columns.name(columns.columns()[i]), deviations[i]);
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
        return new Standardisation(records, FittedColumns.ofInputs(records));
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
        return new Standardisation(FittedColumns.ofInputs(records), means, deviations);
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
        return new Standardisation(records, FittedColumns.ofInputs(records, columns));
    }

    /**
     * Takes mean and deviation of all targets: what is said of inputs is said of targets then.
     *
     * @param records the records that are trained on
     * @return the standardisation of the targets of these records and any others
     * @throws IllegalArgumentException if values are so large that a deviation is not finite
     */
    public static Standardisation fitTargets(RecordStore records) {
        return new Standardisation(records, FittedColumns.ofTargets(records));
    }

    /**
     * Sets the constants of a layer of kind SCALE: the mean is the shift, and {@code 1 / deviation} the scale, or 1 of
     * a constant column. Units that stand for inputs that were not fitted, or for categories, stay as they are: shift 0
     * and scale 1.
     *
     * @param network whose constants are set
     * @param layer its name: of inputs, one that reads parts of the input alone; of {@linkplain #fitTargets targets},
     *     an inverse output layer
     * @throws IllegalArgumentException if there is no such layer, or it is another one, or network and records have not
     *     as many columns, before anything is written
     * @throws UnsupportedOperationException if the network does not tell its layers
     */
    public void into(TrainableNetwork network, String layer) {
        double[] scales = new double[deviations.length];
        Arrays.setAll(scales, i -> deviations[i] == 0 ? 1 : 1 / deviations[i]);
        columns.into(network, layer, means, scales);
    }

    /**
     * {@return a copy of records, standardised}
     *
     * @param records as many inputs each as those that were fitted
     * @throws IllegalArgumentException if they have another number of inputs, or a result is not finite
     */
    public Records apply(Records records) {
        checkWidth(records);
        double[] values = (columns.ofTargets() ? records.targets() : records.inputs()).clone();
        for (int start = 0; start < values.length; start += columns.width()) {
            standardise(values, start);
        }
        return columns.ofTargets() ? records.withTargets(values) : records.withInputs(values);
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
        return "standardises " + columns;
    }

    private void checkWidth(RecordStore records) {
        int width = columns.widthOf(records);
        if (width != columns.width()) {
            throw new IllegalArgumentException("records have " + width + (columns.ofTargets() ? " targets" : " inputs")
                    + " each; expected " + columns.width());
        }
    }

    /**
     * Standardises one input, or the targets of one record, in place, without allocation.
     *
     * @param input as many values as the records that were fitted have
     * @throws IllegalArgumentException if it has another number of values, before anything is written
     */
    public void apply(double[] input) {
        Shapes.checkLength(columns.ofTargets() ? "target" : "input", input, columns.width());
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

    /** Standardises one record of many, as {@link RecordStore#copy} gives them. */
    void standardise(double[] inputs, double[] targets, int row) {
        standardise(columns.ofTargets() ? targets : inputs, row * columns.width());
    }

    /** One input of many, from an index on. */
    private void standardise(double[] inputs, int start) {
        for (int i = 0; i < means.length; i++) {
            int index = start + columns.columns()[i];
            double difference = inputs[index] - means[i];
            inputs[index] = deviations[i] == 0 ? difference : difference / deviations[i];
        }
    }
}
