package dev.chainrule.runtime.training;

/**
 * Is told of a training's progress, on the training's thread: it may {@linkplain Training#stop stop} the training and save a
 * {@linkplain Training#checkpoint checkpoint} of it. One that is to hear of steps, too, is a {@link StepListener}.
 */
@FunctionalInterface
public interface TrainingListener {
    /**
     * An epoch has ended. What this throws ends the training.
     *
     * @param training the training, whose {@link Training#history} has just got a row for the epoch
     */
    void epochEnded(Training training);

    /**
     * The training has ended, in whatever way: the place to close what is open. All listeners are told, whatever one of them
     * throws; {@link Training#run} throws the first of all exceptions, the others suppressed in it.
     *
     * @param training the training; its {@link Training#end} is null where an exception has ended it
     */
    default void trainingEnded(Training training) {}
}
