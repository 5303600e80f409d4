package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;

/** The errors alone. */
final class LossSum implements RangeSum {
    private final TrainableNetwork network;
    private final double[] input;
    private final double[] target;

    LossSum(TrainableNetwork network) {
        this.network = network;
        this.input = new double[network.inputs()];
        this.target = new double[network.outputs()];
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public double add(double[] inputs, double[] targets, double[] weights, int from, int to, double[] sums) {
        double error = 0;
        for (int record = from; record < to; record++) {
            System.arraycopy(inputs, record * input.length, input, 0, input.length);
            System.arraycopy(targets, record * target.length, target, 0, target.length);
            double errorOfRecord = network.loss(input, target);
            error += weights == null ? errorOfRecord : weights[record] * errorOfRecord;
        }
        return error;
    }
}
