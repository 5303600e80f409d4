package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.onnx.OnnxPattern.between;
import static dev.chainrule.processor.onnx.OnnxPattern.betweenIs;
import static dev.chainrule.processor.onnx.OnnxPattern.pattern;
import static dev.chainrule.processor.onnx.OnnxPattern.random;
import static dev.chainrule.processor.testing.OnnxBuilder.doubles;
import static dev.chainrule.processor.testing.OnnxBuilder.integer;
import static dev.chainrule.processor.testing.OnnxBuilder.real;
import static dev.chainrule.processor.testing.OnnxBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.ActivationFunction.Named;
import dev.chainrule.processor.testing.OnnxBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of an activation that is known. */
class OnnxActivationsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"activations", "silu", "gelu", "geluByErf", "hardSigmoid", "others", "doublePatterns"})
    void isTheNetworkThatOnnxRuntimeRuns(OnnxPattern pattern) {
        pattern.isTheNetworkThatOnnxRuntimeRuns();
    }

    static Stream<OnnxPattern> activations() {
        return Stream.of(
                hidden("Sigmoid", "SIGMOID"),
                hidden("Tanh", "TANH"),
                hidden("Relu", "RELU"),
                hidden("LeakyRelu", "LEAKY_RELU"),
                hidden("LeakyRelu", "LEAKY_RELU", real("alpha", 0.01f)),
                hidden("Elu", "ELU"),
                hidden("Elu", "ELU", real("alpha", 1)),
                hidden("Selu", "SELU"),
                hidden("Selu", "SELU", real("alpha", 1.67326324f), real("gamma", 1.05070098f)),
                hidden("Softplus", "SOFTPLUS"),
                hidden("Softsign", "SOFTSIGN"),
                softmax(17, "no axis"),
                softmax(17, "axis -1", integer("axis", -1)),
                softmax(17, "axis 1", integer("axis", 1)),
                softmax(12, "operator set 12, no axis"),
                softmax(7, "operator set 7, axis 1", integer("axis", 1)));
    }

    private static OnnxPattern hidden(String operator, String activation, ByteString... attributes) {
        OnnxBuilder model = between(builder -> builder.node(operator, "a", "z", attributes));
        return pattern(operator + " with " + attributes.length + " settings", model, betweenIs(activation));
    }

    private static OnnxPattern softmax(long version, String name, ByteString... attributes) {
        OnnxBuilder model = OnnxBuilder.bare()
                .operatorSet("", version)
                .input("x", -1, 3)
                .node("Gemm", "z", "x w b")
                .node("Softmax", "y", "z", attributes)
                .output("y", -1, 4)
                .tensor("w", random(12), 3, 4)
                .tensor("b", random(4), 4);
        return pattern("Softmax, " + name, model, "3-4(SOFTMAX)");
    }

    static Stream<OnnxPattern> silu() {
        return Stream.of(
                pattern(
                        "SiLU",
                        between(model -> model.node("Sigmoid", "s", "z").node("Mul", "a", "z s")),
                        betweenIs("SILU")),
                pattern(
                        "SiLU, the sigmoid first",
                        between(model -> model.node("Sigmoid", "s", "z").node("Mul", "a", "s z")),
                        betweenIs("SILU")));
    }

    static Stream<OnnxPattern> gelu() {
        return Stream.of(
                geluOf(
                        "PyTorch, operator set 20: Gelu",
                        20,
                        model -> model.node("Gelu", "a", "z", text("approximate", "tanh"))),
                geluOf(
                        "PyTorch, z * z * z",
                        17,
                        model -> model.node("Mul", "zz", "z z")
                                .node("Mul", "zzz", "z zz")
                                .node("Mul", "cubic", "kappa zzz")
                                .node("Add", "sum", "z cubic")
                                .node("Mul", "u", "beta sum")
                                .node("Tanh", "t", "u")
                                .node("Add", "t1", "one t")
                                .node("Mul", "zt", "z t1")
                                .node("Mul", "a", "half zt")),
                geluOf(
                        "TensorFlow, z^3",
                        17,
                        model -> model.node("Pow", "zzz", "z three")
                                .node("Mul", "cubic", "zzz kappa")
                                .node("Add", "sum", "cubic z")
                                .node("Mul", "u", "sum beta")
                                .node("Tanh", "t", "u")
                                .node("Add", "t1", "t one")
                                .node("Mul", "ht1", "half t1")
                                .node("Mul", "a", "z ht1")),
                geluOf(
                        "half z first, an exponent of integers",
                        17,
                        model -> model.node("Mul", "hz", "z half")
                                .node("Pow", "zzz", "z three_integer")
                                .node("Mul", "cubic", "kappa zzz")
                                .node("Add", "sum", "z cubic")
                                .node("Mul", "u", "beta sum")
                                .node("Tanh", "t", "u")
                                .node("Add", "t1", "t one")
                                .node("Mul", "a", "hz t1")),
                geluOf(
                        "z (1 + kappa z^2), halved by division",
                        17,
                        model -> model.node("Pow", "zz", "z two")
                                .node("Mul", "kzz", "kappa zz")
                                .node("Add", "k1", "one kzz")
                                .node("Mul", "bz", "z beta")
                                .node("Mul", "u", "bz k1")
                                .node("Tanh", "t", "u")
                                .node("Mul", "zt", "z t")
                                .node("Add", "sum", "zt z")
                                .node("Div", "a", "sum two")),
                geluOf(
                        "z sigmoid(2 u)",
                        17,
                        model -> model.node("Pow", "zzz", "z three")
                                .node("Mul", "cubic", "zzz kappa")
                                .node("Add", "sum", "cubic z")
                                .node("Mul", "u", "sum beta")
                                .node("Mul", "u2", "u two")
                                .node("Sigmoid", "s", "u2")
                                .node("Mul", "a", "s z")));
    }

    static Stream<OnnxPattern> geluByErf() {
        return Stream.of(
                byErf("operator set 20: Gelu", 20, model -> model.node("Gelu", "a", "z")),
                byErf(
                        "PyTorch, by division",
                        17,
                        model -> model.node("Div", "u", "z root")
                                .node("Erf", "e", "u")
                                .node("Add", "e1", "e one")
                                .node("Mul", "ze", "z e1")
                                .node("Mul", "a", "ze half")),
                byErf(
                        "half z first",
                        17,
                        model -> model.node("Mul", "u", "z inverse")
                                .node("Erf", "e", "u")
                                .node("Add", "e1", "one e")
                                .node("Mul", "hz", "half z")
                                .node("Mul", "a", "hz e1")));
    }

    private static OnnxPattern byErf(String name, long version, UnaryOperator<OnnxBuilder> activation) {
        OnnxBuilder model = between(OnnxBuilder.bare().operatorSet("", version), activation)
                .tensor("root", new double[] {Math.sqrt(2)})
                .tensor("inverse", new double[] {Math.sqrt(0.5)})
                .tensor("half", new double[] {0.5})
                .tensor("one", new double[] {1});
        return pattern("GELU by erf, " + name, model, betweenIs("GELU"));
    }

    static Stream<OnnxPattern> hardSigmoid() {
        return Stream.of(
                hidden("HardSigmoid", "HARD_SIGMOID", real("alpha", 1 / 6f)),
                hidden("HardSigmoid", "HARD_SIGMOID", real("alpha", 1 / 6f), real("beta", 0.5f)),
                other(
                        "HARD_SIGMOID",
                        model -> model.tensor("three", new double[] {3})
                                .tensor("six", new double[] {6})
                                .node("Add", "s", "z three")
                                .node("Clip", "c", "s zero six")
                                .node("Div", "a", "c six")));
    }

    /** Other ways to write what has an operator. */
    static Stream<OnnxPattern> others() {
        return Stream.of(
                other("RELU", model -> model.node("Clip", "a", "z zero")),
                other("RELU", model -> model.node("Greater", "c", "z zero").node("Where", "a", "c z zero")),
                other(
                        "RELU",
                        model -> model.node("Abs", "s", "z")
                                .node("Add", "t", "s z")
                                .node("Mul", "a", "t half")),
                other("LEAKY_RELU", model -> model.node("PRelu", "a", "z slope")),
                other("LEAKY_RELU", model -> model.node("Mul", "s", "z slope").node("Max", "a", "s z")),
                other(
                        "TANH",
                        model -> model.node("Add", "t", "z z")
                                .node("Sigmoid", "s", "t")
                                .node("Add", "u", "s s")
                                .node("Sub", "a", "u one")),
                other(
                        "SOFTSIGN",
                        model -> model.node("Abs", "s", "z")
                                .node("Add", "d", "one s")
                                .node("Reciprocal", "r", "d")
                                .node("Mul", "a", "r z")));
    }

    private static OnnxPattern other(String activation, UnaryOperator<OnnxBuilder> nodes) {
        OnnxBuilder model = between(nodes)
                .tensor("zero", new double[] {0})
                .tensor("half", new double[] {0.5})
                .tensor("one", new double[] {1})
                .tensor("slope", new double[] {0.01});
        return pattern("another form", model, betweenIs(activation));
    }

    /** What an activation has as a setting need not be what it is by default. */
    @Test
    void settings() {
        assertThat(setting("LeakyRelu", real("alpha", 0.2f))).isEqualTo(new Named(Activation.LEAKY_RELU, 0.2));
        assertThat(setting("LeakyRelu", real("alpha", 1.5f))).isEqualTo(new Named(Activation.LEAKY_RELU, 1.5));
        assertThat(setting("LeakyRelu", real("alpha", 0))).isEqualTo(Named.of(Activation.RELU));
        assertThat(setting("Elu", real("alpha", 0.7f))).isEqualTo(new Named(Activation.ELU, 0.7));
        assertThat(setting("Elu", real("alpha", -1))).isEqualTo(new Named(Activation.ELU, -1));
    }

    private static ActivationFunction setting(String operator, ByteString attribute) {
        byte[] model =
                between(builder -> builder.node(operator, "a", "z", attribute)).bytes();
        return OnnxImport.of(model, List.of(), 1000)
                .network()
                .orElseThrow()
                .network()
                .layer(1)
                .activation();
    }

    private static OnnxPattern geluOf(String name, long version, UnaryOperator<OnnxBuilder> activation) {
        OnnxBuilder model = between(OnnxBuilder.bare().operatorSet("", version), activation);
        double[] constants = {Math.sqrt(2 / Math.PI), 0.044715, 0.5, 1, 2, 3};
        String[] names = {"beta", "kappa", "half", "one", "two", "three"};
        for (int i = 0; i < constants.length; i++) {
            model.tensor(names[i], new double[] {constants[i]});
        }
        return pattern("GELU, " + name, model.integers("three_integer", new double[] {3}), betweenIs("GELU_TANH"));
    }

    static Stream<OnnxPattern> doublePatterns() {
        return Stream.of(
                new OnnxPattern("doubles, Softmax", betweenDoubles("Tanh", "Softmax"), "3-4(TANH)-2(SOFTMAX)", true),
                new OnnxPattern("doubles, Relu", betweenDoubles("Relu", "Sigmoid"), "3-4(RELU)-2(SIGMOID)", true));
    }

    private static OnnxBuilder betweenDoubles(String hidden, String output) {
        return doubles()
                .input("x", -1, 3)
                .node("Gemm", "z", "x w b", real("alpha", 0.1f), real("beta", 1.3f))
                .node(hidden, "a", "z")
                .node("Gemm", "u", "a v c", integer("transB", 1))
                .node(output, "y", "u")
                .output("y", -1, 2)
                .tensor("w", random(12), 3, 4)
                .tensor("b", random(4), 4)
                .tensor("v", random(8), 2, 4)
                .tensor("c", random(1));
    }
}
