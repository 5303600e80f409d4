package dev.chainrule.runtime.drawing;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A number for every unit of a network and one for every parameter.
 *
 * @param layout where each parameter stands
 * @param units one number a unit, layer after layer, the inputs first
 * @param parameters one number a parameter
 */
record Numbers(ParameterLayout layout, double[][] units, double[] parameters) {
    /** Inputs and activations of one record, and the parameters. */
    static Numbers values(TrainableNetwork network, double[] input) {
        ParameterLayout layout = network.description().layout();
        double[] activations = new double
                [IntStream.rangeClosed(1, layout.layers()).map(layout::units).sum()];
        network.activations(input, activations);
        double[][] units = new double[layout.layers() + 1][];
        units[0] = input.clone();
        int from = 0;
        for (int layer = 1; layer < units.length; layer++) {
            units[layer] = Arrays.copyOfRange(activations, from, from + layout.units(layer));
            from += layout.units(layer);
        }
        return new Numbers(layout, units, network.parameters().clone());
    }

    /**
     * The derivatives of the error of the record with these values: dE/dx of the inputs, dE/dz of the units, dE/dp of the
     * parameters.
     */
    static Numbers gradients(TrainableNetwork network, Numbers values, double[] target) {
        ParameterLayout layout = network.description().layout();
        double[] gradient = new double[layout.size()];
        network.backprop(values.units[0], target, gradient);
        double[][] units = new double[layout.layers() + 1][];
        units[0] = new double[network.inputs()];
        network.inputGradient(values.units[0], target, units[0]);
        for (int layer = 1; layer < units.length; layer++) {
            units[layer] = layout.hasBiases(layer)
                    // z = b + ..., so dE/dz = dE/db.
                    ? Arrays.copyOfRange(gradient, layout.biasesFrom(layer), layout.lettersFrom(layer))
                    : byWeights(layout, layer, gradient, values.units[layer - 1]);
        }
        return new Numbers(layout, units, gradient);
    }

    /** {@code dE/dw = dE/dz a}, so dE/dz is dE/dw / a, best for the largest a; NaN where all are 0. */
    private static double[] byWeights(ParameterLayout layout, int layer, double[] gradient, double[] before) {
        int largest = IntStream.range(0, before.length)
                .reduce((a, b) -> Math.abs(before[b]) > Math.abs(before[a]) ? b : a)
                .orElseThrow();
        int row = layout.weightsFrom(layer) + largest * layout.units(layer);
        return IntStream.range(0, layout.units(layer))
                .mapToDouble(unit -> gradient[row + unit] / before[largest])
                .toArray();
    }

    /** The number of the weight from a unit of the layer before to a unit of {@code layer}. */
    double weight(int layer, int from, int to) {
        return parameters[layout.weightsFrom(layer) + from * layout.units(layer) + to];
    }

    /** The number of a unit's bias. */
    double bias(int layer, int unit) {
        return parameters[layout.biasesFrom(layer) + unit];
    }

    /** The largest absolute number of a unit. */
    double largestUnit() {
        return Arrays.stream(units)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    /** The largest absolute number of a parameter. */
    double largestParameter() {
        return Arrays.stream(parameters)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }
}
