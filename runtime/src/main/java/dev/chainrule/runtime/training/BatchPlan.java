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
 * @serial exclude
 */
public record BatchPlan(SumMethod method, int batchSize, Augmentation augmentation, long seed) implements Serializable {
    /**
     * Refuses a batch size less than 1.
     *
     * @param method makes the function of records
     * @param batchSize the number of records of a batch
     * @param augmentation null for none
     * @param seed of the augmentation
     */
    public BatchPlan {
        Objects.requireNonNull(method, "method");
        Checks.count("the batch size", batchSize);
    }

    /**
     * {@return what changes records by this plan, for one thread; null where there is no augmentation}
     *
     * @param inputWidth the number of inputs of a record
     * @param targetWidth the number of targets of a record
     */
    public Augmenter augmenter(int inputWidth, int targetWidth) {
        return augmentation == null ? null : new Augmenter(augmentation, seed, inputWidth, targetWidth);
    }
}
