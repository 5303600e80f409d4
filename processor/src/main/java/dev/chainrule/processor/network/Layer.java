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
public record Layer(int inputs, int units, Activation activation, boolean bias, int offset) {
    /** The number of weights. */
    public int weights() {
        return inputs * units;
    }

    /** The number of weights and biases. */
    public int parameters() {
        return weights() + (bias ? units : 0);
    }

    /** Where the weight from unit {@code from} of the layer before to unit {@code to} stands: row-major, in x out. */
    public int weight(int from, int to) {
        return offset + from * units + to;
    }

    /** Where the bias of a unit stands: after the weights. */
    public int firstBias() {
        return offset + weights();
    }
}
