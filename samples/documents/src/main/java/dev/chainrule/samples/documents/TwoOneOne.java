package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** Two inputs, a hidden and an output unit, both sigmoid, without biases. */
@Network(
        inputs = 2,
        layers = {
            @Layer(units = 1, activation = Activation.SIGMOID, bias = false),
            @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
        },
        loss = Loss.HALF_SUM_OF_SQUARES)
interface TwoOneOne {}
