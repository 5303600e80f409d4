package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;

/** What a {@link FullBatchMethod} makes least: the loss of all records and the penalty, at the network's parameters as they are. */
final class Objective implements AutoCloseable {
    private static final double[] NO_SUMS = {};

    private final Settings settings;
    private final double[] parameters;
    private final int count;
    private final double weight;
    private final Penalties penalties;
    private final Zeros zeros;
    private final BatchSums sums;
    private final BatchSums errors;

    private double error;

    /**
     * @param method sums derivatives
     * @param errorMethod sums errors alone, to the same bits; may be the same method where it is not to be asked for them
     */
    Objective(
            Settings settings, TrainableNetwork network, BatchSource records, SumMethod method, SumMethod errorMethod) {
        this.settings = settings;
        this.parameters = network.parameters();
        this.count = records.count();
        this.weight = Weights.sum(records);
        this.penalties = new Penalties(settings, network);
        this.zeros = new Zeros(settings.mask, parameters.length);
        this.sums = records.sums(network, new BatchPlan(method, count, null, 0));
        this.errors = errorMethod == method ? sums : records.sums(network, new BatchPlan(errorMethod, count, null, 0));
    }

    void startEpoch(int epoch, int[] order) {
        sums.startEpoch(epoch, order);
        if (errors != sums) {
            errors.startEpoch(epoch, order);
        }
    }

    double[] parameters() {
        return parameters;
    }

    /** The sum of the records' errors, as it was last computed. */
    double error() {
        return error;
    }

    /** The value alone; NaN where a parameter is not finite. */
    double value() {
        return value(errors, NO_SUMS);
    }

    /**
     * The value, and the derivatives of the loss, without the penalty.
     *
     * @param derivatives gets the sums of the method, averaged where the loss is
     */
    double value(double[] derivatives) {
        double value = value(sums, derivatives);
        if (divisor() != 1) {
            Gradients.divide(derivatives, divisor());
        }
        zeros.clear(derivatives);
        return value;
    }

    /** Makes the second derivatives by parameters that are kept at 0 zero, in a {@link Triangle} that begins at an offset. */
    void clearZeros(double[] triangle, int offset) {
        zeros.clearTriangle(triangle, offset);
    }

    /** What sums over records are divided by. */
    double divisor() {
        return settings.isAveraged ? weight : 1;
    }

    private double value(BatchSums summed, double[] derivatives) {
        if (Gradients.firstNotFinite(parameters) >= 0) {
            return Double.NaN;
        }
        error = summed.sum(0, count, derivatives);
        return settings.loss(error, weight) + penalties.value(parameters);
    }

    /** Adds the gradient of the penalty. */
    void addPenalty(double[] gradient) {
        penalties.addTo(gradient, parameters);
    }

    /** Adds the second derivatives of the penalty to the diagonal of a {@link Triangle}. */
    void addPenaltyToDiagonal(double[] triangle, int offset) {
        penalties.addToDiagonal(triangle, offset, parameters.length);
    }

    @Override
    public void close() {
        sums.close();
        errors.close();
    }
}
