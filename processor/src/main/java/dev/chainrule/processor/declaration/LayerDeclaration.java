package dev.chainrule.processor.declaration;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import java.util.List;

/** A {@code @Layer} as it is written. */
public record LayerDeclaration(
        Declared<Integer> units,
        Declared<Activation> activation,
        Declared<Boolean> bias,
        Declared<String> formula,
        Declared<Double> slope,
        Declared<Double> alpha,
        Declared<String> name,
        Declared<LayerKind> kind,
        Declared<List<String>> from,
        Declared<String> weightsOf,
        Declared<Boolean> inverse) {}
