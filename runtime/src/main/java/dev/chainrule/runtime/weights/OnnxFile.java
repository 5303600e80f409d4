package dev.chainrule.runtime.weights;

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
 * for any number of records at once. Where the parts of the input have names, there is an input for each, by its name;
 * there, and where there are several output layers, there is an output for each of these, by its name. A number that
 * stands for a category which there is not is no error to a model: all units of the categories are 0.
 *
 * <p>A dense layer is a Gemm of {@code layer1.weight}, of shape [in, out], and {@code layer1.bias}, of shape [out], or
 * a MatMul where it has no biases; other kinds are an Add, Mul or Concat, and Sub and Mul of {@code raw.shift} and
 * {@code raw.scale}. Then follows its {@linkplain LayerDescription#value() formula}, function by function; one may take
 * several operators, as ONNX Runtime has few of them in {@code double}. The operators are those of version
 * 13, the file's format is of version 8. The metadata {@code chainrule.topology} has its {@link NetworkDescription#topology()
 * topology}. The loss is no part of the model.
 */
public final class OnnxFile {
    private OnnxFile() {}

    /**
     * Saves the network, atomically, as {@link TensorWriter#save} says.
     *
     * @param network what is saved; it stays as it is
     * @param path the file, in a directory that exists
     * @param elementType of parameters, inputs and outputs
     * @throws IllegalArgumentException if a parameter or a constant is NaN, infinite, or too large for the type, or the
     *     model would have more than the 2 GiB that the format allows; nothing is written then
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
        NetworkNumbers numbers = WeightFile.checkedNumbers(network, elementType);
        return new OnnxNetwork(network.description(), elementType, numbers).model();
    }
}
