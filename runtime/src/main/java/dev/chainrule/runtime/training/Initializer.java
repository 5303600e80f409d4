package dev.chainrule.runtime.training;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.random.RandomGenerator;

/**
 * How the parameters of a network begin: a rule for one weight and one for one bias. {@link Initializers} has the known ones; a
 * lambda gives another, with biases of zero.
 *
 * <pre>{@code
 * Initializers.glorotUniform().initialize(network, 42);
 * Initializers.byLayer(Initializers.heNormal(), Initializers.glorotNormal()).initialize(network, 42);
 * Initializers.uniform(-1, 1).withBiases(Initializers.uniform(-1, 1)).initialize(network, 42);
 * }</pre>
 */
@FunctionalInterface
public interface Initializer {
    /**
     * {@return one weight}
     *
     * @param layout of the network; {@code layout.rows(layer)} weights lead into a unit of this layer
     * @param layer the layer that the weight leads into, counted from 1
     * @param random where random numbers come from
     */
    double weight(ParameterLayout layout, int layer, RandomGenerator random);

    /**
     * {@return one bias of a layer: 0, unless this initialiser says otherwise}
     *
     * @param layout of the network
     * @param layer the layer that the bias belongs to, counted from 1
     * @param random where random numbers come from
     */
    default double bias(ParameterLayout layout, int layer, RandomGenerator random) {
        return 0;
    }

    /**
     * {@return this initialiser for the weights, with biases that begin as {@code biases} has its weights}
     *
     * @param biases the rule for biases
     */
    default Initializer withBiases(Initializer biases) {
        Initializer weights = this;
        return new Initializer() {
            @Override
            public double weight(ParameterLayout layout, int layer, RandomGenerator random) {
                return weights.weight(layout, layer, random);
            }

            @Override
            public double bias(ParameterLayout layout, int layer, RandomGenerator random) {
                return biases.weight(layout, layer, random);
            }
        };
    }

    /**
     * Sets all weights and biases of a network, in the order of their layout, with random numbers from one generator; the
     * trainable letters of formulas stay as they are. The numbers depend on nothing but the seed: SplitMix64 gives 64 bits at a
     * time; the first 53 of them, times {@code 2^-53}, are a number from 0 to 1; two such make a normal one by Marsaglia's polar
     * method, with {@link StrictMath#log}. So the parameters are the same bits on every JVM.
     *
     * @param network whose parameters are set
     * @param seed any number
     * @throws IllegalArgumentException if the network does not have the parameters that its layout tells of, or other layers than
     *     this initialiser is for, before anything is written
     * @throws UnsupportedOperationException if the network does not tell its layout
     */
    default void initialize(TrainableNetwork network, long seed) {
        ParameterLayout layout = network.description().layout();
        double[] parameters = network.parameters();
        Shapes.checkLength("parameters", parameters, layout.size());
        RandomGenerator random = new SplitMix64(seed);
        double[] initial = new double[parameters.length];
        for (int layer = 1; layer <= layout.layers(); layer++) {
            int biasesFrom = layout.biasesFrom(layer);
            int lettersFrom = layout.lettersFrom(layer);
            int end = layout.end(layer);
            for (int index = layout.weightsFrom(layer); index < biasesFrom; index++) {
                initial[index] = weight(layout, layer, random);
            }
            for (int index = biasesFrom; index < lettersFrom; index++) {
                initial[index] = bias(layout, layer, random);
            }
            System.arraycopy(parameters, lettersFrom, initial, lettersFrom, end - lettersFrom);
        }
        System.arraycopy(initial, 0, parameters, 0, initial.length);
    }
}
