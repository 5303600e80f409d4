package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxMistake.between;
import static dev.chainrule.processor.onnx.OnnxMistake.start;
import static dev.chainrule.processor.testing.OnnxBuilder.FLOAT;
import static dev.chainrule.processor.testing.OnnxBuilder.bare;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.message;
import static dev.chainrule.processor.testing.OnnxBuilder.raw;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.testing.OnnxBuilder;
import dev.chainrule.processor.testing.OnnxBuilder.Encoding;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a model as a whole: its operator sets, inputs, outputs and tensors. */
class OnnxModelProblemsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"models", "otherKinds", "branches", "tensors"})
    void isOneProblem(OnnxMistake mistake) {
        mistake.isReported();
    }

    static Stream<Arguments> encodings() {
        ByteString node = message(fields -> fields.writeByteArray(3, new byte[] {(byte) 0xff}));
        return Stream.of(
                Arguments.of("nothing", new byte[0], "it has no graph"),
                Arguments.of("no graph", new byte[] {1 << 3, 8}, "it has no graph"),
                Arguments.of(
                        "a number for a message",
                        new byte[] {7 << 3, 1},
                        "field 7 of ModelProto has wire type 0, expected 2"),
                Arguments.of(
                        "the end of a group",
                        new byte[] {15 << 3 | 4},
                        "Protocol message end-group tag did not match expected tag."),
                Arguments.of(
                        "a name that is no text",
                        floats().graphField(1, node).bytes(),
                        "field 3 of NodeProto is no text in UTF-8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void isNoModel(String name, byte[] bytes, String reason) {
        assertThat(OnnxImport.of(bytes, List.of(), 100).problems())
                .containsExactly(
                        new OnnxProblem("NotAnOnnxModel", "This is not an ONNX model, or it is damaged: " + reason));
    }

    static Stream<OnnxMistake> models() {
        String sets = "; known are 6 to 25. Export it with another opset_version.";
        return Stream.of(
                operatorSet("no operator set", bare(), "The model names no operator set of ONNX" + sets),
                operatorSet(
                        "the operator set of another domain alone",
                        bare().operatorSet("ai.onnx.ml", 9),
                        "The model names no operator set of ONNX" + sets),
                operatorSet("an old operator set", bare().operatorSet("", 5), "The model uses operator set 5" + sets),
                operatorSet(
                        "a new operator set",
                        bare().operatorSet("ai.onnx", 26),
                        "The model uses operator set 26" + sets),
                operatorSet(
                        "operators of its own",
                        floats().modelField(25, message(function -> function.writeString(1, "Linear")))
                                .modelField(25, message(function -> function.writeString(1, "Sequential"))),
                        "The model defines operators of its own, \"Linear\", \"Sequential\", which are not known; export it"
                                + " with its functions inlined."),
                new OnnxMistake(
                        "sparse initialisers",
                        start().graphField(15, ByteString.EMPTY).output("z", -1, 2),
                        "OnnxTensor",
                        "The model has 1 sparse initialisers; only those with all their numbers are known."),
                new OnnxMistake(
                        "two initialisers of a name",
                        start().tensor("w", new double[6], 3, 2).output("z", -1, 2),
                        "OnnxValue",
                        "The model defines the value \"w\" twice."),
                new OnnxMistake(
                        "two nodes of an output",
                        start().node("Tanh", "y", "z").node("Relu", "y", "z").output("y", -1, 2),
                        "OnnxValue",
                        "The model defines the value \"y\" twice."),
                new OnnxMistake(
                        "an output of no node",
                        start().output("y", -1, 2),
                        "OnnxValue",
                        "The output \"y\" is not made of the input by layers."),
                new OnnxMistake(
                        "an output that is an initialiser",
                        start().output("w", 3, 2),
                        "OnnxValue",
                        "The output \"w\" is not made of the input by layers."),
                new OnnxMistake(
                        "too many layers",
                        deep(257),
                        "TooManyLayers",
                        "Node \"/256/MatMul\" (MatMul) begins layer 257; a network has at most 256."),
                new OnnxMistake(
                        "too many parameters",
                        floats().input("x", -1, 10)
                                .node("Gemm", "h", "x w b")
                                .node("Relu", "a", "h")
                                .node("Gemm", "y", "a w")
                                .tensor("w", new double[100], 10, 10)
                                .tensor("b", new double[1], 1)
                                .output("y", -1, 10),
                        "TooLargeToFreeze",
                        "A class holds at most 100 parameters, and layers 1 to 1 of the model have 110."));
    }

    /** These are of another kind, whatever else could be put right in them. */
    static Stream<OnnxMistake> otherKinds() {
        return Stream.of(
                otherKind(
                        "trees",
                        bare().operatorSet("ai.onnx.ml", 1)
                                .nodeOf("ai.onnx.ml", "TreeEnsembleClassifier", "label probabilities", "x"),
                        "its operators are \"ai.onnx.ml.TreeEnsembleClassifier\"."),
                otherKind(
                        "quantised layers",
                        floats().node("Cast", "c", "x")
                                .node("MatMulInteger", "i", "c w")
                                .node("Cast", "label", "i"),
                        "its operators are \"Cast\", \"MatMulInteger\"."),
                otherKind(
                        "a layer of another domain",
                        floats().nodeOf("com.microsoft", "Gemm", "label", "x"),
                        "its operators are \"com.microsoft.Gemm\"."),
                otherKind(
                        "many operators",
                        of(IntStream.range(0, 13).mapToObj(i -> "Operator" + i).toList()),
                        "its operators are \"Operator0\", \"Operator1\", \"Operator2\", \"Operator3\", \"Operator4\","
                                + " \"Operator5\", \"Operator6\", \"Operator7\", \"Operator8\", \"Operator9\" and 3 more."),
                otherKind("no nodes", bare(), "it has no nodes."));
    }

    private static OnnxBuilder of(List<String> operators) {
        OnnxBuilder model = floats();
        operators.forEach(operator -> model.node(operator, operator, "x"));
        return model;
    }

    private static OnnxMistake otherKind(String name, OnnxBuilder model, String has) {
        return new OnnxMistake(
                name,
                model.input("x", -1, 3).output("label", -1).output("probabilities", -1, 2),
                "OnnxNoLayer",
                "The model has no layer (Gemm, MatMul, LinearClassifier or LinearRegressor): " + has
                        + " A class can be made of dense layers alone.");
    }

    private static OnnxMistake operatorSet(String name, OnnxBuilder model, String message) {
        return new OnnxMistake(name, between(model).output("z", -1, 2), "OnnxOperator", message);
    }

    private static OnnxBuilder deep(int layers) {
        OnnxBuilder model = floats().input("a0", -1, 1).tensor("w", new double[1], 1, 1);
        for (int i = 0; i < layers; i++) {
            model.node("MatMul", "a" + (i + 1), "a" + i + " w");
        }
        return model.output("a" + layers, -1, 1);
    }

    static Stream<OnnxMistake> branches() {
        return Stream.of(
                new OnnxMistake(
                        "no inputs",
                        floats().node("MatMul", "z", "x w").output("z", -1, 2),
                        "OnnxValue",
                        "Node \"/0/MatMul\" (MatMul) takes \"x\", which is no input or initialiser of the model and no output"
                                + " of an earlier node."),
                new OnnxMistake("no outputs", start(), "OnnxOutputs", "The model has no outputs."),
                new OnnxMistake(
                        "the larger of two layers",
                        start().node("MatMul", "h", "z square")
                                .node("Max", "y", "h z")
                                .output("y", -1, 2),
                        "OnnxBranch",
                        "Node \"/2/Max\" (Max) joins \"h\" and \"z\", which are not made of the same layer alone; known are"
                                + " sums, differences, products and quotients of such."),
                new OnnxMistake(
                        "an input that is read in two widths",
                        floats().input("x", -1, -1)
                                .node("MatMul", "h", "x w")
                                .node("MatMul", "g", "x v")
                                .node("Add", "y", "h g")
                                .tensor("w", new double[6], 3, 2)
                                .tensor("v", new double[4], 2, 2)
                                .output("y", -1, 2),
                        "OnnxShape",
                        "The input \"x\" is read as one of 2 numbers a record, and as one of 3."),
                new OnnxMistake(
                        "an input of a width that nobody says",
                        floats().input("x", -1, -1)
                                .node("Tanh", "y", "x")
                                .node("MatMul", "unused", "x w")
                                .output("y", -1, -1),
                        "OnnxShape",
                        "The model does not say how many numbers a record of the input \"x\" has."));
    }

    /** Several outputs are named, for one to choose. */
    @Test
    void outputsAreNamed() {
        OnnxBuilder model = start().node("Tanh", "y", "z")
                .node("Conv", "conv", "z")
                .output("y", -1, 2)
                .output("conv", -1, 2)
                .output("b", 2);
        String names = ", \"y\", \"conv\", \"b\"; name those to take by output = ..., and what leads only to others is"
                + " left out.";
        assertThat(OnnxImport.of(model.bytes(), List.of("y"), 100).problems()).isEmpty();
        assertThat(OnnxImport.of(model.bytes(), List.of("y", "x"), 100).problems())
                .containsExactly(
                        new OnnxProblem("OnnxOutputs", "The model has no output \"x\" among its outputs" + names));
        assertThat(OnnxImport.of(model.bytes(), List.of("b"), 100).problems())
                .containsExactly(new OnnxProblem("OnnxValue", "The output \"b\" is not made of the input by layers."));
        assertThat(OnnxImport.of(model.bytes(), List.of(), 100).problems())
                .last()
                .isEqualTo(new OnnxProblem("OnnxOutputs", "The model is taken with all of its outputs" + names));
    }

    static Stream<OnnxMistake> tensors() {
        return Stream.of(
                new OnnxMistake(
                        "numbers in another file",
                        withWeights(message(tensor -> {
                            tensor.writeInt64(1, 2);
                            tensor.writeInt64(1, 2);
                            tensor.writeInt32(2, FLOAT);
                            tensor.writeString(8, "weights");
                            tensor.writeInt32(14, 1);
                        })),
                        "OnnxTensor",
                        "Node \"/1/MatMul\" (MatMul) takes \"weights\", whose numbers are in another file (external data); save"
                                + " the model as one file (in PyTorch, torch.onnx.export(..., external_data=False))."),
                new OnnxMistake(
                        "too few numbers",
                        withWeights(OnnxBuilder.tensor("weights", FLOAT, Encoding.RAW, new double[3], 2, 2)),
                        "OnnxTensor",
                        "Node \"/1/MatMul\" (MatMul) takes \"weights\", which has the shape [2, 2] of type float and 12 bytes of"
                                + " numbers; the two do not fit."),
                new OnnxMistake(
                        "numbers in two encodings",
                        withWeights(message(tensor -> {
                            tensor.writeInt64(1, 2);
                            tensor.writeInt64(1, 2);
                            tensor.writeInt32(2, FLOAT);
                            tensor.writeString(8, "weights");
                            tensor.writeBytes(4, raw(FLOAT, 1, 2, 3, 4));
                            tensor.writeBytes(9, raw(FLOAT, 1, 2, 3, 4));
                        })),
                        "OnnxTensor",
                        "Node \"/1/MatMul\" (MatMul) takes \"weights\", which has the shape [2, 2] of type float and 32 bytes of"
                                + " numbers; the two do not fit."),
                new OnnxMistake(
                        "a shape beyond all memory",
                        withWeights(
                                OnnxBuilder.tensor("weights", FLOAT, Encoding.RAW, new double[4], 1L << 40, 1L << 40)),
                        "OnnxTensor",
                        "Node \"/1/MatMul\" (MatMul) takes \"weights\", which has the shape [1099511627776, 1099511627776] of"
                                + " type float and 16 bytes of numbers; the two do not fit."),
                new OnnxMistake(
                        "NaN among the weights",
                        withWeights(OnnxBuilder.tensor(
                                "weights", FLOAT, Encoding.RAW, new double[] {1, 2, Double.NaN, 4}, 2, 2)),
                        "OnnxTensor",
                        "Number 2 of \"weights\" is NaN; a network needs finite ones."),
                new OnnxMistake(
                        "an infinite bias",
                        start().node("Add", "y", "z weights")
                                .initializer(OnnxBuilder.tensor(
                                        "weights", FLOAT, Encoding.RAW, new double[] {1, Double.NEGATIVE_INFINITY}, 2))
                                .output("y", -1, 2),
                        "OnnxTensor",
                        "Number 1 of \"weights\" is -Infinity; a network needs finite ones."));
    }

    private static OnnxBuilder withWeights(ByteString tensor) {
        return start().initializer(tensor).node("MatMul", "y", "z weights").output("y", -1, 2);
    }
}
