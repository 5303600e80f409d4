package dev.chainrule.runtime.training;

import java.util.List;

/** All listeners of one training, told in their order. */
final class Listeners {
    private final TrainingListener[] all;
    private final StepListener[] ofSteps;

    Listeners(List<TrainingListener> listeners) {
        this.all = listeners.toArray(TrainingListener[]::new);
        this.ofSteps = listeners.stream().filter(StepListener.class::isInstance).toArray(StepListener[]::new);
    }

    /** Whether one is to be told of steps. */
    boolean hearSteps() {
        return ofSteps.length > 0;
    }

    void stepEnded(Training training) {
        for (StepListener listener : ofSteps) {
            listener.stepEnded(training);
        }
    }

    void epochEnded(Training training) {
        for (TrainingListener listener : all) {
            listener.epochEnded(training);
        }
    }

    /**
     * Tells each, whatever the others throw; throws what has ended the training, or else the first of what they throw.
     *
     * @param problem what has ended the training; null where nothing has been thrown
     */
    void trainingEnded(Training training, Throwable problem) {
        Throwable first = problem;
        for (TrainingListener listener : all) {
            try {
                listener.trainingEnded(training);
            } catch (Throwable another) {
                if (first == null) {
                    first = another;
                } else if (first != another) {
                    first.addSuppressed(another);
                }
            }
        }
        if (first != null) {
            Workers.<RuntimeException>rethrow(first);
        }
    }
}
