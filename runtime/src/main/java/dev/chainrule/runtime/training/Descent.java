package dev.chainrule.runtime.training;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;

/** The steps of one training: from the sums over a batch to new parameters. */
abstract class Descent implements AutoCloseable {
    final TrainableNetwork network;
    final double[] parameters;
    private final double[] parametersBefore;
    /** Null where there are none. */
    private final Zeros zeros;
    /** Null where nothing is pruned. */
    private final Pruner pruner;

    private final Settings settings;

    /** The number of the last step, over all epochs, from 1; 0 before the first. */
    long step;
    /** The rate of the last step. */
    double rate = Double.NaN;
    /** The loss of the last step's batch. */
    double loss = Double.NaN;

    /** What a checkpoint takes: once the training has ended, a copy, as the network may have got back its best. */
    private double[] reached;

    Descent(Settings settings, TrainableNetwork network, BatchSource records) {
        this.settings = settings;
        this.network = network;
        this.parameters = network.parameters();
        this.zeros =
                settings.mask == null && settings.pruning == null ? null : new Zeros(settings.mask, parameters.length);
        this.pruner = settings.pruning == null ? null : new Pruner(settings.pruning, network, records);
        this.parametersBefore = new double[parameters.length];
        this.reached = parameters;
    }

    final long step() {
        return step;
    }

    final double rate() {
        return rate;
    }

    final double loss() {
        return loss;
    }

    /** Makes the weights 0 that are to be it from an epoch on, counted from 0. */
    final void prune(int epoch) {
        double share = pruner == null || !settings.isPrunedAfter(epoch) ? 0 : settings.pruning.shareIn(epoch + 1);
        if (share > 0) {
            pruner.prune(share, zeros);
        }
        keepZeros(parameters);
    }

    /** Makes those of the values 0 that belong to parameters that are kept at 0. */
    final void keepZeros(double[] values) {
        if (zeros != null) {
            zeros.clear(values);
        }
    }

    /** Begins an epoch, or goes on with one, as {@link BatchSums#startEpoch} says. */
    abstract void startEpoch(int epoch, int[] order);

    /**
     * Takes the next step, on the next batch.
     *
     * @param epoch counted from 0
     * @return the sum of the batch's errors before the step
     */
    abstract double step(Batches batches, int epoch);

    /** Whether no step goes on from here. */
    boolean hasConverged() {
        return false;
    }

    /** The norm of the last step's gradient, where {@link Training#gradientNorm} has it. */
    abstract double gradientNorm();

    /** That of the last step, as it stands. */
    abstract double[] gradient();

    /** What to try where a training has diverged, as a sentence. */
    abstract String advice();

    /** What is remembered from step to step, live. */
    abstract double[][] arrays();

    /** Ends what {@link #startEpoch} has begun. */
    @Override
    public void close() {
        if (pruner != null) {
            pruner.close();
        }
    }

    /** Takes note of parameters as they are before a step. */
    final void remember(int from, int to) {
        System.arraycopy(parameters, from, parametersBefore, from, to - from);
    }

    /** Gives the network the parameters that it had before the last step. */
    final void undo() {
        System.arraycopy(parametersBefore, 0, parameters, 0, parameters.length);
    }

    /** Names a parameter for a loss that is not finite: a cause for sure, or the likeliest. */
    final DivergenceException diverged(int epoch, String what) {
        int index = Gradients.firstNotFinite(parameters);
        if (index < 0) {
            index = Gradients.firstNotFinite(gradient());
        }
        if (index < 0) {
            index = Gradients.greatest(parameters);
        }
        return divergedAt(index, epoch, what);
    }

    final DivergenceException divergedAt(int index, int epoch, String what) {
        return new DivergenceException(epoch, step, NetworkDescription.parameterName(network, index), what, advice());
    }

    /** After the last step: checkpoints are of these parameters, whatever the network gets. */
    final void end() {
        System.arraycopy(parameters, 0, parametersBefore, 0, parameters.length);
        reached = parametersBefore;
    }

    final void save(TensorWriter checkpoint) {
        checkpoint.tensor("parameters", reached);
        if (network.constants().length > 0) {
            checkpoint.tensor("constants", network.constants());
        }
        double[][] arrays = arrays();
        for (int i = 0; i < arrays.length; i++) {
            checkpoint.tensor("optimizer." + i, arrays[i]);
        }
        if (zeros != null) {
            zeros.save(checkpoint);
        }
        checkpoint.tensor("training.step", new long[] {step});
    }

    /** The constants of a checkpoint, which those of the network are the same as, where they are set. */
    final double[] constants(Checkpoint checkpoint) throws IOException {
        double[] constants = network.constants();
        double[] saved = constants.length == 0 ? constants : checkpoint.doubles("constants", constants.length);
        for (int i = 0; i < saved.length; i++) {
            boolean isSet = !Double.isNaN(constants[i]);
            if (isSet && Double.doubleToLongBits(saved[i]) != Double.doubleToLongBits(constants[i])) {
                throw checkpoint.wrong("constant " + NetworkDescription.constantName(network, i) + " is " + saved[i]
                        + "; expected " + constants[i] + ", as this network has it");
            }
        }
        return saved;
    }

    /** Restores all but the parameters, which it returns. */
    final double[] restore(Checkpoint checkpoint) throws IOException {
        double[] restored = checkpoint.doubles("parameters", parameters.length);
        double[][] arrays = arrays();
        for (int i = 0; i < arrays.length; i++) {
            checkpoint.copy("optimizer." + i, arrays[i]);
        }
        if (zeros != null) {
            zeros.restore(checkpoint);
        }
        step = checkpoint.number("training.step", 0, Long.MAX_VALUE);
        return restored;
    }
}
