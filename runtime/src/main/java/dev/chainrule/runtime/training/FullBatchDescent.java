package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;

/** Steps by a {@link FullBatchMethod}, one an epoch. */
final class FullBatchDescent extends Descent {
    private final Settings settings;
    private final FullBatchSteps steps;
    /** Of one number, for checkpoints: 1 where no step is to follow, else 0. */
    private final double[] converged = new double[1];

    private final double[][] arrays;
    private double gradientNorm = Double.NaN;

    FullBatchDescent(Settings settings, TrainableNetwork network, BatchSource records) {
        super(settings, network, records);
        this.settings = settings;
        this.steps = FullBatchSteps.of(settings, network, records);
        double[][] ofSteps = steps.arrays();
        this.arrays = Arrays.copyOf(ofSteps, ofSteps.length + 1);
        this.arrays[ofSteps.length] = converged;
    }

    @Override
    void startEpoch(int epoch, int[] order) {
        steps.objective.startEpoch(epoch, order);
    }

    @Override
    double step(Batches batches, int epoch) {
        step++;
        batches.next();
        remember(0, parameters.length);
        steps.evaluate();
        double error = steps.error;
        if (!Double.isFinite(steps.value)) {
            throw diverged(epoch, "the loss is " + steps.value);
        }
        int notFinite = steps.firstNotFinite();
        if (notFinite >= 0) {
            throw divergedAt(notFinite, epoch, "its derivatives are not finite");
        }
        loss = settings.loss(error, batches.weight());
        gradientNorm = steps.gradientNorm();
        try {
            converged[0] = steps.step() ? 1 : 0;
        } catch (Throwable problem) {
            undo();
            throw problem;
        }
        rate = steps.rate;
        return error;
    }

    @Override
    boolean hasConverged() {
        return converged[0] == 1;
    }

    @Override
    double gradientNorm() {
        return gradientNorm;
    }

    @Override
    double[] gradient() {
        return steps.gradient;
    }

    @Override
    String advice() {
        return "Try other first parameters.";
    }

    @Override
    double[][] arrays() {
        return arrays;
    }

    @Override
    public void close() {
        super.close();
        steps.close();
    }
}
