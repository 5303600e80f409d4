package consumer;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** Wide enough for loops, and so for vectors. */
@Network(
        inputs = 64,
        layers = {
            @Layer(units = 32, activation = Activation.TANH),
            @Layer(units = 10, activation = Activation.SOFTMAX)
        },
        loss = Loss.CATEGORICAL_CROSS_ENTROPY)
final class Digits {
    private Digits() {}
}
