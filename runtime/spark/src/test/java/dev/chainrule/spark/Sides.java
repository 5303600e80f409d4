package dev.chainrule.spark;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** The topology of MLlib's multilayer perceptron for the same question as {@link Surface}'s. */
@Network(
        inputs = 10,
        layers = {
            @Layer(units = 16, activation = Activation.SIGMOID),
            @Layer(units = 2, activation = Activation.SOFTMAX)
        },
        loss = Loss.CATEGORICAL_CROSS_ENTROPY)
public final class Sides {}
