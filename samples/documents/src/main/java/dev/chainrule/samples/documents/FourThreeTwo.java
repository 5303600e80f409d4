package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** Four inputs, three hidden and two output units, all sigmoid, without biases. */
@Network(
        inputs = 4,
        layers = {
            @Layer(units = 3, activation = Activation.SIGMOID, bias = false),
            @Layer(units = 2, activation = Activation.SIGMOID, bias = false)
        },
        loss = Loss.HALF_SUM_OF_SQUARES)
final class FourThreeTwo {
    private FourThreeTwo() {}

    /** The hidden layer alone: its parameters are the first ones of the whole network. */
    @Network(
            inputs = 4,
            layers = @Layer(units = 3, activation = Activation.SIGMOID, bias = false),
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Hidden {}
}
