package dev.chainrule.runtime.weights;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Reads a model of doubles by the numbers of onnx.proto, and runs it for one record, by what the
 * <a href="https://onnx.ai/onnx/operators/">operators</a> are said to do, as far as the tests here need them.
 */
final class SmallOnnx {
    private final List<UnknownFieldSet> nodes = new ArrayList<>();
    private final Map<String, double[]> tensors = new LinkedHashMap<>();
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    SmallOnnx(byte[] bytes) throws IOException {
        UnknownFieldSet graph = messages(UnknownFieldSet.parseFrom(bytes), 7).get(0);
        nodes.addAll(messages(graph, 1));
        for (UnknownFieldSet tensor : messages(graph, 5)) {
            ByteString data = tensor.getField(9).getLengthDelimitedList().get(0);
            double[] values = new double[data.size() / Double.BYTES];
            data.asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(values);
            tensors.put(text(tensor, 8), values);
        }
        messages(graph, 11).forEach(input -> inputs.add(text(input, 1)));
        messages(graph, 12).forEach(output -> outputs.add(text(output, 1)));
    }

    List<String> inputs() {
        return inputs;
    }

    /** The outputs by their names, in the model's order. */
    Map<String, double[]> run(Map<String, double[]> input) {
        Map<String, double[]> values = new LinkedHashMap<>(tensors);
        values.putAll(input);
        for (UnknownFieldSet node : nodes) {
            double[][] x = node.getField(1).getLengthDelimitedList().stream()
                    .map(name -> values.get(name.toStringUtf8()))
                    .toArray(double[][]::new);
            if (values.put(text(node, 2), value(text(node, 4), x)) != null) {
                throw new IllegalArgumentException("two values " + text(node, 2));
            }
        }
        Map<String, double[]> found = new LinkedHashMap<>();
        outputs.forEach(name -> found.put(name, values.get(name)));
        return found;
    }

    private static double[] value(String operator, double[]... x) {
        return switch (operator) {
            case "Gemm" -> each(product(x[0], x[1]), x[2], Double::sum);
            case "MatMul" -> product(x[0], x[1]);
            case "Add" -> each(x[0], x[1], Double::sum);
            case "Sub" -> each(x[0], x[1], (a, b) -> a - b);
            case "Mul" -> each(x[0], x[1], (a, b) -> a * b);
            case "Div" -> each(x[0], x[1], (a, b) -> a / b);
            case "Equal" -> each(x[0], x[1], (a, b) -> a == b ? 1 : 0);
            case "Where" ->
                Arrays.stream(x[0]).map(c -> c == 1 ? x[1][0] : x[2][0]).toArray();
            case "Tanh" -> Arrays.stream(x[0]).map(Math::tanh).toArray();
            case "Identity" -> x[0];
            case "Concat" -> Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
            case "Softmax" -> {
                double[] powers = Arrays.stream(x[0]).map(Math::exp).toArray();
                double sum = Arrays.stream(powers).sum();
                yield Arrays.stream(powers).map(power -> power / sum).toArray();
            }
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static double[] product(double[] row, double[] matrix) {
        double[] product = new double[matrix.length / row.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i % product.length] += row[i / product.length] * matrix[i];
        }
        return product;
    }

    /** With one value standing for many. */
    private static double[] each(double[] a, double[] b, DoubleBinaryOperator operator) {
        double[] all = new double[Math.max(a.length, b.length)];
        Arrays.setAll(all, i -> operator.applyAsDouble(a[a.length == 1 ? 0 : i], b[b.length == 1 ? 0 : i]));
        return all;
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) throws IOException {
        List<UnknownFieldSet> messages = new ArrayList<>();
        for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(bytes));
        }
        return messages;
    }

    private static String text(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
    }
}
