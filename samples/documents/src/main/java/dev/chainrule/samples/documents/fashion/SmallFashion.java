package dev.chainrule.samples.documents.fashion;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** Likewise with 30 hidden units, to be pruned. */
@Network(
        inputs = 784,
        layers = {
            @Layer(name = "hidden", units = 30, activation = Activation.RELU),
            @Layer(name = "kinds", units = 10, activation = Activation.SOFTMAX)
        },
        loss = Loss.CATEGORICAL_CROSS_ENTROPY)
public final class SmallFashion {
    private SmallFashion() {}
}
