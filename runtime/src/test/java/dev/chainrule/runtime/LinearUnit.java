package dev.chainrule.runtime;

import java.util.List;

/**
 * One linear unit, {@code y = b + sum w x}, with the error {@code E = (y - t)^2}: quadratic in every parameter, so that
 * central differences are right whatever the step. Parameters are the weights, then the bias.
 */
public class LinearUnit implements FullGradientNetwork {
    private final int inputs;
    private final double[] parameters;

    public LinearUnit(double... parameters) {
        this.inputs = parameters.length - 1;
        this.parameters = parameters;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public NetworkDescription description() {
        LayerDescription unit = new LayerDescription(1, "IDENTITY", true);
        return new NetworkDescription(inputs, List.of(unit), "SUM_OF_SQUARES", TargetKind.ANY);
    }

    @Override
    public void forward(double[] input, double[] output) {
        double sum = parameters[inputs];
        for (int i = 0; i < inputs; i++) {
            sum += parameters[i] * input[i];
        }
        output[0] = sum;
    }

    @Override
    public double loss(double[] input, double[] target) {
        double difference = difference(input, target);
        return difference * difference;
    }

    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        double difference = difference(input, target);
        for (int i = 0; i < inputs; i++) {
            gradient[i] += 2 * difference * input[i];
        }
        gradient[inputs] += 2 * difference;
        return difference * difference;
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double fullGradient(double[] input, double[] target, double[] gradient) {
        return backprop(input, target, gradient);
    }

    private double difference(double[] input, double[] target) {
        double[] output = new double[1];
        forward(input, output);
        return output[0] - target[0];
    }
}
