package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.GradientMethod.RangeGradient;

/** One training of one network. It belongs to the thread that runs it; others may call {@link #stop} and {@link #end}. */
public final class Training {
    /** Why a training has ended. */
    public enum End {
        /** All epochs are done. */
        ALL_EPOCHS,
        /** The validation loss did not fall any more. */
        EARLY_STOPPING,
        /** {@link Training#stop} was called. */
        STOPPED
    }

    private final Settings settings;
    private final TrainableNetwork network;
    private final Records records;
    private final RangeGradient[] gradients;
    private final Batches batches;
    private final OptimizerState optimizer;
    /** Null without validation records. */
    private final Validation validation;
    /** Null where it is not asked for. */
    private final EarlyStopping earlyStopping;

    private final History history;

    private final double[] parameters;
    private final double[] parametersBefore;
    private final double[] gradient;

    private long step;
    private double rate;
    private double gradientNorm;
    private boolean hasRun;
    private volatile boolean stopRequested;
    private volatile End end;

    Training(Settings settings, TrainableNetwork network, Records records) {
        Fit.check("records", network, records);
        if (settings.validation != null) {
            Fit.check("validation records", network, settings.validation);
        }
        this.settings = settings;
        this.network = network;
        this.records = records;
        this.gradients = BatchGradient.gradients(settings, network);
        this.batches = new Batches(settings, records);
        this.parameters = network.parameters();
        this.parametersBefore = new double[parameters.length];
        this.gradient = new double[parameters.length];
        this.optimizer = settings.optimizer.start(parameters.length);
        this.validation = settings.validation == null ? null : new Validation(network, settings.validation);
        this.earlyStopping = settings.patience == 0 ? null : new EarlyStopping(settings, parameters);
        this.history = new History(settings.epochs);
    }

    /**
     * Trains until all epochs are done, early stopping ends it or {@link #stop} is called.
     *
     * @return what happened
     * @throws DivergenceException if a loss or a parameter is no longer finite; the network is as it was before that step
     * @throws IllegalStateException if this training has run already
     */
    public History run() {
        if (hasRun) {
            throw new IllegalStateException("This training has run already; make another with Trainer.on");
        }
        hasRun = true;
        End reason;
        try (BatchGradient batchGradient = new BatchGradient(gradients, parameters.length)) {
            reason = epochs(batchGradient);
        }
        if (earlyStopping != null) {
            earlyStopping.restoreBest();
        }
        end = reason;
        return history;
    }

    /**
     * Asks the training to end before its next step; may be called from any thread, also before the training runs. An epoch that
     * is not complete then gets no row in the history.
     */
    public void stop() {
        stopRequested = true;
    }

    /** The network that is trained. */
    public TrainableNetwork network() {
        return network;
    }

    /** What has happened so far. */
    public History history() {
        return history;
    }

    /** Why the training has ended; null as long as it has not, and for ever if an exception ended it. */
    public End end() {
        return end;
    }

    private End epochs(BatchGradient batchGradient) {
        long start = System.nanoTime();
        while (history.epochs() < settings.epochs) {
            double error = 0;
            batches.startEpoch();
            while (batches.hasNext()) {
                if (stopRequested) {
                    return End.STOPPED;
                }
                error += step(batchGradient);
            }
            epochEnded(settings.isAveraged ? error / records.count() : error, start);
            if (earlyStopping != null && earlyStopping.isDue()) {
                return End.EARLY_STOPPING;
            }
        }
        return End.ALL_EPOCHS;
    }

    /** Takes one step and returns the sum of the errors before it. */
    private double step(BatchGradient batchGradient) {
        step++;
        batches.next();
        double error = batches.gradient(batchGradient, gradient);
        if (!Double.isFinite(error)) {
            throw diverged("the loss is " + error);
        }
        prepareGradient();
        rate = settings.schedule.rate(settings.optimizer.learningRate(), step);
        System.arraycopy(parameters, 0, parametersBefore, 0, parameters.length);
        optimizer.step(parameters, gradient, rate);
        int notFinite = Gradients.firstNotFinite(parameters);
        if (notFinite >= 0) {
            String what = "it would become " + parameters[notFinite];
            restoreParameters();
            throw new DivergenceException(history.epochs(), step, network.parameterName(notFinite), what);
        }
        return error;
    }

    /** Makes the sum of the batch's gradients what the optimiser is given. */
    private void prepareGradient() {
        if (settings.isAveraged && batches.size() > 1) {
            Gradients.divide(gradient, batches.size());
        }
        if (!batches.hasNext()) {
            gradientNorm = Gradients.norm(gradient);
        }
        if (settings.clipValue < Double.POSITIVE_INFINITY) {
            Gradients.clipValue(gradient, settings.clipValue);
        }
        if (settings.clipNorm < Double.POSITIVE_INFINITY) {
            Gradients.clipNorm(gradient, settings.clipNorm);
        }
        if (settings.l1 > 0 || settings.l2 > 0) {
            Gradients.addPenalties(gradient, parameters, settings.l1, settings.l2);
        }
    }

    private void epochEnded(double loss, long start) {
        double validationLoss = Double.NaN;
        if (validation != null) {
            validationLoss = validation.loss(settings.isAveraged);
            if (!Double.isFinite(validationLoss)) {
                restoreParameters();
                throw diverged("the validation loss is " + validationLoss);
            }
        }
        history.add(step, rate, loss, validationLoss, gradientNorm, System.nanoTime() - start);
        if (earlyStopping != null) {
            earlyStopping.epochEnded(validationLoss);
        }
        for (int i = 0; i < settings.listeners.size(); i++) { // without the garbage of an iterator
            settings.listeners.get(i).epochEnded(this);
        }
    }

    /** As they were before the present step. */
    private void restoreParameters() {
        System.arraycopy(parametersBefore, 0, parameters, 0, parameters.length);
    }

    /** Names a parameter for a loss that is not finite: a cause for sure, or the likeliest. */
    private DivergenceException diverged(String what) {
        int index = Gradients.firstNotFinite(parameters);
        if (index < 0) {
            index = Gradients.firstNotFinite(gradient);
        }
        if (index < 0) {
            index = Gradients.greatest(parameters);
        }
        return new DivergenceException(history.epochs(), step, network.parameterName(index), what);
    }
}
