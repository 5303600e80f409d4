package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.GradientMethod.RangeGradient;
import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One training of one network, from its beginning or from a {@linkplain #checkpoint checkpoint}. It belongs to the thread that runs
 * it; others may call {@link #stop} and {@link #end}.
 */
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

    /** What a checkpoint takes: once the training has ended, a copy, as the network may have got back its best. */
    private double[] reached;

    private long step;
    private double epochError;
    private double rate;
    private double gradientNorm;
    private long startedAt;
    private long nanosecondsBefore;
    /** When the last of the checkpoints of the settings was saved. */
    private long checkpointStep;
    /** False within a step and, for ever, when an exception has ended it there. */
    private boolean isBetweenSteps = true;

    private boolean hasRun;
    /** Null while it does not run. */
    private volatile Thread runner;

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
        this.reached = parameters;
        this.gradient = new double[parameters.length];
        this.optimizer = settings.optimizer.start(parameters.length);
        this.validation = settings.validation == null ? null : new Validation(network, settings.validation);
        this.earlyStopping = settings.patience == 0 ? null : new EarlyStopping(settings, parameters);
        this.history = new History(settings.epochs);
        if (settings.checkpoint != null) {
            TrainingDescription.of(settings, network, records); // or fail before anything is trained
        }
    }

    /** Goes on from a checkpoint; the network changes only when nothing can fail any more. */
    void restore(Path path) throws IOException {
        double[] restored;
        try (Checkpoint file = new Checkpoint(path)) {
            file.check(TrainingDescription.of(settings, network, records));
            restored = file.doubles("parameters", parameters.length);
            double[][] arrays = optimizer.arrays();
            for (int i = 0; i < arrays.length; i++) {
                file.copy("optimizer." + i, arrays[i]);
            }
            batches.restore(file);
            int epochs = (int) file.number("training.epochs", 0, settings.epochs);
            if (epochs == settings.epochs && batches.hasNext()) {
                throw file.wrong("the training has begun epoch " + epochs + ", counted from 0; expected at most "
                        + settings.epochs + " epochs, as this trainer has it");
            }
            history.restore(file, epochs);
            step = file.number("training.step", 0, Long.MAX_VALUE);
            epochError = file.doubles("training.epochError", 1)[0];
            nanosecondsBefore = file.number("training.nanoseconds", 0, Long.MAX_VALUE);
            if (earlyStopping != null) {
                earlyStopping.restore(file);
            }
        }
        checkpointStep = step;
        System.arraycopy(restored, 0, parameters, 0, restored.length);
    }

    /**
     * Saves the state of this training, so that {@link Trainer#resume} goes on from it to the same bits as if there had been no
     * end in between: the parameters, and all that optimiser, shuffling, early stopping and history have come to. Call it before
     * the training runs, in a {@link TrainingListener}, or when the training has ended; also if it ended by a listener's
     * exception, or by one of a save.
     *
     * <p>The file is in the safetensors format and written atomically, as {@link TensorWriter#save} says. It holds the
     * parameters as they are after the last step, even where early stopping has given the network others.
     *
     * @param path the file, in a directory that exists
     * @throws IllegalStateException if another thread runs this training, or a step of it failed
     * @throws UnsupportedOperationException if the network does not tell its {@link TrainableNetwork#topology()}, or the optimiser
     *     or schedule its settings by {@link Object#toString}
     * @throws IOException if the file cannot be written; the old one is still there
     */
    public void checkpoint(Path path) throws IOException {
        Thread running = runner;
        if (running != null && running != Thread.currentThread()) {
            throw new IllegalStateException(
                    "Another thread runs this training; save a checkpoint in a listener, or when it has ended");
        }
        if (!isBetweenSteps) {
            throw new IllegalStateException("Step " + step + " is not complete, so there is no state to go on from");
        }
        TensorWriter file = new TensorWriter();
        TrainingDescription.of(settings, network, records).forEach(file::metadata);
        file.tensor("parameters", reached);
        double[][] arrays = optimizer.arrays();
        for (int i = 0; i < arrays.length; i++) {
            file.tensor("optimizer." + i, arrays[i]);
        }
        batches.save(file);
        history.save(file);
        file.tensor("training.epochs", new long[] {history.epochs()});
        file.tensor("training.step", new long[] {step});
        file.tensor("training.epochError", new double[] {epochError});
        file.tensor("training.nanoseconds", new long[] {nanoseconds()});
        if (earlyStopping != null) {
            earlyStopping.save(file);
        }
        file.save(path);
    }

    /**
     * Trains until all epochs are done, early stopping ends it or {@link #stop} is called.
     *
     * @return what happened
     * @throws DivergenceException if a loss or a parameter is no longer finite; the network is as it was before that step
     * @throws UncheckedIOException if one of the {@linkplain Trainer.Builder#checkpoints checkpoints} cannot be saved; the network
     *     is as it was after the step before
     * @throws IllegalStateException if this training has run already
     */
    public History run() {
        if (hasRun) {
            throw new IllegalStateException("This training has run already; make another with Trainer.on");
        }
        hasRun = true;
        startedAt = System.nanoTime();
        runner = Thread.currentThread();
        End reason;
        try (BatchGradient batchGradient = new BatchGradient(gradients, parameters.length)) {
            reason = epochs(batchGradient);
            if (settings.checkpoint != null) {
                saveCheckpoint();
            }
        } finally {
            nanosecondsBefore = nanoseconds();
            runner = null;
        }
        System.arraycopy(parameters, 0, parametersBefore, 0, parameters.length);
        reached = parametersBefore;
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

    /** An epoch that is begun goes on. */
    private End epochs(BatchGradient batchGradient) {
        while (earlyStopping == null || !earlyStopping.isDue()) {
            if (!batches.hasNext()) {
                if (history.epochs() == settings.epochs) {
                    return End.ALL_EPOCHS;
                }
                batches.startEpoch();
                epochError = 0;
            }
            while (batches.hasNext()) {
                if (settings.checkpoint != null && step % settings.checkpointSteps == 0) {
                    saveCheckpoint();
                }
                if (stopRequested) {
                    return End.STOPPED;
                }
                isBetweenSteps = false;
                epochError += step(batchGradient);
                isBetweenSteps = batches.hasNext();
            }
            epochEnded(settings.isAveraged ? epochError / records.count() : epochError);
        }
        return End.EARLY_STOPPING;
    }

    private void saveCheckpoint() {
        if (step > checkpointStep) {
            try {
                checkpoint(settings.checkpoint);
                checkpointStep = step;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The time that this training has run, with the time before its checkpoint. */
    private long nanoseconds() {
        return nanosecondsBefore + (runner == null ? 0 : System.nanoTime() - startedAt);
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

    private void epochEnded(double loss) {
        double validationLoss = Double.NaN;
        if (validation != null) {
            validationLoss = validation.loss(settings.isAveraged);
            if (!Double.isFinite(validationLoss)) {
                restoreParameters();
                throw diverged("the validation loss is " + validationLoss);
            }
        }
        history.add(step, rate, loss, validationLoss, gradientNorm, nanoseconds());
        if (earlyStopping != null) {
            earlyStopping.epochEnded(validationLoss);
        }
        isBetweenSteps = true;
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
