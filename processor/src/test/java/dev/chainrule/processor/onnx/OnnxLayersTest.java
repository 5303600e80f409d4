package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxPattern.between;
import static dev.chainrule.processor.onnx.OnnxPattern.betweenIs;
import static dev.chainrule.processor.onnx.OnnxPattern.pattern;
import static dev.chainrule.processor.onnx.OnnxPattern.random;
import static dev.chainrule.processor.testing.OnnxBuilder.DOUBLE;
import static dev.chainrule.processor.testing.OnnxBuilder.FLOAT;
import static dev.chainrule.processor.testing.OnnxBuilder.doubles;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.integer;
import static dev.chainrule.processor.testing.OnnxBuilder.integers;
import static dev.chainrule.processor.testing.OnnxBuilder.real;
import static dev.chainrule.processor.testing.OnnxBuilder.reals;
import static dev.chainrule.processor.testing.OnnxBuilder.tensorAttribute;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.testing.OnnxBuilder;
import dev.chainrule.processor.testing.OnnxBuilder.Encoding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of a layer that is known, and every operator that leaves numbers as they are. */
class OnnxLayersTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"layers", "encodings", "passing"})
    void isTheNetworkThatOnnxRuntimeRuns(OnnxPattern pattern) {
        pattern.isTheNetworkThatOnnxRuntimeRuns();
    }

    static Stream<OnnxPattern> layers() {
        String oneLayer = "3-4(IDENTITY)";
        String noBias = "3-4(IDENTITY, no bias)";
        return Stream.of(
                pattern("Gemm", gemm("x w b").tensor("w", random(12), 3, 4).tensor("b", random(4), 4), oneLayer),
                pattern(
                        "Gemm, transposed weights",
                        gemm("x w b", integer("transB", 1), integer("transA", 0))
                                .tensor("w", random(12), 4, 3)
                                .tensor("b", random(4), 4),
                        oneLayer),
                pattern(
                        "Gemm, alpha and beta",
                        gemm("x w b", real("alpha", 0.5f), real("beta", -3))
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(4), 4),
                        oneLayer),
                pattern(
                        "Gemm, bias of a row",
                        gemm("x w b").tensor("w", random(12), 3, 4).tensor("b", random(4), 1, 4),
                        oneLayer),
                pattern(
                        "Gemm, one bias for all",
                        gemm("x w b", real("beta", 2))
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(1), 1),
                        oneLayer),
                pattern(
                        "Gemm, a bias without sizes",
                        gemm("x w b").tensor("w", random(12), 3, 4).tensor("b", random(1)),
                        oneLayer),
                pattern("Gemm without bias", gemm("x w").tensor("w", random(12), 3, 4), noBias),
                pattern("Gemm with an empty bias", gemm("x w -").tensor("w", random(12), 3, 4), noBias),
                pattern(
                        "Gemm and Add",
                        floats().input("x", -1, 3)
                                .node("Gemm", "h", "x w", integer("transB", 1))
                                .node("Add", "y", "h b")
                                .output("y", -1, 4)
                                .tensor("w", random(12), 4, 3)
                                .tensor("b", random(4), 4),
                        oneLayer),
                pattern("MatMul", matMul("y").tensor("w", random(12), 3, 4), noBias),
                pattern(
                        "MatMul and Add",
                        matMul("h")
                                .node("Add", "y", "h b")
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(4), 4),
                        oneLayer),
                pattern(
                        "MatMul and Add, the bias first",
                        matMul("h")
                                .node("Add", "y", "b h")
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(4), 1, 4),
                        oneLayer),
                pattern(
                        "MatMul and Add of one number",
                        matMul("h")
                                .node("Add", "y", "h b")
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(1), 1, 1),
                        oneLayer),
                pattern(
                        "one output",
                        floats().input("x", -1, 3)
                                .node("MatMul", "h", "x w")
                                .node("Add", "y", "h b")
                                .output("y", -1, 1)
                                .tensor("w", random(3), 3, 1)
                                .tensor("b", random(1), 1),
                        "3-1(IDENTITY)"),
                pattern(
                        "the same weights twice",
                        floats().input("x", -1, 3)
                                .node("Gemm", "h", "x w b")
                                .node("Tanh", "a", "h")
                                .node("Gemm", "y", "a w b", integer("transB", 1))
                                .output("y", -1, 3)
                                .tensor("w", random(9), 3, 3)
                                .tensor("b", random(3), 3),
                        "3-3(TANH)-3(IDENTITY)"),
                pattern(
                        "initialisers among the inputs",
                        gemm("x w b")
                                .input("w", 3, 4)
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(4), 4),
                        oneLayer),
                pattern(
                        "what is not used",
                        gemm("x w b")
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(4), 4)
                                .tensor("unused", random(5), 5)
                                .node("Erf", "dead", "unused"),
                        oneLayer));
    }

    private static OnnxBuilder gemm(String inputs, ByteString... attributes) {
        return floats().input("x", -1, 3).output("y", -1, 4).node("Gemm", "y", inputs, attributes);
    }

    private static OnnxBuilder matMul(String output) {
        return floats().input("x", -1, 3).output("y", -1, 4).node("MatMul", output, "x w");
    }

    static Stream<OnnxPattern> encodings() {
        return Stream.of(Encoding.values())
                .flatMap(encoding -> Stream.of(
                        new OnnxPattern("floats, " + encoding, encoded(floats(), encoding), "3-4(TANH)", false),
                        new OnnxPattern("doubles, " + encoding, encoded(doubles(), encoding), "3-4(TANH)", true)));
    }

    private static OnnxBuilder encoded(OnnxBuilder model, Encoding encoding) {
        return model.encoded(encoding)
                .input("x", -1, 3)
                .node("Reshape", "r", "x shape")
                .node("Gemm", "h", "r w b")
                .node("Tanh", "y", "h")
                .output("y", -1, 4)
                .integers("shape", new double[] {-1, 3}, 2)
                .tensor("w", random(12), 3, 4)
                .tensor("b", random(4), 4);
    }

    static Stream<OnnxPattern> passing() {
        return Stream.of(
                pattern("Identity", between(model -> model.node("Identity", "a", "z")), betweenIs("IDENTITY")),
                pattern(
                        "Identity of weights and biases",
                        floats().input("x", -1, 3)
                                .node("Identity", "w2", "w")
                                .node("Identity", "c", "b")
                                .node("Gemm", "h", "x w b")
                                .node("Gemm", "y", "h w2 c")
                                .tensor("w", random(9), 3, 3)
                                .tensor("b", random(3), 3)
                                .output("y", -1, 3),
                        "3-3(IDENTITY)-3(IDENTITY)"),
                pattern(
                        "Flatten of pictures",
                        floats().input("x", -1, 2, 3)
                                .node("Flatten", "f", "x")
                                .node("Gemm", "y", "f w")
                                .tensor("w", random(24), 6, 4)
                                .output("y", -1, 4),
                        "6-4(IDENTITY, no bias)"),
                pattern(
                        "Flatten of pictures, the axis from the end",
                        floats().input("x", -1, 1, 2, 3)
                                .node("Flatten", "f", "x", integer("axis", -3))
                                .node("Gemm", "y", "f w")
                                .tensor("w", random(24), 6, 4)
                                .output("y", -1, 4),
                        "6-4(IDENTITY, no bias)"),
                reshaped("-1 6", -1, 6),
                reshaped("0 -1", 0, -1),
                reshaped("0 6", 0, 6),
                pattern("Dropout", between(model -> model.node("Dropout", "a", "z")), betweenIs("IDENTITY")),
                pattern(
                        "Dropout with a ratio",
                        between(model -> model.node("Dropout", "a", "z ratio").tensor("ratio", new double[] {0.5})),
                        betweenIs("IDENTITY")),
                pattern(
                        "Dropout with a mask",
                        between(model -> model.nodeOf("", "Dropout", "a mask", "z ratio training")
                                .tensor("ratio", new double[] {0.5})
                                .initializer(OnnxBuilder.tensor("training", 9, Encoding.PACKED, new double[] {0}))),
                        betweenIs("IDENTITY")),
                pattern(
                        "Cast to float",
                        between(model -> model.node("Cast", "a", "z", integer("to", FLOAT))),
                        betweenIs("IDENTITY")),
                pattern(
                        "Cast of a double to float",
                        between(model -> model.initializer(
                                        OnnxBuilder.tensor("d", DOUBLE, Encoding.RAW, new double[] {0.1}, 1))
                                .node("Cast", "c", "d", integer("to", FLOAT))
                                .node("Gemm", "a", "z v c")
                                .tensor("v", random(16), 4, 4)),
                        "3-4(IDENTITY)-4(IDENTITY)-2(TANH, no bias)"),
                pattern(
                        "Flatten of layers",
                        between(model -> model.node("Flatten", "a", "z", integer("axis", -1))),
                        betweenIs("IDENTITY")),
                pattern(
                        "Reshape of layers",
                        between(model ->
                                model.node("Reshape", "a", "z shape").integers("shape", new double[] {0, -1}, 2)),
                        betweenIs("IDENTITY")),
                pattern(
                        "Constant nodes",
                        floats().input("x", -1, 3)
                                .node("Constant", "w", "", tensorAttribute("value", floatTensor(random(12), 3, 4)))
                                .node("Constant", "b", "", reals("value_floats", 0.1f, -0.2f, 0.3f, -0.4f))
                                .node("Constant", "c", "", real("value_float", 0.5f))
                                .node("Constant", "s", "", integers("value_ints", 0, 4))
                                .node("MatMul", "m", "x w")
                                .node("Add", "z", "m b")
                                .node("Reshape", "r", "z s")
                                .node("Sigmoid", "g", "r")
                                .node("Mul", "a", "g r")
                                .node("Gemm", "y", "a v c")
                                .tensor("v", random(8), 4, 2)
                                .output("y", -1, 2),
                        "3-4(SILU)-2(IDENTITY)"));
    }

    /** Operator set 6 says of each operand that it is for several units, and of a model that it is not in training. */
    @Test
    void operatorSet6IsRead() {
        Imported of6 = OnnxImport.of(
                versioned(6, integer("broadcast", 1), integer("axis", 1), integer("is_test", 1)), List.of(), 1000);
        Imported of7 = OnnxImport.of(versioned(7, null, null, null), List.of(), 1000);
        assertThat(of6.problems()).isEmpty();
        TrainedNetwork expected = of7.network().orElseThrow();
        TrainedNetwork actual = of6.network().orElseThrow();
        assertThat(actual.network()).isEqualTo(expected.network());
        assertThat(actual.parameters()).isEqualTo(expected.parameters());
        assertThat(actual.constants()).isEqualTo(expected.constants());
        assertThat(OnnxImport.of(
                                versioned(6, integer("broadcast", 1), integer("axis", 0), integer("is_test", 0)),
                                List.of(),
                                1000)
                        .problems())
                .extracting(OnnxProblem::message)
                .containsExactly(
                        "Node \"/1/Mul\" (Mul) has axis = 0, by which \"b\" is not for the last axes; only such operands are"
                                + " known.",
                        "Node \"/2/BatchNormalization\" (BatchNormalization) is in training mode; export the model for"
                                + " inference.",
                        "Node \"/3/Dropout\" (Dropout) is in training mode; export the model for inference.");
    }

    private static byte[] versioned(long version, ByteString broadcast, ByteString axis, ByteString isTest) {
        boolean is6 = version == 6;
        ByteString[] none = {};
        return OnnxBuilder.bare()
                .operatorSet("", version)
                .input("x", -1, 3)
                .node("Gemm", "z", "x w b", is6 ? new ByteString[] {broadcast} : none)
                .node("Mul", "s", "z b", is6 ? new ByteString[] {broadcast, axis} : none)
                .node("BatchNormalization", "n", "s b b b v", is6 ? new ByteString[] {isTest} : none)
                .node("Dropout", "d", "n", is6 ? new ByteString[] {isTest} : none)
                .node("Relu", "y", "d")
                .tensor("w", random(12), 3, 4)
                .tensor("b", random(4), 4)
                .tensor("v", new double[] {1, 2, 3, 4}, 4)
                .output("y", -1, 4)
                .bytes();
    }

    private static OnnxPattern reshaped(String name, double records, double numbers) {
        return pattern(
                "Reshape of pictures to " + name,
                floats().input("x", -1, 3, 2)
                        .node("Reshape", "r", "x shape")
                        .node("MatMul", "y", "r w")
                        .integers("shape", new double[] {records, numbers}, 2)
                        .tensor("w", random(24), 6, 4)
                        .output("y", -1, 4),
                "6-4(IDENTITY, no bias)");
    }

    private static ByteString floatTensor(double[] numbers, long... sizes) {
        return OnnxBuilder.tensor("", FLOAT, Encoding.RAW, numbers, sizes);
    }
}
