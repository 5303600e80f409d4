package dev.chainrule.samples.benchmarks.contenders;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Parameters and 64 records for a shape: the same numbers, bit for bit, in every contender, the C program too.
 *
 * @param inputs row-major, a row a record
 * @param targets likewise
 */
public record Numbers(double[] parameters, double[] inputs, double[] targets) {
    /** The records of a call of {@link Operation#BACKPROP64}; single calls take one after another. */
    public static final int RECORDS = 64;

    public static Numbers of(Shape shape) {
        DoubleSupplier uniform = new Uniform();
        double[] parameters = new double[shape.parameters()];
        double[] inputs = new double[RECORDS * shape.inputs()];
        double[] targets = new double[RECORDS * shape.outputs()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = uniform.getAsDouble() - 0.5;
        }
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = 2 * uniform.getAsDouble() - 1;
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = uniform.getAsDouble();
        }
        return new Numbers(parameters, inputs, targets);
    }

    /** The records of row-major values, each an array of its own. */
    public static double[][] rows(double[] values) {
        int width = values.length / RECORDS;
        double[][] rows = new double[RECORDS][];
        for (int r = 0; r < RECORDS; r++) {
            rows[r] = Arrays.copyOfRange(values, r * width, (r + 1) * width);
        }
        return rows;
    }
}
