package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;

/** Keeps the parameters whose validation loss was least, and counts the epochs since the loss last fell. */
final class EarlyStopping {
    private final int patience;
    private final double minimumGain;
    private final double[] parameters;
    private final double[] best;
    private double leastLoss = Double.POSITIVE_INFINITY;
    private double lossToBeat = Double.POSITIVE_INFINITY;
    private int epochsWithoutGain;

    /**
     * @param parameters of the network, live
     */
    EarlyStopping(Settings settings, double[] parameters) {
        this.patience = settings.patience;
        this.minimumGain = settings.minimumGain;
        this.parameters = parameters;
        this.best = new double[parameters.length];
    }

    /** Takes note of an epoch. */
    void epochEnded(double validationLoss) {
        if (validationLoss < leastLoss) {
            leastLoss = validationLoss;
            System.arraycopy(parameters, 0, best, 0, best.length);
        }
        if (validationLoss < lossToBeat - minimumGain) {
            lossToBeat = validationLoss;
            epochsWithoutGain = 0;
        } else {
            epochsWithoutGain++;
        }
    }

    /** Whether the loss has not fallen for too long. */
    boolean isDue() {
        return epochsWithoutGain >= patience;
    }

    /** Gives the network back its best parameters; if no epoch has ended, it keeps those it has. */
    void restoreBest() {
        if (leastLoss < Double.POSITIVE_INFINITY) {
            System.arraycopy(best, 0, parameters, 0, best.length);
        }
    }

    void save(TensorWriter checkpoint) {
        checkpoint.tensor("earlyStopping.leastLoss", new double[] {leastLoss});
        checkpoint.tensor("earlyStopping.lossToBeat", new double[] {lossToBeat});
        checkpoint.tensor("earlyStopping.epochsWithoutGain", new long[] {epochsWithoutGain});
        checkpoint.tensor("earlyStopping.best", best);
    }

    void restore(Checkpoint checkpoint) throws IOException {
        leastLoss = checkpoint.doubles("earlyStopping.leastLoss", 1)[0];
        lossToBeat = checkpoint.doubles("earlyStopping.lossToBeat", 1)[0];
        epochsWithoutGain = (int) checkpoint.number("earlyStopping.epochsWithoutGain", 0, Integer.MAX_VALUE);
        checkpoint.copy("earlyStopping.best", best);
    }
}
