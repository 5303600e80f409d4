package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;

/** The sums of the squares of all that layers read: of the units of each part of the input, and then of each layer. */
final class UnitSquares implements RangeSum {
    private final TrainableNetwork network;
    private final NetworkDescription description;
    private final int length;
    private final double[] input;
    private final double[] activations;

    UnitSquares(TrainableNetwork network) {
        this.network = network;
        this.description = network.description();
        this.length = length(description);
        this.input = new double[network.inputs()];
        this.activations = new double[length - inputUnits(description)];
    }

    static int length(NetworkDescription description) {
        return inputUnits(description)
                + description.layers().stream()
                        .mapToInt(LayerDescription::units)
                        .sum();
    }

    private static int inputUnits(NetworkDescription description) {
        return description.parts().stream().mapToInt(InputDescription::units).sum();
    }

    /** The sum of the squares of what the weights of a row of a layer multiply, in all layers that have these weights. */
    static double ofRow(NetworkDescription description, int owner, int row, double[] sums) {
        double squares = 0;
        for (int number = owner; number <= description.layers().size(); number++) {
            LayerDescription layer = description.layers().get(number - 1);
            if (layer.kind() == LayerDescription.Kind.DENSE && description.weightsOf(number) == owner) {
                squares += sums[place(description, layer, row)];
            }
        }
        return squares;
    }

    /** Where the sum stands of the unit that a row of a layer's weights leads out of. */
    private static int place(NetworkDescription description, LayerDescription layer, int row) {
        int unit = row;
        for (String source : layer.from()) {
            if (unit < description.units(source)) {
                return from(description, source) + unit;
            }
            unit -= description.units(source);
        }
        throw new IllegalArgumentException("layer " + layer.name() + " has no row " + row);
    }

    private static int from(NetworkDescription description, String source) {
        int from = 0;
        for (InputDescription part : description.parts()) {
            if (part.name().equals(source)) {
                return from;
            }
            from += part.units();
        }
        for (LayerDescription layer : description.layers()) {
            if (layer.name().equals(source)) {
                return from;
            }
            from += layer.units();
        }
        throw new IllegalArgumentException("there is no " + source);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public double add(double[] inputs, double[] targets, double[] weights, int from, int to, double[] sums) {
        for (int record = from; record < to; record++) {
            double weight = weights == null ? 1 : weights[record];
            System.arraycopy(inputs, record * input.length, input, 0, input.length);
            network.activations(input, activations);
            int at = addInput(weight, sums);
            for (double value : activations) {
                sums[at++] += weight * value * value;
            }
        }
        return 0;
    }

    /** Returns where the sums of the input's units end. */
    private int addInput(double weight, double[] sums) {
        int at = 0;
        int number = 0;
        for (InputDescription part : description.parts()) {
            if (part.categories() > 0) {
                sums[at + (int) input[number++] - part.first()] += weight;
                at += part.categories();
            } else {
                for (int i = 0; i < part.size(); i++) {
                    sums[at++] += weight * input[number] * input[number++];
                }
            }
        }
        return at;
    }
}
