package dev.chainrule.processor.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.layers.ForwardPass;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each equation as plain text and as LaTeX, one assertion a construct. */
class EquationRenderingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "IDENTITY   ; a1_j = z1_j ; a^{(1)}_{j} = z^{(1)}_{j}",
                "SIGMOID    ; a1_j = sigmoid(z1_j) ; a^{(1)}_{j} = \\sigma\\left(z^{(1)}_{j}\\right)",
                "TANH       ; a1_j = tanh(z1_j) ; a^{(1)}_{j} = \\tanh\\left(z^{(1)}_{j}\\right)",
                "RELU       ; a1_j = max(0, z1_j) ; a^{(1)}_{j} = \\max\\left(0, z^{(1)}_{j}\\right)",
                "LEAKY_RELU ; a1_j = max(0.01 * z1_j, z1_j)"
                        + " ; a^{(1)}_{j} = \\max\\left(0.01 \\, z^{(1)}_{j}, z^{(1)}_{j}\\right)",
                "ELU        ; a1_j = z1_j > 0 ? z1_j : expm1(z1_j)"
                        + " ; a^{(1)}_{j} = \\begin{cases}z^{(1)}_{j} & z^{(1)}_{j} > 0 \\\\"
                        + " \\left(e^{z^{(1)}_{j}} - 1\\right) & \\text{otherwise}\\end{cases}",
                "SOFTPLUS   ; a1_j = softplus(z1_j) ; a^{(1)}_{j} = \\log\\left(1 + e^{z^{(1)}_{j}}\\right)",
                "SOFTSIGN   ; a1_j = z1_j / (1 + abs(z1_j))"
                        + " ; a^{(1)}_{j} = \\frac{z^{(1)}_{j}}{1 + \\left|z^{(1)}_{j}\\right|}",
                "SILU       ; a1_j = z1_j * s1_j ; a^{(1)}_{j} = z^{(1)}_{j} \\, s^{(1)}_{j}",
                "GELU       ; a1_j = 0.5 * z1_j * (1 + s1_j)"
                        + " ; a^{(1)}_{j} = 0.5 \\, z^{(1)}_{j} \\, \\left(1 + s^{(1)}_{j}\\right)",
                "HARD_SIGMOID ; a1_j = min(1, max(0, z1_j / 6 + 0.5))"
                        + " ; a^{(1)}_{j} = \\min\\left(1, \\max\\left(0, \\frac{z^{(1)}_{j}}{6} + 0.5\\right)\\right)",
            })
    void activation(Activation activation, String text, String latex) {
        Equation equation = last(ForwardPass.of(oneLayer(activation, Loss.SUM_OF_SQUARES, true)));
        assertThat(TextRenderer.equation(equation)).isEqualTo(text);
        assertThat(LatexRenderer.equation(equation)).isEqualTo(latex);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ELU        ; (z1_j > 0 ? 1 : exp(z1_j))"
                        + " ; \\begin{cases}1 & z^{(1)}_{j} > 0 \\\\"
                        + " \\exp\\left(z^{(1)}_{j}\\right) & \\text{otherwise}\\end{cases}",
                "SELU       ; (z1_j > 0 ? 1.0507009873554805 : 1.7580993408473766 * exp(z1_j))"
                        + " ; \\begin{cases}1.0507009873554805 & z^{(1)}_{j} > 0 \\\\"
                        + " 1.7580993408473766 \\, \\exp\\left(z^{(1)}_{j}\\right) & \\text{otherwise}\\end{cases}",
                "SOFTSIGN   ; (1 / (1 + abs(z1_j)) * (1 / (1 + abs(z1_j))))"
                        + " ; \\left(\\left(\\frac{1}{1 + \\left|z^{(1)}_{j}\\right|}\\right)^{2}\\right)",
            })
    void slope(Activation activation, String text, String latex) {
        Equation equation = Derivation.of(oneLayer(activation, Loss.HALF_SUM_OF_SQUARES, true))
                .byParameters()
                .get(0)
                .equations()
                .findFirst()
                .orElseThrow();
        assertThat(TextRenderer.equation(equation)).isEqualTo("delta1_j = (a1_j - t_j) * " + text);
        assertThat(LatexRenderer.equation(equation)).endsWith(latex);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SUM_OF_SQUARES      ; E = sum_j (a1_j - t_j) * (a1_j - t_j)",
                "HALF_SUM_OF_SQUARES ; E = (sum_j (a1_j - t_j) * (a1_j - t_j)) / 2",
                "MEAN_SQUARED_ERROR  ; E = (sum_j (a1_j - t_j) * (a1_j - t_j)) / 3",
                "MEAN_ABSOLUTE_ERROR ; E = (sum_j abs(a1_j - t_j)) / 3",
                "HUBER               ; E = (sum_j huber(a1_j - t_j)) / 3",
                "LOG_COSH            ; E = (sum_j logCosh(a1_j - t_j)) / 3",
            })
    void loss(Loss loss, String text) {
        Section error = ForwardPass.loss(oneLayer(Activation.IDENTITY, loss, true));
        assertThat(TextRenderer.equations(error)).containsExactly(text);
    }

    @Test
    void crossEntropies() {
        assertThat(TextRenderer.equations(
                        ForwardPass.loss(oneLayer(Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, true))))
                .containsExactly("E = (sum_j (t_j * softplus(-z1_j) + (1 - t_j) * softplus(z1_j))) / 3");
        assertThat(TextRenderer.equations(
                        ForwardPass.loss(oneLayer(Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY, true))))
                .containsExactly(
                        "logSum1 = log(sum1)", "E = sum_j 2 * t_j * (0.5 * logSum1 - (0.5 * z1_j - 0.5 * max1))");
    }

    @Test
    void weightedSums() {
        Equation biased = first(ForwardPass.of(oneLayer(Activation.IDENTITY, Loss.SUM_OF_SQUARES, true)));
        assertThat(TextRenderer.equation(biased)).isEqualTo("z1_j = b1_j + sum_k x_k * w1_k_j");
        assertThat(LatexRenderer.equation(biased))
                .isEqualTo("z^{(1)}_{j} = b^{(1)}_{j} + \\sum_{k} x_{k} \\, w^{(1)}_{k,j}");
        Equation unbiased = first(ForwardPass.of(oneLayer(Activation.IDENTITY, Loss.SUM_OF_SQUARES, false)));
        assertThat(TextRenderer.equation(unbiased)).isEqualTo("z1_j = sum_k x_k * w1_k_j");
        assertThat(LatexRenderer.equation(unbiased)).isEqualTo("z^{(1)}_{j} = \\sum_{k} x_{k} \\, w^{(1)}_{k,j}");
    }

    @Test
    void softmax() {
        Section layer = ForwardPass.of(oneLayer(Activation.SOFTMAX, Loss.SUM_OF_SQUARES, true))
                .get(0);
        assertThat(TextRenderer.equations(layer))
                .containsExactly(
                        "z1_j = b1_j + sum_k x_k * w1_k_j",
                        "max1 = max_j z1_j",
                        "e1_j = exp(z1_j - max1)",
                        "sum1 = sum_j e1_j",
                        "a1_j = e1_j / sum1");
        assertThat(layer.equations().map(LatexRenderer::equation).skip(1))
                .containsExactly(
                        "z^{(1)}_{\\max} = \\max_{j} z^{(1)}_{j}",
                        "e^{(1)}_{j} = \\exp\\left(z^{(1)}_{j} - z^{(1)}_{\\max}\\right)",
                        "S^{(1)} = \\sum_{j} e^{(1)}_{j}",
                        "a^{(1)}_{j} = \\frac{e^{(1)}_{j}}{S^{(1)}}");
    }

    @Test
    void backpropagation() {
        Stream<String> text = Derivation.of(twoLayers()).byParameters().stream()
                .flatMap(section -> TextRenderer.equations(section).stream());
        assertThat(text)
                .containsExactly(
                        "delta2_j = 2 * (a2_j - t_j) * (1 - a2_j * a2_j)",
                        "dE/dw2_k_j = delta2_j * a1_k",
                        "dE/db2_j = delta2_j",
                        "dE/da1_k = sum_j delta2_j * w2_k_j",
                        "delta1_k = dE/da1_k * (a1_k > 0 ? 1 : 0)",
                        "dE/dw1_k_j = delta1_j * x_k",
                        "dE/db1_j = delta1_j");
    }

    @Test
    void derivativesInLatex() {
        List<String> latex = Derivation.of(twoLayers()).byParameters().stream()
                .flatMap(Section::equations)
                .map(LatexRenderer::equation)
                .toList();
        assertThat(latex.get(3))
                .isEqualTo(
                        "\\frac{\\partial E}{\\partial a^{(1)}_{k}} = \\sum_{j} \\delta^{(2)}_{j} \\, w^{(2)}_{k,j}");
        assertThat(latex.get(4))
                .isEqualTo("\\delta^{(1)}_{k} = \\frac{\\partial E}{\\partial a^{(1)}_{k}} \\,"
                        + " \\begin{cases}1 & a^{(1)}_{k} > 0 \\\\ 0 & \\text{otherwise}\\end{cases}");
    }

    @Test
    void chainRule() {
        Equation byWeight = first(Derivation.of(twoLayers()).paths());
        assertThat(TextRenderer.equation(byWeight))
                .isEqualTo(
                        "dE/dw1_k_j = sum_i2 dE/da2_i2 * da2_i2/dz2_i2 * dz2_i2/da1_j * da1_j/dz1_j * dz1_j/dw1_k_j");
        assertThat(LatexRenderer.equation(byWeight))
                .startsWith("\\frac{\\partial E}{\\partial w^{(1)}_{k,j}} = \\sum_{i_{2}}"
                        + " \\frac{\\partial E}{\\partial a^{(2)}_{i_{2}}} \\,"
                        + " \\frac{\\partial a^{(2)}_{i_{2}}}{\\partial z^{(2)}_{i_{2}}} \\,");
    }

    private static Network twoLayers() {
        return new Network(
                2,
                List.of(new Layer(2, 2, Activation.RELU, true, 0), new Layer(2, 2, Activation.TANH, true, 6)),
                Optional.of(new LossFunction.Named(Loss.SUM_OF_SQUARES)),
                Unroll.AUTO);
    }

    private static Network oneLayer(Activation activation, Loss loss, boolean bias) {
        return new Network(
                2,
                List.of(new Layer(2, 3, activation, bias, 0)),
                Optional.of(new LossFunction.Named(loss)),
                Unroll.AUTO);
    }

    private static Equation first(List<Section> sections) {
        return sections.get(0).equations().findFirst().orElseThrow();
    }

    private static Equation last(List<Section> sections) {
        return sections.get(0).equations().reduce((a, b) -> b).orElseThrow();
    }
}
