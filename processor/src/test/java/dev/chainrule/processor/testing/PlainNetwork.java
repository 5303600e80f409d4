package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.network.ActivationFunction.Named;
import dev.chainrule.processor.notation.TextRenderer;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * The oracle: any topology by plain loops, the forward pass in the documented order and with the same kernels as generated
 * code, the gradient by another algorithm than theirs ({@link Tangents}).
 */
public final class PlainNetwork implements TrainableNetwork {
    private final Topology topology;
    private final double[] parameters;

    /** Works on the caller's parameters. */
    public PlainNetwork(Topology topology, double[] parameters) {
        this.topology = topology;
        this.parameters = parameters;
    }

    /** The pre-activations and activations of a forward pass, by layer and unit; {@code a[0]} is the input. */
    record Pass(double[][] z, double[][] a) {
        double[] lastZ() {
            return z[z.length - 1];
        }

        double[] output() {
            return a[a.length - 1];
        }
    }

    public Topology declared() {
        return topology;
    }

    @Override
    public NetworkDescription description() {
        LayerDescription[] layers = topology.layers().stream()
                .map(layer -> {
                    Named activation = Named.of(layer.activation());
                    String value =
                            TextRenderer.expression(dev.chainrule.processor.rules.Activations.formula(activation));
                    return new LayerDescription(layer.units(), activation.text(), value, layer.bias());
                })
                .toArray(LayerDescription[]::new);
        TargetKind targets = switch (topology.loss()) {
            case BINARY_CROSS_ENTROPY -> TargetKind.PROBABILITIES;
            case CATEGORICAL_CROSS_ENTROPY -> TargetKind.DISTRIBUTION;
            default -> TargetKind.ANY;
        };
        String loss = switch (topology.loss()) {
            case SUM_OF_SQUARES -> "sum((y - t) * (y - t))";
            case HALF_SUM_OF_SQUARES -> "sum((y - t) * (y - t)) / 2";
            case MEAN_SQUARED_ERROR -> "mean((y - t) * (y - t))";
            case MEAN_ABSOLUTE_ERROR -> "mean(abs(y - t))";
            case HUBER -> "mean(huber(y - t))";
            case LOG_COSH -> "mean(logCosh(y - t))";
            case BINARY_CROSS_ENTROPY -> "mean(t * softplus(-z) + (1 - t) * softplus(z))";
            case CATEGORICAL_CROSS_ENTROPY -> "-sum(t * log(y))";
        };
        return NetworkDescription.of(topology.inputs(), layers, topology.loss().name(), loss, targets);
    }

    @Override
    public int inputs() {
        return topology.inputs();
    }

    @Override
    public int outputs() {
        return topology.outputs();
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public void forward(double[] input, double[] output) {
        System.arraycopy(pass(input).output(), 0, output, 0, outputs());
    }

    @Override
    public void activations(double[] input, double[] activations) {
        double[][] a = pass(input).a();
        int index = 0;
        for (int layer = 1; layer < a.length; layer++) {
            System.arraycopy(a[layer], 0, activations, index, a[layer].length);
            index += a[layer].length;
        }
    }

    @Override
    public double loss(double[] input, double[] target) {
        Pass pass = pass(input);
        return Losses.value(topology.loss(), pass.lastZ(), pass.output(), target);
    }

    /** The gradient, though not by backpropagation. */
    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        addGradient(derivatives(input, target), gradient);
        return loss(input, target);
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        double sum = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            sum += backprop(record(inputs, record, inputs()), record(targets, record, outputs()), gradient);
        }
        return sum;
    }

    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        addInputGradient(derivatives(input, target), gradient);
        return loss(input, target);
    }

    /** For every parameter the sum, over all paths to the error, of the absolute product of the factors of its derivative. */
    public double[] gradientMagnitude(double[] input, double[] target) {
        double[] magnitude = new double[parameters.length];
        addGradient(magnitudes(input, target), magnitude);
        return magnitude;
    }

    /** The same for every input. */
    public double[] inputGradientMagnitude(double[] input, double[] target) {
        double[] magnitude = new double[inputs()];
        addInputGradient(magnitudes(input, target), magnitude);
        return magnitude;
    }

    /** How many sums the terms of a unit's sum go to in turn, before these are added by halves: ((0 + 4) + (2 + 6)) + ... */
    static int parts(int terms, int units) {
        return terms >= 64 && units < 8 ? 8 : 1;
    }

    /** {@code z_j = b_j}, then {@code + w_k_j * a_k} for k ascending; {@code a_j} from {@code z_j}; layer after layer. */
    Pass pass(double[] input) {
        int depth = topology.depth();
        double[][] z = new double[depth + 1][];
        double[][] a = new double[depth + 1][];
        a[0] = input;
        int index = 0;
        for (int layer = 1; layer <= depth; layer++) {
            int units = topology.units(layer);
            int firstBias = index + a[layer - 1].length * units;
            boolean bias = topology.layer(layer).bias();
            z[layer] = bias ? Arrays.copyOfRange(parameters, firstBias, firstBias + units) : new double[units];
            double[][] sums = new double[parts(a[layer - 1].length, units)][units];
            Arrays.stream(sums).forEach(sum -> Arrays.fill(sum, -0.0));
            sums[0] = z[layer];
            for (int k = 0; k < a[layer - 1].length; k++) {
                double[] sum = sums[k % sums.length];
                for (int j = 0; j < units; j++) {
                    sum[j] = Math.fma(parameters[index++], a[layer - 1][k], sum[j]);
                }
            }
            for (int by = sums.length / 2; by >= 1; by /= 2) {
                for (int part = 0; part < by; part++) {
                    for (int j = 0; j < units; j++) {
                        sums[part][j] += sums[part + by][j];
                    }
                }
            }
            index += bias ? units : 0;
            a[layer] = Activations.values(topology.layer(layer).activation(), z[layer]);
        }
        return new Pass(z, a);
    }

    private Tangents derivatives(double[] input, double[] target) {
        Pass pass = pass(input);
        return new Tangents(
                pass.a(),
                weights(),
                jacobians(pass, Activations::jacobian),
                Losses.gradient(topology.loss(), pass.lastZ(), pass.output(), target));
    }

    private Tangents magnitudes(double[] input, double[] target) {
        Pass pass = pass(input);
        double[][] values = Arrays.stream(pass.a()).map(double[]::clone).toArray(double[][]::new);
        absolute(values);
        double[][][] weights = weights();
        for (double[][] matrix : weights) {
            absolute(matrix);
        }
        return new Tangents(
                values,
                weights,
                jacobians(pass, Activations::jacobianMagnitude),
                Losses.gradientMagnitude(topology.loss(), pass.lastZ(), pass.output(), target));
    }

    /** By layer. The cross-entropies are derived by the last {@code z}, so that the last activation is left out. */
    private double[][][] jacobians(Pass pass, BiFunction<Activation, double[], double[][]> rule) {
        double[][][] jacobians = new double[topology.depth() + 1][][];
        for (int layer = 1; layer <= topology.depth(); layer++) {
            boolean leftOut = layer == topology.depth() && Losses.isCrossEntropy(topology.loss());
            jacobians[layer] = leftOut
                    ? identity(topology.units(layer))
                    : rule.apply(topology.layer(layer).activation(), pass.z()[layer]);
        }
        return jacobians;
    }

    private double[][][] weights() {
        double[][][] weights = new double[topology.depth() + 1][][];
        weights[0] = new double[0][];
        int index = 0;
        for (int layer = 1; layer <= topology.depth(); layer++) {
            int units = topology.units(layer);
            weights[layer] = new double[topology.units(layer - 1)][];
            for (int k = 0; k < weights[layer].length; k++) {
                weights[layer][k] = Arrays.copyOfRange(parameters, index, index + units);
                index += units;
            }
            index += topology.layer(layer).bias() ? units : 0;
        }
        return weights;
    }

    private void addGradient(Tangents tangents, double[] gradient) {
        int index = 0;
        for (int layer = 1; layer <= topology.depth(); layer++) {
            for (int k = 0; k < topology.units(layer - 1); k++) {
                for (int j = 0; j < topology.units(layer); j++) {
                    gradient[index++] += tangents.weight(layer, k, j);
                }
            }
            if (topology.layer(layer).bias()) {
                for (int j = 0; j < topology.units(layer); j++) {
                    gradient[index++] += tangents.bias(layer, j);
                }
            }
        }
    }

    private static void addInputGradient(Tangents tangents, double[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += tangents.input(i);
        }
    }

    private static double[] record(double[] records, int record, int width) {
        return Arrays.copyOfRange(records, record * width, (record + 1) * width);
    }

    private static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static void absolute(double[][] matrix) {
        for (double[] row : matrix) {
            Arrays.setAll(row, j -> Math.abs(row[j]));
        }
    }
}
