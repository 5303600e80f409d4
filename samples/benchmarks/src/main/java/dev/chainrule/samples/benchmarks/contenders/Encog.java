package dev.chainrule.samples.benchmarks.contenders;

import dev.chainrule.samples.benchmarks.contenders.Shape.Dense;
import org.encog.engine.network.activation.ActivationFunction;
import org.encog.engine.network.activation.ActivationLinear;
import org.encog.engine.network.activation.ActivationReLU;
import org.encog.engine.network.activation.ActivationSigmoid;
import org.encog.engine.network.activation.ActivationTANH;
import org.encog.neural.flat.FlatNetwork;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;

/** Encog, by the fastest of its ways to the outputs: the flat network within. */
public final class Encog implements Evaluator {
    private final FlatNetwork flat;

    public Encog(Shape shape, double[] parameters) {
        flat = network(shape, parameters).getFlat();
    }

    /** A network with parameters of its own. */
    static BasicNetwork network(Shape shape, double[] parameters) {
        BasicNetwork network = new BasicNetwork();
        network.addLayer(new BasicLayer(null, true, shape.inputs()));
        int left = shape.layers().size();
        for (Dense layer : shape.layers()) {
            // A layer's bias unit feeds the next layer, so the last has none.
            network.addLayer(new BasicLayer(function(layer.unit()), --left > 0, layer.units()));
        }
        network.getStructure().finalizeStructure();
        forEach(shape, (l, k, j, index) -> network.setWeight(l, k, j, parameters[index]));
        return network;
    }

    /** The parameters of such a network, in the order of those that it was made with. */
    static double[] parameters(Shape shape, BasicNetwork network) {
        double[] parameters = new double[shape.parameters()];
        forEach(shape, (l, k, j, index) -> parameters[index] = network.getWeight(l, k, j));
        return parameters;
    }

    /** Is given a weight as Encog names it, and where it stands among the parameters. */
    private interface WeightVisitor {
        void visit(int layer, int from, int to, int index);
    }

    private static void forEach(Shape shape, WeightVisitor visitor) {
        for (int l = 0; l < shape.layers().size(); l++) {
            Dense layer = shape.layers().get(l);
            for (int j = 0; j < layer.units(); j++) {
                // The bias unit is the one after the layer's own; the layouts agree.
                for (int k = 0; k <= layer.inputs(); k++) {
                    visitor.visit(l, k, j, layer.weights() + k * layer.units() + j);
                }
            }
        }
    }

    @Override
    public void forward(double[] input, double[] output) {
        flat.compute(input, output);
    }

    private static ActivationFunction function(Unit unit) {
        return switch (unit) {
            case SIGMOID -> new ActivationSigmoid();
            case TANH -> new ActivationTANH();
            case RELU -> new ActivationReLU();
            case IDENTITY -> new ActivationLinear();
        };
    }
}
