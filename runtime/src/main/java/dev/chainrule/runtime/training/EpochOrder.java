package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;

/** In which order the records of an epoch come: the one that they have, unless it is another. */
class EpochOrder {
    /** The order that the settings ask for. */
    static EpochOrder of(Settings settings, int count) {
        if (!settings.isShuffled) {
            return new EpochOrder();
        }
        return settings.shuffledBlock == 0
                ? new ShuffledOrder(settings.seed, count)
                : new BlockOrder(settings.seed, settings.shuffledBlock, count);
    }

    /**
     * Begins an epoch.
     *
     * @param epoch counted from 0
     */
    void startEpoch(int epoch) {}

    /** The number of the record at each position; null where they are the same. Always the same array. */
    int[] positions() {
        return null;
    }

    void save(TensorWriter checkpoint) {}

    /**
     * Goes on where a checkpoint was saved.
     *
     * @param epoch the epoch that is not complete; -1 where there is none
     */
    void restore(Checkpoint checkpoint, int epoch) throws IOException {}
}
