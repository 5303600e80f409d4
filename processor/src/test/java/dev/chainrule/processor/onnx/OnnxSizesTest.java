package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.testing.OnnxBuilder.FLOAT;
import static dev.chainrule.processor.testing.OnnxBuilder.INT64;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import dev.chainrule.processor.testing.OnnxBuilder;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that are far too large fail early: in little more memory than their bytes take. */
class OnnxSizesTest {
    private static final int BYTES = 20 << 20;

    /** For what is read before there is too much of it, most of it garbage at once. */
    private static final long MOST = 100 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final String MANY =
            "[OnnxTooLarge] The model has more than 100000 nodes, values, names, attributes and"
                    + " sizes; one that can be a class has far fewer.";

    static Stream<Arguments> models() {
        ByteString ones = repeated(new byte[] {1});
        ByteString empty = repeated(new byte[] {1 << 3 | 2, 0});
        return Stream.of(
                Arguments.of("nodes", model(graph -> graph.writeRawBytes(empty)), MANY),
                Arguments.of(
                        "initialisers",
                        model(graph -> graph.writeRawBytes(repeated(new byte[] {5 << 3 | 2, 0}))),
                        MANY),
                Arguments.of(
                        "inputs", model(graph -> graph.writeRawBytes(repeated(new byte[] {11 << 3 | 2, 0}))), MANY),
                Arguments.of(
                        "operator sets",
                        message(model -> model.writeRawBytes(repeated(new byte[] {8 << 3 | 2, 0}))),
                        MANY),
                Arguments.of("names", model(graph -> graph.writeBytes(1, empty)), MANY),
                Arguments.of(
                        "attributes", model(graph -> graph.writeBytes(1, repeated(new byte[] {5 << 3 | 2, 0}))), MANY),
                Arguments.of(
                        "sizes of a tensor",
                        model(graph -> graph.writeBytes(5, message(tensor -> tensor.writeBytes(1, ones)))),
                        MANY),
                Arguments.of(
                        "sizes of a tensor, one by one",
                        model(graph -> graph.writeBytes(5, repeated(new byte[] {1 << 3, 1}))),
                        MANY),
                Arguments.of(
                        "sizes of an input",
                        model(graph -> graph.writeBytes(
                                11,
                                message(port -> port.writeBytes(
                                        2,
                                        message(type ->
                                                type.writeBytes(1, message(sizes -> sizes.writeBytes(2, empty)))))))),
                        MANY),
                Arguments.of(
                        "a name",
                        model(graph -> graph.writeBytes(1, message(node -> node.writeBytes(3, ones)))),
                        "[NotAnOnnxModel] This is not an ONNX model, or it is damaged: field 3 of NodeProto is a text of "
                                + BYTES + " bytes, expected at most 65536"),
                Arguments.of(
                        "integers of a shape",
                        shaped(BYTES, tensor -> tensor.writeBytes(7, ones)),
                        "[OnnxTensor] Node \"/0/Reshape\" (Reshape) takes \"shape\", which has " + BYTES
                                + " integers; a network has some for shapes alone."),
                Arguments.of(
                        "integers of a shape, one by one",
                        shaped(BYTES / 2, tensor -> tensor.writeRawBytes(repeated(new byte[] {7 << 3, 1}))),
                        "[OnnxTensor] Node \"/0/Reshape\" (Reshape) takes \"shape\", which has " + BYTES / 2
                                + " integers; a network has some for shapes alone."));
    }

    private static ByteString repeated(byte[] bytes) {
        byte[] all = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            all[i] = bytes[i % bytes.length];
        }
        return ByteString.copyFrom(all);
    }

    private static ByteString model(OnnxBuilder.Fields graph) {
        return message(model -> model.writeBytes(7, message(graph)));
    }

    /** Reshapes an input to a shape of as many integers. */
    private static ByteString shaped(int count, OnnxBuilder.Fields integers) {
        return ByteString.copyFrom(floats().inputOf("x", FLOAT, -1, 3)
                .node("Reshape", "y", "x shape")
                .node("MatMul", "z", "y w")
                .initializer(message(tensor -> {
                    tensor.writeInt64(1, count);
                    tensor.writeInt32(2, INT64);
                    tensor.writeString(8, "shape");
                    integers.writeTo(tensor);
                }))
                .output("z", -1, 3)
                .bytes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void failEarly(String name, ByteString model, String problem) {
        byte[] bytes = model.toByteArray();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Imported imported = OnnxImport.of(bytes, List.of(), 100);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(imported.problems())
                .extracting(found -> "[" + found.code() + "] " + found.message())
                .containsExactly(problem);
        assertThat(allocated).isLessThan(3L * bytes.length + MOST);
    }

    /** Each node could have numbers of its own for all units. */
    @Test
    void numbersForUnitsAreLimited() {
        int units = 1_000_000;
        OnnxBuilder model =
                floats().input("x", -1, 1).node("MatMul", "z0", "x w").tensor("w", new double[units], 1, units);
        for (int i = 0; i < 1000; i++) {
            model.node("Mul", "z" + (i + 1), "z" + i + " row").node("Exp", "e" + i, "z" + i);
        }
        byte[] bytes = model.tensor("row", new double[units], units)
                .output("z1000", -1, units)
                .bytes();
        assertThat(OnnxImport.of(bytes, List.of(), 10_000_000).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains(
                                "makes too many numbers: those for the units of a model that can be a class are at most"
                                        + " 16000000."));
    }
}
