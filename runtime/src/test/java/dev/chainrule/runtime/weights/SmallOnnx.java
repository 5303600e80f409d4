package dev.chainrule.runtime.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
    private final List<Map<Integer, List<Object>>> nodes = new ArrayList<>();
    private final Map<String, double[]> tensors = new LinkedHashMap<>();
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    SmallOnnx(byte[] bytes) {
        Map<Integer, List<Object>> graph = message(bytes(message(ByteBuffer.wrap(bytes)), 7));
        graph.get(1).forEach(node -> nodes.add(message((ByteBuffer) node)));
        for (Object tensor : graph.get(5)) {
            Map<Integer, List<Object>> fields = message((ByteBuffer) tensor);
            ByteBuffer data = bytes(fields, 9).order(ByteOrder.LITTLE_ENDIAN);
            double[] values = new double[data.remaining() / Double.BYTES];
            data.asDoubleBuffer().get(values);
            tensors.put(text(fields, 8), values);
        }
        graph.get(11).forEach(input -> inputs.add(text(message((ByteBuffer) input), 1)));
        graph.get(12).forEach(output -> outputs.add(text(message((ByteBuffer) output), 1)));
    }

    List<String> inputs() {
        return inputs;
    }

    /** The outputs by their names, in the model's order. */
    Map<String, double[]> run(Map<String, double[]> input) {
        Map<String, double[]> values = new LinkedHashMap<>(tensors);
        values.putAll(input);
        for (Map<Integer, List<Object>> node : nodes) {
            double[][] x =
                    node.get(1).stream().map(name -> values.get(text(name))).toArray(double[][]::new);
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

    /** The fields by their numbers: whole numbers, and bytes. */
    private static Map<Integer, List<Object>> message(ByteBuffer bytes) {
        Map<Integer, List<Object>> fields = new LinkedHashMap<>();
        while (bytes.hasRemaining()) {
            long key = varint(bytes);
            Object value = varint(bytes);
            if ((key & 7) == 2) {
                int length = ((Long) value).intValue();
                value = bytes.slice(bytes.position(), length);
                bytes.position(bytes.position() + length);
            }
            fields.computeIfAbsent((int) (key >> 3), number -> new ArrayList<>())
                    .add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            value |= (long) (next & 127) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    private static ByteBuffer bytes(Map<Integer, List<Object>> fields, int number) {
        return (ByteBuffer) fields.get(number).get(0);
    }

    private static String text(Map<Integer, List<Object>> fields, int number) {
        return text(fields.get(number).get(0));
    }

    private static String text(Object bytes) {
        return StandardCharsets.UTF_8.decode(((ByteBuffer) bytes).duplicate()).toString();
    }
}
