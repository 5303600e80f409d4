package dev.chainrule.samples.documents.graphs;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Input;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.annotations.Output;

/** What to do in a place of a grid, and how good the place is: two outputs with a loss each, on the same hidden layers. */
@Network(
        parts = {@Input(name = "column", categories = Grid.SIZE), @Input(name = "row", categories = Grid.SIZE)},
        layers = {
            @Layer(name = "h", units = 24, activation = Activation.TANH),
            @Layer(name = "g", units = 24, activation = Activation.TANH),
            @Layer(name = "policy", units = 4, from = "g", activation = Activation.SOFTMAX),
            @Layer(name = "value", units = 1, from = "g", activation = Activation.SIGMOID)
        },
        outputs = {
            @Output(layer = "policy", loss = Loss.CATEGORICAL_CROSS_ENTROPY),
            @Output(layer = "value", loss = Loss.HUBER, weight = 0.5)
        })
public final class Agent {
    private Agent() {}
}
