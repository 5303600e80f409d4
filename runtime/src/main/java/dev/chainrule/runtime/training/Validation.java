package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;

/** The loss of a network over records that it is not trained on. */
final class Validation {
    private final TrainableNetwork network;
    private final Records records;
    private final double[] input;
    private final double[] target;

    Validation(TrainableNetwork network, Records records) {
        this.network = network;
        this.records = records;
        this.input = new double[records.inputWidth()];
        this.target = new double[records.targetWidth()];
    }

    double loss(boolean averaged) {
        double error = 0;
        for (int record = 0; record < records.count(); record++) {
            records.copy(record, input, target, 0);
            error += network.loss(input, target);
        }
        return averaged ? error / records.count() : error;
    }
}
