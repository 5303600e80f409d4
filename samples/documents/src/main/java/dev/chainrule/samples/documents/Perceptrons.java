package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The multilayer perceptrons of the admission records: six inputs, a hidden layer and one output, sigmoid units without biases. A
 * network is compiled for its number of units, so that there is one for each number that can be chosen.
 */
final class Perceptrons {
    /** The document's number of hidden units. */
    static final int DOCUMENT_HIDDEN = 2;

    private static final Map<Integer, Supplier<TrainableNetwork>> BY_HIDDEN = new TreeMap<>(Map.of(
            1, Perceptrons_Hidden1Network::new,
            2, Perceptrons_Hidden2Network::new,
            4, Perceptrons_Hidden4Network::new,
            8, Perceptrons_Hidden8Network::new,
            16, Perceptrons_Hidden16Network::new));

    private Perceptrons() {}

    /**
     * The one with so many hidden units.
     *
     * @throws IllegalArgumentException if none is compiled
     */
    static TrainableNetwork of(int hidden) {
        Supplier<TrainableNetwork> network = BY_HIDDEN.get(hidden);
        if (network == null) {
            throw new IllegalArgumentException("there is no network with " + hidden
                    + " hidden units; those that are compiled have " + BY_HIDDEN.keySet());
        }
        return network.get();
    }

    /** 1 hidden unit. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false),
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Hidden1 {}

    /** 2 hidden units, as the document has. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 2, activation = Activation.SIGMOID, bias = false),
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Hidden2 {}

    /** 4 hidden units. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 4, activation = Activation.SIGMOID, bias = false),
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Hidden4 {}

    /** 8 hidden units. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 8, activation = Activation.SIGMOID, bias = false),
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Hidden8 {}

    /** 16 hidden units. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 16, activation = Activation.SIGMOID, bias = false),
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Hidden16 {}
}
