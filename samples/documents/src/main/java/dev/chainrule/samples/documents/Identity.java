package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.training.Records;

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
    /** The four records, every pair of zeros and ones; targets are the inputs. */
    static final double[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

    /** The document's learning rate. */
    static final double LEARNING_RATE = 2.5;

    /** The document's training over 200 epochs: weights from N(0, 1), biases 0. */
    static final DocumentRun DOCUMENT = new DocumentRun(
            new double[] {
                -0.4167578474054706, -0.056266827226329474, -2.136196095668454, 1.6402708084049886, 0, 0,
                -1.7934355851948631, -0.841747365656204, 0.5028814171580428, -1.2452880866072316, 0, 0,
                -1.057952218862339, -0.9090076149268493, 0.5514540445464243, 2.2922080128149576, 0, 0
            },
            10,
            new double[] {
                2.170438819233623,
                2.105651440380645,
                1.054773904751838,
                1.0188119876430681,
                0.9957096994964181,
                0.9434731891351025,
                0.6293046747766693,
                0.28522668703559456,
                0.055529688094399884,
                0.03617580050303535,
                0.026642683674705084,
                0.021024607695879865,
                0.01734292318175517,
                0.014752700101043962,
                0.012835175836691408,
                0.011360214422336356,
                0.010191295476258407,
                0.009242508680790483,
                0.008457188616039607,
                0.007796496780521222
            },
            new double[][] {
                {0.02702009456303573, 0.03224802867167888},
                {0.03271180466426868, 0.980930951793815},
                {0.9601296639394172, 0.022652324167512623},
                {0.9677662987205534, 0.970209824331832}
            });

    private Identity() {}

    static Records records() {
        return Records.copyOf(INPUTS, INPUTS);
    }
}
