package dev.chainrule.samples.documents;

import dev.chainrule.runtime.ParameterLayout;
import java.util.Arrays;

/**
 * The 3-4-4-1 network as a graph: a number for every unit and one for every parameter.
 *
 * @param layout where each parameter stands
 * @param units one number a unit, layer after layer, the inputs first
 * @param parameters one number a parameter
 */
record MlpGraph(ParameterLayout layout, double[][] units, double[] parameters) {
    /** Inputs and activations of one record, and the parameters. */
    static MlpGraph values(MlpNetwork network, double[] input) {
        double[] parameters = network.parameters().clone();
        double[] first = new double[Mlp_FirstNetwork.OUTPUTS];
        double[] second = new double[Mlp_FirstTwoNetwork.OUTPUTS];
        double[] output = new double[MlpNetwork.OUTPUTS];
        new Mlp_FirstNetwork(Arrays.copyOf(parameters, Mlp_FirstNetwork.PARAMETERS)).forward(input, first);
        new Mlp_FirstTwoNetwork(Arrays.copyOf(parameters, Mlp_FirstTwoNetwork.PARAMETERS)).forward(input, second);
        network.forward(input, output);
        return new MlpGraph(network.layout(), new double[][] {input, first, second, output}, parameters);
    }

    /** The derivatives of the error of one record: dE/dx of the inputs, dE/dz of the units, dE/dp of the parameters. */
    static MlpGraph gradients(MlpNetwork network, double[] input, double[] target) {
        ParameterLayout layout = network.layout();
        double[] gradient = new double[MlpNetwork.PARAMETERS];
        network.backprop(input, target, gradient);
        double[][] units = new double[layout.layers() + 1][];
        units[0] = new double[MlpNetwork.INPUTS];
        network.inputGradient(input, target, units[0]);
        for (int layer = 1; layer < units.length; layer++) {
            // z = b + ..., so dE/dz = dE/db.
            units[layer] = Arrays.copyOfRange(gradient, layout.biasesFrom(layer), layout.end(layer));
        }
        return new MlpGraph(layout, units, gradient);
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
                .max()
                .orElseThrow();
    }

    /** The largest absolute number of a parameter. */
    double largestParameter() {
        return Arrays.stream(parameters).map(Math::abs).max().orElseThrow();
    }
}
