package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxMistake.between;
import static dev.chainrule.processor.onnx.OnnxMistake.end;
import static dev.chainrule.processor.onnx.OnnxMistake.start;
import static dev.chainrule.processor.onnx.OnnxMistake.withOperands;
import static dev.chainrule.processor.testing.OnnxBuilder.doubles;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.testing.OnnxBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is computed between two layers and is no activation. */
class OnnxActivationProblemsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("activations")
    void isOneProblem(OnnxMistake mistake) {
        mistake.isReported();
    }

    static Stream<OnnxMistake> activations() {
        return Stream.of(
                new OnnxMistake(
                        "an activation of the input",
                        floats().input("x", -1, 3)
                                .node("Tanh", "a", "x")
                                .node("MatMul", "y", "a w")
                                .tensor("w", new double[6], 3, 2)
                                .output("y", -1, 2),
                        "OnnxActivation",
                        "Node \"/1/MatMul\" (MatMul) takes what node \"/0/Tanh\" (Tanh) makes of the input z, tanh(z); a"
                                + " network begins with a layer (Gemm or MatMul)."),
                output("two activations", "max(0, tanh(z))", "Relu", "tanh"),
                output("z tanh z", "z * tanh(z)", "Mul", "z tanh"),
                output("a scale", "0.5 * z", "Mul", "half z"),
                output("a shift of an activation", "0.5 + tanh(z)", "Add", "half tanh"),
                end(
                        "another temperature",
                        "OnnxActivation",
                        "takes softmax of z * 0.5; known is that of z alone.",
                        "Softmax",
                        "half_z"),
                output("a power", "z * z * z", "Pow", "z three_alone"),
                output("an operator of no activation", "exp(z)", "Exp", "z"),
                output("operators of no activation", "0.5 - tanh(z)", "Sub", "half tanh"),
                output("the larger of two", "max(tanh(z), z * 0.5)", "Max", "tanh half_z"),
                output("another setting", "max(0, min(1, 0.2 * z + 0.5))", "HardSigmoid", "z"),
                output(
                        "another setting that is none",
                        "1.0507 * (z > 0 ? z : 1.6732632423543772 * expm1(z))",
                        "Selu",
                        "z",
                        real("gamma", 1.0507f)),
                new OnnxMistake(
                        "a limit far out",
                        start().node("Relu", "relu", "z")
                                .tensor("far", new double[] {1e30})
                                .node("Min", "y", "relu far")
                                .output("y", -1, 2),
                        "OnnxActivation",
                        "The output \"y\" takes what node \"/2/Min\" (Min) makes of the pre-activation z of layer 1, min(max(0, z),"
                                + " 1.0000000150474662E30); that is no activation of a Layer."),
                output("a product of activations", "tanh(z) * tanh(z)", "Mul", "tanh tanh"),
                output("a high power", "z * 0.5 * (z * 0.5)", "Mul", "half_z half_z"),
                end(
                        "a choice by what is no comparison",
                        "OnnxOperator",
                        "chooses by \"tanh\", which is no comparison.",
                        "Where",
                        "tanh z half"),
                end("too few operands", "OnnxOperator", "takes 1 values; expected 2.", "Max", "z"),
                end(
                        "operands that are several numbers",
                        "OnnxShape",
                        "takes \"square\" of shape [2, 2] as an operand; expected a single number.",
                        "Max",
                        "z square"),
                aLongFormula());
    }

    /** Each value is twice as long as the one before. */
    private static OnnxMistake aLongFormula() {
        OnnxBuilder model = start().node("Sub", "d0", "z z");
        for (int i = 1; i < 100; i++) {
            model.node("Sub", "d" + i, "d%d d%d".formatted(i - 1, i - 1));
        }
        return new OnnxMistake(
                "a long formula",
                model.node("Neg", "y", "d99").output("y", -1, 2),
                "OnnxActivation",
                "The output \"y\" takes what node \"/101/Neg\" (Neg) makes of the pre-activation z of layer 1, ...; that"
                        + " is no activation of a Layer.");
    }

    /** The output of a layer is no activation. */
    private static OnnxMistake output(
            String name, String function, String operator, String inputs, ByteString... attributes) {
        return new OnnxMistake(
                name,
                withOperands(start()).node(operator, "y", inputs, attributes).output("y", -1, 2),
                "OnnxActivation",
                "The output \"y\" takes what node \"/3/" + operator + "\" (" + operator
                        + ") makes of the pre-activation z of layer 1, " + function
                        + "; that is no activation of a Layer.");
    }

    /** Constants of GELU that are a little off are another function, in a model of doubles too. */
    @Test
    void constantsOfGeluAreThoseOfThePrecision() {
        double scale = Math.sqrt(2 / Math.PI);
        assertThat(gelu(floats(), scale)).isEmpty();
        assertThat(gelu(doubles(), scale)).isEmpty();
        assertThat(gelu(floats(), scale * (1 + 1e-6)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("tanh((z + z * z * z * 0.044714")
                        .contains(" * 0.79788"));
        assertThat(gelu(doubles(), (float) scale)).hasSize(1);
    }

    private static List<OnnxProblem> gelu(OnnxBuilder model, double scale) {
        byte[] bytes = between(model)
                .tensor("three", new double[] {3})
                .tensor("cubic", new double[] {0.044715})
                .tensor("scale", new double[] {scale})
                .tensor("one", new double[] {1})
                .tensor("half", new double[] {0.5})
                .node("Pow", "zzz", "z three")
                .node("Mul", "c", "zzz cubic")
                .node("Add", "s", "z c")
                .node("Mul", "u", "s scale")
                .node("Tanh", "t", "u")
                .node("Add", "t1", "t one")
                .node("Mul", "zt1", "z t1")
                .node("Mul", "y", "zt1 half")
                .output("y", -1, 2)
                .bytes();
        return OnnxImport.of(bytes, 100).problems();
    }
}
