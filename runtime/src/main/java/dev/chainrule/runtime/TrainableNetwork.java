package dev.chainrule.runtime;

import java.util.Arrays;

/**
 * A network whose loss and gradient can be computed, one record at a time or over a range of records.
 *
 * <p><b>Layout.</b> Parameters and gradients share one layout: layer after layer, first the weights, row-major as
 * {@code in x out} (a row holds the weights that lead out of one unit of what the layer reads), then the biases
 * ({@code out}) where the layer has them. Records are row-major: record {@code r} has its inputs at
 * {@code [r * inputs(), (r + 1) * inputs())} and its targets at {@code [r * outputs(), (r + 1) * outputs())}.
 *
 * <p><b>Threads.</b> An instance belongs to one thread at a time; several instances may share one parameter array. No method
 * of a generated network allocates, but {@code forward} for a range where the network has more than
 * 16,384 inputs and units.
 *
 * <p><b>Errors.</b> An array of a wrong length is an {@link IllegalArgumentException} that says what was expected, before
 * anything is written; so is a range that reaches outside the records.
 */
public interface TrainableNetwork {
    /** {@return the number of inputs} */
    int inputs();

    /** {@return the number of outputs} */
    int outputs();

    /** {@return the parameters that this network works on, live: a change shows in the next call} */
    double[] parameters();

    /**
     * {@return the numbers of layers of kind SCALE, which training does not change, live: a change shows in the next
     * call}
     * {@link NetworkDescription} says which stands where. Those that nobody has set are NaN, and a network that has
     * some is not trained or saved. None, unless a network says otherwise.
     */
    default double[] constants() {
        return new double[0];
    }

    /**
     * {@return another instance of this network, on the same parameters and constants, for another thread} Every
     * generated network makes them.
     *
     * @throws UnsupportedOperationException if this network does not make any
     */
    default TrainableNetwork sharing() {
        throw new UnsupportedOperationException(getClass().getName()
                + " makes no other instances of itself; give a function that does, such as XorNetwork::new");
    }

    /**
     * {@return what this network is: its layers, its loss, and which parameter is stored where} Every generated network tells;
     * others may not, and are then not saved, drawn, or initialised by layers.
     *
     * @throws UnsupportedOperationException if this network does not tell what it is
     */
    default NetworkDescription description() {
        throw new UnsupportedOperationException(getClass().getName() + " does not describe itself");
    }

    /**
     * The forward pass: writes the outputs for one input.
     *
     * @param input {@code inputs()} values
     * @param output receives {@code outputs()} values; may be the same array as {@code input}
     */
    void forward(double[] input, double[] output);

    /**
     * The forward pass for the records {@code fromRecord} (inclusive) to {@code toRecord} (exclusive). Generated networks take
     * them in blocks, to the same results as one by one, bit for bit, in less time; this default takes copies, one by one.
     *
     * @param inputs records of {@code inputs()} values, row-major
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @param outputs receives {@code outputs()} values for each record of the range, at its place among as many
     *     records, row-major;
     *     not the array {@code inputs}
     */
    default void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs) {
        Shapes.checkRecords(inputs, inputs(), "outputs", outputs, outputs(), fromRecord, toRecord);
        double[] output = new double[outputs()];
        for (int record = fromRecord; record < toRecord; record++) {
            forward(Arrays.copyOfRange(inputs, record * inputs(), (record + 1) * inputs()), output);
            System.arraycopy(output, 0, outputs, record * outputs(), output.length);
        }
    }

    /**
     * What the network decides for the records {@code fromRecord} (inclusive) to {@code toRecord} (exclusive): the number of
     * the greatest output, the first of equals; of a single {@code SIGMOID} output 1 where it is 0.5 or more, else 0; -1
     * where an output is NaN. It takes copies of some records at a time; a thread's first call for
     * a network's widths allocates the room for these.
     *
     * @param inputs records of {@code inputs()} values, row-major
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @param classes receives one number for each record of the range, at its place among as many records
     * @throws UnsupportedOperationException if this network has several output layers, a single output of another
     *     activation, or does not tell what it is
     */
    default void classify(double[] inputs, int fromRecord, int toRecord, int[] classes) {
        Decision.of(this, inputs, fromRecord, toRecord, classes);
    }

    /**
     * The forward pass with the values of all units: layer after layer from the first after the input to the outputs. Every
     * generated network tells them; others may not.
     *
     * @param input {@code inputs()} values
     * @param activations receives one value a unit
     * @throws UnsupportedOperationException if this network does not tell them
     */
    default void activations(double[] input, double[] activations) {
        throw new UnsupportedOperationException(getClass().getName() + " does not tell the values of its units");
    }

    /**
     * {@return the error {@code E} of one record}
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     */
    double loss(double[] input, double[] target);

    /**
     * Backpropagation for one record: adds {@code dE/dp} to {@code gradient} for every parameter {@code p}.
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @param gradient one value a parameter, added to
     * @return the error {@code E}
     */
    double backprop(double[] input, double[] target, double[] gradient);

    /**
     * Backpropagation for the records {@code fromRecord} (inclusive) to {@code toRecord} (exclusive), in this order: adds the
     * sum of their gradients to {@code gradient}.
     *
     * @param inputs records of {@code inputs()} values, row-major
     * @param targets as many records of {@code outputs()} values, row-major
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @param gradient one value a parameter, added to
     * @return the sum of the errors
     */
    double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient);

    /**
     * Backpropagation for weighted records: as {@link #backprop(double[], double[], int, int, double[])}, but the error
     * {@code E} of each record and its derivatives by the outputs are multiplied by the record's weight, as if the loss
     * were scaled by it. A record of weight 1 changes the sums by the same bits as without weights, one of weight 2 by
     * what two such records do but for rounding, and one of weight 0 by nothing, as long as its error is finite.
     *
     * <p>Generated networks scale the derivatives by the outputs and allocate nothing. This default scales each
     * record's gradient, to the same result but for rounding, and allocates one gradient a call.
     *
     * @param inputs records of {@code inputs()} values, row-major
     * @param targets as many records of {@code outputs()} values, row-major
     * @param weights one value a record, finite: that of record {@code r} is {@code weights[r]}
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @param gradient one value a parameter, added to
     * @return the sum of the errors, each times its record's weight
     */
    default double backprop(
            double[] inputs, double[] targets, double[] weights, int fromRecord, int toRecord, double[] gradient) {
        Shapes.checkRecords(inputs, inputs(), "targets", targets, outputs(), fromRecord, toRecord);
        Shapes.checkLength("weights", weights, inputs.length / inputs());
        Shapes.checkLength("gradient", gradient, parameters().length);
        double[] ofRecord = new double[gradient.length];
        double error = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            double weight = weights[record];
            if (weight == 1) {
                error += backprop(inputs, targets, record, record + 1, gradient);
                continue;
            }
            Arrays.fill(ofRecord, 0);
            error += weight * backprop(inputs, targets, record, record + 1, ofRecord);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += weight * ofRecord[i];
            }
        }
        return error;
    }

    /**
     * Adds {@code dE/dx} to {@code gradient} for every input {@code x} of one record.
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @param gradient {@code inputs()} values, added to
     * @return the error {@code E}
     */
    double inputGradient(double[] input, double[] target, double[] gradient);
}
