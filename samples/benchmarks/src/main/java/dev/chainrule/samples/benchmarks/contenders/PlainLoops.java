package dev.chainrule.samples.benchmarks.contenders;

import dev.chainrule.samples.benchmarks.contenders.Shape.Dense;
import java.util.Arrays;
import java.util.List;

/** What one writes by hand: loops over arrays, {@link Math} for the activations, a row of weights a unit. */
public final class PlainLoops implements Learner {
    private final List<Dense> layers;
    private final double[][][] weights;
    private final double[][] biases;
    private final double[][][] weightGradients;
    private final double[][] biasGradients;
    /** By layer, the input first. */
    private final double[][] activations;

    private final double[][] deltas;
    /** A record of a batch. */
    private final double[] input;

    private final double[] target;

    public PlainLoops(Shape shape, double[] parameters) {
        layers = shape.layers();
        int depth = layers.size();
        weights = new double[depth][][];
        biases = new double[depth][];
        weightGradients = new double[depth][][];
        biasGradients = new double[depth][];
        activations = new double[depth + 1][];
        deltas = new double[depth + 1][];
        input = new double[shape.inputs()];
        target = new double[shape.outputs()];
        for (int l = 0; l < depth; l++) {
            Dense layer = layers.get(l);
            weights[l] = new double[layer.units()][layer.inputs()];
            weightGradients[l] = new double[layer.units()][layer.inputs()];
            biases[l] = Arrays.copyOfRange(parameters, layer.biases(), layer.end());
            biasGradients[l] = new double[layer.units()];
            activations[l + 1] = new double[layer.units()];
            deltas[l + 1] = new double[layer.units()];
            for (int j = 0; j < layer.units(); j++) {
                for (int k = 0; k < layer.inputs(); k++) {
                    weights[l][j][k] = parameters[layer.weights() + k * layer.units() + j];
                }
            }
        }
    }

    @Override
    public void forward(double[] input, double[] output) {
        double[] y = activate(input);
        System.arraycopy(y, 0, output, 0, y.length);
    }

    @Override
    public double backprop(double[] input, double[] target) {
        double[] y = activate(input);
        int last = layers.size();
        double loss = 0;
        for (int j = 0; j < y.length; j++) {
            double difference = y[j] - target[j];
            loss += difference * difference;
            deltas[last][j] = 2 * difference * slope(layers.get(last - 1).unit(), y[j]);
        }
        for (int l = last - 1; l >= 0; l--) {
            double[] a = activations[l];
            double[] carried = deltas[l];
            if (l > 0) {
                Arrays.fill(carried, 0);
            }
            for (int j = 0; j < weights[l].length; j++) {
                double delta = deltas[l + 1][j];
                double[] w = weights[l][j];
                double[] g = weightGradients[l][j];
                for (int k = 0; k < w.length; k++) {
                    g[k] += delta * a[k];
                }
                biasGradients[l][j] += delta;
                if (l > 0) {
                    for (int k = 0; k < w.length; k++) {
                        carried[k] += delta * w[k];
                    }
                }
            }
            if (l > 0) {
                for (int k = 0; k < a.length; k++) {
                    carried[k] *= slope(layers.get(l - 1).unit(), a[k]);
                }
            }
        }
        return loss;
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord) {
        double loss = 0;
        for (int r = fromRecord; r < toRecord; r++) {
            System.arraycopy(inputs, r * input.length, input, 0, input.length);
            System.arraycopy(targets, r * target.length, target, 0, target.length);
            loss += backprop(input, target);
        }
        return loss;
    }

    @Override
    public double[] gradient() {
        double[] gradient = new double[layers.get(layers.size() - 1).end()];
        for (int l = 0; l < layers.size(); l++) {
            Dense layer = layers.get(l);
            System.arraycopy(biasGradients[l], 0, gradient, layer.biases(), layer.units());
            for (int j = 0; j < layer.units(); j++) {
                for (int k = 0; k < layer.inputs(); k++) {
                    gradient[layer.weights() + k * layer.units() + j] = weightGradients[l][j][k];
                }
            }
        }
        return gradient;
    }

    private double[] activate(double[] input) {
        activations[0] = input;
        for (int l = 0; l < weights.length; l++) {
            double[] a = activations[l];
            double[] next = activations[l + 1];
            Unit unit = layers.get(l).unit();
            for (int j = 0; j < next.length; j++) {
                double[] w = weights[l][j];
                double z = biases[l][j];
                for (int k = 0; k < w.length; k++) {
                    z += w[k] * a[k];
                }
                next[j] = value(unit, z);
            }
        }
        return activations[weights.length];
    }

    private static double value(Unit unit, double z) {
        return switch (unit) {
            case SIGMOID -> 1 / (1 + Math.exp(-z));
            case TANH -> Math.tanh(z);
            case RELU -> Math.max(0, z);
            case IDENTITY -> z;
        };
    }

    /** The derivative, from the value that is already there. */
    private static double slope(Unit unit, double a) {
        return switch (unit) {
            case SIGMOID -> a * (1 - a);
            case TANH -> 1 - a * a;
            case RELU -> a > 0 ? 1 : 0;
            case IDENTITY -> 1;
        };
    }
}
