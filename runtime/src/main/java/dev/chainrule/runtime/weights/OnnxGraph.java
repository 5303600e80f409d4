package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.files.ProtobufMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of ONNX as it grows, operator by operator. Values have names: those of inputs, tensors and constants, and for each node
 * that of what it computes; these have a dot, which names of layers and parts of the input have not. The numbers of
 * fields are those of <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class OnnxGraph {
    private static final int FORMAT_VERSION = 8;
    private static final int OPERATOR_VERSION = 13;
    private static final int FLOAT = 1;
    private static final int DOUBLE = 11;
    private static final int RAW_DATA = 9;
    private static final int INT = 2;

    private final ElementType elementType;
    private final List<Node> nodes = new ArrayList<>();
    private final List<ProtobufMessage> tensors = new ArrayList<>();

    OnnxGraph(ElementType elementType) {
        this.elementType = elementType;
    }

    /**
     * An input or output of the model.
     *
     * @param name by which callers know it
     * @param width the numbers of a record
     * @param value the name that it has in the graph
     */
    record Port(String name, int width, String value) {}

    /**
     * One operator.
     *
     * @param axis along which it works; -1 where that is not to be said
     */
    private record Node(String operator, String output, int axis, String[] inputs) {
        /** With other names for some values. */
        ProtobufMessage message(Map<String, String> names) {
            ProtobufMessage node = new ProtobufMessage();
            for (String input : inputs) {
                node.text(1, names.getOrDefault(input, input));
            }
            node.text(2, names.getOrDefault(output, output));
            node.text(4, operator);
            if (axis >= 0) {
                node.message(
                        5, new ProtobufMessage().text(1, "axis").number(3, axis).number(20, INT));
            }
            return node;
        }
    }

    ElementType elementType() {
        return elementType;
    }

    /** Adds an operator and returns the name of what it computes. */
    String node(String operator, String... inputs) {
        return node(operator, -1, inputs);
    }

    /** Adds one value after the other, record by record. */
    String concatenation(List<String> values) {
        return values.size() == 1 ? values.get(0) : node("Concat", 1, values.toArray(new String[0]));
    }

    private String node(String operator, int axis, String... inputs) {
        String output = "value." + nodes.size();
        nodes.add(new Node(operator, output, axis, inputs));
        return output;
    }

    /** Adds a number. */
    String constant(double value) {
        return tensor("constant." + tensors.size(), List.of(), new double[] {value}, 0, 1);
    }

    /** Adds a tensor, whose elements are not copied. */
    String tensor(String name, List<Long> shape, double[] values, int from, int end) {
        ProtobufMessage tensor = new ProtobufMessage();
        shape.forEach(length -> tensor.number(1, length));
        tensor.number(2, dataType()).text(8, name);
        tensors.add(
                elementType == ElementType.FLOAT
                        ? tensor.floats(RAW_DATA, values, from, end)
                        : tensor.doubles(RAW_DATA, values, from, end));
        return name;
    }

    /**
     * The model.
     *
     * @param inputs what it takes
     * @param outputs what it gives, each a value of its own, that of a node
     * @param topology goes into the metadata
     */
    ProtobufMessage model(List<Port> inputs, List<Port> outputs, String topology) {
        Map<String, String> names = new HashMap<>();
        outputs.forEach(output -> names.put(output.value(), output.name()));
        ProtobufMessage graph = new ProtobufMessage();
        nodes.forEach(node -> graph.message(1, node.message(names)));
        graph.text(2, "network");
        tensors.forEach(tensor -> graph.message(5, tensor));
        inputs.forEach(input -> graph.message(11, records(input)));
        outputs.forEach(output -> graph.message(12, records(output)));

        return new ProtobufMessage()
                .number(1, FORMAT_VERSION)
                .text(2, "Chainrule")
                .message(7, graph)
                .message(8, new ProtobufMessage().text(1, "").number(2, OPERATOR_VERSION))
                .message(
                        14,
                        new ProtobufMessage().text(1, Identification.TOPOLOGY).text(2, topology));
    }

    /** An input or output of as many records as there are. */
    private ProtobufMessage records(Port port) {
        ProtobufMessage shape = new ProtobufMessage()
                .message(1, new ProtobufMessage().text(2, "batch"))
                .message(1, new ProtobufMessage().number(1, port.width()));
        ProtobufMessage tensor = new ProtobufMessage().number(1, dataType()).message(2, shape);
        return new ProtobufMessage().text(1, port.name()).message(2, new ProtobufMessage().message(1, tensor));
    }

    private int dataType() {
        return elementType == ElementType.FLOAT ? FLOAT : DOUBLE;
    }
}
