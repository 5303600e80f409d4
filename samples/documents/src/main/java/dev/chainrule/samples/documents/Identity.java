package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** The network of "Three ways to a gradient": two inputs, two hidden layers of two units, two outputs, all sigmoid. */
@Network(
        inputs = 2,
        layers = {
            @Layer(units = 2, activation = Activation.SIGMOID),
            @Layer(units = 2, activation = Activation.SIGMOID),
            @Layer(units = 2, activation = Activation.SIGMOID)
        },
        loss = Loss.SUM_OF_SQUARES)
final class Identity {
    /** The four records: every pair of zeros and ones. */
    static final double[] INPUTS = {0, 0, 0, 1, 1, 0, 1, 1};

    /** What the network is to learn: its inputs. */
    static final double[] TARGETS = INPUTS;

    /** The number of records. */
    static final int RECORDS = 4;

    private Identity() {}
}
