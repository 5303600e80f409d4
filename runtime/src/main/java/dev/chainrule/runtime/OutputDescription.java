package dev.chainrule.runtime;

import java.util.Objects;

/**
 * {@code policy: CATEGORICAL_CROSS_ENTROPY}, or {@code value: 0.5 * HUBER}: a layer whose values are outputs of a
 * network, and the loss that is taken of them.
 *
 * @param layer its name
 * @param loss the name of the loss, as in the annotations, or its formula; empty where there is nothing to train
 * @param weight what the loss is multiplied by in the error of a record, finite
 * @param targetKind which targets the loss has a meaning for
 */
public record OutputDescription(String layer, String loss, double weight, TargetKind targetKind) {
    /**
     * Makes a description, as generated classes do.
     *
     * @param layer its name
     * @param loss the name of the loss, as in the annotations, or its formula; empty where there is nothing to train
     * @param weight what the loss is multiplied by in the error of a record, finite
     * @param targetKind which targets the loss has a meaning for
     * @throws IllegalArgumentException if the weight is not finite
     */
    public OutputDescription {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(targetKind, "targetKind");
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of the loss of " + layer + " is " + weight + "; expected a finite number");
        }
    }

    /** As a network's topology has it. */
    @Override
    public String toString() {
        if (loss.isEmpty()) {
            return layer;
        }
        return layer + ": " + (weight == 1 ? "" : weight + " * ") + loss;
    }
}
