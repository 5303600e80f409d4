package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;

/** The loss of a network over records that it is not trained on. */
final class Validation {
    private static final double[] NO_SUMS = {};

    private final BatchSource records;
    private final BatchSums sums;

    Validation(TrainableNetwork network, BatchSource records) {
        this.records = records;
        this.sums = records.sums(network, new BatchPlan(LossSum::new, records.count(), null, 0));
    }

    double loss(boolean averaged) {
        double error = sums.sum(0, records.count(), NO_SUMS);
        return averaged ? error / records.count() : error;
    }
}
