package dev.chainrule.runtime;

import java.util.Objects;

/**
 * Where each parameter of a fully connected network stands: layer after layer, first the weights, row-major as
 * {@code in x out}, then the biases where the layer has them.
 */
public final class ParameterLayout {
    private final int inputs;
    private final int[] units;
    private final boolean[] biases;
    private final int size;

    private ParameterLayout(int inputs, int[] units, boolean[] biases) {
        this.inputs = inputs;
        this.units = units;
        this.biases = biases;
        this.size = sizeOf(inputs, units, biases);
    }

    /**
     * The layout of a network.
     *
     * @param inputs the number of inputs
     * @param units the number of units of each layer, from the first after the input
     * @param biases whether each of these layers has biases
     * @return the layout
     * @throws IllegalArgumentException if {@code units} and {@code biases} differ in length
     * @throws ArithmeticException if there are more parameters than an {@code int} counts
     */
    public static ParameterLayout of(int inputs, int[] units, boolean[] biases) {
        if (units.length != biases.length) {
            throw new IllegalArgumentException(
                    "biases has " + biases.length + " values; expected one a layer, " + units.length);
        }
        return new ParameterLayout(inputs, units.clone(), biases.clone());
    }

    /** {@return the number of parameters} */
    public int size() {
        return size;
    }

    /** {@return the number of layers after the input; they count from 1 to this} */
    public int layers() {
        return units.length;
    }

    /**
     * {@return the number of units of a layer; for layer 0 the number of inputs}
     *
     * @param layer 0 to {@link #layers()}
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int units(int layer) {
        return checkLayer(0, layer) == 0 ? inputs : units[layer - 1];
    }

    /**
     * Where the weights of a layer begin: {@code units(layer - 1) * units(layer)} of them lead into its units.
     *
     * @param layer 1 to {@link #layers()}
     * @return the index of the first of these weights
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int weightsFrom(int layer) {
        return checkLayer(1, layer) == 1 ? 0 : end(layer - 1);
    }

    /**
     * Where the weights of a layer end, and its biases, if it has any, begin: {@code units(layer)} of them.
     *
     * @param layer 1 to {@link #layers()}
     * @return the index after the last of these weights
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int biasesFrom(int layer) {
        return weightsFrom(layer) + units(layer - 1) * units(layer);
    }

    /**
     * Where the parameters of a layer end (exclusive).
     *
     * @param layer 1 to {@link #layers()}
     * @return the index after the last of its parameters
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int end(int layer) {
        return biasesFrom(layer) + (hasBiases(layer) ? units(layer) : 0);
    }

    /**
     * {@return whether a layer has biases}
     *
     * @param layer 1 to {@link #layers()}
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public boolean hasBiases(int layer) {
        return biases[checkLayer(1, layer) - 1];
    }

    /**
     * {@return the name of a parameter: {@code w2_0_1} is the weight from unit 0 of layer 1 to unit 1 of layer 2,
     * {@code b2_1} the bias of unit 1 of layer 2} Layer 0 is the input.
     *
     * @param index where the parameter stands
     * @throws IndexOutOfBoundsException if {@code index} is not within 0 (inclusive) to {@link #size()} (exclusive)
     */
    public String name(int index) {
        int rest = Objects.checkIndex(index, size);
        int in = inputs;
        for (int layer = 1; ; layer++) {
            int out = units[layer - 1];
            if (rest < in * out) {
                return "w" + layer + "_" + rest / out + "_" + rest % out;
            }
            rest -= in * out;
            if (biases[layer - 1]) {
                if (rest < out) {
                    return "b" + layer + "_" + rest;
                }
                rest -= out;
            }
            in = out;
        }
    }

    /** One line: {@code 2-3-1(no bias), 12 parameters}. */
    @Override
    public String toString() {
        String text = "" + inputs;
        for (int layer = 0; layer < units.length; layer++) {
            text += "-" + units[layer] + (biases[layer] ? "" : "(no bias)");
        }
        return text + ", " + size + " parameters";
    }

    private int checkLayer(int first, int layer) {
        if (layer < first || layer > units.length) {
            throw new IndexOutOfBoundsException("layer is " + layer + "; expected " + first + " to " + units.length);
        }
        return layer;
    }

    private static int sizeOf(int inputs, int[] units, boolean[] biases) {
        long size = 0;
        int in = inputs;
        for (int layer = 0; layer < units.length; layer++) {
            int out = units[layer];
            size += (long) in * out + (biases[layer] ? out : 0);
            if (size > Integer.MAX_VALUE) {
                throw new ArithmeticException("layers 1 to " + (layer + 1) + " have " + size
                        + " parameters; expected at most " + Integer.MAX_VALUE);
            }
            in = out;
        }
        return (int) size;
    }
}
