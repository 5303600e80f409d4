package dev.chainrule.samples.benchmarks.contenders;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.chainrule.samples.benchmarks.contenders.Shape.Dense;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a network as an ONNX model in float: a Gemm and an activation a layer. The field numbers are those of onnx.proto; see
 * <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">its source</a>.
 */
final class OnnxModel {
    private static final int FORMAT_VERSION = 8;
    private static final int OPERATOR_VERSION = 13;
    private static final int FLOAT = 1;

    private OnnxModel() {}

    static byte[] of(Shape shape, double[] parameters) {
        return message(model -> {
                    model.writeInt64(1, FORMAT_VERSION);
                    model.writeBytes(7, graph(shape, parameters));
                    model.writeBytes(8, message(operators -> operators.writeInt64(2, OPERATOR_VERSION)));
                })
                .toByteArray();
    }

    private static ByteString graph(Shape shape, double[] parameters) {
        return message(graph -> {
            String a = "x";
            int left = shape.layers().size();
            for (Dense layer : shape.layers()) {
                String w = "w" + left;
                String b = "b" + left;
                String next = --left > 0 ? "a" + left : "y";
                String z = layer.unit() == Unit.IDENTITY ? next : "z" + left;
                graph.writeBytes(1, node("Gemm", z, a, w, b));
                if (layer.unit() != Unit.IDENTITY) {
                    graph.writeBytes(1, node(operator(layer.unit()), next, z));
                }
                graph.writeBytes(5, tensor(w, parameters, layer.weights(), layer.inputs(), layer.units()));
                graph.writeBytes(5, tensor(b, parameters, layer.biases(), layer.units()));
                a = next;
            }
            graph.writeString(2, "network");
            graph.writeBytes(11, value("x", shape.inputs()));
            graph.writeBytes(12, value("y", shape.outputs()));
        });
    }

    private static String operator(Unit unit) {
        return switch (unit) {
            case SIGMOID -> "Sigmoid";
            case TANH -> "Tanh";
            case RELU -> "Relu";
            case IDENTITY -> "Identity";
        };
    }

    private static ByteString node(String operator, String output, String... inputs) {
        return message(node -> {
            for (String input : inputs) {
                node.writeString(1, input);
            }
            node.writeString(2, output);
            node.writeString(4, operator);
        });
    }

    private static ByteString tensor(String name, double[] parameters, int from, int... sizes) {
        return message(tensor -> {
            int length = 1;
            for (int size : sizes) {
                tensor.writeInt64(1, size);
                length *= size;
            }
            tensor.writeInt32(2, FLOAT);
            tensor.writeString(8, name);
            ByteBuffer values = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = from; i < from + length; i++) {
                values.putFloat((float) parameters[i]);
            }
            tensor.writeByteArray(9, values.array());
        });
    }

    /** An input or output of one record. */
    private static ByteString value(String name, int width) {
        ByteString sizes = message(shape -> {
            shape.writeBytes(1, message(records -> records.writeInt64(1, 1)));
            shape.writeBytes(1, message(units -> units.writeInt64(1, width)));
        });
        ByteString tensor = message(type -> {
            type.writeInt32(1, FLOAT);
            type.writeBytes(2, sizes);
        });
        return message(value -> {
            value.writeString(1, name);
            value.writeBytes(2, message(type -> type.writeBytes(1, tensor)));
        });
    }

    private static ByteString message(Fields fields) {
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

    private interface Fields {
        void writeTo(CodedOutputStream message) throws IOException;
    }
}
