package dev.chainrule.processor.network;

import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Unroll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A valid network.
 *
 * @param parts the input
 * @param layers each after those that it reads, at least one
 * @param outputLayers the layers whose values are the outputs, at least one
 */
public record Network(List<Part> parts, List<Layer> layers, List<Output> outputLayers, Unroll unroll) {
    /** More inputs or units than this are a slip of the keyboard: one layer of them would pass any memory. */
    public static final int MOST_UNITS = 1_000_000;

    /** A layer is one call in each of the methods that run layer after layer, which must stay compilable. */
    public static final int MOST_LAYERS = 256;

    public Network {
        parts = List.copyOf(parts);
        outputLayers = List.copyOf(outputLayers);
        List<Layer> numbered = new ArrayList<>();
        layers.forEach(layer -> numbered.add(layer.numbered(numbered.size() + 1)));
        layers = List.copyOf(numbered);
    }

    /** A chain of layers, whose outputs are the last one's. */
    public Network(int inputs, List<Layer> layers, Optional<LossFunction> loss, Unroll unroll) {
        this(List.of(Part.whole(inputs)), layers, List.of(last(layers, loss)), unroll);
    }

    /** The same with losses of the outputs, and with sums written otherwise. */
    public Network with(List<Output> newOutputs, Unroll newUnroll) {
        return new Network(parts, layers, newOutputs, newUnroll);
    }

    private static Output last(List<Layer> layers, Optional<LossFunction> loss) {
        int depth = layers.size();
        return new Output(depth, 0, layers.get(depth - 1).units(), loss, 1);
    }

    /** Whether it is to be trained. */
    public boolean isTrainable() {
        return outputLayers.stream().allMatch(output -> output.loss().isPresent());
    }

    /** The number of layers, the input not counted. */
    public int depth() {
        return layers.size();
    }

    /** Layer {@code number}, counted from 1, as in the notation. */
    public Layer layer(int number) {
        return layers.get(number - 1);
    }

    /** The numbers of a record. */
    public int inputs() {
        return parts.stream().mapToInt(Part::size).sum();
    }

    /** The number of outputs. */
    public int outputs() {
        return outputLayers.stream().mapToInt(Output::units).sum();
    }

    /** The number of units of layer {@code number}, where layer 0 is the input as a record has it. */
    public int units(int number) {
        return number == 0 ? inputs() : layer(number).units();
    }

    /** The part of the input of a name. */
    public Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The number of weights, biases and trainable letters. */
    public int parameters() {
        Layer last = layer(depth());
        return last.offset() + last.parameters();
    }

    /** The numbers that shift and scale units, which training does not change. */
    public int constants() {
        return layers.stream().mapToInt(Layer::constantsCount).sum();
    }

    /** Whether each layer is dense and reads the one before it alone, the first the input, and the last is the output. */
    public boolean isChain() {
        return parts.size() == 1
                && !parts.get(0).isCategory()
                && outputLayers.size() == 1
                && outputLayers.get(0).layer() == depth()
                && outputLayers.get(0).weight() == 1
                && IntStream.rangeClosed(1, depth()).allMatch(number -> {
                    Layer layer = layer(number);
                    return layer.ownsWeights()
                            && layer.sources().size() == 1
                            && layer.sources().get(0).layer() == number - 1;
                });
    }

    /** Whether it is a chain in which nothing has a name. */
    private boolean isPlain() {
        return isChain()
                && parts.get(0).name().isEmpty()
                && IntStream.rangeClosed(1, depth())
                        .allMatch(number ->
                                layer(number).name().isEmpty() || name(number).equals("layer" + number));
    }

    /** The name of a layer by its number: its own, or {@code layer3}. */
    public String name(int number) {
        String own = layer(number).name();
        return own.isEmpty() ? "layer" + number : own;
    }

    /** The name of what a layer reads, empty for an input without a name. */
    public String name(Source source) {
        return source.layer() > 0
                ? name(source.layer())
                : parts.stream()
                        .filter(part -> part.source().equals(source))
                        .findFirst()
                        .orElseThrow()
                        .name();
    }

    /** What a layer reads, in words. */
    public String words(Source source) {
        String name = name(source);
        return name.isEmpty() ? "input" : name;
    }

    /** The sizes from input to output, for example {@code 2-4-1}. */
    public String shape() {
        return Stream.concat(Stream.of(inputs()), layers.stream().map(Layer::units))
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
    }

    /**
     * The whole network as one line, for example {@code 2-3(TANH)-1(SIGMOID, no bias) BINARY_CROSS_ENTROPY}, or without the loss
     * where there is none. Files of parameters carry it to tell what network they are for, so it must not change.
     */
    public String topology() {
        if (isPlain()) {
            return inputs()
                    + layers.stream().map(layer -> "-" + layer.topology("")).collect(Collectors.joining())
                    + outputLayers.get(0).loss().map(loss -> " " + loss.text()).orElse("");
        }
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(part.topology()));
        for (int number = 1; number <= depth(); number++) {
            Layer layer = layer(number);
            String weightsName = layer.weightsOf() == 0 ? "" : name(layer.weightsOf());
            texts.add(name(number) + " = " + layer.topology(weightsName) + " of " + layer.sourceNames(this));
        }
        for (Output output : outputLayers) {
            String factor = output.weight() == 1 ? "" : output.weight() + " * ";
            texts.add(name(output.layer())
                    + output.loss().map(loss -> ": " + factor + loss.text()).orElse(""));
        }
        return String.join("; ", texts);
    }

    /** Whether a layer scales values that training does not see: an inverse one at the end. */
    public boolean isInverse(Output output) {
        return layer(output.layer()).kind() == LayerKind.SCALE
                && layer(output.layer()).inverse();
    }
}
