package dev.chainrule.spark;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** As {@link Surface}, with half the units; {@code small.safetensors} has its first values by {@code glorotUniform}, seed 42. */
@Network(
        inputs = 10,
        layers = {@Layer(units = 8, activation = Activation.TANH), @Layer(units = 1, activation = Activation.SIGMOID)},
        loss = Loss.BINARY_CROSS_ENTROPY,
        weights = "small.safetensors")
public final class SmallSurface {}
