package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebElement;

/** Pages in a browser: their numbers against the compiled classes, and their highlighted lines against the sources. */
@Tag("slow")
@RequiresChromium
class DerivationPageTest {
    private static final Topology WORKED = new Topology(
            "Worked",
            2,
            List.of(new Topology.Layer(1, Activation.SIGMOID, false), new Topology.Layer(1, Activation.SIGMOID, false)),
            Loss.HALF_SUM_OF_SQUARES,
            Unroll.AUTO);
    private static final Topology IDENTITY =
            topology("Identity", "2-2-2-2", Activation.SIGMOID, Activation.SIGMOID, Loss.SUM_OF_SQUARES);
    private static final Topology MLP =
            topology("Mlp", "3-4-4-1", Activation.TANH, Activation.TANH, Loss.SUM_OF_SQUARES);
    private static final Topology IRIS =
            topology("Iris", "4-8-3", Activation.TANH, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY);
    private static final Topology DIGITS =
            topology("Digits", "784-30-10", Activation.SIGMOID, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY);

    private static Compiled compiled;
    private static Browser browser;

    static List<Topology> networks() {
        return List.of(WORKED, IDENTITY, MLP, IRIS, DIGITS);
    }

    /** Every activation and every loss, with and without the full Jacobian of softmax. */
    static List<Topology> rules() {
        List<Topology> rules = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            Random random = new Random(loss.ordinal());
            rules.add(Topologies.random("Of" + loss.ordinal(), new int[] {2, 3, 2, 2}, Unroll.AUTO, random));
        }
        rules.add(topology("Jacobian", "2-3-3", Activation.GELU_TANH, Activation.SOFTMAX, Loss.HUBER));
        List<Topology.Layer> layers = Arrays.stream(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .map(activation -> new Topology.Layer(2, activation, true))
                .toList();
        rules.add(new Topology("Units", 2, layers, Loss.SUM_OF_SQUARES, Unroll.AUTO));
        return rules;
    }

    private static Topology topology(String name, String sizes, Activation hidden, Activation output, Loss loss) {
        return Topologies.of(name, sizes, hidden, output, loss, Unroll.AUTO);
    }

    @BeforeAll
    static void start() {
        compiled = Compiled.withPages(
                new NetworkProcessor(),
                Stream.concat(networks().stream(), rules().stream()).toList());
        browser = Browser.shared();
    }

    /** Whatever a test did. */
    @AfterEach
    void saysNothingAndAsksForNothing() {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    private static void open(Topology topology) throws IOException {
        browser.open(topology.name(), compiled.page(topology.networkName()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void typedInputsChangeTheOutputs(Topology topology) throws IOException {
        open(topology);
        double before = browser.number("#targets [data-array=output]");
        browser.type("#inputs [data-array=input][data-at='0']", "-2.5");
        assertThat(browser.number("#targets [data-array=output]")).isNotEqualTo(before);

        browser.run("document.getElementById('layout').open = true");
        double[] output = new double[topology.outputs()];
        compiled.instance(topology, browser.all("p")).forward(browser.all("input"), output);
        assertThat(browser.number("#targets [data-array=output]")).isCloseTo(output[0], within(1e-12));
    }

    @ParameterizedTest
    @MethodSource({"networks", "rules"})
    void everyGradientIsThatOfTheClass(Topology topology) throws IOException {
        open(topology);
        int points = topology == DIGITS ? 2 : networks().contains(topology) ? 3 : 1;
        Random random = new Random(topology.name().hashCode());
        for (int point = 0; point < points; point++) {
            double[] parameters = gaussians(random, topology.parameters(), 1.5 / Math.sqrt(topology.units(0)));
            double[] input = gaussians(random, topology.inputs(), 1);
            double[] target = target(topology, random);
            if (point == 0) {
                browser.paste("p", parameters);
                browser.paste("input", input);
            } else {
                // The page is drawn anew once, not three times
                browser.run("p.set(arguments[0]); input.set(arguments[1]);", parameters, input);
            }
            browser.paste("target", target);

            TrainableNetwork network = compiled.instance(topology, parameters);
            String at = topology + ", point " + point;
            double[] gradient = new double[topology.parameters()];
            double error = network.backprop(input, target, gradient);
            double[] byInput = new double[topology.inputs()];
            network.inputGradient(input, target, byInput);
            assertThat(browser.number("#error span")).as(at).isCloseTo(error, within(1e-12 * Math.max(1, error)));
            // Where derivatives cancel, what is left is of the size of the rounding of E
            double exact = 1e-12 * Math.max(error, scale(gradient));
            assertThat(browser.all("gradient")).as(at).containsExactly(gradient, within(exact));
            assertThat(browser.all("inputGradient")).as(at).containsExactly(byInput, within(exact));
            assertThatChosenIs(at, network, random.nextInt(topology.parameters()), gradient, exact);
        }
    }

    /** The three ways to the derivative of one parameter. */
    private static void assertThatChosenIs(
            String at, TrainableNetwork network, int index, double[] gradient, double exact) {
        choose(network.description().layout().name(index));
        String of = at + ", " + network.description().layout().name(index);
        double[] ways = browser.numbers("#by-full", "#paths-total", "#by-backpropagation", "#by-perturbation");
        assertThat(ways[0]).as(of).isCloseTo(gradient[index], within(exact));
        assertThat(ways[1]).as(of).isCloseTo(gradient[index], within(exact));
        assertThat(ways[2]).as(of).isCloseTo(gradient[index], within(exact));
        assertThat(ways[3]).as(of).isCloseTo(gradient[index], within(1e6 * exact));
    }

    /** By the fields that a reader uses. */
    private static void choose(String name) {
        String[] parts = name.substring(1).split("_");
        boolean isBias = name.startsWith("b");
        Object chosen = browser.run(
                "const set = (id, value) => { document.getElementById(id).value = value; };"
                        + "set('layer', arguments[0]); set('kind', arguments[1]); set('from', arguments[2]);"
                        + "set('to', arguments[3]);"
                        + "document.getElementById('to').dispatchEvent(new Event('change'));"
                        + "return document.getElementById('chosen-name').textContent;",
                parts[0],
                isBias ? "bias" : "weight",
                isBias ? "0" : parts[1],
                parts[parts.length - 1]);
        assertThat(chosen).isEqualTo(name);
    }

    /** Every number in a table of a small network, with the derivative below it. */
    @Test
    void tablesShowTheGradientToo() throws IOException {
        open(MLP);
        browser.run("document.getElementById('layout').open = true");
        double[] gradient = new double[MLP.parameters()];
        compiled.instance(MLP, browser.all("p")).backprop(browser.all("input"), browser.all("target"), gradient);
        List<?> cells = (List<?>) browser.run("""
                return [...document.querySelectorAll("#layers [data-array=gradient]")]
                  .map((cell) => [cell.dataset.at, cell.dataset.value]);""");
        assertThat(cells).hasSize(MLP.parameters());
        for (Object cell : cells) {
            int index = Integer.parseInt((String) ((List<?>) cell).get(0));
            double shown = Double.parseDouble((String) ((List<?>) cell).get(1));
            assertThat(shown).as(MLP.layout().name(index)).isCloseTo(gradient[index], within(1e-12 * scale(gradient)));
        }
    }

    /** The document's step: x = 0.1, 0.3; w = 0.4, -0.2; W = 0.1; y = 1; rate 0.5. */
    @Test
    void theWorkedExampleShowsTheNumbersOfTheDocument() throws IOException {
        open(WORKED);
        type("input", 0.1, 0.3);
        type("target", 1);
        type("p", 0.4, -0.2, 0.1);
        browser.type("#rate", "0.5");
        assertThat(browser.number("#targets [data-array=output]")).isCloseTo(0.512, within(0.0005));
        assertThat(browser.number("#layers [data-array=delta2]")).isCloseTo(-0.122, within(0.0005));
        assertThat(browser.number("#layers [data-array=delta1]")).isCloseTo(-0.003, within(0.0005));
        Map<String, Double> steps = Map.of("w2_0_0", 0.0302, "w1_0_0", 0.00015, "w1_1_0", 0.00045);
        steps.forEach((name, step) -> {
            choose(name);
            assertThat(browser.number("#change")).as(name).isCloseTo(step, within(0.02 * step));
        });

        browser.element("#step").click();
        browser.run("document.getElementById('layout').open = true");
        assertThat(browser.all("p")[2]).isCloseTo(0.1302, within(0.00005));
        assertThat(browser.elements("#curve polyline")).hasSize(1);
    }

    private static void type(String array, double... values) {
        for (int i = 0; i < values.length; i++) {
            String selector = array.equals("p") ? "#layers" : "#record";
            browser.type(selector + " input[data-array=" + array + "][data-at='" + i + "']", values[i] + "");
        }
    }

    /** One parameter after the other; the rule knows nothing but the names in the source. */
    @ParameterizedTest
    @MethodSource("networks")
    void highlightedLinesAreThoseThatNameTheDerivative(Topology topology) throws IOException {
        open(topology);
        List<String> source = compiled.source(topology.networkName()).lines().toList();
        Map<?, ?> lines = (Map<?, ?>) browser.run("""
                const lines = {};
                for (let index = 0; index < arguments[0]; index++) {
                  const name = document.getElementById("chosen-name").textContent;
                  lines[name] = [...document.querySelectorAll("#source .own")].map((line) => line.id);
                  document.getElementById("next").click();
                }
                return lines;""", topology == DIGITS ? 10 : Math.min(topology.parameters(), 41));
        lines.forEach((name, ids) -> assertThat((List<?>) ids)
                .as(topology + ", " + name)
                .isEqualTo(linesNaming(derivative(name.toString(), topology), source)));
        if (topology == DIGITS) {
            for (String name : List.of("w1_778_29", "w1_13_5", "b1_5", "b1_27", "w2_7_3", "b2_9")) {
                choose(name);
                assertThat(browser.elements("#source .own"))
                        .as(name)
                        .extracting(line -> line.getDomAttribute("id"))
                        .isEqualTo(linesNaming(derivative(name, topology), source));
            }
        }
    }

    /**
     * What a line with a parameter's derivative holds: its variable, its name in a comment at the end, or the chain
     * rule that it is by in a comment alone. Loops of the large network deal with 7 rows of its first layer a turn, each of
     * a band of 112; in blocks of records with one row and with 12 biases.
     */
    private static Pattern derivative(String name, Topology topology) {
        if (topology != DIGITS) {
            return Pattern.compile("\\bdE_d" + name + "\\b|// dE/d" + name + "( = .*)?$|// dE/d.*/d" + name + "$");
        }
        String[] parts = name.split("_");
        int first = Integer.parseInt(parts[1]);
        return Pattern.compile(
                switch (parts[0]) {
                    case "w1" -> "\\bdE_dw1_k_j\\b|// dE/dw1_" + turn("k", first / 112 * 112) + "_j$";
                    case "b1" ->
                        "delta1.j.; // dE/db1_j$|\\bdE_db1_" + (first >= 24 ? first : turn("j", first % 12)) + "\\b";
                    case "w2" -> "\\bdE_dw2_k_" + parts[2] + "\\b|// dE/dw2_k_" + parts[2] + "$";
                    default -> "delta2.j.; // dE/db2_j$|\\bdE_db2_" + first + "\\b";
                });
    }

    private static String turn(String variable, int by) {
        return by == 0 ? variable : variable + by;
    }

    /** The statements with the derivative's variable, or with its name in a comment behind or alone before them. */
    static List<String> linesNaming(Pattern derivative, List<String> source) {
        Set<Integer> lines = new TreeSet<>();
        for (int i = 0; i < source.size(); i++) {
            if (derivative.matcher(source.get(i)).find()) {
                int end = i;
                while (!source.get(end).replaceFirst(" *//.*", "").endsWith(";")) {
                    end++;
                }
                for (int number = i; number <= end; number++) {
                    lines.add(number + 1);
                }
            }
        }
        return lines.stream().map(number -> "L" + number).toList();
    }

    @Test
    void everyPathHasARowAndStandsAloneInTheDrawing() throws IOException {
        open(IDENTITY);
        List<WebElement> rows = browser.elements("#paths tbody tr");
        assertThat(rows).hasSize(4);
        assertThat(browser.elements("#drawing line.halo")).hasSize(1 + 2 + 4 + 2);
        browser.run("document.querySelector('#paths tbody tr').focus()");
        assertThat(browser.elements("#drawing line.halo")).hasSize(1 + 1 + 1 + 1);
        double sum = browser.elements("#paths tbody tr td:last-child").stream()
                .mapToDouble(cell -> Double.parseDouble(cell.getDomAttribute("data-value")))
                .sum();
        assertThat(sum).isCloseTo(browser.number("#by-backpropagation"), within(1e-15));
    }

    @Test
    void everyFieldHasAName() throws IOException {
        open(WORKED);
        browser.run("document.querySelectorAll('details').forEach((part) => (part.open = true));"
                + "document.querySelectorAll('[hidden]').forEach((part) => (part.hidden = false));");
        for (WebElement field : browser.elements("input, select, textarea, button, svg, pre")) {
            assertThat(field.getAccessibleName())
                    .as(() -> field.getDomProperty("outerHTML"))
                    .isNotBlank();
        }
    }

    /** Too many layers to write a path down, and a class too long to be shown. */
    @Test
    void whatIsTooLargeIsLeftOut() throws IOException {
        List<Topology.Layer> layers = Collections.nCopies(33, new Topology.Layer(1, Activation.TANH, true));
        Network network = Topologies.model(new Topology("Deep", 1, layers, Loss.SUM_OF_SQUARES, Unroll.AUTO));
        GeneratedType type = new GeneratedType("nets", "DeepNetwork", "Deep", false, true);
        Program program = Lowering.of(Derivation.of(network), false);
        browser.open(
                "Deep",
                DerivationPage.of(
                        type,
                        Derivation.of(network),
                        program,
                        new JavaSource(" ".repeat(1_000_001), Map.of()),
                        false,
                        new double[0],
                        Optional.empty()));
        assertThat(browser.element("#by-full").getText()).isEqualTo("too many paths");
        assertThat(browser.number("#by-backpropagation")).isNotZero();
        assertThat(browser.number("#off-perturbation")).isCloseTo(0, within(1e-6));
        assertThat(browser.element("#source").isDisplayed()).isFalse();
        assertThat(browser.element("#places").getText()).contains("DeepNetwork.java");
    }

    @Test
    void aLargeNetworksPageIsSmall() {
        assertThat(compiled.page(DIGITS.networkName())).hasSizeLessThan(2_000_000);
    }

    private static double[] target(Topology topology, Random random) {
        double[] target = random.doubles(topology.outputs()).toArray();
        double sum = DoubleStream.of(target).sum();
        boolean isDistribution = topology.loss() == Loss.CATEGORICAL_CROSS_ENTROPY;
        return isDistribution
                ? DoubleStream.of(target).map(value -> value / sum).toArray()
                : target;
    }

    private static double[] gaussians(Random random, int count, double spread) {
        return DoubleStream.generate(() -> spread * random.nextGaussian())
                .limit(count)
                .toArray();
    }

    private static double scale(double[] values) {
        return DoubleStream.of(values).map(Math::abs).max().orElseThrow();
    }
}
