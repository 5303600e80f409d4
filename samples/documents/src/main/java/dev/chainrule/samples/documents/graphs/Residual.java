package dev.chainrule.samples.documents.graphs;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** Eight hidden layers one after the other, and the same where each but the first is added to what it reads: a skip. */
public final class Residual {
    private Residual() {}

    /** Without skips: the error has one way back, through every slope of at most 1/4. */
    @Network(
            inputs = 1,
            layers = {
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(units = 1)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    public interface Chain {}

    /** With skips: {@code r_j = h_j + f_j} has the slope 1 by h, whatever that of f is. */
    @Network(
            inputs = 1,
            layers = {
                @Layer(name = "h", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(name = "f1", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(
                        name = "r1",
                        kind = LayerKind.ADD,
                        from = {"h", "f1"}),
                @Layer(name = "f2", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(
                        name = "r2",
                        kind = LayerKind.ADD,
                        from = {"r1", "f2"}),
                @Layer(name = "f3", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(
                        name = "r3",
                        kind = LayerKind.ADD,
                        from = {"r2", "f3"}),
                @Layer(name = "f4", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(
                        name = "r4",
                        kind = LayerKind.ADD,
                        from = {"r3", "f4"}),
                @Layer(name = "f5", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(
                        name = "r5",
                        kind = LayerKind.ADD,
                        from = {"r4", "f5"}),
                @Layer(name = "f6", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(
                        name = "r6",
                        kind = LayerKind.ADD,
                        from = {"r5", "f6"}),
                @Layer(name = "f7", units = 12, formula = "sigmoid(z) - 1 / 2"),
                @Layer(
                        name = "r7",
                        kind = LayerKind.ADD,
                        from = {"r6", "f7"}),
                @Layer(name = "y", units = 1)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    public interface Skips {}

    /** The smallest network with a skip: its page shows one path more. */
    @Network(
            inputs = 2,
            layers = {
                @Layer(name = "h", units = 2, activation = Activation.TANH),
                @Layer(name = "f", units = 2, activation = Activation.TANH),
                @Layer(
                        name = "r",
                        kind = LayerKind.ADD,
                        from = {"h", "f"}),
                @Layer(name = "y", units = 1)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    public interface Small {}
}
