package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.drawing.NetworkDrawing;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A drawing tells the numbers that the network has. */
class NetworkDrawingTest {
    private static final Topology SMALL =
            Topologies.of("Small", "3-4-2", Activation.TANH, Activation.SIGMOID, Loss.SUM_OF_SQUARES, Unroll.AUTO);
    private static final Topology UNBIASED = new Topology(
            "Unbiased",
            2,
            List.of(new Topology.Layer(3, Activation.TANH, false), new Topology.Layer(1, Activation.SIGMOID, false)),
            Loss.SUM_OF_SQUARES,
            Unroll.AUTO);
    private static final Topology WIDE =
            Topologies.of("Wide", "20-9-8", Activation.RELU, Activation.SOFTMAX, Loss.HUBER, Unroll.AUTO);

    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        compiled = Compiled.of(new NetworkProcessor(), List.of(SMALL, UNBIASED, WIDE));
    }

    @Test
    void hasAllNumbersOfASmallNetwork() throws Exception {
        TrainableNetwork network = network(SMALL);
        double[] input = {0.5, -1, 2};
        double[] target = {0, 1};
        Map<String, Double> numbers = numbers(NetworkDrawing.svg("<A & B>", network, input, target));

        // From the plain loops and their own way to the gradient
        PlainNetwork plain = new PlainNetwork(SMALL, network.parameters());
        double[] gradient = new double[26];
        plain.backprop(input, target, gradient);
        for (int i = 0; i < 26; i++) {
            String name = network.description().layout().name(i);
            if (name.startsWith("w")) {
                assertThat(numbers).containsEntry(name, network.parameters()[i]);
                assertThat(numbers.get("dE/d" + name)).isCloseTo(gradient[i], within());
            } else {
                assertThat(numbers.get("dE/d" + name.replace('b', 'z'))).isCloseTo(gradient[i], within());
            }
        }
        double[] activations = new double[6];
        plain.activations(input, activations);
        for (int i = 0; i < 6; i++) {
            assertThat(numbers).containsEntry(i < 4 ? "a1_" + i : "a2_" + (i - 4), activations[i]);
        }
        double[] byInput = new double[3];
        plain.inputGradient(input, target, byInput);
        for (int i = 0; i < 3; i++) {
            assertThat(numbers).containsEntry("x_" + i, input[i]);
            assertThat(numbers.get("dE/dx_" + i)).isCloseTo(byInput[i], within());
        }
        assertThat(numbers).hasSize(2 * (3 + 6 + 20));
    }

    /** There the derivative by z is not that by a bias. */
    @Test
    void hasTheDerivativesOfUnitsWithoutBiases() throws Exception {
        TrainableNetwork network = network(UNBIASED);
        double[] p = network.parameters();
        Map<String, Double> numbers = numbers(NetworkDrawing.svg("", network, new double[] {0, 0.5}, new double[] {1}));
        double y = numbers.get("a2_0");
        double delta = 2 * (y - 1) * y * (1 - y);
        assertThat(numbers.get("dE/dz2_0")).isCloseTo(delta, within());
        double a = numbers.get("a1_1");
        assertThat(numbers.get("dE/dz1_1")).isCloseTo(delta * p[7] * (1 - a * a), within());

        assertThat(numbers(NetworkDrawing.svg("", network, new double[2], new double[] {1})))
                .containsEntry("dE/dz1_0", Double.NaN);
    }

    @Test
    void leavesOutTheMiddleOfWideLayers() throws Exception {
        String svg = NetworkDrawing.svg("", network(WIDE), new double[20], new double[8]);
        assertThat(svg).contains("12 more", "1 more").doesNotContain("0 more");
        assertThat(numbers(svg).keySet())
                .contains("x_3", "x_16", "a1_3", "a1_5", "a2_4", "w1_19_8")
                .doesNotContain("x_4", "x_15", "a1_4", "w1_4_0")
                .hasSize(2 * (3 * 8 + 2 * 64));
    }

    @Test
    void refusesWhatIsNotARecordOfTheNetwork() {
        TrainableNetwork network = network(SMALL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkDrawing.svg("", network, new double[2], new double[2]))
                .withMessage("input has 2 values; expected 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkDrawing.svg("", network, new double[3], new double[3]))
                .withMessage("target has 3 values; expected 2");
    }

    private static TrainableNetwork network(Topology topology) {
        TrainableNetwork network = compiled.instance(topology);
        Arrays.setAll(network.parameters(), i -> Math.sin(1 + i));
        return network;
    }

    /** What the tips of lines and units say. */
    private static Map<String, Double> numbers(String svg)
            throws ParserConfigurationException, IOException, SAXException {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList titles = document.getElementsByTagName("title");
        Map<String, Double> numbers = new TreeMap<>();
        for (int i = 0; i < titles.getLength(); i++) {
            String[] parts = titles.item(i).getTextContent().split(" = ");
            if (parts.length == 2) {
                assertThat(numbers.put(parts[0], Double.valueOf(parts[1])))
                        .as(parts[0])
                        .isNull();
            }
        }
        return numbers;
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-14);
    }
}
