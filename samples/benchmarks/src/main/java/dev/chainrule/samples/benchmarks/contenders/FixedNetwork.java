package dev.chainrule.samples.benchmarks.contenders;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;

/** The five networks of the speed table. */
public enum FixedNetwork {
    TWO("2-2-2-2", Unit.SIGMOID),
    FOUR("3-4-4-1", Unit.TANH),
    THIRTY_TWO("16-32-32-4", Unit.TANH, Unit.TANH, Unit.IDENTITY),
    SIXTY_FOUR("32-64-64-8", Unit.RELU, Unit.RELU, Unit.IDENTITY),
    DIGITS("784-30-10", Unit.SIGMOID);

    private final Shape shape;

    FixedNetwork(String name, Unit... units) {
        shape = Shape.of(name, units);
    }

    public Shape shape() {
        return shape;
    }

    /** The generated network on these parameters. */
    public TrainableNetwork generated(double[] parameters) {
        return switch (this) {
            case TWO -> new FixedNetwork_TwoNetwork(parameters);
            case FOUR -> new FixedNetwork_FourNetwork(parameters);
            case THIRTY_TWO -> new FixedNetwork_ThirtyTwoNetwork(parameters);
            case SIXTY_FOUR -> new FixedNetwork_SixtyFourNetwork(parameters);
            case DIGITS -> new FixedNetwork_DigitsNetwork(parameters);
        };
    }

    @Network(
            inputs = 2,
            layers = {
                @Layer(units = 2, activation = Activation.SIGMOID),
                @Layer(units = 2, activation = Activation.SIGMOID),
                @Layer(units = 2, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Two {}

    @Network(
            inputs = 3,
            layers = {
                @Layer(units = 4, activation = Activation.TANH),
                @Layer(units = 4, activation = Activation.TANH),
                @Layer(units = 1, activation = Activation.TANH)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Four {}

    @Network(
            inputs = 16,
            layers = {
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 4)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface ThirtyTwo {}

    @Network(
            inputs = 32,
            layers = {
                @Layer(units = 64, activation = Activation.RELU),
                @Layer(units = 64, activation = Activation.RELU),
                @Layer(units = 8)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface SixtyFour {}

    @Network(
            inputs = 784,
            layers = {
                @Layer(units = 30, activation = Activation.SIGMOID),
                @Layer(units = 10, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Digits {}
}
