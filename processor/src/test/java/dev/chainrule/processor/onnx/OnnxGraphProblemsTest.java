package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxMistake.start;
import static dev.chainrule.processor.onnx.OnnxMistake.withOperands;
import static dev.chainrule.processor.testing.OnnxBuilder.integer;
import static dev.chainrule.processor.testing.OnnxBuilder.integers;
import static dev.chainrule.processor.testing.OnnxBuilder.reals;
import static dev.chainrule.processor.testing.OnnxBuilder.text;

import com.google.protobuf.ByteString;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not known of the operators that join, part and scale layers. */
class OnnxGraphProblemsTest {
    private static final String SHAPE = "OnnxShape";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"ofOnnx", "ofScikitLearn"})
    void isOneProblem(OnnxMistake mistake) {
        mistake.isReported();
    }

    static Stream<OnnxMistake> ofOnnx() {
        String alongRecords = "; known is that of the numbers of a record, [records, units].";
        return Stream.of(
                end(
                        "records one after the other",
                        SHAPE,
                        "puts \"z\" of shape [?, 2] side by side with \"z\" of shape [?, 2] along axis 0"
                                + alongRecords,
                        "Concat",
                        "z tanh",
                        integer("axis", 0)),
                end(
                        "numbers beside units",
                        "OnnxOperator",
                        "takes \"b\", which does not depend on the model's input; fold constants when exporting.",
                        "Concat",
                        "z b",
                        integer("axis", 1)),
                end(
                        "some of the records",
                        SHAPE,
                        "takes numbers of \"z\" of shape [?, 2] along axis 0" + alongRecords,
                        "Gather",
                        "z flat",
                        integer("axis", 0)),
                end(
                        "a place that is not there",
                        SHAPE,
                        "takes the number 2 of 2.",
                        "Gather",
                        "z row",
                        integer("axis", 1)),
                end(
                        "places that are no integers",
                        SHAPE,
                        "takes \"b\" of shape [2] of type float; expected a list of integers.",
                        "Gather",
                        "z b",
                        integer("axis", 1)),
                end(
                        "no numbers at all",
                        "UnitsOutOfRange",
                        "takes 0 numbers; a layer has 1 to 1000000.",
                        "Slice",
                        "z one one one"),
                end(
                        "starts without ends",
                        SHAPE,
                        "has 1 starts, and not as many ends, axes and steps.",
                        "Slice",
                        "z one row one"),
                end("a step of nothing", SHAPE, "has the step 0.", "Slice", "z zero one one zero"),
                end(
                        "parts that are not all",
                        SHAPE,
                        "splits \"z\" of shape [?, 2] along axis 1 into 1 parts, which are not all of it.",
                        "Split",
                        "z one",
                        integer("axis", 1)),
                end(
                        "an axis that is none",
                        SHAPE,
                        "drops axis 1 of \"z\" of shape [?, 2], which is not of size 1.",
                        "Squeeze",
                        "z one"),
                end(
                        "an axis before the records",
                        SHAPE,
                        "adds axis 0 to \"z\" of shape [?, 2]; only after the first one it leaves each record by itself.",
                        "Unsqueeze",
                        "z zero"),
                end(
                        "batch normalisation in training",
                        "OnnxOperator",
                        "is in training mode; export the model for inference.",
                        "BatchNormalization",
                        "z b b b b",
                        integer("training_mode", 1)),
                end(
                        "batch normalisation of other channels",
                        SHAPE,
                        "takes \"numbers\" of shape [3] as an operand of \"z\" of shape [?, 2]; expected a number, or one for"
                                + " each unit.",
                        "BatchNormalization",
                        "z numbers numbers numbers numbers"),
                end(
                        "a negative variance",
                        "OnnxTensor",
                        "divides by a variance that is no positive number.",
                        "BatchNormalization",
                        "z b b b negative"),
                end(
                        "layer normalisation of records",
                        SHAPE,
                        "normalises \"z\" of shape [?, 2] from axis 0; known is the last axis of [records, units].",
                        "LayerNormalization",
                        "z b",
                        integer("axis", 0)),
                end(
                        "values of other widths",
                        SHAPE,
                        "joins \"z\" of shape [?, 2] and \"wider\" of shape [?, 3]; the shapes must be the same.",
                        "Add",
                        "z wider"));
    }

    private static OnnxMistake end(
            String name, String code, String message, String operator, String inputs, ByteString... attributes) {
        return new OnnxMistake(
                name,
                withOperands(start())
                        .node("MatMul", "wider", "z v")
                        .integers("one", new double[] {1}, 1)
                        .integers("zero", new double[] {0}, 1)
                        .integers("flat", new double[] {0}, 1)
                        .tensor("numbers", new double[] {1, 2, 3}, 3)
                        .tensor("negative", new double[] {1, -2}, 2)
                        .node(operator, "y", inputs, attributes)
                        .output("y", -1, 2),
                code,
                "Node \"/4/" + operator + "\" (" + operator + ") " + message);
    }

    static Stream<OnnxMistake> ofScikitLearn() {
        return Stream.of(
                learnt(
                        "trees",
                        "OnnxOperator",
                        "is an operator of the domain ai.onnx.ml that no layers can be made of; known are"
                                + " ArrayFeatureExtractor, LinearClassifier, LinearRegressor, Normalizer, Scaler and ZipMap.",
                        "TreeEnsembleRegressor"),
                learnt("no scale", "OnnxOperator", "has no attribute scale.", "Scaler", reals("offset", 1, 2)),
                learnt(
                        "offsets of other units",
                        SHAPE,
                        "takes \"offset\" of shape [3] as an operand of \"z\" of shape [?, 2]; expected a number, or one for"
                                + " each unit.",
                        "Scaler",
                        reals("offset", 1, 2, 3),
                        reals("scale", 1)),
                learnt(
                        "another norm",
                        "OnnxOperator",
                        "has norm = \"MAX\"; known are \"L1\" and \"L2\".",
                        "Normalizer"),
                learnt(
                        "another transform",
                        "OnnxOperator",
                        "has post_transform = \"PROBIT\"; known are \"NONE\", \"LOGISTIC\" and \"SOFTMAX\".",
                        "LinearRegressor",
                        reals("coefficients", 1, 2),
                        text("post_transform", "PROBIT")),
                learnt(
                        "coefficients that are no rows",
                        "OnnxOperator",
                        "has 3 coefficients for 2 rows of them.",
                        "LinearRegressor",
                        reals("coefficients", 1, 2, 3),
                        integer("targets", 2)),
                learnt(
                        "one row of coefficients for two classes",
                        "OnnxOperator",
                        "has 1 rows of coefficients for 2 classes; known is one for each class.",
                        "LinearClassifier",
                        reals("coefficients", 1, 2),
                        reals("intercepts", 1),
                        integers("classlabels_ints", 0, 1)));
    }

    private static OnnxMistake learnt(
            String name, String code, String message, String operator, ByteString... attributes) {
        return new OnnxMistake(
                name,
                start().operatorSet("ai.onnx.ml", 1)
                        .nodeOf(
                                "ai.onnx.ml",
                                operator,
                                operator.equals("LinearClassifier") ? "label y" : "y",
                                "z",
                                attributes)
                        .output("y", -1, 2),
                code,
                "Node \"/1/" + operator + "\" (" + operator + ") " + message);
    }
}
