package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.chainrule.processor.onnx.OnnxModel.OperatorSet;
import dev.chainrule.processor.onnx.OnnxModel.Port;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Reads the messages of a model that say what it computes, by the field numbers of
 * <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>, and leaves out all others. One method a message.
 * A message that comes in parts is read as one, as the encoding has it: its parts one after the other.
 */
final class OnnxReader {
    private OnnxReader() {}

    /** Reads a model. Whatever the bytes are, it takes memory and time in proportion to them at most. */
    static OnnxModel read(byte[] bytes) throws OnnxException {
        try {
            return model(ByteString.copyFrom(bytes));
        } catch (IOException e) {
            throw new OnnxException("NotAnOnnxModel", "This is not an ONNX model, or it is damaged: " + e.getMessage());
        }
    }

    private static OnnxModel model(ByteString bytes) throws IOException {
        ByteString graph = ByteString.EMPTY;
        List<OperatorSet> operatorSets = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        Fields fields = new Fields("ModelProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 7 -> graph = graph.concat(fields.bytes());
                case 8 -> operatorSets.add(operatorSet(fields.bytes()));
                case 25 ->
                    functions.add(part("FunctionProto", fields.bytes(), 1).toStringUtf8());
                default -> fields.skip();
            }
        }
        if (graph.isEmpty()) {
            throw new InvalidProtocolBufferException("it has no graph");
        }
        return graph(graph, operatorSets, functions);
    }

    private static OperatorSet operatorSet(ByteString bytes) throws IOException {
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

    private static OnnxModel graph(ByteString bytes, List<OperatorSet> operatorSets, List<String> functions)
            throws IOException {
        List<Node> nodes = new ArrayList<>();
        List<Tensor> initializers = new ArrayList<>();
        int sparseInitializers = 0;
        List<Port> inputs = new ArrayList<>();
        List<Port> outputs = new ArrayList<>();
        Fields fields = new Fields("GraphProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> nodes.add(node(fields.bytes()));
                case 5 -> initializers.add(tensor(fields.bytes()));
                case 11 -> inputs.add(port(fields.bytes()));
                case 12 -> outputs.add(port(fields.bytes()));
                case 15 -> {
                    sparseInitializers++;
                    fields.skip();
                }
                default -> fields.skip();
            }
        }
        return new OnnxModel(operatorSets, functions, nodes, initializers, sparseInitializers, inputs, outputs);
    }

    private static Node node(ByteString bytes) throws IOException {
        String name = "";
        String domain = "";
        String operator = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        Fields fields = new Fields("NodeProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> inputs.add(fields.text());
                case 2 -> outputs.add(fields.text());
                case 3 -> name = fields.text();
                case 4 -> operator = fields.text();
                case 5 -> attributes.add(attribute(fields.bytes()));
                case 7 -> domain = fields.text();
                default -> fields.skip();
            }
        }
        return new Node(name, domain, operator, inputs, outputs, attributes);
    }

    private static Attribute attribute(ByteString bytes) throws IOException {
        String name = "";
        Attribute.Type type = Attribute.Type.UNDEFINED;
        // What is left out is zero
        ByteString real = ByteString.copyFrom(new byte[Float.BYTES]);
        long integer = 0;
        ByteString text = ByteString.EMPTY;
        ByteString tensor = ByteString.EMPTY;
        ByteString.Output reals = ByteString.newOutput();
        LongStream.Builder integers = LongStream.builder();
        Fields fields = new Fields("AttributeProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> name = fields.text();
                case 2 -> real = fields.number(Float.BYTES);
                case 3 -> integer = fields.integer();
                case 4 -> text = fields.bytes();
                case 5 -> tensor = tensor.concat(fields.bytes());
                case 7 -> fields.numbers(Float.BYTES).writeTo(reals);
                case 8 -> fields.integers(integers);
                case 20 -> type = Attribute.Type.of(fields.integer());
                default -> fields.skip();
            }
        }
        return new Attribute(
                name,
                type,
                switch (type) {
                    case FLOAT -> numbers(DataType.FLOAT, List.of(), real);
                    case INT -> integers(List.of(), new long[] {integer});
                    case STRING -> numbers(DataType.STRING, List.of(), text);
                    case FLOATS -> {
                        long length = reals.size() / Float.BYTES;
                        yield numbers(DataType.FLOAT, List.of(length), reals.toByteString());
                    }
                    case INTS -> {
                        long[] values = integers.build().toArray();
                        yield integers(List.of((long) values.length), values);
                    }
                    default -> tensor(tensor);
                });
    }

    private static Tensor integers(List<Long> sizes, long[] values) {
        return numbers(DataType.INT64, sizes, littleEndian(values, DataType.INT64));
    }

    private static Tensor numbers(DataType type, List<Long> sizes, ByteString bytes) {
        return new Tensor("", type, new Shape(sizes), false, bytes);
    }

    private static Tensor tensor(ByteString bytes) throws IOException {
        String name = "";
        DataType type = DataType.UNDEFINED;
        List<Long> sizes = new ArrayList<>();
        boolean isExternal = false;
        ByteString raw = ByteString.EMPTY;
        ByteString.Output reals = ByteString.newOutput();
        LongStream.Builder integers = LongStream.builder();
        Fields fields = new Fields("TensorProto", bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> fields.integers(sizes::add);
                case 2 -> type = DataType.of(fields.integer());
                case 4 -> fields.numbers(Float.BYTES).writeTo(reals);
                case 5, 7 -> fields.integers(integers);
                case 8 -> name = fields.text();
                case 9 -> raw = fields.bytes();
                case 10 -> fields.numbers(Double.BYTES).writeTo(reals);
                case 14 -> isExternal = fields.integer() != 0;
                default -> fields.skip();
            }
        }
        // One of the three has bytes; where more have, they are too many for the shape
        ByteString numbers = raw.concat(reals.toByteString())
                .concat(littleEndian(integers.build().toArray(), type));
        return new Tensor(name, type, new Shape(sizes), isExternal, numbers);
    }

    private static ByteString littleEndian(long[] integers, DataType type) {
        ByteBuffer bytes = ByteBuffer.allocate(integers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long integer : integers) {
            switch (type) {
                case INT64 -> bytes.putLong(integer);
                case INT32 -> bytes.putInt((int) integer);
                case BOOL -> bytes.put((byte) integer);
                default -> {
                    // No other type of integers is read
                }
            }
        }
        return ByteString.copyFrom(bytes.flip());
    }

    private static Port port(ByteString bytes) throws IOException {
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

    private static Shape shape(ByteString bytes) throws IOException {
        List<Long> sizes = new ArrayList<>();
        Fields fields = new Fields("TensorShapeProto", bytes);
        while (fields.next()) {
            if (fields.number() == 1) {
                sizes.add(size(fields.bytes()));
            } else {
                fields.skip();
            }
        }
        return new Shape(sizes);
    }

    private static long size(ByteString bytes) throws IOException {
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
    private static ByteString part(String message, ByteString bytes, int number) throws IOException {
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
