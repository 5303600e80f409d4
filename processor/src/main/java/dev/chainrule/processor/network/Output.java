package dev.chainrule.processor.network;

import java.util.Optional;

/**
 * A layer whose values are outputs.
 *
 * @param layer its number
 * @param first where its units begin among the outputs
 * @param units how many it has
 * @param loss the error of these outputs, where the network is to be trained
 * @param weight what that is multiplied by in the error of the network
 */
public record Output(int layer, int first, int units, Optional<LossFunction> loss, double weight) {
    /** The same with a loss. */
    public Output with(Optional<LossFunction> newLoss) {
        return new Output(layer, first, units, newLoss, weight);
    }
}
