package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.chainrule.processor.onnx.OnnxModel.OperatorSet;
import dev.chainrule.processor.onnx.OnnxModel.Port;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the messages of a model that say what it computes, by the field numbers of
 * <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>, and leaves out all others. One method a message.
 * A message that comes in parts is read as one, as the encoding has it: its parts one after the other.
 */
final class OnnxReader {
    /**
     * As many nodes, values, names, settings and sizes a model may have: a hundred times those of a long chain of layers, and some
     * megabytes.
     */
    private static final int MOST_PARTS = 100_000;

    private static final ByteString ZERO = ByteString.copyFrom(new byte[Float.BYTES]);

    private int parts;

    private OnnxReader() {}

    /** Reads a model. Whatever the bytes are, it takes time in proportion to them at most, and little memory beside them. */
    static OnnxModel read(byte[] bytes) throws OnnxException {
        try {
            return new OnnxReader().model(ByteString.copyFrom(bytes));
        } catch (IOException e) {
            throw new OnnxException("NotAnOnnxModel", "This is not an ONNX model, or it is damaged: " + e.getMessage());
        }
    }

    private OnnxModel model(ByteString bytes) throws IOException, OnnxException {
        ByteString graph = ByteString.EMPTY;
        List<OperatorSet> operatorSets = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        Fields fields = new Fields("ModelProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 7 -> graph = graph.concat(fields.bytes());
                case 8 -> add(operatorSets, operatorSet(fields.bytes()));
                case 25 -> add(functions, functionName(fields.bytes()));
                default -> fields.skip();
            }
        }
        if (graph.isEmpty()) {
            throw new InvalidProtocolBufferException("it has no graph");
        }
        return graph(graph, operatorSets, functions);
    }

    /** Counts what a list of the model has. */
    private <T> void add(List<T> list, T part) throws OnnxException {
        parts++;
        if (parts > MOST_PARTS) {
            throw new OnnxException(
                    "OnnxTooLarge",
                    "The model has more than " + MOST_PARTS
                            + " nodes, values, names, attributes and sizes; one that can be a"
                            + " class has far fewer.");
        }
        list.add(part);
    }

    private String functionName(ByteString bytes) throws IOException, OnnxException {
        String name = "";
        Fields fields = new Fields("FunctionProto", bytes);
        while (fields.next()) {
            if (fields.number() == 1) {
                name = fields.text();
            } else {
                fields.skip();
            }
        }
        return name;
    }

    private OperatorSet operatorSet(ByteString bytes) throws IOException, OnnxException {
        String domain = "";
        long version = 0;
        Fields fields = new Fields("OperatorSetIdProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> domain = fields.text();
                case 2 -> version = fields.integer();
                default -> fields.skip();
            }
        }
        return new OperatorSet(domain, version);
    }

    private OnnxModel graph(ByteString bytes, List<OperatorSet> operatorSets, List<String> functions)
            throws IOException, OnnxException {
        List<Node> nodes = new ArrayList<>();
        List<Tensor> initializers = new ArrayList<>();
        int sparseInitializers = 0;
        List<Port> inputs = new ArrayList<>();
        List<Port> outputs = new ArrayList<>();
        Fields fields = new Fields("GraphProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> add(nodes, node(fields.bytes()));
                case 5 -> add(initializers, tensor(fields.bytes()));
                case 11 -> add(inputs, port(fields.bytes()));
                case 12 -> add(outputs, port(fields.bytes()));
                case 15 -> {
                    sparseInitializers++;
                    fields.skip();
                }
                default -> fields.skip();
            }
        }
        return new OnnxModel(operatorSets, functions, nodes, initializers, sparseInitializers, inputs, outputs);
    }

    private Node node(ByteString bytes) throws IOException, OnnxException {
        String name = "";
        String domain = "";
        String operator = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        Fields fields = new Fields("NodeProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> add(inputs, fields.text());
                case 2 -> add(outputs, fields.text());
                case 3 -> name = fields.text();
                case 4 -> operator = fields.text();
                case 5 -> add(attributes, attribute(fields.bytes()));
                case 7 -> domain = fields.text();
                default -> fields.skip();
            }
        }
        return new Node(name, domain, operator, inputs, outputs, attributes);
    }

    private Attribute attribute(ByteString bytes) throws IOException, OnnxException {
        String name = "";
        Attribute.Type type = Attribute.Type.UNDEFINED;
        // What is left out is zero
        ByteString real = ZERO;
        long integer = 0;
        ByteString text = ByteString.EMPTY;
        ByteString tensor = ByteString.EMPTY;
        ByteString.Output reals = ByteString.newOutput(0);
        Integers integers = new Integers();
        long texts = 0;
        Fields.IntegerReader reader = integers::add;
        Fields fields = new Fields("AttributeProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> name = fields.text();
                case 2 -> real = fields.number(Float.BYTES);
                case 3 -> integer = fields.integer();
                case 4 -> text = fields.bytes();
                case 5 -> tensor = tensor.concat(fields.bytes());
                case 7 -> fields.numbers(Float.BYTES).writeTo(reals);
                case 8 -> fields.integers(reader);
                case 9 -> {
                    texts++;
                    fields.skip();
                }
                case 20 -> type = Attribute.Type.of(fields.integer());
                default -> fields.skip();
            }
        }
        Integers single = new Integers();
        single.add(integer);
        return new Attribute(
                name,
                type,
                switch (type) {
                    case FLOAT -> numbers(DataType.FLOAT, List.of(), real);
                    case INT -> integers(List.of(), single);
                    case STRING -> numbers(DataType.STRING, List.of(), text);
                    case FLOATS -> {
                        long length = reals.size() / Float.BYTES;
                        yield numbers(DataType.FLOAT, List.of(length), reals.toByteString());
                    }
                    case INTS -> integers(List.of((long) integers.count()), integers);
                    case STRINGS -> numbers(DataType.STRING, List.of(texts), ByteString.EMPTY);
                    default -> tensor(tensor);
                });
    }

    private static Tensor integers(List<Long> sizes, Integers values) {
        return new Tensor("", DataType.INT64, new Shape(sizes), Optional.empty(), ByteString.EMPTY, values);
    }

    private static Tensor numbers(DataType type, List<Long> sizes, ByteString bytes) {
        return new Tensor("", type, new Shape(sizes), bytes);
    }

    private Tensor tensor(ByteString bytes) throws IOException, OnnxException {
        String name = "";
        DataType type = DataType.UNDEFINED;
        List<Long> sizes = new ArrayList<>();
        boolean isExternal = false;
        Map<String, String> external = new HashMap<>();
        ByteString raw = ByteString.EMPTY;
        ByteString.Output reals = ByteString.newOutput(0);
        Integers integers = new Integers();
        Fields.IntegerReader reader = integers::add;
        Fields fields = new Fields("TensorProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> fields.integers(size -> add(sizes, size));
                case 2 -> type = DataType.of(fields.integer());
                case 4 -> fields.numbers(Float.BYTES).writeTo(reals);
                case 5, 7 -> fields.integers(reader);
                case 8 -> name = fields.text();
                case 9 -> raw = fields.bytes();
                case 10 -> fields.numbers(Double.BYTES).writeTo(reals);
                case 13 -> entry(fields.bytes(), external);
                case 14 -> isExternal = fields.integer() != 0;
                default -> fields.skip();
            }
        }
        // One of the three has numbers; where more have, they are too many for the shape
        Optional<External> elsewhere = isExternal
                ? Optional.of(new External(
                        external.getOrDefault("location", ""),
                        whole(external.getOrDefault("offset", "0")),
                        whole(external.getOrDefault("length", "-1"))))
                : Optional.empty();
        return new Tensor(name, type, new Shape(sizes), elsewhere, raw.concat(reals.toByteString()), integers);
    }

    private static void entry(ByteString bytes, Map<String, String> entries) throws IOException {
        String key = "";
        String value = "";
        Fields fields = new Fields("StringStringEntryProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> key = fields.text();
                case 2 -> value = fields.text();
                default -> fields.skip();
            }
        }
        entries.put(key, value);
    }

    private static long whole(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidProtocolBufferException("an entry of external_data is no whole number", e);
        }
    }

    private Port port(ByteString bytes) throws IOException, OnnxException {
        String name = "";
        ByteString type = ByteString.EMPTY;
        Fields fields = new Fields("ValueInfoProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> name = fields.text();
                case 2 -> type = type.concat(fields.bytes());
                default -> fields.skip();
            }
        }
        DataType dataType = DataType.UNDEFINED;
        Optional<Shape> shape = Optional.empty();
        fields = new Fields("TypeProto.Tensor", part("TypeProto", type, 1));
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> dataType = DataType.of(fields.integer());
                case 2 -> shape = Optional.of(shape(fields.bytes()));
                default -> fields.skip();
            }
        }
        return new Port(name, dataType, shape);
    }

    private Shape shape(ByteString bytes) throws IOException, OnnxException {
        List<Long> sizes = new ArrayList<>();
        Fields fields = new Fields("TensorShapeProto", bytes);
        while (fields.next()) {
            if (fields.number() == 1) {
                add(sizes, size(fields.bytes()));
            } else {
                fields.skip();
            }
        }
        return new Shape(sizes);
    }

    private long size(ByteString bytes) throws IOException, OnnxException {
        long size = Shape.OPEN;
        Fields fields = new Fields("TensorShapeProto.Dimension", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> size = Math.max(fields.integer(), Shape.OPEN);
                case 2 -> {
                    fields.skip();
                    size = Shape.OPEN;
                }
                default -> fields.skip();
            }
        }
        return size;
    }

    /** The bytes of one field, empty where it is not there. */
    private ByteString part(String message, ByteString bytes, int number) throws IOException, OnnxException {
        ByteString part = ByteString.EMPTY;
        Fields fields = new Fields(message, bytes);
        while (fields.next()) {
            if (fields.number() == number) {
                part = part.concat(fields.bytes());
            } else {
                fields.skip();
            }
        }
        return part;
    }
}
