package dev.chainrule.samples.benchmarks.contenders;

import dev.chainrule.runtime.TrainableNetwork;

/** This project. */
public record Generated(TrainableNetwork network, double[] gradient) implements Learner {
    public Generated(TrainableNetwork network) {
        this(network, new double[network.parameters().length]);
    }

    @Override
    public void forward(double[] input, double[] output) {
        network.forward(input, output);
    }

    @Override
    public double backprop(double[] input, double[] target) {
        return network.backprop(input, target, gradient);
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord) {
        return network.backprop(inputs, targets, fromRecord, toRecord, gradient);
    }
}
