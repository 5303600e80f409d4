package dev.chainrule.runtime.training;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;

/** The steps of one training: what happens to the gradient of a batch, and what it does to the parameters. */
final class Descent {
    private final Settings settings;
    private final TrainableNetwork network;
    /** Whether a listener is told of each step. */
    private final boolean isHeard;

    private final Penalties penalties;
    private final OptimizerState optimizer;
    private final double[] parameters;
    private final double[] parametersBefore;
    private final double[] gradient;

    /** What a checkpoint takes: once the training has ended, a copy, as the network may have got back its best. */
    private double[] reached;

    private long step;
    private double rate = Double.NaN;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;
    /** Whether the norm is that of the gradient as it stands, and nobody has asked for it yet. */
    private boolean isNormDue;

    Descent(Settings settings, TrainableNetwork network, boolean isHeard) {
        this.settings = settings;
        this.network = network;
        this.isHeard = isHeard;
        this.penalties = new Penalties(settings, network);
        this.parameters = network.parameters();
        this.parametersBefore = new double[parameters.length];
        this.gradient = new double[parameters.length];
        this.reached = parameters;
        this.optimizer = settings.spareBiases
                ? settings.optimizer.startSparingBiases(network.description().layout())
                : settings.optimizer.start(parameters.length);
    }

    /** The number of the last step, over all epochs, from 1; 0 before the first. */
    long step() {
        return step;
    }

    /** The rate of the last step. */
    double rate() {
        return rate;
    }

    /** The loss of the last step's batch. */
    double loss() {
        return loss;
    }

    /** The norm of the last step's gradient, where {@link Training#gradientNorm} has it. */
    double gradientNorm() {
        if (isNormDue) {
            gradientNorm = Gradients.norm(gradient);
            isNormDue = false;
        }
        return gradientNorm;
    }

    /**
     * Takes the next step, on the next batch.
     *
     * @param epoch counted from 0
     * @return the sum of the batch's errors before the step
     */
    double step(BatchSums sums, Batches batches, int epoch) {
        step++;
        batches.next();
        double error = sums.sum(batches.start(), batches.end(), gradient);
        if (!Double.isFinite(error)) {
            throw diverged(epoch, "the loss is " + error);
        }
        loss = settings.loss(error, batches.weight());
        prepareGradient(batches);
        long moment = settings.isScheduledByEpoch ? epoch + 1L : step;
        rate = settings.schedule.rate(settings.optimizer.learningRate(), moment);
        System.arraycopy(parameters, 0, parametersBefore, 0, parameters.length);
        optimizer.step(parameters, gradient, rate);
        int notFinite = Gradients.firstNotFinite(parameters);
        if (notFinite >= 0) {
            String what = "it would become " + parameters[notFinite];
            undo();
            throw new DivergenceException(epoch, step, NetworkDescription.parameterName(network, notFinite), what);
        }
        return error;
    }

    /** Makes the sum of the batch's gradients what the optimiser is given. */
    private void prepareGradient(Batches batches) {
        if (settings.isAveraged && batches.weight() > 0 && batches.weight() != 1) {
            Gradients.divide(gradient, batches.weight());
        }
        gradientNorm = Double.NaN;
        isNormDue = true;
        if (settings.changesGradient()) {
            isNormDue = isHeard || !batches.hasNext();
            gradientNorm(); // now, if ever
        }
        if (settings.clipValue < Double.POSITIVE_INFINITY) {
            Gradients.clipValue(gradient, settings.clipValue);
        }
        if (settings.clipNorm < Double.POSITIVE_INFINITY) {
            Gradients.clipNorm(gradient, settings.clipNorm);
        }
        penalties.addTo(gradient, parameters);
    }

    /** Gives the network the parameters that it had before the last step. */
    void undo() {
        System.arraycopy(parametersBefore, 0, parameters, 0, parameters.length);
    }

    /** Names a parameter for a loss that is not finite: a cause for sure, or the likeliest. */
    DivergenceException diverged(int epoch, String what) {
        int index = Gradients.firstNotFinite(parameters);
        if (index < 0) {
            index = Gradients.firstNotFinite(gradient);
        }
        if (index < 0) {
            index = Gradients.greatest(parameters);
        }
        return new DivergenceException(epoch, step, NetworkDescription.parameterName(network, index), what);
    }

    /** After the last step: checkpoints are of these parameters, whatever the network gets. */
    void end() {
        System.arraycopy(parameters, 0, parametersBefore, 0, parameters.length);
        reached = parametersBefore;
    }

    void save(TensorWriter checkpoint) {
        checkpoint.tensor("parameters", reached);
        if (network.constants().length > 0) {
            checkpoint.tensor("constants", network.constants());
        }
        double[][] arrays = optimizer.arrays();
        for (int i = 0; i < arrays.length; i++) {
            checkpoint.tensor("optimizer." + i, arrays[i]);
        }
        checkpoint.tensor("training.step", new long[] {step});
    }

    /** The constants of a checkpoint, which those of the network are the same as, where they are set. */
    double[] constants(Checkpoint checkpoint) throws IOException {
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
    double[] restore(Checkpoint checkpoint) throws IOException {
        double[] restored = checkpoint.doubles("parameters", parameters.length);
        double[][] arrays = optimizer.arrays();
        for (int i = 0; i < arrays.length; i++) {
            checkpoint.copy("optimizer." + i, arrays[i]);
        }
        step = checkpoint.number("training.step", 0, Long.MAX_VALUE);
        return restored;
    }
}
