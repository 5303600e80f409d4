package dev.chainrule.spark;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** As {@link Sides}, with a hundred times as many parameters: 18,178. */
@Network(
        inputs = 10,
        layers = {
            @Layer(units = 128, activation = Activation.RELU),
            @Layer(units = 128, activation = Activation.RELU),
            @Layer(units = 2, activation = Activation.SOFTMAX)
        },
        loss = Loss.CATEGORICAL_CROSS_ENTROPY)
public final class WideSides {}
