package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxMistake.end;
import static dev.chainrule.processor.onnx.OnnxMistake.start;
import static dev.chainrule.processor.onnx.OnnxMistake.withOperands;
import static dev.chainrule.processor.testing.OnnxBuilder.DOUBLE;
import static dev.chainrule.processor.testing.OnnxBuilder.INT64;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.integer;
import static dev.chainrule.processor.testing.OnnxBuilder.port;

import dev.chainrule.processor.testing.OnnxBuilder;
import dev.chainrule.processor.testing.OnnxBuilder.Encoding;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes and types of numbers that do not go together: both sides are named. */
class OnnxShapeProblemsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"shapes", "types"})
    void isOneProblem(OnnxMistake mistake) {
        mistake.isReported();
    }

    static Stream<OnnxMistake> shapes() {
        return Stream.of(
                new OnnxMistake(
                        "an input without a shape",
                        floats().input("x").node("MatMul", "y", "x w").output("y", 2),
                        "OnnxShape",
                        "The input \"x\" has the shape []; expected [records, numbers of a record], at most 1000000 numbers."),
                new OnnxMistake(
                        "an input of pictures",
                        floats().input("x", -1, 2, 3)
                                .node("MatMul", "y", "x w")
                                .tensor("w", new double[6], 3, 2)
                                .output("y", -1, 2, 2),
                        "OnnxShape",
                        "Node \"/0/MatMul\" (MatMul) multiplies \"x\" of shape [?, 2, 3] by \"w\" of shape [3, 2]; expected"
                                + " [records, in] and [in, out] (or [out, in] for transB = 1)."),
                end(
                        "weights of one axis",
                        "OnnxShape",
                        "multiplies \"z\" of shape [?, 2] by \"b\" of shape [2]; expected [records, in] and [in, out] (or"
                                + " [out, in] for transB = 1).",
                        "MatMul",
                        "z b"),
                end(
                        "weights for other inputs",
                        "OnnxShape",
                        "multiplies \"z\" of shape [?, 2] by \"w\" of shape [3, 2]: 2 numbers a record, but weights for 3.",
                        "MatMul",
                        "z w"),
                end(
                        "transposed weights for other inputs",
                        "OnnxShape",
                        "multiplies \"z\" of shape [?, 2] by \"v\" of shape [2, 3] transposed: 2 numbers a record, but weights"
                                + " for 3.",
                        "Gemm",
                        "z v",
                        integer("transB", 1)),
                end(
                        "weights on the left",
                        "OnnxShape",
                        "multiplies the constants \"w\" by \"z\" of shape [?, 2]; known is a product of records (rows) and"
                                + " weights, or of weights and one record alone, [numbers].",
                        "MatMul",
                        "w z"),
                end(
                        "weights of no units",
                        "UnitsOutOfRange",
                        "takes weights \"none\" of shape [2, 0]; a layer has 1 to 1000000 inputs and units.",
                        "MatMul",
                        "z none"),
                end(
                        "a bias of other units",
                        "OnnxShape",
                        "adds \"b\" of shape [2] to 3 units; expected [3], [1, 3] or a single number.",
                        "Gemm",
                        "z v b"),
                end(
                        "a bias of other units, by Add",
                        "OnnxShape",
                        "adds \"three\" of shape [3] to 2 units; expected [2], [1, 2] or a single number.",
                        "Add",
                        "z three"),
                end(
                        "a bias that widens the output",
                        "OnnxShape",
                        "adds \"wide\" of shape [1, 1, 2] to 2 units; expected [2], [1, 2] or a single number.",
                        "Add",
                        "z wide"),
                end(
                        "factors of other units",
                        "OnnxShape",
                        "takes \"three\" of shape [3] as an operand of \"z\" of shape [?, 2]; expected a number, or one for"
                                + " each unit.",
                        "Mul",
                        "z three"),
                new OnnxMistake(
                        "slopes of other units",
                        withOperands(start()).node("PRelu", "y", "z square").output("y", -1, 2),
                        "OnnxShape",
                        "Node \"/3/PRelu\" (PRelu) takes \"square\" of shape [2, 2] as an operand of \"z\" of shape [?, 2];"
                                + " expected a number, or one for each unit."),
                new OnnxMistake(
                        "an output of another width",
                        start().node("Tanh", "y", "z").output("y", -1, 5),
                        "OnnxShape",
                        "The output \"y\" is declared with the shape [?, 5], and has [?, 2]."),
                new OnnxMistake(
                        "operands of other shapes",
                        floats().input("x", -1, 3, 1)
                                .node("Flatten", "f", "x")
                                .node("Mul", "a", "x f")
                                .node("MatMul", "y", "a w")
                                .tensor("w", new double[6], 3, 2)
                                .output("y", -1, 2),
                        "OnnxShape",
                        "Node \"/1/Mul\" (Mul) joins \"x\" of shape [?, 3, 1] and \"x\" of shape [?, 3]; the shapes must be"
                                + " the same."));
    }

    static Stream<OnnxMistake> types() {
        return Stream.of(
                new OnnxMistake(
                        "an input of integers",
                        floats().inputOf("x", INT64, -1, 3)
                                .node("MatMul", "y", "x w")
                                .output("y", -1, 2),
                        "OnnxType",
                        "The input \"x\" is of type int64; known are float and double."),
                new OnnxMistake(
                        "doubles for floats",
                        floats().inputOf("x", DOUBLE, -1, 3)
                                .node("MatMul", "y", "x w")
                                .tensor("w", new double[6], 3, 2)
                                .output("y", -1, 2),
                        "OnnxType",
                        "Node \"/0/MatMul\" (MatMul) takes \"w\" of type float with values of type double; the two must be"
                                + " the same."),
                end(
                        "Cast to another type",
                        "OnnxType",
                        "changes \"z\" of type float to double; a network is of one type, float or double, from input to"
                                + " output.",
                        "Cast",
                        "z",
                        integer("to", DOUBLE)),
                end(
                        "Cast of weights",
                        "OnnxType",
                        "changes \"w\" of type float to double; a network is of one type, float or double, from input to"
                                + " output.",
                        "Cast",
                        "w",
                        integer("to", DOUBLE)),
                new OnnxMistake(
                        "weights of half precision",
                        start().initializer(OnnxBuilder.tensor("half_w", 10, Encoding.PACKED, new double[4], 2, 2))
                                .node("MatMul", "y", "z half_w")
                                .output("y", -1, 2),
                        "OnnxType",
                        "Node \"/1/MatMul\" (MatMul) takes \"half_w\" of type float16; known are float and double."),
                new OnnxMistake(
                        "an output of another type",
                        start().node("Tanh", "y", "z").graphField(12, port("y", DOUBLE, -1, 2)),
                        "OnnxType",
                        "The output \"y\" is declared as double, and is float."));
    }
}
