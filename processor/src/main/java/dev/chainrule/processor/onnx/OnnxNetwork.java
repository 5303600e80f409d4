package dev.chainrule.processor.onnx;

import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;

/**
 * What a model is as a network.
 *
 * @param parameters in the layout of the layers: of each, the weights row-major as in x out, then the biases
 */
public record OnnxNetwork(int inputs, List<Layer> layers, double[] parameters) {
    public OnnxNetwork {
        layers = List.copyOf(layers);
    }

    /** The layers that end in these units. */
    static OnnxNetwork of(Units last, int mostParameters) throws OnnxException {
        LinkedList<Dense> chain = new LinkedList<>();
        LinkedList<ActivationFunction> activations = new LinkedList<>();
        Units units = last;
        for (Optional<Dense> layer = last.layer(); layer.isPresent(); layer = units.layer()) {
            chain.addFirst(layer.get());
            activations.addFirst(units.activation());
            units = layer.get().before();
        }
        List<Layer> layers = new ArrayList<>();
        long offset = 0;
        for (Dense dense : chain) {
            boolean bias = dense.bias().isPresent();
            Layer layer = new Layer(dense.inputs(), dense.units(), activations.get(layers.size()), bias, (int) offset);
            layers.add(layer);
            offset += (long) dense.inputs() * dense.units() + (bias ? dense.units() : 0);
            if (offset > mostParameters) {
                throw new OnnxException(
                        "TooLargeToFreeze",
                        "A class holds at most " + mostParameters + " parameters, and layers 1 to " + layers.size()
                                + " of the model have " + offset + ".");
            }
        }
        double[] parameters = new double[(int) offset];
        for (int i = 0; i < layers.size(); i++) {
            chain.get(i).write(parameters, layers.get(i).offset());
        }
        return new OnnxNetwork(layers.get(0).inputs(), layers, parameters);
    }
}
