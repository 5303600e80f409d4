package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.files.ProtobufMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of ONNX as it grows, operator by operator. Values have names: those of inputs, tensors and constants, and for each node
 * that of what it computes. The numbers of fields are those of
 * <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class OnnxGraph {
    private static final int FORMAT_VERSION = 8;
    private static final int OPERATOR_VERSION = 13;
    private static final int FLOAT = 1;
    private static final int DOUBLE = 11;
    private static final int RAW_DATA = 9;

    private final ElementType elementType;
    private final List<Node> nodes = new ArrayList<>();
    private final List<ProtobufMessage> tensors = new ArrayList<>();

    OnnxGraph(ElementType elementType) {
        this.elementType = elementType;
    }

    /** One operator. */
    private record Node(String operator, String output, String[] inputs) {
        /** With a value by another name. */
        ProtobufMessage message(String value, String name) {
            ProtobufMessage node = new ProtobufMessage();
            for (String input : inputs) {
                node.text(1, input);
            }
            node.text(2, output.equals(value) ? name : output);
            node.text(4, operator);
            return node;
        }
    }

    ElementType elementType() {
        return elementType;
    }

    /** Adds an operator and returns the name of what it computes. */
    String node(String operator, String... inputs) {
        String output = "value" + nodes.size();
        nodes.add(new Node(operator, output, inputs));
        return output;
    }

    /** Adds a number. */
    String constant(double value) {
        return tensor("constant" + tensors.size(), List.of(), new double[] {value}, 0, 1);
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
     * @param input the name of what it takes, of {@code inputs} numbers a record
     * @param result the name of what it gives, so far, of {@code outputs} numbers a record
     * @param output the name that this is to have
     * @param topology goes into the metadata
     */
    ProtobufMessage model(String input, int inputs, String result, String output, int outputs, String topology) {
        ProtobufMessage graph = new ProtobufMessage();
        nodes.forEach(node -> graph.message(1, node.message(result, output)));
        graph.text(2, "network");
        tensors.forEach(tensor -> graph.message(5, tensor));
        graph.message(11, records(input, inputs)).message(12, records(output, outputs));

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
    private ProtobufMessage records(String name, int width) {
        ProtobufMessage shape = new ProtobufMessage()
                .message(1, new ProtobufMessage().text(2, "batch"))
                .message(1, new ProtobufMessage().number(1, width));
        ProtobufMessage tensor = new ProtobufMessage().number(1, dataType()).message(2, shape);
        return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
    }

    private int dataType() {
        return elementType == ElementType.FLOAT ? FLOAT : DOUBLE;
    }
}
