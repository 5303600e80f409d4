package dev.chainrule.runtime.drawing;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A number for every unit of a network and one for every parameter.
 *
 * @param layout where each parameter stands
 * @param units one number a unit, layer after layer, those of the input first; null for layers whose numbers are not
 *     known
 * @param parameters one number a parameter
 */
record Numbers(ParameterLayout layout, double[][] units, double[] parameters) {
    /** Inputs and activations of one record, and the parameters. */
    static Numbers values(TrainableNetwork network, Sources sources, double[] input) {
        NetworkDescription.checkConstants(network);
        ParameterLayout layout = network.description().layout();
        double[] activations = new double
                [IntStream.rangeClosed(1, layout.layers()).map(layout::units).sum()];
        network.activations(input, activations);
        double[][] units = new double[layout.layers() + 1][];
        units[0] = sources.input(input);
        int from = 0;
        for (int layer = 1; layer < units.length; layer++) {
            units[layer] = Arrays.copyOfRange(activations, from, from + layout.units(layer));
            from += layout.units(layer);
        }
        return new Numbers(layout, units, network.parameters().clone());
    }

    /**
     * The derivatives of the error of the record with these values: dE/dx of the inputs, dE/dz of the units, dE/dp of the
     * parameters. They are read from the gradient, which has no dE/dz of layers without weights, or with shared ones.
     */
    static Numbers gradients(
            TrainableNetwork network, Sources sources, Numbers values, double[] input, double[] target) {
        ParameterLayout layout = values.layout;
        double[] gradient = new double[layout.size()];
        network.backprop(input, target, gradient);
        double[][] units = new double[layout.layers() + 1][];
        double[] inputGradient = new double[network.inputs()];
        network.inputGradient(input, target, inputGradient);
        units[0] = sources.quantities(inputGradient);
        for (int layer = 1; layer < units.length; layer++) {
            if (sources.hasWeightsAlone(layer)) {
                units[layer] = layout.hasBiases(layer)
                        // z = b + ..., so dE/dz = dE/db.
                        ? Arrays.copyOfRange(gradient, layout.biasesFrom(layer), layout.lettersFrom(layer))
                        : byWeights(layout, layer, gradient, values.read(sources, layer));
            }
        }
        return new Numbers(layout, units, gradient);
    }

    /** The values that a layer reads, one source after the other. */
    private double[] read(Sources sources, int layer) {
        return sources.of(layer).stream()
                .flatMapToDouble(
                        source -> Arrays.stream(units[source.layer()], source.first(), source.first() + source.units()))
                .toArray();
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

    /** The number of the weight from a unit of what {@code layer} reads to one of its units. */
    double weight(int layer, int row, int to) {
        return parameters[layout.weightsFrom(layer) + row * layout.units(layer) + to];
    }

    /** The number of a unit's bias. */
    double bias(int layer, int unit) {
        return parameters[layout.biasesFrom(layer) + unit];
    }

    /** The largest absolute number of a unit. */
    double largestUnit() {
        return Arrays.stream(units)
                .filter(Objects::nonNull)
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
