package dev.chainrule.runtime.training;

import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Layers of tanh units, written by hand as loops, with the error {@code E = sum (y - t)^2 / 2}. */
public final class TanhNetwork implements TrainableNetwork {
    private final ParameterLayout layout;
    private final double[] parameters;

    /** On the given parameters. */
    public TanhNetwork(ParameterLayout layout, double... parameters) {
        this.layout = layout;
        this.parameters = parameters;
    }

    /** All parameters zero. */
    public TanhNetwork(ParameterLayout layout) {
        this(layout, new double[layout.size()]);
    }

    @Override
    public int inputs() {
        return layout.units(0);
    }

    @Override
    public int outputs() {
        return layout.units(layout.layers());
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public NetworkDescription description() {
        List<LayerDescription> layers = IntStream.rangeClosed(1, layout.layers())
                .mapToObj(layer -> new LayerDescription(layout.units(layer), "TANH", layout.hasBiases(layer)))
                .toList();
        return new NetworkDescription(inputs(), layers, "HALF_SUM_OF_SQUARES", TargetKind.ANY);
    }

    @Override
    public void forward(double[] input, double[] output) {
        System.arraycopy(activations(input)[layout.layers()], 0, output, 0, outputs());
    }

    @Override
    public double loss(double[] input, double[] target) {
        double[] output = new double[outputs()];
        forward(input, output);
        double error = 0;
        for (int i = 0; i < output.length; i++) {
            error += (output[i] - target[i]) * (output[i] - target[i]) / 2;
        }
        return error;
    }

    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        double[][] a = activations(input);
        double[] errors = new double[outputs()]; // dE/da of the layer
        for (int i = 0; i < errors.length; i++) {
            errors[i] = a[layout.layers()][i] - target[i];
        }
        for (int layer = layout.layers(); layer > 0; layer--) {
            double[] errorsBefore = new double[a[layer - 1].length];
            for (int to = 0; to < a[layer].length; to++) {
                double delta = errors[to] * (1 - a[layer][to] * a[layer][to]);
                for (int from = 0; from < a[layer - 1].length; from++) {
                    int weight = layout.weightsFrom(layer) + from * a[layer].length + to;
                    gradient[weight] += delta * a[layer - 1][from];
                    errorsBefore[from] += delta * parameters[weight];
                }
                if (layout.hasBiases(layer)) {
                    gradient[layout.biasesFrom(layer) + to] += delta;
                }
            }
            errors = errorsBefore;
        }
        return loss(input, target);
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        double error = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            error += backprop(
                    Arrays.copyOfRange(inputs, record * inputs(), (record + 1) * inputs()),
                    Arrays.copyOfRange(targets, record * outputs(), (record + 1) * outputs()),
                    gradient);
        }
        return error;
    }

    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void activations(double[] input, double[] activations) {
        double[][] a = activations(input);
        int from = 0;
        for (int layer = 1; layer < a.length; layer++) {
            System.arraycopy(a[layer], 0, activations, from, a[layer].length);
            from += a[layer].length;
        }
    }

    /** The activations of all layers, from the input on. */
    private double[][] activations(double[] input) {
        double[][] a = new double[layout.layers() + 1][];
        a[0] = input;
        for (int layer = 1; layer < a.length; layer++) {
            a[layer] = new double[layout.units(layer)];
            for (int to = 0; to < a[layer].length; to++) {
                double z = layout.hasBiases(layer) ? parameters[layout.biasesFrom(layer) + to] : 0;
                for (int from = 0; from < a[layer - 1].length; from++) {
                    z += parameters[layout.weightsFrom(layer) + from * a[layer].length + to] * a[layer - 1][from];
                }
                a[layer][to] = StrictMath.tanh(z);
            }
        }
        return a;
    }
}
