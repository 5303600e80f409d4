package dev.chainrule.runtime.training;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One training of one network, from its beginning or from a {@linkplain #checkpoint checkpoint}. It belongs to the
 * thread that runs it; others may call {@link #stop} and {@link #end}.
 */
public final class Training {
    /** Why a training has ended. */
    public enum End {
        /** All epochs are done. */
        ALL_EPOCHS,
        /** The validation loss did not fall any more. */
        EARLY_STOPPING,
        /** A {@link FullBatchMethod} comes no lower: its steps change the loss no more than its tolerance. */
        CONVERGED,
        /** {@link Training#stop} was called. */
        STOPPED
    }

    private static final double[] NO_METRICS = {};

    private final Settings settings;
    private final TrainableNetwork network;
    private final BatchSource records;
    private final Team team;
    private final Batches batches;
    private final Descent descent;
    /** Null without validation records. */
    private final BatchSource validationRecords;
    /** Null without validation records. */
    private final Validation validation;

    /** Null where it is not asked for. */
    private final EarlyStopping earlyStopping;

    private final History history;
    private final Listeners listeners;

    private double epochError;
    /** The sum of the weights of the records that {@link #epochError} is of. */
    private double epochWeight;

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

    /** On records that the threads of the settings sum over. */
    Training(Settings settings, TrainableNetwork network, RecordStore records) {
        this(
                settings,
                network,
                new Team(network, settings.threads, settings.instances),
                team -> new LocalSource("records", records, team));
    }

    /** On records that others sum over. */
    Training(Settings settings, TrainableNetwork network, BatchSource records) {
        this(settings, network, new Team(network, settings.threads, settings.instances), team -> records);
    }

    private Training(Settings settings, TrainableNetwork network, Team team, Function<Team, BatchSource> records) {
        this.settings = settings;
        this.network = network;
        this.team = team;
        this.records = records.apply(team);
        Fit.check("records", network, this.records);
        this.validationRecords =
                settings.validation == null ? null : new LocalSource("validation records", settings.validation, team);
        if (validationRecords != null) {
            Fit.check("validation records", network, validationRecords);
        }
        this.batches = new Batches(settings, this.records);
        this.listeners = new Listeners(settings.listeners);
        this.descent = settings.fullBatchMethod == null
                ? new OptimizerDescent(
                        settings, network, this.records, team, batches.batchSize(), listeners.hearSteps())
                : new FullBatchDescent(settings, network, this.records);
        this.validation = validationRecords == null ? null : new Validation(settings, network, validationRecords, team);
        this.earlyStopping = settings.patience == 0 ? null : new EarlyStopping(settings, network.parameters());
        this.history = new History(
                settings.epochs,
                settings.metrics.stream().map(NamedMetric::name).toList());
        if (settings.checkpoint != null) {
            description(); // or fail before anything is trained
        }
    }

    private Map<String, String> description() {
        return TrainingDescription.of(settings, network, records, validationRecords);
    }

    /** Goes on from a checkpoint; the network changes only when nothing can fail any more. */
    void restore(Path path) throws IOException {
        double[] restored;
        double[] constants;
        try (Checkpoint file = new Checkpoint(path)) {
            file.check(description());
            constants = descent.constants(file);
            restored = descent.restore(file);
            int epochs = (int) file.number("training.epochs", 0, settings.epochs);
            batches.restore(file, epochs);
            if (epochs == settings.epochs && batches.hasNext()) {
                throw file.wrong("the training has begun epoch " + epochs + ", counted from 0; expected at most "
                        + settings.epochs + " epochs, as this trainer has it");
            }
            history.restore(file, epochs);
            epochError = file.doubles("training.epochError", 1)[0];
            epochWeight = records.isWeighted() ? file.doubles("training.epochWeight", 1)[0] : batches.end();
            nanosecondsBefore = file.number("training.nanoseconds", 0, Long.MAX_VALUE);
            if (earlyStopping != null) {
                earlyStopping.restore(file);
            }
        }
        checkpointStep = descent.step();
        System.arraycopy(restored, 0, network.parameters(), 0, restored.length);
        System.arraycopy(constants, 0, network.constants(), 0, constants.length);
    }

    /**
     * Saves the state of this training, so that {@link Trainer#resume} goes on from it to the same bits as if there had been no
     * end in between: the parameters and constants, and all that optimiser, shuffling, early stopping and history have
     * come to. Call it before the training runs, in a {@link TrainingListener}, or when the training has ended; also if
     * it ended by a listener's exception, or by one of a save.
     *
     * <p>The file is in the safetensors format and written atomically, as {@link TensorWriter#save} says. It holds the
     * parameters as they are after the last step, even where early stopping has given the network others.
     *
     * @param path the file, in a directory that exists
     * @throws IllegalStateException if another thread runs this training, or a step of it failed
     * @throws IllegalArgumentException if a constant of the network is not set
     * @throws UnsupportedOperationException if the network does not tell its {@link
     *     TrainableNetwork#description()}, or the optimiser,
     *     schedule or augmentation its settings by {@link Object#toString}
     * @throws IOException if the file cannot be written; the old one is still there
     */
    public void checkpoint(Path path) throws IOException {
        Thread running = runner;
        if (running != null && running != Thread.currentThread()) {
            throw new IllegalStateException(
                    "Another thread runs this training; save a checkpoint in a listener, or when it has ended");
        }
        if (!isBetweenSteps) {
            throw new IllegalStateException(
                    "Step " + descent.step() + " is not complete, so there is no state to go on from");
        }
        NetworkDescription.checkConstants(network);
        TensorWriter file = new TensorWriter();
        description().forEach((key, value) -> {
            if (!TrainingDescription.isLeftOut(key, value)) {
                file.metadata(key, value);
            }
        });
        descent.save(file);
        batches.save(file);
        history.save(file);
        file.tensor("training.epochs", new long[] {history.epochs()});
        file.tensor("training.epochError", new double[] {epochError});
        if (records.isWeighted()) {
            file.tensor("training.epochWeight", new double[] {epochWeight});
        }
        file.tensor("training.nanoseconds", new long[] {nanoseconds()});
        if (earlyStopping != null) {
            earlyStopping.save(file);
        }
        file.save(path);
    }

    /**
     * Trains until all epochs are done, early stopping ends it, a {@link FullBatchMethod} comes no lower or {@link #stop} is called.
     *
     * @return what happened
     * @throws DivergenceException if a loss or a parameter is no longer finite; the network is as it was before that step
     * @throws UncheckedIOException if one of the {@linkplain Trainer.Builder#checkpoints checkpoints} cannot be
     *     saved; the network
     *     is as it was after the step before
     * @throws IllegalStateException if this training has run already
     * @throws IllegalArgumentException if a constant of the network is not set; the training can run when it is
     */
    public History run() {
        if (hasRun) {
            throw new IllegalStateException("This training has run already; make another with Trainer.on");
        }
        NetworkDescription.checkConstants(network);
        hasRun = true;
        Throwable problem = null;
        try {
            end = train();
        } catch (Throwable e) {
            problem = e;
        }
        listeners.trainingEnded(this, problem);
        return history;
    }

    /**
     * Asks the training to end before its next step; may be called from any thread, also before the training runs. An epoch that
     * is not complete then gets no row in the history.
     */
    public void stop() {
        stopRequested = true;
    }

    /** {@return the network that is trained} */
    public TrainableNetwork network() {
        return network;
    }

    /** {@return what has happened so far} */
    public History history() {
        return history;
    }

    /** {@return why the training has ended; null as long as it has not, and for ever if an exception ended it} */
    public End end() {
        return end;
    }

    /**
     * How many epochs there are to be, those before a checkpoint included.
     *
     * @return their number, 1 or more
     */
    public int epochs() {
        return settings.epochs;
    }

    /**
     * What the settings do not do, though one may think so: threads that have nothing to do, as batches are too small.
     *
     * @return a line of text for each; most often none
     */
    public List<String> remarks() {
        return Remarks.of(settings, records, batches.batchSize());
    }

    /**
     * How many steps an epoch has, one a batch.
     *
     * @return their number, 1 or more
     */
    public int stepsPerEpoch() {
        return (records.count() - 1) / settings.batchSize + 1;
    }

    /**
     * The number of the last step, counted from 1 and over all epochs, those before a checkpoint included.
     *
     * @return the number; 0 before the first step
     */
    public long step() {
        return descent.step();
    }

    /**
     * The learning rate of the last step; of a {@link FullBatchMethod}, the number that it says.
     *
     * @return the rate; NaN as long as this training has taken no step
     */
    public double rate() {
        return descent.rate();
    }

    /**
     * The loss of the last step's batch, before the step: a sum over its records or a mean, by their weights, as the
     * training's gradients are, and without the penalties L1 and L2.
     *
     * @return the loss; NaN as long as this training has taken no step
     */
    public double loss() {
        return descent.loss();
    }

    /**
     * The Euclidean norm of the gradient of the last step, before clipping and penalties; computed when it is first asked for.
     *
     * @return the norm; NaN as long as this training has taken no step, and where clipping or penalties have
     *     changed the gradient of
     *     a step that no listener was told of
     */
    public double gradientNorm() {
        return descent.gradientNorm();
    }

    /**
     * The time that this training has run, with the time before its checkpoint.
     *
     * @return nanoseconds
     */
    public long nanoseconds() {
        return nanosecondsBefore + (runner == null ? 0 : settings.clock.getAsLong() - startedAt);
    }

    /** The loss of the epoch of the last step, so far; only after a step. */
    double epochLoss() {
        return batches.end() == 0 ? history.loss(history.epochs() - 1) : settings.loss(epochError, epochWeight);
    }

    /**
     * One line: the network, {@code epoch 2 of 300, step 4, loss 0.7902}, the loss being that of the last batch, and
     * whether it runs or how it has ended.
     */
    @Override
    public String toString() {
        return "training of " + network + ": epoch " + epoch() + " of " + epochs() + ", step " + step()
                + (Double.isNaN(loss()) ? "" : ", loss " + Text.number(loss())) + ", " + state();
    }

    private String state() {
        if (!hasRun) {
            return "not run yet";
        }
        if (runner != null) {
            return "running";
        }
        return end == null ? "ended by an exception" : "ended: " + end;
    }

    /** That of the last step, counted from 1; 0 before the first. */
    long epoch() {
        return (step() + stepsPerEpoch() - 1) / stepsPerEpoch();
    }

    private End train() {
        startedAt = settings.clock.getAsLong();
        runner = Thread.currentThread();
        End reason;
        try (team;
                descent) {
            reason = trainEpochs();
            if (settings.checkpoint != null) {
                saveCheckpoint();
            }
        } finally {
            nanosecondsBefore = nanoseconds();
            runner = null;
        }
        descent.end();
        if (earlyStopping != null) {
            earlyStopping.restoreBest();
        }
        return reason;
    }

    /** An epoch that is begun goes on. */
    private End trainEpochs() {
        if (batches.hasNext()) {
            descent.startEpoch(history.epochs(), batches.order());
        }
        while (earlyStopping == null || !earlyStopping.isDue()) {
            if (descent.hasConverged()) {
                return End.CONVERGED;
            }
            if (!batches.hasNext()) {
                if (history.epochs() == settings.epochs) {
                    return End.ALL_EPOCHS;
                }
                descent.prune(history.epochs());
                batches.startEpoch(history.epochs());
                descent.startEpoch(history.epochs(), batches.order());
                epochError = 0;
                epochWeight = 0;
            }
            while (batches.hasNext()) {
                if (settings.checkpoint != null && descent.step() % settings.checkpointSteps == 0) {
                    saveCheckpoint();
                }
                if (stopRequested) {
                    return End.STOPPED;
                }
                isBetweenSteps = false;
                epochError += descent.step(batches, history.epochs());
                epochWeight += batches.weight();
                if (!batches.hasNext()) {
                    addEpoch(settings.loss(epochError, epochWeight));
                }
                isBetweenSteps = true;
                listeners.stepEnded(this);
            }
            listeners.epochEnded(this);
        }
        return End.EARLY_STOPPING;
    }

    private void saveCheckpoint() {
        if (descent.step() > checkpointStep) {
            try {
                checkpoint(settings.checkpoint);
                checkpointStep = descent.step();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void addEpoch(double epochLoss) {
        double validationLoss = Double.NaN;
        double[] metrics = NO_METRICS;
        if (validation != null) {
            validationLoss = validation.loss();
            if (!Double.isFinite(validationLoss)) {
                descent.undo();
                throw descent.diverged(history.epochs(), "the validation loss is " + validationLoss);
            }
            metrics = validation.metrics();
        }
        history.add(step(), rate(), epochLoss, validationLoss, gradientNorm(), nanoseconds(), metrics);
        if (earlyStopping != null && !settings.isPrunedAfter(history.epochs())) {
            earlyStopping.epochEnded(validationLoss, metrics);
        }
    }
}
