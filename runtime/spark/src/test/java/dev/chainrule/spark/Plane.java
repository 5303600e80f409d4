package dev.chainrule.spark;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/** A point of space on a plane; {@code plane.safetensors} has its first values by {@code glorotUniform}, seed 42. */
@Network(
        inputs = 3,
        layers = {@Layer(units = 4, activation = Activation.TANH), @Layer(units = 2)},
        loss = Loss.MEAN_SQUARED_ERROR,
        weights = "plane.safetensors")
final class Plane {}
