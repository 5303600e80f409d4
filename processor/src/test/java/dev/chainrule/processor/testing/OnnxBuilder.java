package dev.chainrule.processor.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes ONNX models, right ones and wrong ones, by the field numbers of
 * <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
public final class OnnxBuilder {
    public static final int FLOAT = 1;
    public static final int INT64 = 7;
    public static final int DOUBLE = 11;

    /** How the numbers of a tensor are written. */
    public enum Encoding {
        RAW,
        PACKED,
        ONE_BY_ONE
    }

    private final int type;
    private final List<ByteString> graph = new ArrayList<>();
    private final List<ByteString> model = new ArrayList<>();
    private Encoding encoding = Encoding.RAW;
    private int nodes;

    private OnnxBuilder(int type) {
        this.type = type;
    }

    /** A model of floats, with the operator set of most exporters. */
    public static OnnxBuilder floats() {
        return new OnnxBuilder(FLOAT).operatorSet("", 17);
    }

    public static OnnxBuilder doubles() {
        return new OnnxBuilder(DOUBLE).operatorSet("", 17);
    }

    /** A model that names no operator set yet. */
    public static OnnxBuilder bare() {
        return new OnnxBuilder(FLOAT);
    }

    public OnnxBuilder operatorSet(String domain, long version) {
        model.add(field(8, message(set -> {
            set.writeString(1, domain);
            set.writeInt64(2, version);
        })));
        return this;
    }

    public OnnxBuilder encoded(Encoding other) {
        encoding = other;
        return this;
    }

    /** An input; a size of -1 is open. */
    public OnnxBuilder input(String name, long... sizes) {
        return inputOf(name, type, sizes);
    }

    public OnnxBuilder inputOf(String name, int elementType, long... sizes) {
        graph.add(field(11, port(name, elementType, sizes)));
        return this;
    }

    public OnnxBuilder output(String name, long... sizes) {
        graph.add(field(12, port(name, type, sizes)));
        return this;
    }

    /** An output of which the model does not say how it is shaped. */
    public OnnxBuilder outputOfAnyShape(String name) {
        ByteString tensor = message(fields -> fields.writeInt32(1, type));
        return graphField(12, message(port -> {
            port.writeString(1, name);
            port.writeBytes(2, message(fields -> fields.writeBytes(1, tensor)));
        }));
    }

    /** An initialiser of the model's type. */
    public OnnxBuilder tensor(String name, double[] numbers, long... sizes) {
        return initializer(tensor(name, type, encoding, numbers, sizes));
    }

    /** An initialiser of integers. */
    public OnnxBuilder integers(String name, double[] numbers, long... sizes) {
        return initializer(tensor(name, INT64, encoding, numbers, sizes));
    }

    public OnnxBuilder initializer(ByteString tensor) {
        graph.add(field(5, tensor));
        return this;
    }

    /** A field of the graph. */
    public OnnxBuilder graphField(int number, ByteString message) {
        graph.add(field(number, message));
        return this;
    }

    /** A field of the model. */
    public OnnxBuilder modelField(int number, ByteString message) {
        model.add(field(number, message));
        return this;
    }

    /** A node with one output and a name of its own; inputs are separated by spaces, and {@code -} is one that is left out. */
    public OnnxBuilder node(String operator, String output, String inputs, ByteString... attributes) {
        return nodeOf("", operator, output, inputs, attributes);
    }

    public OnnxBuilder nodeOf(String domain, String operator, String outputs, String inputs, ByteString... attributes) {
        String name = "/" + nodes++ + "/" + operator;
        graph.add(field(1, node(name, domain, operator, outputs, inputs, attributes)));
        return this;
    }

    public static ByteString node(
            String name, String domain, String operator, String outputs, String inputs, ByteString... attributes) {
        return message(node -> {
            for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ")) {
                node.writeString(1, input.equals("-") ? "" : input);
            }
            for (String output : outputs.split(" ")) {
                node.writeString(2, output);
            }
            node.writeString(3, name);
            node.writeString(4, operator);
            for (ByteString attribute : attributes) {
                node.writeBytes(5, attribute);
            }
            node.writeString(7, domain);
        });
    }

    public byte[] bytes() {
        return message(all -> {
                    all.writeInt64(1, 8);
                    all.writeString(2, "test");
                    for (ByteString field : model) {
                        all.writeRawBytes(field);
                    }
                    all.writeBytes(7, message(fields -> {
                        fields.writeString(2, "network");
                        for (ByteString field : graph) {
                            fields.writeRawBytes(field);
                        }
                    }));
                })
                .toByteArray();
    }

    public static ByteString real(String name, float value) {
        return attribute(name, 1, attribute -> attribute.writeFloat(2, value));
    }

    public static ByteString integer(String name, long value) {
        return attribute(name, 2, attribute -> attribute.writeInt64(3, value));
    }

    public static ByteString text(String name, String value) {
        return attribute(name, 3, attribute -> attribute.writeString(4, value));
    }

    public static ByteString tensorAttribute(String name, ByteString tensor) {
        return attribute(name, 4, attribute -> attribute.writeBytes(5, tensor));
    }

    public static ByteString reals(String name, float... values) {
        return attribute(name, 6, attribute -> {
            for (float value : values) {
                attribute.writeFloat(7, value);
            }
        });
    }

    public static ByteString integers(String name, long... values) {
        return attribute(name, 7, attribute -> {
            for (long value : values) {
                attribute.writeInt64(8, value);
            }
        });
    }

    private static ByteString attribute(String name, int attributeType, Fields value) {
        return message(attribute -> {
            attribute.writeString(1, name);
            value.writeTo(attribute);
            attribute.writeInt32(20, attributeType);
        });
    }

    public static ByteString tensor(String name, int elementType, Encoding encoding, double[] numbers, long... sizes) {
        return message(tensor -> {
            for (long size : sizes) {
                tensor.writeInt64(1, size);
            }
            tensor.writeInt32(2, elementType);
            tensor.writeString(8, name);
            numbers(tensor, elementType, encoding, numbers);
        });
    }

    private static void numbers(CodedOutputStream tensor, int elementType, Encoding encoding, double[] numbers)
            throws IOException {
        int field = switch (elementType) {
            case FLOAT -> 4;
            case INT64 -> 7;
            case DOUBLE -> 10;
            default -> 5;
        };
        if (encoding == Encoding.RAW) {
            tensor.writeBytes(9, raw(elementType, numbers));
        } else if (encoding == Encoding.PACKED) {
            tensor.writeBytes(
                    field,
                    field == 5 || field == 7
                            ? message(packed -> {
                                for (double number : numbers) {
                                    packed.writeInt64NoTag((long) number);
                                }
                            })
                            : raw(elementType, numbers));
        } else {
            for (double number : numbers) {
                switch (field) {
                    case 4 -> tensor.writeFloat(field, (float) number);
                    case 10 -> tensor.writeDouble(field, number);
                    default -> tensor.writeInt64(field, (long) number);
                }
            }
        }
    }

    public static ByteString raw(int elementType, double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            switch (elementType) {
                case FLOAT -> bytes.putFloat((float) number);
                case DOUBLE -> bytes.putDouble(number);
                case INT64 -> bytes.putLong((long) number);
                default -> bytes.put((byte) number);
            }
        }
        return ByteString.copyFrom(bytes.flip());
    }

    public static ByteString port(String name, int elementType, long... sizes) {
        ByteString shape = message(fields -> {
            for (long size : sizes) {
                fields.writeBytes(1, message(dimension -> {
                    if (size < 0) {
                        dimension.writeString(2, "records");
                    } else {
                        dimension.writeInt64(1, size);
                    }
                }));
            }
        });
        ByteString tensor = message(fields -> {
            fields.writeInt32(1, elementType);
            fields.writeBytes(2, shape);
        });
        return message(port -> {
            port.writeString(1, name);
            port.writeBytes(2, message(fields -> fields.writeBytes(1, tensor)));
        });
    }

    private static ByteString field(int number, ByteString value) {
        return message(fields -> fields.writeBytes(number, value));
    }

    public static ByteString message(Fields fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
            fields.writeTo(coded);
            coded.flush();
            return ByteString.copyFrom(bytes.toByteArray());
        } catch (IOException e) {
            throw new AssertionError("an array takes all bytes", e);
        }
    }

    public interface Fields {
        void writeTo(CodedOutputStream message) throws IOException;
    }
}
