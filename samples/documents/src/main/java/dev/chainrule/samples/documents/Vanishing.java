package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** Deep networks that differ in the activation of their eight hidden layers of 32 units; the output is one linear unit. */
final class Vanishing {
    static final int HIDDEN_LAYERS = 8;

    private Vanishing() {}

    /** With sigmoid units. */
    @Network(
            inputs = 32,
            layers = {
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 1)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Sigmoid {}

    /** With tanh units. */
    @Network(
            inputs = 32,
            layers = {
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 1)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Tanh {}

    /** With RELU units. */
    @Network(
            inputs = 32,
            layers = {
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 32, activation = Activation.RELU),
                @Layer(units = 1)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Relu {}

    /** With SELU units. */
    @Network(
            inputs = 32,
            layers = {
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 32, activation = Activation.SELU),
                @Layer(units = 1)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Selu {}
}
