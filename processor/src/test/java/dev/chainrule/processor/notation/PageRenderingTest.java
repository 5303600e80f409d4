package dev.chainrule.processor.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.layers.ForwardPass;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.page.JavaScriptRenderer;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

/** Equations as a page shows and computes them: MathML for units and for matrices, and JavaScript. */
class PageRenderingTest {
    /** What scales two numbers, a layer of it and three categories, and the sum of both. */
    private static final Network GRAPH = graph();

    private static final Network NETWORK = network(Activation.SILU, Activation.TANH, Loss.SUM_OF_SQUARES);

    @Test
    void unitByUnit() {
        assertThat(texts(ForwardPass.of(NETWORK), MathMlRenderer::equation))
                .containsExactly(
                        "zj(1)=bj(1)+\u2211kxkwk,j(1)",
                        "sj(1)=\u03c3(zj(1))",
                        "aj(1)=zj(1)sj(1)",
                        "zj(2)=bj(2)+\u2211kak(1)wk,j(2)",
                        "aj(2)=tanh(zj(2))");
    }

    @Test
    void layerByLayer() {
        assertThat(texts(ForwardPass.of(NETWORK), MatrixRenderer::equation))
                .containsExactly(
                        "z(1)=b(1)+xW(1)",
                        "s(1)=\u03c3(z(1))",
                        "a(1)=z(1)\u2299s(1)",
                        "z(2)=b(2)+a(1)W(2)",
                        "a(2)=tanh(z(2))");
        assertThat(texts(Derivation.of(NETWORK).byParameters(), MatrixRenderer::equation))
                .containsExactly(
                        "\u03b4(2)=2(a(2)\u2212t)\u2299(1\u2212a(2)\u2299a(2))",
                        "\u2202E\u2202W(2)=a(1)T\u03b4(2)",
                        "\u2202E\u2202b(2)=\u03b4(2)",
                        "\u2202E\u2202a(1)=\u03b4(2)W(2)T",
                        "\u03b4(1)=\u2202E\u2202a(1)\u2299(s(1)+a(1)\u2299(1\u2212s(1)))",
                        "\u2202E\u2202W(1)=xT\u03b4(1)",
                        "\u2202E\u2202b(1)=\u03b4(1)");
    }

    /** Row vectors from the left, so that their product adds up the paths. */
    @Test
    void chainsOfJacobians() {
        assertThat(texts(Derivation.of(NETWORK).paths(), MatrixRenderer::equation)
                        .get(0))
                .isEqualTo(
                        "\u2202E\u2202W(1)=xT\u2202E\u2202a(2)\u2202a(2)\u2202z(2)\u2202z(2)\u2202a(1)\u2202a(1)\u2202z(1)");
        assertThat(texts(Derivation.of(NETWORK).paths(), MatrixRenderer::equation)
                        .get(1))
                .isEqualTo(
                        "\u2202E\u2202b(1)=\u2202E\u2202a(2)\u2202a(2)\u2202z(2)\u2202z(2)\u2202a(1)\u2202a(1)\u2202z(1)");
    }

    /** A page puts units in their place. */
    @Test
    void indicesCanBeFound() {
        assertThat(MathMlRenderer.equation(Derivation.of(NETWORK)
                        .paths()
                        .get(0)
                        .equations()
                        .findFirst()
                        .orElseThrow()))
                .contains("<mrow data-index=\"k\"><mi>k</mi></mrow>")
                .contains("<mrow data-index=\"i2\"><msub><mi>i</mi><mn>2</mn></msub></mrow>");
    }

    @Test
    void sourcesSideBySide() {
        assertThat(texts(ForwardPass.of(GRAPH), MathMlRenderer::equation))
                .containsExactly(
                        "xrank,k={1x2=k+10otherwise",
                        "zj(1)=(xj\u2212shiftj(1))scalej(1)",
                        "aj(1)=zj(1)",
                        "zj(2)=bj(2)+\u2211kak(1)wk,j(2)+\u2211kxrank,kwk+2,j(2)",
                        "aj(2)=tanh(zj(2))",
                        "zj(3)=aj(2)+aj(1)",
                        "aj(3)=zj(3)");
        MatrixRenderer matrices = MatrixRenderer.of(symbol -> symbol.quantity() == Quantity.WEIGHT ? 5 : 2);
        assertThat(texts(ForwardPass.of(GRAPH), matrices::rendered))
                .contains("z(2)=b(2)+[a(1)xrank][W0..1(2)W2..4(2)]");
    }

    /** A page puts units in their place here, too. */
    @Test
    void shiftedIndicesCanBeFound() {
        assertThat(MathMlRenderer.equation(
                        ForwardPass.of(GRAPH).get(2).equations().findFirst().orElseThrow()))
                .contains("<mrow data-index=\"k\" data-plus=\"2\"><mi>k</mi><mo>+</mo><mn>2</mn></mrow>");
    }

    /** A value with two readers: each one's sum, and then all of them. */
    @Test
    void sharesOfReaders() {
        assertThat(texts(Derivation.of(GRAPH).byInputs(), MathMlRenderer::equation))
                .contains(
                        "(\u2202E\u2202ak(1))from layer 2=\u2211j\u03b4j(2)wk,j(2)",
                        "\u2202E\u2202aj(1)=(\u2202E\u2202aj(1))from layer 2+2(aj(3)\u2212tj)");
    }

    @Test
    void javaScript() {
        JavaScriptRenderer renderer = new JavaScriptRenderer(Storage.of(NETWORK, RecordAccess.ALONE));
        assertThat(renderer.method(ForwardPass.of(NETWORK).get(0))).isEqualTo("""
                // Layer 1
                forward1() {
                  for (let j = 0; j < 3; j++) {
                    z1[j] = sum(p[6 + j], 2, (k) => input[k] * p[3 * k + j]);
                    s1[j] = sigmoid(z1[j]);
                    a1[j] = z1[j] * s1[j];
                  }
                }""");
        assertThat(Derivation.of(NETWORK).byParameters().stream()
                        .map(renderer::method)
                        .toList()
                        .get(1))
                .isEqualTo("""
                // Gradient of layer 2
                gradient2() {
                  for (let k = 0; k < 3; k++) {
                    for (let j = 0; j < 2; j++) {
                      gradient[9 + 2 * k + j] = delta2[j] * a1[k];
                    }
                  }
                  for (let j = 0; j < 2; j++) {
                    gradient[15 + j] = delta2[j];
                  }
                }""");
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void isWellFormedForEveryActivation(Activation activation) {
        boolean isOutput = activation == Activation.SOFTMAX;
        assertWellFormed(network(isOutput ? Activation.TANH : activation, activation, Loss.HUBER));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void isWellFormedForEveryLoss(Loss loss) {
        Activation output = loss == Loss.BINARY_CROSS_ENTROPY ? Activation.SIGMOID : Activation.SOFTMAX;
        assertWellFormed(network(Activation.TANH, output, loss));
    }

    private static void assertWellFormed(Network network) {
        List<Section> sections = Stream.of(
                        ForwardPass.of(network).stream(),
                        Stream.of(ForwardPass.loss(network)),
                        Derivation.of(network).paths().stream(),
                        Derivation.of(network).byParameters().stream(),
                        Derivation.of(network).byInputs().stream())
                .flatMap(each -> each)
                .toList();
        for (Equation equation : sections.stream().flatMap(Section::equations).toList()) {
            for (String content : List.of(MathMlRenderer.equation(equation), MatrixRenderer.equation(equation))) {
                assertThat(content).matches("\\p{ASCII}+");
                parsed(content);
            }
        }
    }

    private static List<String> texts(List<Section> sections, Function<Equation, String> renderer) {
        return sections.stream()
                .flatMap(Section::equations)
                .map(renderer)
                .map(PageRenderingTest::parsed)
                .toList();
    }

    /** The text of MathML, which must be well-formed. */
    private static String parsed(String content) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<math>" + content + "</math>")))
                    .getDocumentElement()
                    .getTextContent();
        } catch (Exception e) {
            throw new AssertionError(content, e);
        }
    }

    private static Network graph() {
        Part rank = new Part("rank", 2, 1, 3, 1);
        ActivationFunction identity = ActivationFunction.Named.of(Activation.IDENTITY);
        ActivationFunction tanh = ActivationFunction.Named.of(Activation.TANH);
        Source scaled = Source.layer(1, 2);
        return new Network(
                List.of(new Part("state", 0, 2, 0, 0), rank),
                List.of(
                        new Layer(
                                "",
                                LayerKind.SCALE,
                                List.of(new Source(0, 0, 2, "")),
                                2,
                                identity,
                                false,
                                0,
                                false,
                                0,
                                0),
                        new Layer("", LayerKind.DENSE, List.of(scaled, rank.source()), 2, tanh, true, 0, false, 0, 0),
                        new Layer(
                                "",
                                LayerKind.ADD,
                                List.of(Source.layer(2, 2), scaled),
                                2,
                                identity,
                                false,
                                0,
                                false,
                                12,
                                0)),
                List.of(new Output(3, 0, 2, Optional.of(new LossFunction.Named(Loss.SUM_OF_SQUARES)), 1)),
                Unroll.AUTO);
    }

    private static Network network(Activation hidden, Activation output, Loss loss) {
        return new Network(
                2,
                List.of(new Layer(2, 3, hidden, true, 0), new Layer(3, 2, output, true, 9)),
                Optional.of(new LossFunction.Named(loss)),
                Unroll.AUTO);
    }
}
