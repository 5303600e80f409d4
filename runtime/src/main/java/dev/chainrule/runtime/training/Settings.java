package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The settings of a training with their defaults; {@link Trainer.Builder} checks and explains each. */
final class Settings implements Cloneable {
    GradientMethod gradientMethod = GradientMethod.backpropagation();
    /** In the place of an optimiser; null for none. */
    FullBatchMethod fullBatchMethod;

    int batchSize = Integer.MAX_VALUE;
    boolean isAveraged = true;
    boolean isShuffled;
    /** Records of the blocks that are shuffled; 0 where all records are. */
    int shuffledBlock;

    long seed;
    /** Null for none. */
    Augmentation augmentation;

    long augmentationSeed;
    int epochs = 100;
    Optimizer optimizer = Optimizers.gradientDescent(0.1);
    Schedule schedule = Schedules.constant();
    /** Whether the schedule counts epochs instead of steps. */
    boolean isScheduledByEpoch;

    /** Null for none. */
    Mask mask;
    /** Null for none. */
    Pruning pruning;

    double l1;
    double l2;
    boolean spareBiases;
    double clipValue = Double.POSITIVE_INFINITY;
    double clipNorm = Double.POSITIVE_INFINITY;
    /** Null for none. */
    RecordStore validation;

    List<NamedMetric> metrics = new ArrayList<>();
    /** 0 for no early stopping. */
    int patience;

    double minimumGain;
    /** The metric that stops a training; null for the loss. */
    String measure;

    Best best = Best.LEAST;
    /** Null for none. */
    Path checkpoint;

    long checkpointSteps;
    int threads = 1;
    /** Null where the network makes others by itself. */
    Function<double[], ? extends TrainableNetwork> instances;

    List<TrainingListener> listeners = new ArrayList<>();
    /** Nanoseconds from any moment on; another in tests. */
    LongSupplier clock = System::nanoTime;

    /** Whether weights may still become 0 after an epoch, counted from 1. */
    boolean isPrunedAfter(int epoch) {
        return pruning != null && epoch < pruning.last();
    }

    /** Whether the optimiser gets another gradient than that of the batch. */
    boolean changesGradient() {
        return clipValue < Double.POSITIVE_INFINITY || clipNorm < Double.POSITIVE_INFINITY || l1 > 0 || l2 > 0;
    }

    /**
     * The loss of some records, as gradients are: a mean or a sum.
     *
     * @param weight the sum of the records' weights; where it is 0, so is the error
     */
    double loss(double error, double weight) {
        return isAveraged && weight > 0 ? error / weight : error;
    }

    /** Refuses settings that contradict one another. */
    void checkTogether() {
        if (patience > 0 && validation == null) {
            throw new IllegalArgumentException("early stopping needs validation records; give validation(records)");
        }
        if (!metrics.isEmpty() && validation == null) {
            throw new IllegalArgumentException("metrics need validation records; give validation(records)");
        }
        if (measure != null && metricIndex(measure) < 0) {
            throw new IllegalArgumentException("early stopping is by \"" + measure
                    + "\", which is none of the metrics; give metric(name, function)");
        }
        if (fullBatchMethod != null) {
            checkFullBatch();
        }
        if (pruning != null && pruning.last() > epochs) {
            throw new IllegalArgumentException("pruning ends before epoch " + pruning.last() + ", and there are "
                    + Text.count(epochs, "epoch") + "; give ramp(first, last) or epochs(count) other numbers");
        }
        if (threads > 1 && gradientMethod.movesParameters()) {
            throw new IllegalArgumentException(
                    "perturbation moves the parameters, which all " + threads + " threads would share; use 1 thread");
        }
    }

    /** Refuses what a method without learning rate and batches does not take. */
    private void checkFullBatch() {
        Settings byDefault = new Settings();
        boolean isOfLeastSquares = fullBatchMethod instanceof LevenbergMarquardt;
        refuse(batchSize < Integer.MAX_VALUE, "batches: use fullBatch()");
        refuse(isShuffled, "an order of records: use inOrder()");
        refuse(augmentation != null, "records that change: leave augmented away");
        refuse(!schedule.equals(byDefault.schedule), "a schedule, as it has no learning rate: leave it away");
        refuse(!optimizer.equals(byDefault.optimizer), "an optimizer beside it: leave it away");
        refuse(pruning != null, "pruning while it trains: use mask(pruning.prune(network))");
        refuse(l1 > 0, "l1, which has a kink: use l2");
        refuse(clipValue < Double.POSITIVE_INFINITY, "clipping, as it has no learning rate: leave clipValue away");
        refuse(clipNorm < Double.POSITIVE_INFINITY, "clipping, as it has no learning rate: leave clipNorm away");
        refuse(
                isOfLeastSquares && !gradientMethod.toString().equals(byDefault.gradientMethod.toString()),
                "another gradient, as it has the network's parameterJacobian: leave gradient away");
    }

    private void refuse(boolean isGiven, String what) {
        if (isGiven) {
            throw new IllegalArgumentException(fullBatchMethod + " does not take " + what);
        }
    }

    /** As calls of the builder: those of what is always to be known, and those of what is not as it is by default. */
    @Override
    public String toString() {
        StringJoiner calls = new StringJoiner(", ");
        if (!gradientMethod.toString().equals(GradientMethod.backpropagation().toString())) {
            calls.add("gradient(" + gradientMethod + ")");
        }
        if (fullBatchMethod == null) {
            calls.add("optimizer(" + optimizer + ")");
        }
        if (!schedule.equals(Schedules.constant())) {
            calls.add((isScheduledByEpoch ? "scheduleByEpoch(" : "schedule(") + schedule + ")");
        }
        String method = fullBatchMethod == null ? "" : fullBatchMethod.toString();
        calls.add(batchSize == Integer.MAX_VALUE ? "fullBatch(" + method + ")" : "batchSize(" + batchSize + ")");
        calls.add(isAveraged ? "averaged()" : "summed()");
        if (!isShuffled) {
            calls.add("inOrder()");
        } else {
            calls.add(
                    shuffledBlock == 0
                            ? "shuffled(" + seed + ")"
                            : "shuffledByBlocks(" + seed + ", " + shuffledBlock + ")");
        }
        if (augmentation != null) {
            calls.add("augmented(" + augmentationSeed + ", " + augmentation + ")");
        }
        calls.add("epochs(" + epochs + ")");
        if (mask != null) {
            calls.add("mask(" + mask + ")");
        }
        if (pruning != null) {
            calls.add("pruning(" + pruning + ")");
        }
        if (l1 > 0) {
            calls.add("l1(" + l1 + ")");
        }
        if (l2 > 0) {
            calls.add("l2(" + l2 + ")");
        }
        if (spareBiases) {
            calls.add("sparingBiases()");
        }
        if (clipValue < Double.POSITIVE_INFINITY) {
            calls.add("clipValue(" + clipValue + ")");
        }
        if (clipNorm < Double.POSITIVE_INFINITY) {
            calls.add("clipNorm(" + clipNorm + ")");
        }
        if (validation != null) {
            calls.add("validation(" + Text.of(validation) + ")");
        }
        metrics.forEach(metric -> calls.add("metric(" + metric.name() + ")"));
        if (patience > 0) {
            calls.add("earlyStopping(" + patience + ", " + minimumGain
                    + (measure == null ? "" : ", " + measure + ", " + best) + ")");
        }
        if (checkpoint != null) {
            calls.add("checkpoints(" + checkpoint + ", " + checkpointSteps + ")");
        }
        if (threads > 1) {
            calls.add("threads(" + threads + ")");
        }
        if (!listeners.isEmpty()) {
            calls.add(Text.count(listeners.size(), "listener"));
        }
        return calls.toString();
    }

    /** What later changes do not reach; all settings but the lists are values. */
    Settings copy() {
        try {
            Settings copy = (Settings) clone();
            copy.listeners = List.copyOf(listeners);
            copy.metrics = List.copyOf(metrics);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Where the metric of this name stands; -1 where there is none. */
    int metricIndex(String name) {
        for (int i = 0; i < metrics.size(); i++) {
            if (metrics.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
