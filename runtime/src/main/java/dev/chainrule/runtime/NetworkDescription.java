package dev.chainrule.runtime;

import dev.chainrule.runtime.LayerDescription.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a network is: the parts of its input, its layers and what each of them reads, its outputs and their losses, and
 * where each parameter and each constant is stored.
 *
 * <p><b>Constants</b> are numbers that training does not change. For each layer of kind {@link Kind#SCALE}, as
 * declared, an array of their own has first the shifts of its units, then their scales.
 *
 * @param parts of the input, in the order in which a record has them, 1 or more
 * @param layers each after those that it reads, 1 or more; all with names and with what they read, whether given or not
 * @param outputLayers the layers whose values are the outputs, one after the other, 1 or more
 */
public record NetworkDescription(
        List<InputDescription> parts, List<LayerDescription> layers, List<OutputDescription> outputLayers) {
    /** Of constants that are not set, a message names so many. */
    private static final int MOST_NAMES = 4;

    /**
     * Makes a description. A layer without a name gets that of its number, {@code layer1} for the first; one that reads
     * nothing reads the layer before it, or, as the first, the whole input.
     *
     * @param parts of the input, in the order in which a record has them, 1 or more
     * @param layers each after those that it reads, 1 or more
     * @param outputLayers the layers whose values are the outputs, one after the other, 1 or more
     * @throws IllegalArgumentException if there are no parts, layers or outputs, names are not unique, a layer reads
     *     what does not stand before it, or widths do not fit
     */
    public NetworkDescription {
        parts = List.copyOf(parts);
        layers = Wiring.completed(parts, layers);
        outputLayers = List.copyOf(outputLayers);
        Wiring.check(parts, layers, outputLayers);
    }

    /**
     * A chain of layers, the first of which reads the whole input.
     *
     * @param inputs the number of inputs, 1 or more
     * @param layers from the first after the input to that of the outputs, 1 or more
     * @param loss the name of the loss, as in the annotations, or its formula; empty where there is nothing to train
     * @param targetKind which targets the loss has a meaning for
     * @throws IllegalArgumentException if there are no inputs or no layers
     */
    public NetworkDescription(int inputs, List<LayerDescription> layers, String loss, TargetKind targetKind) {
        this(
                List.of(new InputDescription("", inputs)),
                layers,
                List.of(new OutputDescription(Wiring.lastName(layers), loss, 1, targetKind)));
    }

    /**
     * A chain of layers, as generated classes make theirs.
     *
     * @param inputs the number of inputs
     * @param layers from the first after the input to that of the outputs
     * @param loss the name of the loss, or its formula
     * @param value what the loss makes of outputs and targets, as {@link Formula#ofLoss} reads it
     * @param targetKind which targets the loss has a meaning for
     * @return the description
     * @throws IllegalArgumentException if there are no inputs or no layers
     */
    public static NetworkDescription of(
            int inputs, LayerDescription[] layers, String loss, String value, TargetKind targetKind) {
        List<LayerDescription> all = List.of(layers);
        OutputDescription output = new OutputDescription(Wiring.lastName(all), loss, value, 1, targetKind);
        return new NetworkDescription(List.of(new InputDescription("", inputs)), all, List.of(output));
    }

    /**
     * A chain of layers, as classes of before make theirs: they do not tell what the loss is.
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
     * A graph of layers, as generated classes make theirs.
     *
     * @param parts of the input
     * @param layers each after those that it reads
     * @param outputs the layers whose values are the outputs
     * @return the description
     * @throws IllegalArgumentException as the constructor throws it
     */
    public static NetworkDescription of(
            InputDescription[] parts, LayerDescription[] layers, OutputDescription[] outputs) {
        return new NetworkDescription(List.of(parts), List.of(layers), List.of(outputs));
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
        return of(network).map(description -> description.layout().name(index)).orElse("parameters[" + index + "]");
    }

    /**
     * The name of a network's constant, for messages: {@code shift1_0}, or {@code constants[3]} where the network has
     * no description.
     *
     * @param network any network
     * @param index where the constant is stored
     * @return the name
     * @throws IndexOutOfBoundsException if there is no such constant
     */
    public static String constantName(TrainableNetwork network, int index) {
        Objects.checkIndex(index, network.constants().length);
        return of(network).map(description -> description.constantName(index)).orElse("constants[" + index + "]");
    }

    /**
     * Checks that somebody has set all of a network's {@link TrainableNetwork#constants() constants}.
     *
     * @param network any network
     * @throws IllegalArgumentException if a constant is NaN, with the names of those that are, and what to do
     */
    public static void checkConstants(TrainableNetwork network) {
        double[] constants = network.constants();
        int[] missing = IntStream.range(0, constants.length)
                .filter(i -> Double.isNaN(constants[i]))
                .toArray();
        if (missing.length == 0) {
            return;
        }
        Optional<NetworkDescription> description = of(network);
        String names = IntStream.of(missing)
                .limit(MOST_NAMES)
                .mapToObj(i -> constantName(network, i))
                .collect(Collectors.joining(", "));
        String more = missing.length > MOST_NAMES ? " and " + (missing.length - MOST_NAMES) + " more" : "";
        String layers = description
                .map(known -> IntStream.of(missing)
                        .mapToObj(known::layerOfConstant)
                        .distinct()
                        .map(layer -> "\"" + layer.name() + "\"")
                        .collect(Collectors.joining(", ")))
                .orElse("");
        throw new IllegalArgumentException("the constants " + names + more + " are not set, they are NaN; set those of "
                + (layers.isEmpty() ? "the network" : layers)
                + " by Standardisation or MinMax, whose into(network, layer) writes them,"
                + " or load a file that has them");
    }

    /** {@return the number of inputs: the numbers of a record} */
    public int inputs() {
        return parts.stream().mapToInt(InputDescription::size).sum();
    }

    /** {@return the number of outputs, those of all output layers} */
    public int outputs() {
        return outputLayers.stream().mapToInt(output -> units(output.layer())).sum();
    }

    /** {@return which targets the loss of each output has a meaning for, in the order of the outputs} */
    public List<TargetSlice> targets() {
        List<TargetSlice> slices = new ArrayList<>();
        int from = 0;
        for (OutputDescription output : outputLayers) {
            int end = from + units(output.layer());
            slices.add(new TargetSlice(output.targetKind(), from, end));
            from = end;
        }
        return List.copyOf(slices);
    }

    /**
     * {@return the number of a layer, counted from 1 as declared}
     *
     * @param layer its name
     * @throws IllegalArgumentException if there is no layer of this name
     */
    public int number(String layer) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(layer)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("there is no layer \"" + layer + "\"; expected one of "
                + layers.stream().map(LayerDescription::name).collect(Collectors.joining(", ")));
    }

    /**
     * {@return how many units a source is to the layers that read it}
     *
     * @param source the name of a layer, or of a part of the input
     * @throws IllegalArgumentException if there is neither
     */
    public int units(String source) {
        return parts.stream()
                .filter(part -> part.name().equals(source))
                .findAny()
                .map(InputDescription::units)
                .orElseGet(() -> layers.get(number(source) - 1).units());
    }

    /**
     * {@return the number of the layer whose weights and biases a dense layer has: its own, unless it shares those of
     * another}
     *
     * @param number that of a dense layer, counted from 1
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int weightsOf(int number) {
        String other = layers.get(number - 1).weightsOf();
        return other.isEmpty() ? number : weightsOf(number(other));
    }

    /** {@return which parameter is stored where, and its name} */
    public ParameterLayout layout() {
        int[] rows = new int[layers.size()];
        int[] units = new int[layers.size()];
        boolean[] biases = new boolean[layers.size()];
        String[][] letters = new String[layers.size()][];
        for (int i = 0; i < units.length; i++) {
            LayerDescription layer = layers.get(i);
            boolean hasWeights = layer.hasWeights();
            rows[i] = hasWeights ? layer.from().stream().mapToInt(this::units).sum() : 0;
            units[i] = layer.units();
            biases[i] = hasWeights && layer.bias();
            letters[i] = layer.letters().toArray(new String[0]);
        }
        return ParameterLayout.of(inputs(), rows, units, biases, letters);
    }

    /** {@return the number of constants: a shift and a scale for each unit of a layer of kind {@link Kind#SCALE}} */
    public int constants() {
        return scales().mapToInt(layer -> 2 * layer.units()).sum();
    }

    /**
     * Where the constants of a layer of kind {@link Kind#SCALE} begin: the shifts of its units, then their scales.
     *
     * @param number that of the layer, counted from 1
     * @return the index of the first shift
     * @throws IllegalArgumentException if the layer is of another kind, or there is none of this number
     */
    public int constantsFrom(int number) {
        if (number < 1 || number > layers.size() || layers.get(number - 1).kind() != Kind.SCALE) {
            throw new IllegalArgumentException("layer " + number + " has no constants; expected one of kind SCALE");
        }
        return layers.subList(0, number - 1).stream()
                .filter(layer -> layer.kind() == Kind.SCALE)
                .mapToInt(layer -> 2 * layer.units())
                .sum();
    }

    /**
     * {@return the name of a constant: {@code shift1_0} is that of unit 0 of layer 1, {@code scale1_0} its scale}
     *
     * @param index where the constant is stored
     * @throws IndexOutOfBoundsException if there is no such constant
     */
    public String constantName(int index) {
        LayerDescription layer = layerOfConstant(index);
        int number = layers.indexOf(layer) + 1;
        int place = index - constantsFrom(number);
        return (place < layer.units() ? "shift" : "scale") + number + "_" + place % layer.units();
    }

    private LayerDescription layerOfConstant(int index) {
        Objects.checkIndex(index, constants());
        return scales().filter(layer -> index < constantsFrom(number(layer.name())) + 2 * layer.units())
                .findFirst()
                .orElseThrow(IllegalStateException::new);
    }

    private Stream<LayerDescription> scales() {
        return layers.stream().filter(layer -> layer.kind() == Kind.SCALE);
    }

    /**
     * The network as one line of text. Of a chain of dense layers without names, it has the inputs, each layer's units
     * and activation, and the loss: {@code 2-3(TANH)-1(SIGMOID, no bias) BINARY_CROSS_ENTROPY}. Of other networks, it
     * has the parts of the input, the layers with what they read, and the outputs with their losses:
     *
     * <pre>  state:8; rank:1 of 4 categories from 1; raw = SCALE 8(IDENTITY) of state; h = 16(TANH) of raw, rank;
     *   value = 1(IDENTITY) of h; value: 0.5 * HUBER</pre>
     *
     * <p>Networks of the same text compute the same from the same parameters and constants; files of weights and
     * checkpoints say it of the network that they are for. Where there is nothing to train, losses are left out.
     *
     * @return the text
     */
    public String topology() {
        if (isPlainChain()) {
            String chain = Stream.concat(
                            Stream.of("" + inputs()), layers.stream().map(LayerDescription::text))
                    .collect(Collectors.joining("-"));
            String loss = outputLayers.get(0).loss();
            return loss.isEmpty() ? chain : chain + " " + loss;
        }
        return Stream.of(parts, layers, outputLayers)
                .flatMap(List::stream)
                .map(Object::toString)
                .collect(Collectors.joining("; "));
    }

    /** Whether it is what networks were before they could be graphs, whose text files of before have. */
    private boolean isPlainChain() {
        OutputDescription output = outputLayers.get(0);
        boolean isPlain = parts.get(0).name().isEmpty()
                && outputLayers.size() == 1
                && output.layer().equals(Wiring.lastName(layers))
                && output.weight() == 1;
        for (int i = 0; i < layers.size(); i++) {
            LayerDescription layer = layers.get(i);
            isPlain &= layer.hasWeights()
                    && layer.name().equals(Wiring.name(i))
                    && layer.from().equals(List.of(i == 0 ? "" : Wiring.name(i - 1)));
        }
        return isPlain;
    }

    /** The {@link #topology()} and the number of parameters, and of constants where there are some. */
    @Override
    public String toString() {
        int parameters = layout().size();
        int constants = constants();
        return topology() + ", " + parameters + (parameters == 1 ? " parameter" : " parameters")
                + (constants == 0 ? "" : ", " + constants + " constants");
    }
}
