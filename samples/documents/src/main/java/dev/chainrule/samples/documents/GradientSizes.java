package dev.chainrule.samples.documents;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Initializer;
import java.util.Arrays;
import java.util.Random;

/**
 * How large the error of each layer is, layer by layer.
 *
 * @param label which network
 * @param sizes for layer 1, 2, ... the root mean square of {@code delta = dE/dz} over its units, a mean over random networks
 */
record GradientSizes(String label, double[] sizes) {
    /** Draws parameters and a record from N(0, 1), computes the gradient, and all of it again and again. */
    static GradientSizes of(String label, TrainableNetwork network, Initializer initializer, int draws, long seed) {
        ParameterLayout layout = network.description().layout();
        Random random = new Random(seed);
        double[] input = new double[network.inputs()];
        double[] target = new double[network.outputs()];
        double[] gradient = new double[layout.size()];
        double[] sizes = new double[layout.layers()];
        for (int draw = 0; draw < draws; draw++) {
            initializer.initialize(network, random.nextLong());
            Arrays.setAll(input, i -> random.nextGaussian());
            Arrays.setAll(target, i -> random.nextGaussian());
            Arrays.fill(gradient, 0);
            network.backprop(input, target, gradient);
            for (int layer = 1; layer <= layout.layers(); layer++) {
                sizes[layer - 1] += size(gradient, layout, layer) / draws;
            }
        }
        return new GradientSizes(label, sizes);
    }

    /** For one record {@code dE/db} is {@code dE/dz}. */
    private static double size(double[] gradient, ParameterLayout layout, int layer) {
        double squares = 0;
        for (int index = layout.biasesFrom(layer); index < layout.end(layer); index++) {
            squares += gradient[index] * gradient[index];
        }
        return Math.sqrt(squares / layout.units(layer));
    }

    /** By what factor the error changes from one hidden layer to the one before it: a geometric mean. */
    double factor() {
        int steps = Vanishing.HIDDEN_LAYERS - 1;
        return Math.pow(sizes[0] / sizes[steps], 1.0 / steps);
    }
}
