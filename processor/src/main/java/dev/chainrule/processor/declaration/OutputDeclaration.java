package dev.chainrule.processor.declaration;

import dev.chainrule.annotations.Loss;

/** An {@code @Output} as it is written. */
public record OutputDeclaration(
        Declared<String> layer, Declared<Loss> loss, Declared<String> lossFormula, Declared<Double> weight) {
    /** Whether it has a loss. */
    public boolean hasLoss() {
        return loss.isWritten() || lossFormula.isWritten();
    }
}
