package dev.chainrule.runtime;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code policy: CATEGORICAL_CROSS_ENTROPY}, or {@code value: 0.5 * HUBER}: a layer whose values are outputs of a
 * network, and the loss that is taken of them.
 *
 * @param layer its name
 * @param loss the name of the loss, as in the annotations, or its formula; empty where there is nothing to train
 * @param value what the loss makes of outputs and targets, as {@link Formula#ofLoss} reads it; empty where that is not told
 * @param weight what the loss is multiplied by in the error of a record, finite
 * @param targetKind which targets the loss has a meaning for
 */
public record OutputDescription(String layer, String loss, String value, double weight, TargetKind targetKind) {
    /**
     * Makes a description, as generated classes do.
     *
     * @param layer its name
     * @param loss the name of the loss, as in the annotations, or its formula; empty where there is nothing to train
     * @param value what the loss makes of outputs and targets, as {@link Formula#ofLoss} reads it; empty where that is
     *     not told
     * @param weight what the loss is multiplied by in the error of a record, finite
     * @param targetKind which targets the loss has a meaning for
     * @throws IllegalArgumentException if the weight is not finite
     */
    public OutputDescription {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(targetKind, "targetKind");
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of the loss of " + layer + " is " + weight + "; expected a finite number");
        }
    }

    /**
     * Makes a description that does not tell what the loss is.
     *
     * @param layer its name
     * @param loss the name of the loss, as in the annotations, or its formula; empty where there is nothing to train
     * @param weight what the loss is multiplied by in the error of a record, finite
     * @param targetKind which targets the loss has a meaning for
     * @throws IllegalArgumentException if the weight is not finite
     */
    public OutputDescription(String layer, String loss, double weight, TargetKind targetKind) {
        this(layer, loss, "", weight, targetKind);
    }

    /**
     * {@return what the loss makes of the outputs and targets of a record, before it is multiplied by the weight; empty
     * where that is not told}
     *
     * @throws IllegalArgumentException if {@code value} is no formula
     */
    public Optional<Formula> formula() {
        return value.isEmpty() ? Optional.empty() : Optional.of(Formula.ofLoss(value));
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
