package dev.chainrule.spark;

import java.io.Serializable;
import java.util.Arrays;

/** Records on their way to one partition, row-major, with the positions that they are to have. */
final class Chunk implements Serializable {
    private static final long serialVersionUID = 1;

    private final int inputWidth;
    private final int targetWidth;
    private int count;
    private int[] numbers = new int[8];
    private int[] positions = new int[8];
    private double[] inputs;
    private double[] targets;

    Chunk(int inputWidth, int targetWidth) {
        this.inputWidth = inputWidth;
        this.targetWidth = targetWidth;
        this.inputs = new double[numbers.length * inputWidth];
        this.targets = new double[numbers.length * targetWidth];
    }

    int count() {
        return count;
    }

    /** The inputs of all records. */
    double[] inputs() {
        return Arrays.copyOf(inputs, count * inputWidth);
    }

    /** The targets of all records. */
    double[] targets() {
        return Arrays.copyOf(targets, count * targetWidth);
    }

    int number(int row) {
        return numbers[row];
    }

    int position(int row) {
        return positions[row];
    }

    /** Adds a record, which is copied. */
    void add(int number, int position, double[] inputs, double[] targets, int row) {
        if (count == numbers.length) {
            setCapacity(2 * count);
        }
        numbers[count] = number;
        positions[count] = position;
        System.arraycopy(inputs, row * inputWidth, this.inputs, count * inputWidth, inputWidth);
        System.arraycopy(targets, row * targetWidth, this.targets, count * targetWidth, targetWidth);
        count++;
    }

    /** Lets go of the room that is not needed. */
    Chunk trimmed() {
        setCapacity(count);
        return this;
    }

    /** Copies a record into row {@code into} of two row-major arrays. */
    void copy(int row, double[] intoInputs, double[] intoTargets, int into) {
        System.arraycopy(inputs, row * inputWidth, intoInputs, into * inputWidth, inputWidth);
        System.arraycopy(targets, row * targetWidth, intoTargets, into * targetWidth, targetWidth);
    }

    private void setCapacity(int records) {
        numbers = Arrays.copyOf(numbers, records);
        positions = Arrays.copyOf(positions, records);
        inputs = Arrays.copyOf(inputs, records * inputWidth);
        targets = Arrays.copyOf(targets, records * targetWidth);
    }
}
