package dev.chainrule.processor.network;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One layer: what its kind makes of the units that it reads is z, and {@code a = activation(z)}.
 *
 * @param name empty for the layer's number
 * @param sources what it reads, in order
 * @param units how many units it has
 * @param bias whether a bias is added to each
 * @param weightsOf the number of the layer whose weights and biases it has, or 0 for its own
 * @param inverse whether a layer that scales does the opposite
 * @param offset where the layer's parameters begin in the network's parameter array
 * @param constants where the layer's constants begin in the network's array of constants
 */
public record Layer(
        String name,
        LayerKind kind,
        List<Source> sources,
        int units,
        ActivationFunction activation,
        boolean bias,
        int weightsOf,
        boolean inverse,
        int offset,
        int constants) {
    /** The number that stands for the layer before, until it is known which one that is. */
    private static final int BEFORE = -1;

    public Layer {
        sources = List.copyOf(sources);
    }

    /** A dense layer without a name that reads the layer before it, or the input. */
    public Layer(int inputs, int units, ActivationFunction activation, boolean bias, int offset) {
        this("", LayerKind.DENSE, List.of(Source.layer(BEFORE, inputs)), units, activation, bias, 0, false, offset, 0);
    }

    /** The same with an activation that has a name. */
    public Layer(int inputs, int units, Activation activation, boolean bias, int offset) {
        this(inputs, units, ActivationFunction.Named.of(activation), bias, offset);
    }

    /** This layer as the one of a number, which reads the layer before it where it does not say what. */
    Layer numbered(int number) {
        List<Source> known = sources.stream()
                .map(source -> source.layer() == BEFORE ? Source.layer(number - 1, source.units()) : source)
                .toList();
        return new Layer(name, kind, known, units, activation, bias, weightsOf, inverse, offset, constants);
    }

    /** How many units it reads, one that is read twice counted twice. */
    public int inputs() {
        return sources.stream().mapToInt(Source::units).sum();
    }

    /** Whether it is a product with a matrix, its own or another layer's. */
    public boolean isDense() {
        return kind == LayerKind.DENSE;
    }

    /** Whether the weights and biases are its own. */
    public boolean ownsWeights() {
        return isDense() && weightsOf == 0;
    }

    /** The products with a weight that its sums take. */
    public int products() {
        return isDense() ? inputs() * units : 0;
    }

    /** The number of its own weights. */
    public int weights() {
        return ownsWeights() ? inputs() * units : 0;
    }

    /** The number of its own biases. */
    public int biases() {
        return ownsWeights() && bias ? units : 0;
    }

    /** The number of its own weights, biases and trainable letters. */
    public int parameters() {
        return weights() + biases() + activation.letters().size() * units;
    }

    /** Where the weight from unit {@code from} of what it reads to unit {@code to} is stored: row-major, in x out. */
    public int weight(int from, int to) {
        return offset + from * units + to;
    }

    /** Where the bias of a unit is stored: after the weights. */
    public int firstBias() {
        return offset + weights();
    }

    /** Where the values of the trainable letters are stored: after the biases, one a unit, letter after letter. */
    public int firstLetter() {
        return firstBias() + biases();
    }

    /** The numbers that shift and scale its units, which training does not change. */
    public int constantsCount() {
        return kind == LayerKind.SCALE ? 2 * units : 0;
    }

    /** As a network's topology has it, without its name and what it reads: {@code 3(TANH)}, {@code ADD 2(RELU)}. */
    String topology(String weightsName) {
        String ofKind = isDense() ? "" : (inverse ? "INVERSE " : "") + kind + " ";
        String biases = isDense() && !bias ? ", no bias" : "";
        String weights = weightsOf == 0 ? "" : ", weights of " + weightsName;
        return ofKind + units + "(" + activation.text() + biases + weights + ")";
    }

    /** The names of what it reads. */
    String sourceNames(Network network) {
        return sources.stream().map(network::words).collect(Collectors.joining(", "));
    }
}
