package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** One sigmoid unit over two inputs, without a bias. */
@Network(
        inputs = 2,
        layers = @Layer(units = 1, activation = Activation.SIGMOID, bias = false),
        loss = Loss.HALF_SUM_OF_SQUARES)
interface SingleUnit {}
