package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.function.IntConsumer;

/** Steps by an {@link Optimizer}: what happens to the gradient of a batch, and what it does to the parameters. */
final class OptimizerDescent extends Descent {
    /** The fewest parameters that are worth a thread: to change them takes several times as long as to hand them over. */
    private static final int SHARE = 8_192;

    private final Settings settings;
    /** Whether a listener is told of each step. */
    private final boolean isHeard;

    private final BatchSums sums;
    private final Penalties penalties;
    private final OptimizerState optimizer;
    private final double[] gradient;

    private final Team team;
    /** How many of the threads change parameters: only those that sum over a batch, too, as it costs much to keep others awake. */
    private final int busy;

    private final IntConsumer change = this::change;
    /** Whether no thread has seen a parameter that became anything else. */
    private volatile boolean areFinite;

    private double gradientNorm = Double.NaN;
    /** Whether the norm is that of the gradient as it stands, and nobody has asked for it yet. */
    private boolean isNormDue;

    OptimizerDescent(
            Settings settings,
            TrainableNetwork network,
            BatchSource records,
            Team team,
            int batchSize,
            boolean isHeard) {
        super(settings, network, records);
        this.settings = settings;
        this.team = team;
        this.busy = Math.max(1, Math.min(LocalSource.busy(settings, records, batchSize), parameters.length / SHARE));
        this.isHeard = isHeard;
        this.sums = records.sums(
                network,
                new BatchPlan(settings.gradientMethod, batchSize, settings.augmentation, settings.augmentationSeed));
        this.penalties = new Penalties(settings, network);
        this.gradient = new double[parameters.length];
        this.optimizer = settings.spareBiases
                ? settings.optimizer.startSparingBiases(network.description().layout())
                : settings.optimizer.start(parameters.length);
    }

    @Override
    void startEpoch(int epoch, int[] order) {
        sums.startEpoch(epoch, order);
    }

    @Override
    double gradientNorm() {
        if (isNormDue) {
            gradientNorm = Gradients.norm(gradient);
            isNormDue = false;
        }
        return gradientNorm;
    }

    @Override
    double step(Batches batches, int epoch) {
        step++;
        batches.next();
        double error = sums.sum(batches.start(), batches.end(), gradient);
        if (!Double.isFinite(error)) {
            throw diverged(epoch, "the loss is " + error);
        }
        loss = settings.loss(error, batches.weight());
        keepZeros(gradient);
        prepareGradient(batches);
        long moment = settings.isScheduledByEpoch ? epoch + 1L : step;
        rate = settings.schedule.rate(settings.optimizer.learningRate(), moment);
        optimizer.begin(parameters, gradient, rate);
        areFinite = true;
        if (busy == 1) {
            change(0);
        } else {
            team.run(change);
        }
        keepZeros(parameters);
        int notFinite = areFinite ? -1 : Gradients.firstNotFinite(parameters);
        if (notFinite >= 0) {
            String what = "it would become " + parameters[notFinite];
            undo();
            throw divergedAt(notFinite, epoch, what);
        }
        return error;
    }

    /** Changes the parameters of one thread, which {@link #undo} can change back. */
    private void change(int thread) {
        if (thread >= busy) {
            return;
        }
        int from = (int) ((long) thread * parameters.length / busy);
        int to = (int) ((thread + 1L) * parameters.length / busy);
        remember(from, to);
        optimizer.update(parameters, gradient, from, to);
        // Last, as the parameters are in the cache then for the next batch
        if (!Gradients.areFinite(parameters, from, to)) {
            areFinite = false;
        }
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

    @Override
    double[] gradient() {
        return gradient;
    }

    @Override
    String advice() {
        return "Try a smaller learning rate, or gradient clipping.";
    }

    @Override
    double[][] arrays() {
        return optimizer.arrays();
    }

    @Override
    public void close() {
        super.close();
        sums.close();
    }
}
