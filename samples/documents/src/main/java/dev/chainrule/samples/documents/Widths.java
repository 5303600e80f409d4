package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.List;

/** Networks of three sigmoid layers that are as wide as their input, ever wider. */
final class Widths {
    private Widths() {}

    /** One of each, from the narrowest to the widest. */
    static List<TrainableNetwork> networks() {
        return List.of(
                new Widths_Width2Network(),
                new Widths_Width4Network(),
                new Widths_Width8Network(),
                new Widths_Width16Network(),
                new Widths_Width32Network(),
                new Widths_Width64Network());
    }

    /** 2 units a layer. */
    @Network(
            inputs = 2,
            layers = {
                @Layer(units = 2, activation = Activation.SIGMOID),
                @Layer(units = 2, activation = Activation.SIGMOID),
                @Layer(units = 2, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Width2 {}

    /** 4 units a layer. */
    @Network(
            inputs = 4,
            layers = {
                @Layer(units = 4, activation = Activation.SIGMOID),
                @Layer(units = 4, activation = Activation.SIGMOID),
                @Layer(units = 4, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Width4 {}

    /** 8 units a layer. */
    @Network(
            inputs = 8,
            layers = {
                @Layer(units = 8, activation = Activation.SIGMOID),
                @Layer(units = 8, activation = Activation.SIGMOID),
                @Layer(units = 8, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Width8 {}

    /** 16 units a layer. */
    @Network(
            inputs = 16,
            layers = {
                @Layer(units = 16, activation = Activation.SIGMOID),
                @Layer(units = 16, activation = Activation.SIGMOID),
                @Layer(units = 16, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Width16 {}

    /** 32 units a layer. */
    @Network(
            inputs = 32,
            layers = {
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID),
                @Layer(units = 32, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Width32 {}

    /** 64 units a layer. */
    @Network(
            inputs = 64,
            layers = {
                @Layer(units = 64, activation = Activation.SIGMOID),
                @Layer(units = 64, activation = Activation.SIGMOID),
                @Layer(units = 64, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Width64 {}
}
