package dev.chainrule.samples.benchmarks.contenders;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes and activations of a fully connected network.
 *
 * @param name the sizes from inputs to outputs, as {@code 3-4-4-1}
 */
public record Shape(String name, List<Dense> layers) {
    /**
     * A layer. Its parameters are {@code inputs x units} weights, row-major, and then the biases.
     *
     * @param weights where its weights start among the parameters of the network
     */
    public record Dense(int inputs, int units, Unit unit, int weights) {
        /** Where its biases start. */
        public int biases() {
            return weights + inputs * units;
        }

        /** Where the next layer starts. */
        public int end() {
            return biases() + units;
        }
    }

    /** The shape of that name; the last unit is that of all further layers. */
    public static Shape of(String name, Unit... units) {
        String[] sizes = name.split("-");
        List<Dense> layers = new ArrayList<>();
        int start = 0;
        for (int l = 1; l < sizes.length; l++) {
            Unit unit = units[Math.min(l, units.length) - 1];
            Dense layer = new Dense(Integer.parseInt(sizes[l - 1]), Integer.parseInt(sizes[l]), unit, start);
            layers.add(layer);
            start = layer.end();
        }
        return new Shape(name, List.copyOf(layers));
    }

    public int inputs() {
        return layers.get(0).inputs();
    }

    public int outputs() {
        return last().units();
    }

    public int parameters() {
        return last().end();
    }

    private Dense last() {
        return layers.get(layers.size() - 1);
    }
}
