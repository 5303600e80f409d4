package dev.chainrule.runtime.training;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a {@link BatchSource} is to sum.
 *
 * @param method makes the function of records
 * @param batchSize the number of records of a batch; the last of an epoch may have fewer
 * @param augmentation changes each record before it is given to the function; null for none
 * @param seed of the augmentation
 */
public record BatchPlan(SumMethod method, int batchSize, Augmentation augmentation, long seed) implements Serializable {
    /** Refuses a batch size less than 1. */
    public BatchPlan {
        Objects.requireNonNull(method, "method");
        Checks.count("the batch size", batchSize);
    }

    /** What changes records by this plan, a new one for each thread; null where there is no augmentation. */
    public Augmenter augmenter(int inputWidth, int targetWidth) {
        return augmentation == null ? null : new Augmenter(augmentation, seed, inputWidth, targetWidth);
    }
}
