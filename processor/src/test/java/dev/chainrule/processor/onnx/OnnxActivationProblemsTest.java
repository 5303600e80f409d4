package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxMistake.between;
import static dev.chainrule.processor.onnx.OnnxMistake.end;
import static dev.chainrule.processor.onnx.OnnxMistake.start;
import static dev.chainrule.processor.onnx.OnnxMistake.withOperands;
import static dev.chainrule.processor.testing.OnnxBuilder.doubles;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static org.assertj.core.api.Assertions.assertThat;

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
                        "Node \"/1/MatMul\" (MatMul) takes what node \"/0/Tanh\" (Tanh) makes of the input z, TANH(z); a"
                                + " network begins with a layer (Gemm or MatMul)."),
                end(
                        "two activations",
                        "OnnxActivation",
                        "takes RELU of TANH(z); a layer has one activation.",
                        "Relu",
                        "tanh"),
                output("z tanh z", "(z) TANH(z)", "Mul", "z tanh"),
                output("a scale", "0.5 z", "Mul", "half z"),
                output("a shift of an activation", "(0.5) + TANH(z)", "Add", "half tanh"),
                output("another temperature", "SOFTMAX(0.5 z)", "Softmax", "half_z"),
                output("a power", "z^3", "Pow", "z three_alone"),
                output("an operator of no pattern", "Exp(z)", "Exp", "z"),
                output("operators of no pattern", "Sub(0.5, Tanh(z))", "Sub", "half tanh"),
                output("the larger of two", "Max(z, Mul(z, 0.5))", "Max", "z half_z"),
                end("too few operands", "OnnxOperator", "takes 1 values; expected 2.", "Max", "z"),
                end(
                        "operands that are several numbers",
                        "OnnxShape",
                        "takes \"square\" of shape [2, 2] as an operand; expected a single number.",
                        "Max",
                        "z square"),
                aLongFormula(),
                end(
                        "a product of activations",
                        "OnnxActivation",
                        "multiplies TANH(z) and TANH(z); no known activation is such a product.",
                        "Mul",
                        "tanh tanh"),
                new OnnxMistake(
                        "a sum of activations",
                        start().node("Tanh", "t", "z")
                                .node("Sigmoid", "s", "z")
                                .node("Add", "y", "t s")
                                .output("y", -1, 2),
                        "OnnxActivation",
                        "Node \"/3/Add\" (Add) adds TANH(z) and SIGMOID(z); no known activation is such a sum."),
                new OnnxMistake(
                        "a high power",
                        start().node("Mul", "zz", "z z")
                                .node("Mul", "y", "zz zz")
                                .output("y", -1, 2),
                        "OnnxActivation",
                        "Node \"/2/Mul\" (Mul) computes z^4, which no known activation has."));
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
                "The output \"y\" takes what node \"/101/Neg\" (Neg) makes of the pre-activation z of layer 1, ...; no"
                        + " activation is known by this form. " + UnitFunction.KNOWN_FORMS);
    }

    /** The output of a layer is no activation. */
    private static OnnxMistake output(String name, String function, String operator, String inputs) {
        return new OnnxMistake(
                name,
                withOperands(start()).node(operator, "y", inputs).output("y", -1, 2),
                "OnnxActivation",
                "The output \"y\" takes what node \"/3/" + operator + "\" (" + operator
                        + ") makes of the pre-activation z of layer 1, " + function
                        + "; no activation is known by this form. " + UnitFunction.KNOWN_FORMS);
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
                        .contains("(0.5 z) + (0.5 z) TANH(0.79788")
                        .contains("or (0.5 z) + (0.5 z) TANH(0.7978845608028654 z + 0.035677408136300125 z^3)."));
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
