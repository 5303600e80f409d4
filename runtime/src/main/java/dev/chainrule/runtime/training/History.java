package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What happened in a training, a row an epoch. Losses are sums over the records or means, as the training's gradients are,
 * and without the penalties L1 and L2; a training loss is of the parameters that each batch met, before its step. Epochs count
 * from 0; another number is an {@link IndexOutOfBoundsException}. To be read by the training's thread, or after the training.
 */
public final class History {
    /** Epochs that there is room for from the start, so that a row allocates nothing; from then on the room doubles. */
    private static final int ROOM = 1 << 16;

    private long[] steps;
    private double[] rates;
    private double[] losses;
    private double[] validationLosses;
    private double[] gradientNorms;
    private long[] nanoseconds;
    private final List<String> metricNames;
    /** One array a metric. */
    private final double[][] metrics;

    private int epochs;

    History(int expectedEpochs, List<String> metricNames) {
        int room = Math.min(expectedEpochs, ROOM);
        steps = new long[room];
        rates = new double[room];
        losses = new double[room];
        validationLosses = new double[room];
        gradientNorms = new double[room];
        nanoseconds = new long[room];
        this.metricNames = metricNames;
        metrics = new double[metricNames.size()][room];
    }

    void add(
            long step,
            double rate,
            double loss,
            double validationLoss,
            double gradientNorm,
            long elapsed,
            double[] metrics) {
        if (epochs == steps.length) {
            grow();
        }
        steps[epochs] = step;
        rates[epochs] = rate;
        losses[epochs] = loss;
        validationLosses[epochs] = validationLoss;
        gradientNorms[epochs] = gradientNorm;
        nanoseconds[epochs] = elapsed;
        for (int i = 0; i < metrics.length; i++) {
            this.metrics[i][epochs] = metrics[i];
        }
        epochs++;
    }

    private void grow() {
        int room = grown(epochs);
        steps = Arrays.copyOf(steps, room);
        rates = Arrays.copyOf(rates, room);
        losses = Arrays.copyOf(losses, room);
        validationLosses = Arrays.copyOf(validationLosses, room);
        gradientNorms = Arrays.copyOf(gradientNorms, room);
        nanoseconds = Arrays.copyOf(nanoseconds, room);
        for (int i = 0; i < metrics.length; i++) {
            metrics[i] = Arrays.copyOf(metrics[i], room);
        }
    }

    /** As many as an {@code int} counts are all epochs that a training can have. */
    static int grown(int room) {
        return (int) Math.min(2L * room, Integer.MAX_VALUE);
    }

    /** {@return the number of epochs that have ended} */
    public int epochs() {
        return epochs;
    }

    /**
     * {@return the number of steps until the end of an epoch}
     *
     * @param epoch counted from 0
     */
    public long step(int epoch) {
        return steps[checked(epoch)];
    }

    /**
     * {@return the learning rate of the last step of an epoch; of a {@link FullBatchMethod}, the number that it says}
     *
     * @param epoch counted from 0
     */
    public double rate(int epoch) {
        return rates[checked(epoch)];
    }

    /**
     * {@return the loss of an epoch}
     *
     * @param epoch counted from 0
     */
    public double loss(int epoch) {
        return losses[checked(epoch)];
    }

    /**
     * {@return the loss of the validation records after an epoch; NaN where there are none}
     *
     * @param epoch counted from 0
     */
    public double validationLoss(int epoch) {
        return validationLosses[checked(epoch)];
    }

    /** {@return the names of the {@linkplain Trainer.Builder#metric metrics}, in the order in which they were asked for} */
    public List<String> metrics() {
        return metricNames;
    }

    /**
     * {@return a metric of the validation records after an epoch}
     *
     * @param name its name
     * @param epoch counted from 0
     * @throws IllegalArgumentException if there is none of this name
     */
    public double metric(String name, int epoch) {
        int index = metricNames.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("there is no metric \"" + name + "\"; expected one of " + metricNames);
        }
        return metrics[index][checked(epoch)];
    }

    /**
     * {@return the Euclidean norm of the gradient of the last step of an epoch, before clipping and penalties}
     *
     * @param epoch counted from 0
     */
    public double gradientNorm(int epoch) {
        return gradientNorms[checked(epoch)];
    }

    /**
     * {@return the time from the start of the training to the end of an epoch}
     *
     * @param epoch counted from 0
     */
    public long nanoseconds(int epoch) {
        return nanoseconds[checked(epoch)];
    }

    /**
     * Writes the rows as comma-separated values under a line of names, the metrics last; numbers are written so that reading
     * them gives the same bits, and the validation loss is left empty where there is none.
     *
     * @param out where they go
     * @throws IOException if {@code out} throws it
     */
    public void writeCsv(Appendable out) throws IOException {
        out.append("epoch,step,rate,loss,validation loss,gradient norm,seconds");
        for (String name : metricNames) {
            out.append("," + name);
        }
        out.append("\n");
        for (int epoch = 0; epoch < epochs; epoch++) {
            double validation = validationLosses[epoch];
            out.append(epoch + "," + steps[epoch] + "," + rates[epoch] + "," + losses[epoch] + ","
                    + (Double.isNaN(validation) ? "" : validation) + "," + gradientNorms[epoch] + ","
                    + String.format(Locale.ROOT, "%.9f", nanoseconds[epoch] / 1e9));
            for (double[] metric : metrics) {
                out.append("," + metric[epoch]);
            }
            out.append("\n");
        }
    }

    void save(TensorWriter checkpoint) {
        checkpoint.tensor("history.step", Arrays.copyOf(steps, epochs));
        checkpoint.tensor("history.rate", Arrays.copyOf(rates, epochs));
        checkpoint.tensor("history.loss", Arrays.copyOf(losses, epochs));
        checkpoint.tensor("history.validationLoss", Arrays.copyOf(validationLosses, epochs));
        checkpoint.tensor("history.gradientNorm", Arrays.copyOf(gradientNorms, epochs));
        checkpoint.tensor("history.nanoseconds", Arrays.copyOf(nanoseconds, epochs));
        for (int i = 0; i < metrics.length; i++) {
            checkpoint.tensor("history.metric." + i, Arrays.copyOf(metrics[i], epochs));
        }
    }

    /** Adds the rows of a checkpoint. */
    void restore(Checkpoint checkpoint, int rows) throws IOException {
        long[] savedSteps = checkpoint.longs("history.step", rows);
        double[] savedRates = checkpoint.doubles("history.rate", rows);
        double[] savedLosses = checkpoint.doubles("history.loss", rows);
        double[] savedValidationLosses = checkpoint.doubles("history.validationLoss", rows);
        double[] savedNorms = checkpoint.doubles("history.gradientNorm", rows);
        long[] savedNanoseconds = checkpoint.longs("history.nanoseconds", rows);
        double[][] savedMetrics = new double[metrics.length][];
        for (int i = 0; i < metrics.length; i++) {
            savedMetrics[i] = checkpoint.doubles("history.metric." + i, rows);
        }
        for (int i = 0; i < rows; i++) {
            int row = i;
            add(
                    savedSteps[i],
                    savedRates[i],
                    savedLosses[i],
                    savedValidationLosses[i],
                    savedNorms[i],
                    savedNanoseconds[i],
                    Arrays.stream(savedMetrics)
                            .mapToDouble(metric -> metric[row])
                            .toArray());
        }
    }

    /** One line: {@code 300 epochs, 600 steps, loss 0.7902 at first, 0.008300 at last, in 0:01}. */
    @Override
    public String toString() {
        if (epochs == 0) {
            return "0 epochs";
        }
        int last = epochs - 1;
        return Text.count(epochs, "epoch") + ", " + Text.count(steps[last], "step") + ", loss" + firstAndLast(losses)
                + (Double.isNaN(validationLosses[last]) ? "" : ", validation loss" + firstAndLast(validationLosses))
                + IntStream.range(0, metrics.length)
                        .mapToObj(i -> ", " + metricNames.get(i) + firstAndLast(metrics[i]))
                        .collect(Collectors.joining())
                + ", in " + Text.time(nanoseconds[last]);
    }

    private String firstAndLast(double[] values) {
        return " " + Text.number(values[0]) + " at first, " + Text.number(values[epochs - 1]) + " at last";
    }

    private int checked(int epoch) {
        return Objects.checkIndex(epoch, epochs);
    }
}
