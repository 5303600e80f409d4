package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.TargetSlice;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.List;

/**
 * The records of a training, wherever they are, and who sums over the batches of them: threads of this JVM, unless a
 * {@link Trainer} is given another. All else, from shuffling to the optimiser's step, is the trainer's.
 *
 * <p><b>Same bits.</b> Sums are those of a {@link TreeSum} over the blocks of a batch, whoever computes them.
 */
public interface BatchSource {
    /** {@return the number of records; they are numbered from 0} */
    int count();

    /** {@return the number of inputs of a record} */
    int inputWidth();

    /** {@return the number of targets of a record} */
    int targetWidth();

    /** {@return whether records have weights; if not, each counts as 1} */
    default boolean isWeighted() {
        return false;
    }

    /**
     * {@return the weight of a record: 0 or positive, and finite; 1 unless records are weighted} Sums are those of the
     * records' values, each times its weight.
     *
     * @param record its number
     */
    default double weight(int record) {
        return 1;
    }

    /** {@return the sum of {@link RecordChecks#checksum} over all records; of weighted ones, another for other weights} */
    long checksum();

    /**
     * Checks that the losses of a network have a meaning for all targets.
     *
     * @param slices what each loss asks of its targets; none where no loss asks for anything
     * @throws IllegalArgumentException as {@link RecordChecks#checkTargets} throws it
     */
    void checkTargets(List<TargetSlice> slices);

    /**
     * Checks that the records' numbers that tell categories are some. This default leaves it to the network, which refuses
     * others when it comes to them.
     *
     * @param parts those of the network's input, in their order
     * @throws IllegalArgumentException as {@link RecordChecks#checkCategories} throws it
     */
    default void checkCategories(List<InputDescription> parts) {}

    /**
     * {@return the sums of one training} Threads and the like begin only with its first epoch.
     *
     * @param network the network whose parameters count, live
     * @param plan what is summed
     * @throws IllegalArgumentException if the plan's function is not one of this network, or not for this source
     */
    BatchSums sums(TrainableNetwork network, BatchPlan plan);
}
