package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.Formula;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.files.AtomicFile;
import dev.chainrule.runtime.files.ElementSink;
import dev.chainrule.runtime.files.FileCalls;
import dev.chainrule.runtime.files.ProtobufMessage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Saves a network as an ONNX model, which ONNX Runtime and other tools run. ONNX Runtime's outputs are the network's but for
 * rounding: in {@code double} to 1e-12 of each output, in {@code float} to 1e-6, or to 1e-6 of an output above 1.
 *
 * <p>The model has one input, {@code input} of shape [batch, inputs], and one output, {@code output} of shape [batch, outputs],
 * for any number of records at once. A layer is a Gemm of {@code layer1.weight}, of shape [in, out], and {@code layer1.bias}, of
 * shape [out], or a MatMul where it has no biases, and then its {@linkplain LayerDescription#value() formula}, function by
 * function; one may take several operators, as ONNX Runtime has few of them in {@code double}. The operators are those of version
 * 13, the file's format is of version 8. The metadata {@code chainrule.topology} has its {@link NetworkDescription#topology()
 * topology}. The loss is no part of the model.
 */
public final class OnnxFile {
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private OnnxFile() {}

    /**
     * Saves the network, atomically, as {@link TensorWriter#save} says.
     *
     * @param network what is saved; it stays as it is
     * @param path the file, in a directory that exists
     * @param elementType of parameters, inputs and outputs
     * @throws IllegalArgumentException if a parameter is NaN, infinite, or too large for the type, or the model would have
     *     more than the 2 GiB that the format allows; nothing is written then
     * @throws UnsupportedOperationException if the network does not tell its {@link TrainableNetwork#description()}, with the
     *     formulas of its layers, as generated ones do, or ONNX Runtime does not have one of their functions in this type
     * @throws IOException as {@link TensorWriter#save} throws it
     */
    public static void save(TrainableNetwork network, Path path, ElementType elementType) throws IOException {
        ProtobufMessage model = model(network, elementType);
        if (model.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the model would have " + model.size() + " bytes; expected at most "
                    + Integer.MAX_VALUE + ", the most that the format allows");
        }
        AtomicFile.write(path, FileCalls.REAL, sink -> {
            ElementSink elements = new ElementSink(sink);
            model.writeTo(elements);
            elements.flush();
        });
    }

    private static ProtobufMessage model(TrainableNetwork network, ElementType elementType) {
        double[] parameters = WeightFile.checkedParameters(network, elementType);
        NetworkDescription description = network.description();
        OnnxGraph graph = new OnnxGraph(elementType);
        NetworkTensors.of(description.layout())
                .forEach((name, part) -> graph.tensor(name, part.shape(), parameters, part.from(), part.end()));
        String a = INPUT;
        int number = 1;
        for (LayerDescription layer : description.layers()) {
            String weight = "layer" + number + ".weight";
            String z = layer.bias()
                    ? graph.node("Gemm", a, weight, "layer" + number + ".bias")
                    : graph.node("MatMul", a, weight);
            a = new OnnxFormula(graph, "layer" + number, z).of(formula(layer));
            number++;
        }
        return graph.model(INPUT, network.inputs(), a, OUTPUT, network.outputs(), description.topology());
    }

    private static Formula formula(LayerDescription layer) {
        if (layer.value().isEmpty()) {
            throw new UnsupportedOperationException(
                    "the network does not tell what its activation " + layer.activation() + " is");
        }
        return Formula.of(layer.value());
    }
}
