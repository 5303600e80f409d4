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
                        "a comparison",
                        withOperands(start()).node("Greater", "y", "tanh half").output("y", -1, 2),
                        "OnnxActivation",
                        "The output \"y\" takes what node \"/3/Greater\" (Greater) makes of the pre-activation z of layer 1,"
                                + " tanh(z) > 0.5; that is no activation of a Layer."),
                new OnnxMistake(
                        "a division by nothing",
                        withOperands(start())
                                .tensor("zero", new double[1])
                                .node("Div", "i", "half zero")
                                .node("Mul", "y", "z i")
                                .output("y", -1, 2),
                        "OnnxOperator",
                        "Node \"/3/Div\" (Div) takes \"half\", which does not depend on the model's input; fold constants when"
                                + " exporting."),
                new OnnxMistake(
                        "an infinite factor",
                        withOperands(start())
                                .tensor("infinite", new double[] {Double.POSITIVE_INFINITY})
                                .node("Mul", "y", "z infinite")
                                .output("y", -1, 2),
                        "OnnxActivation",
                        "The output \"y\" takes what node \"/3/Mul\" (Mul) makes of the pre-activation z of layer 1, z *"
                                + " Infinity; that is no activation of a Layer."),
                new OnnxMistake(
                        "a factor that is not finite",
                        withOperands(start())
                                .tensor("factors", new double[] {1, Double.NaN}, 2)
                                .node("Mul", "y", "z factors")
                                .output("y", -1, 2),
                        "OnnxTensor",
                        "Node \"/3/Mul\" (Mul) takes \"factors\", whose number 1 is NaN; a network needs finite ones."),
                new OnnxMistake(
                        "divisors with a zero",
                        withOperands(start())
                                .tensor("divisors", new double[] {1, 0}, 2)
                                .node("Div", "y", "z divisors")
                                .output("y", -1, 2),
                        "OnnxTensor",
                        "Node \"/3/Div\" (Div) divides by \"divisors\", of which a number is 0."),
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
                        "takes \"square\" of shape [2, 2] as an operand of \"z\" of shape [?, 2]; expected a number, or one"
                                + " for each unit.",
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

    /** Constants of GELU that are a little off are another function, a formula, in a model of doubles too. */
    @Test
    void constantsOfGeluAreThoseOfThePrecision() {
        double scale = Math.sqrt(2 / Math.PI);
        assertThat(gelu(floats(), scale)).isEqualTo("GELU_TANH");
        assertThat(gelu(doubles(), scale)).isEqualTo("GELU_TANH");
        assertThat(gelu(floats(), scale * (1 + 1e-6))).contains("tanh((z + z * z * z * 0.044714", " * 0.79788");
        assertThat(gelu(doubles(), (float) scale)).contains(" * 0.7978845834732056");
    }

    private static String gelu(OnnxBuilder model, double scale) {
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
        return OnnxImport.of(bytes, List.of(), 100)
                .network()
                .orElseThrow()
                .network()
                .layer(1)
                .activation()
                .text();
    }
}
