package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;

/**
 * The least and the greatest value of columns of records, for layers of kind SCALE that bring them to 0 and 1:
 * {@code (x - minimum) / (maximum - minimum)}. The network then takes the numbers as they are.
 *
 * <pre>{@code
 * MinMax.fit(training).into(network, "raw");
 * }</pre>
 */
public final class MinMax {
    private final FittedColumns columns;
    private final double[] minima;
    private final double[] maxima;

    private MinMax(RecordStore records, FittedColumns columns) {
        this.columns = columns;
        this.minima = new double[columns.columns().length];
        this.maxima = new double[minima.length];
        Arrays.fill(minima, Double.POSITIVE_INFINITY);
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        Visits.forEach(columns.of(records), (number, inputs, targets, row) -> {
            for (int i = 0; i < minima.length; i++) {
                double value = inputs[row * columns.width() + columns.columns()[i]];
                minima[i] = Math.min(minima[i], value);
                maxima[i] = Math.max(maxima[i], value);
            }
        });
        for (int i = 0; i < minima.length; i++) {
            Checks.finite("the range of " + columns.name(columns.columns()[i]), maxima[i] - minima[i]);
        }
    }

    /**
     * Takes minimum and maximum of all inputs.
     *
     * @param records the records that are trained on
     * @return what was found
     * @throws IllegalArgumentException if values are so far apart that the difference is not finite
     */
    public static MinMax fit(RecordStore records) {
        return new MinMax(records, FittedColumns.ofInputs(records));
    }

    /**
     * Takes minimum and maximum of some inputs; the others stay as they are.
     *
     * @param records the records that are trained on
     * @param columns numbers of inputs, from 0
     * @return what was found
     * @throws IllegalArgumentException if a column does not exist or is named twice, if none is named, or if values are
     *     so far apart that the difference is not finite
     */
    public static MinMax fit(RecordStore records, int... columns) {
        return new MinMax(records, FittedColumns.ofInputs(records, columns));
    }

    /**
     * Takes minimum and maximum of all targets.
     *
     * @param records the records that are trained on
     * @return what was found
     * @throws IllegalArgumentException if values are so far apart that the difference is not finite
     */
    public static MinMax fitTargets(RecordStore records) {
        return new MinMax(records, FittedColumns.ofTargets(records));
    }

    /**
     * Sets the constants of a layer of kind SCALE, as {@link Standardisation#into} does: the minimum is the shift, and
     * {@code 1 / (maximum - minimum)} the scale, or 1 of a constant column.
     *
     * @param network whose constants are set
     * @param layer its name: of inputs, one that reads parts of the input alone; of targets, an inverse output layer
     * @throws IllegalArgumentException if there is no such layer, or it is another one, or network and records have not
     *     as many columns, before anything is written
     * @throws UnsupportedOperationException if the network does not tell its layers
     */
    public void into(TrainableNetwork network, String layer) {
        double[] scales = new double[minima.length];
        Arrays.setAll(scales, i -> maxima[i] == minima[i] ? 1 : 1 / (maxima[i] - minima[i]));
        columns.into(network, layer, minima, scales);
    }

    /** {@return the least values, in the order in which the columns were named} */
    public double[] minima() {
        return minima.clone();
    }

    /** {@return the greatest values, in the order in which the columns were named} */
    public double[] maxima() {
        return maxima.clone();
    }

    /** One line: {@code minima and maxima of 2 of 6 inputs}. */
    @Override
    public String toString() {
        return "minima and maxima of " + columns;
    }
}
