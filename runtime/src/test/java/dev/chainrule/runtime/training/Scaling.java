package dev.chainrule.runtime.training;

import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import java.util.Arrays;
import java.util.List;

/**
 * A network whose descent has a closed form: as many outputs as inputs, {@code y_i = p_i x_i}, with the error
 * {@code E = sum (y_i - t_i)^2 / 2}, so that {@code dE/dp_i = (p_i x_i - t_i) x_i}. Where all {@code x} are 1, a step towards one
 * record is {@code p -= rate (p - t)}.
 */
class Scaling implements FullGradientNetwork {
    private final double[] parameters;

    Scaling(double... parameters) {
        this.parameters = parameters;
    }

    /** Records for one parameter, with inputs of 1. */
    static Records towards(double... targets) {
        double[] ones = new double[targets.length];
        Arrays.fill(ones, 1);
        return Records.wrap(ones, 1, targets, 1);
    }

    /** One record for several parameters, with inputs of 1. */
    static Records towardsOne(double... targets) {
        double[] ones = new double[targets.length];
        Arrays.fill(ones, 1);
        return Records.wrap(ones, targets.length, targets, targets.length);
    }

    /** What a network of this size says of itself where its loss asks something of targets. */
    static NetworkDescription described(int size, TargetKind targets) {
        LayerDescription layer = new LayerDescription(size, "IDENTITY", false);
        return new NetworkDescription(size, List.of(layer), "HALF_SUM_OF_SQUARES", targets);
    }

    @Override
    public int inputs() {
        return parameters.length;
    }

    @Override
    public int outputs() {
        return parameters.length;
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public void forward(double[] input, double[] output) {
        for (int i = 0; i < parameters.length; i++) {
            output[i] = parameters[i] * input[i];
        }
    }

    @Override
    public void forward(double[] inputs, int fromRecord, int toRecord, double[] outputs) {
        for (int i = fromRecord * parameters.length; i < toRecord * parameters.length; i++) {
            outputs[i] = parameters[i % parameters.length] * inputs[i];
        }
    }

    @Override
    public double loss(double[] input, double[] target) {
        double error = 0;
        for (int i = 0; i < parameters.length; i++) {
            double difference = parameters[i] * input[i] - target[i];
            error += difference * difference / 2;
        }
        return error;
    }

    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        return backprop(input, target, 0, 1, gradient);
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        double error = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            for (int i = 0; i < parameters.length; i++) {
                double input = inputs[record * parameters.length + i];
                double difference = parameters[i] * input - targets[record * parameters.length + i];
                gradient[i] += difference * input;
                error += difference * difference / 2;
            }
        }
        return error;
    }

    @Override
    public double backprop(
            double[] inputs, double[] targets, double[] weights, int fromRecord, int toRecord, double[] gradient) {
        double error = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            for (int i = 0; i < parameters.length; i++) {
                double input = inputs[record * parameters.length + i];
                double difference = parameters[i] * input - targets[record * parameters.length + i];
                gradient[i] += weights[record] * difference * input;
                error += weights[record] * (difference * difference / 2);
            }
        }
        return error;
    }

    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        throw new UnsupportedOperationException("no trainer needs it");
    }

    @Override
    public double fullGradient(double[] input, double[] target, double[] gradient) {
        return backprop(input, target, gradient);
    }
}
