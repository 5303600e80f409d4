package dev.chainrule.samples.documents.graphs;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Input;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/**
 * Whether two points are of the same kind: both go through the same weights, and the squares of the differences decide, so that the
 * answer is the same, bit for bit, when they are exchanged.
 */
@Network(
        parts = {@Input(name = "left", size = 2), @Input(name = "right", size = 2)},
        layers = {
            @Layer(name = "leftHidden", units = 16, from = "left", activation = Activation.TANH),
            @Layer(name = "leftCode", units = 4, activation = Activation.TANH),
            @Layer(
                    name = "rightHidden",
                    units = 16,
                    from = "right",
                    activation = Activation.TANH,
                    weightsOf = "leftHidden"),
            @Layer(name = "rightCode", units = 4, activation = Activation.TANH, weightsOf = "leftCode"),
            @Layer(name = "negative", kind = LayerKind.ADD, from = "rightCode", formula = "-z"),
            @Layer(
                    name = "square",
                    kind = LayerKind.ADD,
                    from = {"leftCode", "negative"},
                    formula = "z^2"),
            @Layer(name = "same", units = 1, activation = Activation.SIGMOID)
        },
        loss = Loss.BINARY_CROSS_ENTROPY)
public final class Siamese {
    private Siamese() {}
}
