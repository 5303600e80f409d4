package dev.chainrule.runtime.training;

/** Is told of a training's progress. */
@FunctionalInterface
public interface TrainingListener {
    /**
     * An epoch has ended. Runs on the training's thread, so that it may call {@link Training#stop}; what it throws ends the
     * training.
     *
     * @param training the training, whose {@link Training#history} has just got a row for the epoch
     */
    void epochEnded(Training training);
}
