package dev.chainrule.processor.onnx;

import java.util.List;
import java.util.Optional;

/**
 * What an ONNX model says, as far as networks need it; not yet known to make sense.
 *
 * @param operatorSets which operators it uses
 * @param functions the names of operators that it defines itself
 * @param sparseInitializers the number of initialisers that are written without their zeros
 */
record OnnxModel(
        List<OperatorSet> operatorSets,
        List<String> functions,
        List<Node> nodes,
        List<Tensor> initializers,
        int sparseInitializers,
        List<Port> inputs,
        List<Port> outputs) {
    OnnxModel {
        operatorSets = List.copyOf(operatorSets);
        functions = List.copyOf(functions);
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The operators of a domain, empty for ONNX's own, at a version. */
    record OperatorSet(String domain, long version) {}

    /**
     * An input or output of the model.
     *
     * @param shape no sizes where it is not said
     */
    record Port(String name, DataType type, Optional<Shape> shape) {}
}
