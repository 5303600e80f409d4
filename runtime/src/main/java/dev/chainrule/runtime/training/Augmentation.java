package dev.chainrule.runtime.training;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * Changes a record a little each time it is trained on: a picture is shifted, noise is added. What it does is to depend on its
 * arguments alone; the random numbers depend on a seed, the epoch and the record's number, so that any threads and machines, and a
 * training that is resumed, come to the same bits.
 *
 * <p>It is called by several threads at a time, and should allocate nothing. For {@linkplain Training#checkpoint checkpoints} it
 * tells its settings by {@link Object#toString}, which a lambda cannot.
 */
@FunctionalInterface
public interface Augmentation extends Serializable {
    /**
     * Changes a copy of one record.
     *
     * @param input its inputs, changed in place
     * @param target its targets, changed in place
     * @param random numbers for this record and epoch
     */
    void augment(double[] input, double[] target, RandomGenerator random);
}
