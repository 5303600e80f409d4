package dev.chainrule.samples.benchmarks.contenders;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;

/** The networks of the table of trainings: sigmoid units, and the binary cross-entropy as the loss. */
public enum TrainedNetwork {
    THIRTY("784-30-10"),
    HUNDRED("784-128-10");

    private final Shape shape;

    TrainedNetwork(String name) {
        shape = Shape.of(name, Unit.SIGMOID);
    }

    public Shape shape() {
        return shape;
    }

    /** The generated network on these parameters. */
    public TrainableNetwork generated(double[] parameters) {
        return switch (this) {
            case THIRTY -> new TrainedNetwork_ThirtyNetwork(parameters);
            case HUNDRED -> new TrainedNetwork_HundredNetwork(parameters);
        };
    }

    @Network(
            inputs = 784,
            layers = {
                @Layer(units = 30, activation = Activation.SIGMOID),
                @Layer(units = 10, activation = Activation.SIGMOID)
            },
            loss = Loss.BINARY_CROSS_ENTROPY)
    interface Thirty {}

    @Network(
            inputs = 784,
            layers = {
                @Layer(units = 128, activation = Activation.SIGMOID),
                @Layer(units = 10, activation = Activation.SIGMOID)
            },
            loss = Loss.BINARY_CROSS_ENTROPY)
    interface Hundred {}
}
