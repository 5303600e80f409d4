package dev.chainrule.processor.declaration;

import dev.chainrule.annotations.Activation;

/** A {@code @Layer} as it is written. */
public record LayerDeclaration(
        Declared<Integer> units,
        Declared<Activation> activation,
        Declared<Boolean> bias,
        Declared<String> formula,
        Declared<Double> slope,
        Declared<Double> alpha) {}
