package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How well a network does on records: numbers from its outputs {@code y} and the targets {@code t}, whatever its loss is.
 *
 * <pre>{@code
 * double accuracy = Metrics.of(network, test).accuracy();
 * }</pre>
 *
 * <p><b>Classes.</b> One output, with a target of 0 or 1, tells two classes apart: 1 where the output is greater than
 * 0.5, else 0. Of several outputs each stands for a class, and the greatest counts, the first of them where there are
 * equal ones; the greatest target says which class is right.
 *
 * <p><b>Weights.</b> Where records are {@linkplain RecordStore#weighted weighted}, means, parts and areas are those of
 * records that occur as often as their weights say; a record of weight 0 does not count.
 */
public final class Metrics {
    private final int width;
    private final int count;
    private final double[] outputs;
    private final double[] targets;
    /** One a record; null where each counts as 1. */
    private final double[] weights;

    private Metrics(int width, double[] outputs, double[] targets, double[] weights) {
        this.width = width;
        this.count = outputs.length / width;
        this.outputs = outputs;
        this.targets = targets;
        this.weights = weights;
    }

    /**
     * Runs the network on all of the records, by ranges of them. Later changes of either show no more.
     *
     * @param network gives the outputs
     * @param records give the inputs and targets
     * @return the numbers to ask for metrics
     * @throws IllegalArgumentException if the records have another width than the network, or targets that its loss
     *     has no meaning
     *     for
     */
    public static Metrics of(TrainableNetwork network, RecordStore records) {
        return of(network, records, 1);
    }

    /**
     * Runs the network on all of the records by several threads, to the same numbers.
     *
     * @param network computes the outputs, with instances that it {@linkplain TrainableNetwork#sharing makes} for other
     *     threads
     * @param records with the targets to compare with
     * @param threads their number, 1 or more
     * @return the numbers, which later changes of network and records no longer change
     * @throws IllegalArgumentException if the records have another width than the network, or targets that its loss has
     *     no meaning for
     * @throws UnsupportedOperationException if there are several threads, and the network makes no others by itself
     */
    public static Metrics of(TrainableNetwork network, RecordStore records, int threads) {
        return of(network, records, threads, null);
    }

    /**
     * Runs the network on all of the records by several threads, to the same numbers; for networks that make no others
     * by themselves.
     *
     * @param network computes the outputs
     * @param records with the targets to compare with
     * @param threads their number, 1 or more
     * @param instances makes a network on given parameters, a new one for each thread: {@code IdentityNetwork::new}
     * @return the numbers, which later changes of network and records no longer change
     * @throws IllegalArgumentException if the records have another width than the network, or targets that its loss
     *     has no meaning
     *     for, or the instances are not of this network on the same parameters
     */
    public static Metrics of(
            TrainableNetwork network,
            RecordStore records,
            int threads,
            Function<double[], ? extends TrainableNetwork> instances) {
        Checks.count("the number of threads", threads);
        Fit.check("records", network, records);
        try (Team team = new Team(network, threads, instances)) {
            Outputs outputs = new Outputs(records, team);
            outputs.compute();
            return of(records, outputs);
        }
    }

    /** Of outputs that may be computed anew. */
    static Metrics of(RecordStore records, Outputs outputs) {
        double[] weights = null;
        if (records.isWeighted()) {
            weights = new double[records.count()];
            Arrays.setAll(weights, records::weight);
        }
        return new Metrics(records.targetWidth(), outputs.values(), Outputs.targets(records), weights);
    }

    /** {@return the mean of {@code (y - t)^2} over all outputs of all records} */
    public double meanSquaredError() {
        return meanOverOutputs(difference -> difference * difference);
    }

    /** {@return the mean of {@code abs(y - t)} over all outputs of all records} */
    public double meanAbsoluteError() {
        return meanOverOutputs(Math::abs);
    }

    private double meanOverOutputs(DoubleUnaryOperator function) {
        double sum = 0;
        double values = 0;
        for (int i = 0; i < outputs.length; i++) {
            double weight = weight(i / width);
            if (weight > 0) {
                sum += weight * function.applyAsDouble(outputs[i] - targets[i]);
                values += weight;
            }
        }
        return sum / values;
    }

    /**
     * {@return the part of the records whose class the network tells rightly}
     *
     * @throws IllegalArgumentException if targets are not classes, or an output is NaN
     */
    public double accuracy() {
        double right = 0;
        double all = 0;
        for (int record = 0; record < count; record++) {
            double weight = weight(record);
            if (weight > 0) {
                right += actualClass(record) == predictedClass(record) ? weight : 0;
                all += weight;
            }
        }
        return right / all;
    }

    /**
     * {@return how many records of each class the network takes for which: {@code [actual][predicted]}; each counts
     * once, whatever its weight}
     *
     * @throws IllegalArgumentException if targets are not classes, or an output is NaN
     */
    public int[][] confusionMatrix() {
        int classes = Math.max(2, width);
        int[][] matrix = new int[classes][classes];
        for (int record = 0; record < count; record++) {
            matrix[actualClass(record)][predictedClass(record)]++;
        }
        return matrix;
    }

    /**
     * {@return the area under the receiver operating characteristic: how probable it is that a record of class 1 has a
     * greater output than one of class 0, equal outputs counted as one half (the statistic of Mann and Whitney, divided by
     * the number of pairs), a pair as probable as the product of its records' weights}
     *
     * @throws IllegalArgumentException if there are several outputs, targets are not 0 or 1 or all the same, or an output is NaN
     */
    public double areaUnderCurve() {
        if (width > 1) {
            throw new IllegalArgumentException("the area under the curve needs 1 output; there are " + width);
        }
        int[] negatives = recordsOfClass(0);
        int[] positives = recordsOfClass(1);
        int less = 0;
        int notGreater = 0;
        double weightOfLess = 0;
        double weightOfNotGreater = 0;
        double halves = 0;
        for (int positive : positives) {
            while (less < negatives.length && outputs[negatives[less]] < outputs[positive]) {
                weightOfLess += weight(negatives[less++]);
            }
            while (notGreater < negatives.length && outputs[negatives[notGreater]] <= outputs[positive]) {
                weightOfNotGreater += weight(negatives[notGreater++]);
            }
            halves += weight(positive) * (weightOfLess + weightOfNotGreater);
        }
        return halves / (2.0 * weight(positives) * weight(negatives));
    }

    /**
     * One line: {@code 40 records, mean squared error 0.1837, mean absolute error 0.3695, accuracy 0.7500}; the
     * accuracy where there is one.
     */
    @Override
    public String toString() {
        return Text.count(count, "record") + ", mean squared error " + Text.number(meanSquaredError())
                + ", mean absolute error " + Text.number(meanAbsoluteError()) + accuracyIfAny();
    }

    private String accuracyIfAny() {
        try {
            return ", accuracy " + Text.number(accuracy());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The records of one class that count, by ascending outputs. */
    private int[] recordsOfClass(int wanted) {
        int[] records = IntStream.range(0, count)
                .filter(record -> weight(record) > 0 && actualClass(record) == wanted)
                .peek(this::checkNumber)
                .boxed()
                .sorted(Comparator.comparingDouble(record -> outputs[record]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (records.length == 0) {
            throw new IllegalArgumentException("no record " + (weights == null ? "" : "of a weight above 0 ")
                    + "has the target " + wanted + "; expected both 0 and 1");
        }
        return records;
    }

    private double weight(int[] records) {
        double sum = 0;
        for (int record : records) {
            sum += weight(record);
        }
        return sum;
    }

    private double weight(int record) {
        return weights == null ? 1 : weights[record];
    }

    private int predictedClass(int record) {
        for (int i = record * width; i < (record + 1) * width; i++) {
            checkNumber(i);
        }
        return width == 1 ? (outputs[record] > 0.5 ? 1 : 0) : greatest(outputs, record);
    }

    private int actualClass(int record) {
        if (width == 1) {
            double target = targets[record];
            if (target != 0 && target != 1) {
                throw new IllegalArgumentException(
                        "the target of record " + record + " is " + target + "; expected a class, 0 or 1");
            }
            return (int) target;
        }
        int actual = greatest(targets, record);
        for (int i = actual + 1; i < width; i++) {
            if (targets[record * width + i] == targets[record * width + actual]) {
                throw new IllegalArgumentException("targets " + actual + " and " + i + " of record " + record
                        + " are both the greatest; expected one class");
            }
        }
        return actual;
    }

    private int greatest(double[] values, int record) {
        int greatest = 0;
        for (int i = 1; i < width; i++) {
            if (values[record * width + i] > values[record * width + greatest]) {
                greatest = i;
            }
        }
        return greatest;
    }

    private void checkNumber(int i) {
        if (Double.isNaN(outputs[i])) {
            throw new IllegalArgumentException("output " + i % width + " for record " + i / width + " is NaN");
        }
    }
}
