package dev.chainrule.samples.documents.fashion;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** The 784 pixels of a picture to the probabilities of ten kinds of clothes. It is compiled with vectors, apart from the rest. */
@Network(
        inputs = 784,
        layers = {@Layer(units = 128, activation = Activation.RELU), @Layer(units = 10, activation = Activation.SOFTMAX)
        },
        loss = Loss.CATEGORICAL_CROSS_ENTROPY)
public final class Fashion {
    private Fashion() {}
}
