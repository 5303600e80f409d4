package dev.chainrule.processor.network;

import dev.chainrule.annotations.Activation;

/**
 * One fully connected layer: {@code a = activation(b + a' W)}.
 *
 * @param inputs units of the layer before it, or the network's inputs
 * @param units units of this layer
 * @param bias whether each unit has a bias
 * @param offset where the layer's parameters begin in the network's parameter array
 */
public record Layer(int inputs, int units, ActivationFunction activation, boolean bias, int offset) {
    /** A layer whose activation has a name. */
    public Layer(int inputs, int units, Activation activation, boolean bias, int offset) {
        this(inputs, units, ActivationFunction.Named.of(activation), bias, offset);
    }

    /** The number of weights. */
    public int weights() {
        return inputs * units;
    }

    /** The number of weights, biases and trainable letters. */
    public int parameters() {
        return weights() + (bias ? units : 0) + activation.letters().size() * units;
    }

    /** Where the weight from unit {@code from} of the layer before to unit {@code to} is stored: row-major, in x out. */
    public int weight(int from, int to) {
        return offset + from * units + to;
    }

    /** Where the bias of a unit is stored: after the weights. */
    public int firstBias() {
        return offset + weights();
    }

    /** Where the values of the trainable letters are stored: after the biases, one a unit, letter after letter. */
    public int firstLetter() {
        return firstBias() + (bias ? units : 0);
    }
}
