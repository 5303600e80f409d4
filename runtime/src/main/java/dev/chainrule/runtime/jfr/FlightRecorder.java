package dev.chainrule.runtime.jfr;

import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.StepListener;
import dev.chainrule.runtime.training.Training;
import dev.chainrule.runtime.training.TrainingListener;

/**
 * Tells the JDK's Flight Recorder of a training, so that its steps and epochs stand beside garbage collections, compilations and
 * locks in JDK Mission Control.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder().epochs(200).listener(FlightRecorder.events()).build();
 * }</pre>
 *
 * <p>The events {@value #STEP} and {@value #EPOCH} are of the category Chainrule and have durations. A step's lasts from the end of
 * the step before; the first step's, and the first epoch's, from the call of {@link #events}. Where nothing is recorded, a listener
 * costs a few nanoseconds a step, and it never allocates.
 */
public final class FlightRecorder {
    /** The name of the event of a step; its fields are {@code step, rate, loss, gradientNorm}. */
    public static final String STEP = "dev.chainrule.Step";

    /** The name of the event of an epoch; its fields are {@code epoch, step, rate, loss, validationLoss, gradientNorm}. */
    public static final String EPOCH = "dev.chainrule.Epoch";

    private FlightRecorder() {}

    /**
     * A listener for one training.
     *
     * @return the listener
     */
    public static TrainingListener events() {
        return new Events();
    }

    private static final class Events implements StepListener {
        private final StepEvent step = new StepEvent();
        private final EpochEvent epoch = new EpochEvent();

        Events() {
            step.begin();
            epoch.begin();
        }

        @Override
        public void stepEnded(Training training) {
            step.end();
            if (step.shouldCommit()) {
                step.step = training.step();
                step.rate = training.rate();
                step.loss = training.loss();
                step.gradientNorm = training.gradientNorm();
                step.commit();
            }
            step.begin();
        }

        @Override
        public void epochEnded(Training training) {
            epoch.end();
            if (epoch.shouldCommit()) {
                History history = training.history();
                int last = history.epochs() - 1;
                epoch.epoch = last;
                epoch.step = history.step(last);
                epoch.rate = history.rate(last);
                epoch.loss = history.loss(last);
                epoch.validationLoss = history.validationLoss(last);
                epoch.gradientNorm = history.gradientNorm(last);
                epoch.commit();
            }
            epoch.begin();
        }
    }
}
