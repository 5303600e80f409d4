package dev.chainrule.samples.documents.methods;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Derivative;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** The networks of the tasks. */
final class Networks {
    private Networks() {}

    /** One function of one variable. */
    @Network(
            inputs = 1,
            layers = {@Layer(units = 10, activation = Activation.TANH), @Layer(units = 1)},
            loss = Loss.MEAN_SQUARED_ERROR,
            also = Derivative.PARAMETER_JACOBIAN)
    static final class Sine {}

    /** On which of two spirals a point lies. */
    @Network(
            inputs = 2,
            layers = {
                @Layer(units = 10, activation = Activation.TANH),
                @Layer(units = 10, activation = Activation.TANH),
                @Layer(units = 1, activation = Activation.TANH)
            },
            loss = Loss.MEAN_SQUARED_ERROR,
            also = Derivative.PARAMETER_JACOBIAN)
    static final class Spirals {}

    /** Who is admitted. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 4, activation = Activation.SIGMOID),
                @Layer(units = 1, activation = Activation.SIGMOID)
            },
            loss = Loss.MEAN_SQUARED_ERROR,
            also = Derivative.PARAMETER_JACOBIAN)
    static final class Admission {}

    /** To which of three clusters a point belongs. */
    @Network(
            inputs = 4,
            layers = {
                @Layer(units = 8, activation = Activation.TANH),
                @Layer(units = 3, activation = Activation.SIGMOID)
            },
            loss = Loss.MEAN_SQUARED_ERROR,
            also = Derivative.PARAMETER_JACOBIAN)
    static final class Clusters {}
}
