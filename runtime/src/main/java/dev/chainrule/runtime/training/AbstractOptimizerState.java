package dev.chainrule.runtime.training;

import dev.chainrule.runtime.Shapes;
import java.util.ArrayList;
import java.util.List;

/** What all states share: checked lengths, and arrays that are listed in the order in which a subclass asks for them. */
abstract class AbstractOptimizerState implements OptimizerState {
    private final int parameters;
    private final List<double[]> arrays = new ArrayList<>();

    /** The learning rate of the step that has begun. */
    double rate;

    AbstractOptimizerState(int parameters) {
        if (parameters < 0) {
            throw new IllegalArgumentException("parameters is " + parameters + "; expected 0 or more");
        }
        this.parameters = parameters;
    }

    @Override
    public final void begin(double[] parameters, double[] gradient, double rate) {
        Shapes.checkLength("parameters", parameters, this.parameters);
        Shapes.checkLength("gradient", gradient, this.parameters);
        this.rate = rate;
        begin();
    }

    @Override
    public final double[][] arrays() {
        return arrays.toArray(double[][]::new);
    }

    /** Computes what is the same for all parameters. */
    void begin() {}

    /** An array of zeros, one a parameter. */
    final double[] vector() {
        return numbers(parameters);
    }

    /** An array of zeros. */
    final double[] numbers(int count) {
        double[] numbers = new double[count];
        arrays.add(numbers);
        return numbers;
    }

    /**
     * An exponential moving average, one value later: {@code beta average + (1 - beta) value}. It begins at 0, not at a value;
     * the same average of ones, {@code 1 - beta^t} after {@code t} steps, is the share of it that stems from values.
     */
    static double average(double beta, double average, double value) {
        return beta * average + (1 - beta) * value;
    }
}
