package dev.chainrule.runtime;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a network is: its sizes and layers, where each parameter is stored, and its loss.
 *
 * @param inputs the number of inputs, 1 or more
 * @param layers from the first after the input to that of the outputs, 1 or more
 * @param loss the name of the loss, as in the annotations, or its formula
 * @param targetKind which targets the loss has a meaning for
 */
public record NetworkDescription(int inputs, List<LayerDescription> layers, String loss, TargetKind targetKind) {
    /**
     * Makes a description.
     *
     * @param inputs the number of inputs, 1 or more
     * @param layers from the first after the input to that of the outputs, 1 or more
     * @param loss the name of the loss, as in the annotations, or its formula
     * @param targetKind which targets the loss has a meaning for
     * @throws IllegalArgumentException if there are no inputs or no layers
     */
    public NetworkDescription {
        if (inputs < 1) {
            throw new IllegalArgumentException("inputs is " + inputs + "; expected 1 or more");
        }
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("there are no layers; expected 1 or more");
        }
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(targetKind, "targetKind");
    }

    /**
     * A description, as generated classes make theirs.
     *
     * @param inputs the number of inputs
     * @param layers from the first after the input to that of the outputs
     * @param loss the name of the loss, or its formula
     * @param targetKind which targets the loss has a meaning for
     * @return the description
     * @throws IllegalArgumentException if there are no inputs or no layers
     */
    public static NetworkDescription of(int inputs, LayerDescription[] layers, String loss, TargetKind targetKind) {
        return new NetworkDescription(inputs, List.of(layers), loss, targetKind);
    }

    /**
     * The description of a network, where it has one.
     *
     * @param network any network
     * @return its description, or nothing
     */
    public static Optional<NetworkDescription> of(TrainableNetwork network) {
        try {
            return Optional.of(network.description());
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /**
     * The name of a network's parameter, for messages: as its {@link #layout()} has it, or {@code parameters[3]} where
     * the network has no description.
     *
     * @param network any network
     * @param index where the parameter is stored
     * @return the name
     * @throws IndexOutOfBoundsException if there is no such parameter
     */
    public static String parameterName(TrainableNetwork network, int index) {
        Objects.checkIndex(index, network.parameters().length);
        try {
            return network.description().layout().name(index);
        } catch (UnsupportedOperationException e) {
            return "parameters[" + index + "]";
        }
    }

    /** {@return the number of outputs} */
    public int outputs() {
        return layers.get(layers.size() - 1).units();
    }

    /** {@return which parameter is stored where, and its name} */
    public ParameterLayout layout() {
        int[] units = new int[layers.size()];
        boolean[] biases = new boolean[layers.size()];
        String[][] letters = new String[layers.size()][];
        for (int i = 0; i < units.length; i++) {
            units[i] = layers.get(i).units();
            biases[i] = layers.get(i).bias();
            letters[i] = layers.get(i).letters().toArray(new String[0]);
        }
        return ParameterLayout.of(inputs, units, biases, letters);
    }

    /**
     * The network as one line of text: the inputs, each layer's units and activation, and the loss, for example
     * {@code 2-3(TANH)-1(SIGMOID, no bias) BINARY_CROSS_ENTROPY}. Networks of the same text compute the same from the same
     * parameters; files of weights and checkpoints say it of the network that they are for.
     *
     * @return the text
     */
    public String topology() {
        String text = "" + inputs;
        for (int i = 0; i < layers.size(); i++) {
            text += "-" + layers.get(i);
        }
        return text + " " + loss;
    }

    /** The {@link #topology()} and the number of parameters. */
    @Override
    public String toString() {
        int parameters = layout().size();
        return topology() + ", " + parameters + (parameters == 1 ? " parameter" : " parameters");
    }
}
