package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;

/** Keeps the parameters whose measure was best, and counts the epochs since the measure last got better. */
final class EarlyStopping {
    private final int patience;
    private final double minimumGain;
    private final double[] parameters;
    private final double[] best;
    /** Of the metric with this index; of the loss where it is negative. */
    private final int metric;
    /** -1 where the greatest is best, so that here the least is. */
    private final int sign;

    private double least = Double.POSITIVE_INFINITY;
    private double toBeat = Double.POSITIVE_INFINITY;
    private int epochsWithoutGain;

    /**
     * @param parameters of the network, live
     */
    EarlyStopping(Settings settings, double[] parameters) {
        this.patience = settings.patience;
        this.minimumGain = settings.minimumGain;
        this.parameters = parameters;
        this.best = new double[parameters.length];
        this.metric = settings.metricIndex(settings.measure);
        this.sign = settings.best == Best.GREATEST ? -1 : 1;
    }

    /** Takes note of an epoch. */
    void epochEnded(double validationLoss, double[] metrics) {
        double measure = sign * (metric < 0 ? validationLoss : metrics[metric]);
        if (measure < least) {
            least = measure;
            System.arraycopy(parameters, 0, best, 0, best.length);
        }
        if (measure < toBeat - minimumGain) {
            toBeat = measure;
            epochsWithoutGain = 0;
        } else {
            epochsWithoutGain++;
        }
    }

    /** Whether the measure has not got better for too long. */
    boolean isDue() {
        return epochsWithoutGain >= patience;
    }

    /** Gives the network back its best parameters; if no epoch has ended, it keeps those it has. */
    void restoreBest() {
        if (least < Double.POSITIVE_INFINITY) {
            System.arraycopy(best, 0, parameters, 0, best.length);
        }
    }

    void save(TensorWriter checkpoint) {
        checkpoint.tensor("earlyStopping.least", new double[] {least});
        checkpoint.tensor("earlyStopping.toBeat", new double[] {toBeat});
        checkpoint.tensor("earlyStopping.epochsWithoutGain", new long[] {epochsWithoutGain});
        checkpoint.tensor("earlyStopping.best", best);
    }

    void restore(Checkpoint checkpoint) throws IOException {
        least = checkpoint.doubles("earlyStopping.least", 1)[0];
        toBeat = checkpoint.doubles("earlyStopping.toBeat", 1)[0];
        epochsWithoutGain = (int) checkpoint.number("earlyStopping.epochsWithoutGain", 0, Integer.MAX_VALUE);
        checkpoint.copy("earlyStopping.best", best);
    }
}
