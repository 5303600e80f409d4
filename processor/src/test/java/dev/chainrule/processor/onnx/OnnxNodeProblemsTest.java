package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxMistake.between;
import static dev.chainrule.processor.onnx.OnnxMistake.end;
import static dev.chainrule.processor.onnx.OnnxMistake.start;
import static dev.chainrule.processor.testing.OnnxBuilder.bare;
import static dev.chainrule.processor.testing.OnnxBuilder.integer;
import static dev.chainrule.processor.testing.OnnxBuilder.node;
import static dev.chainrule.processor.testing.OnnxBuilder.real;
import static dev.chainrule.processor.testing.OnnxBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.OnnxBuilder;
import dev.chainrule.processor.testing.OnnxBuilder.Encoding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that are not known, or not with these settings. */
class OnnxNodeProblemsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"operators", "settings"})
    void isOneProblem(OnnxMistake mistake) {
        mistake.isReported();
    }

    static Stream<OnnxMistake> operators() {
        String unknown =
                "; known are those of dense layers, of what activations are written with, and of sums, products,"
                        + " scales and parts of layers.";
        return Stream.of(
                end("an unknown operator", "OnnxOperator", "is not known in operator set 17" + unknown, "Conv", "z"),
                end(
                        "Gelu before it was an operator",
                        "OnnxOperator",
                        "is an operator since operator set 20, and the model uses 17.",
                        "Gelu",
                        "z",
                        text("approximate", "tanh")),
                new OnnxMistake(
                        "an unknown form of Gelu",
                        between(bare().operatorSet("", 20))
                                .node("Gelu", "y", "z", text("approximate", "sigmoid"))
                                .output("y", -1, 2),
                        "OnnxOperator",
                        "Node \"/1/Gelu\" (Gelu) has approximate = \"sigmoid\"; known are \"none\" and \"tanh\"."),
                new OnnxMistake(
                        "an operator of another domain",
                        start().nodeOf("com.microsoft", "Gelu", "y", "z").output("y", -1, 2),
                        "OnnxOperator",
                        "Node \"/1/Gelu\" (Gelu) is an operator of the domain com.microsoft; known are some of ONNX's own and"
                                + " of ai.onnx.ml."),
                new OnnxMistake(
                        "a node without a name",
                        start().graphField(1, node("", "", "Conv", "y", "z")).output("y", -1, 2),
                        "OnnxOperator",
                        "Node of \"y\" (Conv) is not known in operator set 17" + unknown),
                end("too few inputs", "OnnxOperator", "takes 1 values; expected 2.", "Add", "z"),
                end("too many inputs", "OnnxOperator", "takes 4 values; expected 2 to 3.", "Gemm", "z w w w"),
                end(
                        "a value that is nowhere",
                        "OnnxValue",
                        "takes \"nowhere\", which is no input or initialiser of the model and no output of an earlier node.",
                        "Gemm",
                        "z nowhere"),
                end(
                        "a value that is left out",
                        "OnnxValue",
                        "takes \"\", which is no input or initialiser of the model and no output of an earlier node.",
                        "Add",
                        "z -"),
                new OnnxMistake(
                        "nodes out of order",
                        start().node("Tanh", "y", "later")
                                .node("Relu", "later", "x")
                                .output("y", -1, 3),
                        "OnnxValue",
                        "Node \"/1/Tanh\" (Tanh) takes \"later\", which is no input or initialiser of the model and no output"
                                + " of an earlier node."),
                end(
                        "constants alone",
                        "OnnxOperator",
                        "takes \"w\", which does not depend on the model's input; fold constants when exporting.",
                        "Tanh",
                        "w"),
                new OnnxMistake(
                        "the mask of Dropout",
                        start().nodeOf("", "Dropout", "d mask", "z")
                                .node("Mul", "y", "d mask")
                                .output("y", -1, 2),
                        "OnnxOperator",
                        "Node \"/1/Dropout\" (Dropout) yields \"mask\", which is used; known is its first output alone."),
                new OnnxMistake(
                        "Dropout in training",
                        start().node("Dropout", "y", "z - training")
                                .initializer(OnnxBuilder.tensor("training", 9, Encoding.RAW, new double[] {1}))
                                .output("y", -1, 2),
                        "OnnxOperator",
                        "Node \"/1/Dropout\" (Dropout) is in training mode; export the model for inference."),
                end(
                        "weights that depend on the input",
                        "OnnxOperator",
                        "takes \"z\" as weights, which must not depend on the model's input.",
                        "MatMul",
                        "z z"));
    }

    static Stream<OnnxMistake> settings() {
        return Stream.of(
                end(
                        "an attribute that is not known",
                        "OnnxOperator",
                        "has an attribute broadcast, which is not known.",
                        "Add",
                        "z b",
                        integer("broadcast", 1)),
                end(
                        "an attribute twice",
                        "OnnxOperator",
                        "has two attributes alpha.",
                        "Gemm",
                        "z v",
                        real("alpha", 1),
                        real("alpha", 2)),
                end(
                        "an attribute of another type",
                        "OnnxOperator",
                        "has an attribute transB of type FLOAT; expected INT.",
                        "Gemm",
                        "z v",
                        real("transB", 1)),
                end(
                        "records as columns",
                        "OnnxOperator",
                        "has transA = 1, which makes columns of the records; only transA = 0 is known.",
                        "Gemm",
                        "z v",
                        integer("transA", 1)),
                end(
                        "Softmax over records",
                        "OnnxShape",
                        "is over axis 0 of \"z\" of shape [?, 2]; known is the last axis of [records, units].",
                        "Softmax",
                        "z",
                        integer("axis", 0)),
                end(
                        "Flatten of records",
                        "OnnxShape",
                        "flattens \"z\" of shape [?, 2] from axis 0; only axis 1 leaves each record by itself.",
                        "Flatten",
                        "z",
                        integer("axis", 0)),
                end(
                        "Reshape of records",
                        "OnnxShape",
                        "reshapes \"z\" of shape [?, 2] to [1, -1]; only what leaves the numbers of a record together,"
                                + " as [-1, its numbers], is known.",
                        "Reshape",
                        "z one_row"),
                end(
                        "records in one row",
                        "OnnxShape",
                        "reshapes \"z\" of shape [?, 2] to [1, 2]; only what leaves the numbers of a record together,"
                                + " as [-1, its numbers], is known.",
                        "Reshape",
                        "z row"),
                end("Pow of a fraction", "OnnxOperator", "has the exponent 0.5; known are 2 and 3.", "Pow", "z half"),
                end("a Constant without a value", "OnnxOperator", "has 0 values; expected one.", "Constant", ""));
    }

    /** All operators that are not known, also those after another one. */
    @Test
    void allUnknownOperatorsAreProblems() {
        byte[] model = start().node("Conv", "c", "z")
                .node("Celu", "n", "c")
                .node("Relu", "r", "n")
                .node("Add", "a", "r c")
                .node("GlobalMaxPool", "y", "a")
                .output("y", -1, 2)
                .bytes();

        assertThat(OnnxImport.of(model, List.of(), 100).problems())
                .extracting(problem -> problem.message().replaceFirst("\\).*", ")"))
                .containsExactly(
                        "Node \"/1/Conv\" (Conv)",
                        "Node \"/2/Celu\" (Celu)",
                        "Node \"/5/GlobalMaxPool\" (GlobalMaxPool)");
    }

    @Test
    void tenProblemsAreEnough() {
        OnnxBuilder model = start();
        for (int i = 0; i < 30; i++) {
            model.node("Conv", "z" + i, i == 0 ? "z" : "z" + (i - 1));
        }
        assertThat(OnnxImport.of(model.output("z29", -1, 2).bytes(), List.of(), 100)
                        .problems())
                .hasSize(10);
    }
}
