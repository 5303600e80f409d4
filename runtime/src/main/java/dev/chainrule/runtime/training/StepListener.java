package dev.chainrule.runtime.training;

/** A listener that is told of steps as well; as it is called so often, it should allocate little. */
@FunctionalInterface
public interface StepListener extends TrainingListener {
    /**
     * A step has ended. What this throws ends the training.
     *
     * @param training the training, which tells of the step: {@link Training#step}, {@link Training#rate}, {@link Training#loss},
     *     {@link Training#gradientNorm}. After the last step of an epoch its {@link Training#history} has the epoch's row already;
     *     {@link #epochEnded} follows.
     */
    void stepEnded(Training training);

    @Override
    default void epochEnded(Training training) {}
}
