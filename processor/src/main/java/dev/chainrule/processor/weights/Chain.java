package dev.chainrule.processor.weights;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.UnusableFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts layers one after the other, each with its numbers. */
final class Chain {
    private static final ActivationFunction IDENTITY = ActivationFunction.Named.of(Activation.IDENTITY);

    private final int inputs;
    private final int mostParameters;
    private final List<Layer> layers = new ArrayList<>();
    private final List<double[]> parameters = new ArrayList<>();
    private final List<double[]> constants = new ArrayList<>();
    private int parametersSize;
    private int constantsSize;

    /** @param mostParameters how many numbers the network may have */
    Chain(int inputs, int mostParameters) {
        this.inputs = inputs;
        this.mostParameters = mostParameters;
    }

    /** How many units the next layer reads. */
    int units() {
        return layers.isEmpty() ? inputs : layers.get(layers.size() - 1).units();
    }

    /** A place for the weights of a next layer, row-major, as in x out. */
    double[] weights(int units) throws UnusableFileException {
        check((long) units() * units);
        return new double[units() * units];
    }

    /** @param weights row-major, as in x out */
    void dense(int units, double[] weights, Optional<double[]> biases) throws UnusableFileException {
        parameters.add(weights);
        biases.ifPresent(parameters::add);
        add(LayerKind.DENSE, units, IDENTITY, biases.isPresent(), false);
        parametersSize += weights.length + (biases.isPresent() ? units : 0);
        check();
    }

    /** {@code (a - shift) * scale}, or {@code a / scale + shift}. */
    void scale(double[] shift, double[] scale, boolean isInverse) throws UnusableFileException {
        constants.add(shift);
        constants.add(scale);
        add(LayerKind.SCALE, shift.length, IDENTITY, false, isInverse);
        constantsSize += 2 * shift.length;
        check();
    }

    /**
     * An activation of the last layer, or a layer that does nothing else.
     *
     * @param letters the values of its letters, for each as many as there are units
     */
    void activation(ActivationFunction activation, double[]... letters) throws UnusableFileException {
        Layer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
        boolean isOfLast = last != null && last.activation().equals(IDENTITY);
        if (isOfLast) {
            layers.set(
                    layers.size() - 1,
                    new Layer(
                            last.name(),
                            last.kind(),
                            last.sources(),
                            last.units(),
                            activation,
                            last.bias(),
                            0,
                            last.inverse(),
                            last.offset(),
                            last.constants()));
        } else {
            add(LayerKind.ADD, units(), activation, false, false);
        }
        for (double[] values : letters) {
            parameters.add(values);
            parametersSize += values.length;
        }
        check();
    }

    private void add(LayerKind kind, int units, ActivationFunction activation, boolean bias, boolean isInverse) {
        Source source = Source.layer(layers.size(), units());
        layers.add(new Layer(
                "", kind, List.of(source), units, activation, bias, 0, isInverse, parametersSize, constantsSize));
    }

    private void check() throws UnusableFileException {
        if (layers.size() > Network.MOST_LAYERS) {
            throw new UnusableFileException(
                    "TooManyLayers",
                    "The model has more than " + Network.MOST_LAYERS + " layers; a network has at most as many.");
        }
        check(0);
    }

    private void check(long more) throws UnusableFileException {
        long all = parametersSize + constantsSize + more;
        if (all > mostParameters) {
            throw new UnusableFileException(
                    "TooLargeToFreeze",
                    "A class holds at most " + mostParameters + " parameters, and the model has " + all + " or more.");
        }
    }

    /** The network, without a loss. */
    TrainedNetwork network() throws UnusableFileException {
        if (layers.isEmpty()) {
            throw new UnusableFileException("NotAModel", "The model has no layers.");
        }
        Output output = new Output(layers.size(), 0, units(), Optional.empty(), 1);
        Network network = new Network(List.of(Part.whole(inputs)), layers, List.of(output), Unroll.AUTO);
        return new TrainedNetwork(network, joined(parameters), joined(constants), Precision.DOUBLE);
    }

    private static double[] joined(List<double[]> arrays) {
        return arrays.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
