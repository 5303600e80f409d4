package dev.chainrule.processor.network;

import dev.chainrule.annotations.Unroll;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A valid network.
 *
 * @param inputs the number of inputs
 * @param layers from the first after the input to the output layer, at least one, each as wide as the next one expects
 * @param declaredLoss the error, where the network is to be trained
 */
public record Network(int inputs, List<Layer> layers, Optional<LossFunction> declaredLoss, Unroll unroll) {
    /** More inputs or units than this are a slip of the keyboard: one layer of them would pass any memory. */
    public static final int MOST_UNITS = 1_000_000;

    /** A layer is one call in each of the methods that run layer after layer, which must stay compilable. */
    public static final int MOST_LAYERS = 256;

    public Network {
        layers = List.copyOf(layers);
    }

    /**
     * The error.
     *
     * @throws java.util.NoSuchElementException if the network is not to be trained
     */
    public LossFunction loss() {
        return declaredLoss.orElseThrow();
    }

    /** The number of layers, the input not counted; layer {@code depth()} is the output layer. */
    public int depth() {
        return layers.size();
    }

    /** Layer {@code number}, counted from 1, as in the notation. */
    public Layer layer(int number) {
        return layers.get(number - 1);
    }

    /** The output layer. */
    public Layer last() {
        return layer(depth());
    }

    /** The number of outputs. */
    public int outputs() {
        return last().units();
    }

    /** The number of units of layer {@code number}, where layer 0 is the input. */
    public int units(int number) {
        return number == 0 ? inputs : layer(number).units();
    }

    /** The number of weights, biases and trainable letters. */
    public int parameters() {
        return last().offset() + last().parameters();
    }

    /** The sizes from input to output, for example {@code 2-4-1}. */
    public String shape() {
        return Stream.concat(Stream.of(inputs), layers.stream().map(Layer::units))
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
    }

    /**
     * The whole network as one line, for example {@code 2-3(TANH)-1(SIGMOID, no bias) BINARY_CROSS_ENTROPY}, or without the loss
     * where there is none. Files of parameters carry it to tell what network they are for, so it must not change.
     */
    public String topology() {
        return inputs
                + layers.stream()
                        .map(layer -> "-" + layer.units() + "("
                                + layer.activation().text() + (layer.bias() ? ")" : ", no bias)"))
                        .collect(Collectors.joining())
                + declaredLoss.map(loss -> " " + loss.text()).orElse("");
    }
}
