package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.GraphNetwork.Part;
import dev.chainrule.processor.testing.Graphs;
import dev.chainrule.processor.testing.Vectors;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebElement;

/** Pages of graphs, in a browser: their numbers are those of the class and of true values, and every path is there. */
@RequiresChromium
class GraphPageTest {
    /** Chooses one parameter after the other: its name, its highlighted lines, its derivative by perturbation and by the other ways. */
    private static final String WAYS = """
            return Array.from({ length: parameters }, (_, index) => {
              choose(parameterAt(index));
              const exact = (id) => Number(document.getElementById(id).dataset.value);
              const cells = [...document.querySelectorAll("#paths tr[data-path] td:last-child")];
              return [
                document.getElementById("chosen-name").textContent,
                [...document.querySelectorAll("#source .own")].map((line) => line.id),
                exact("by-perturbation"), exact("by-full"), exact("paths-total"), exact("by-backpropagation"),
                cells.reduce((sum, cell) => sum + Number(cell.dataset.value), 0),
              ];
            });""";

    private static Compiled compiled;
    private static Browser browser;

    static List<GraphNetwork> networks() {
        return Graphs.all();
    }

    @BeforeAll
    static void start() {
        compiled = Compiled.ofGraphs(new NetworkProcessor(), Graphs.all(), "-Achainrule.page=true");
        browser = Browser.shared();
    }

    /** Whatever a test did. */
    @AfterEach
    void saysNothingAndAsksForNothing() {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyNumberIsThatOfTheClass(GraphNetwork graph) throws IOException {
        browser.open(graph.name(), compiled.page(graph.networkName()));
        browser.run("document.getElementById('layout').open = true");
        Random random = new Random(graph.name().hashCode());
        int count = browser.all("p").length;
        for (int point = 0; point < 3; point++) {
            double[] parameters = gaussians(random, count);
            double[] input = gaussians(
                    random, graph.parts().stream().mapToInt(Part::size).sum());
            if (graph == Graphs.ADMISSIONS) {
                input[2] = 1 + point;
            }
            double[] target = random.doubles(graph.outputs().stream()
                            .mapToInt(output -> graph.units(output.layer()))
                            .sum())
                    .toArray();
            if (graph == Graphs.AGENT) {
                target[2] = 1 - target[0] - target[1];
            }
            browser.paste("p", parameters);
            browser.paste("input", input);
            browser.paste("target", target);
            double[] constants = {};
            if (graph == Graphs.ADMISSIONS) {
                constants = new double[] {0.3, -0.2, 1.5, 2, 0.7, 3};
                browser.paste("constants", constants);
            }
            TrainableNetwork network = compiled.instance(graph, parameters, constants);
            double[] gradient = new double[count];
            double error = network.backprop(input, target, gradient);
            double[] byInput = new double[input.length];
            network.inputGradient(input, target, byInput);
            double[] output = new double[target.length];
            network.forward(input, output);
            String at = graph.name() + ", point " + point;
            double exact = 1e-12 * Math.max(error, Vectors.largest(gradient));
            assertThat(browser.number("#error span")).as(at).isCloseTo(error, within(1e-12 * Math.max(1, error)));
            assertThat(browser.all("output")).as(at).containsExactly(output, within(1e-12));
            assertThat(browser.all("gradient")).as(at).containsExactly(gradient, within(exact));
            assertThat(browser.all("inputGradient")).as(at).containsExactly(byInput, within(exact));
            if (point == 0) {
                assertThatWaysAgree(at, graph, network, gradient, exact);
            }
        }
    }

    /**
     * The three ways to the derivative of each weight and bias, the sum over its paths, and the highlighted lines: those that name
     * the derivative. A layer that shares a weight has one, too; the rule knows nothing but the names in the source.
     */
    private static void assertThatWaysAgree(
            String at, GraphNetwork graph, TrainableNetwork network, double[] gradient, double exact) {
        List<String> source = compiled.source(graph.networkName()).lines().toList();
        List<?> ways = (List<?>) browser.run(WAYS);
        assertThat(ways).hasSameSizeAs(gradient);
        for (int index = 0; index < gradient.length; index++) {
            String name = network.description().layout().name(index);
            String of = at + ", " + name;
            List<?> way = (List<?>) ways.get(index);
            assertThat(way.get(0)).isEqualTo(name);
            Pattern derivative =
                    Pattern.compile("\\bdE_d" + name + "\\b|// dE/d" + name + "( = .*)?$|// dE/d.*/d" + name + "$");
            assertThat((List<?>) way.get(1)).as(of).isEqualTo(DerivationPageTest.linesNaming(derivative, source));
            double[] numbers = way.stream()
                    .skip(2)
                    .mapToDouble(number -> ((Number) number).doubleValue())
                    .toArray();
            assertThat(numbers[0]).as(of).isCloseTo(gradient[index], within(1e6 * exact));
            assertThat(Arrays.copyOfRange(numbers, 1, numbers.length))
                    .as(of)
                    .hasSize(4)
                    .containsOnly(new double[] {gradient[index]}, within(exact));
        }
    }

    /** A skip is one more path: {@code h} goes on through a layer and past it. */
    @Test
    void aSkipIsOneMorePath() throws IOException {
        browser.open("Skip", compiled.page(Graphs.RESIDUAL.networkName()));
        int lines = browser.elements("#drawing line.halo").size();
        assertThat(lines).isEqualTo(1 + 1 + 1 + 1);
        // The skip of each input bends past the layer
        assertThat(browser.elements("#drawing path.fixed")).hasSize(2);
        browser.open("Shared", compiled.page(Graphs.SIAMESE.networkName()));
        assertThat(browser.elements("#paths tr[data-path]")).hasSize(2);
        assertThat(browser.elements("#paths h4"))
                .extracting(heading -> heading.getText().replaceFirst(":.*", ""))
                .containsExactly("l \u2192 same \u2192 y \u2192 E", "r \u2192 same \u2192 y \u2192 E");
        assertThat(browser.elements("#drawing line.halo")).hasSize(2 + 2 + 1 + 1);
        browser.run("document.querySelector('#paths tr[data-path]').focus()");
        assertThat(browser.elements("#drawing line.halo")).hasSize(1 + 1 + 1 + 1);
    }

    @Test
    void everyFieldHasAName() throws IOException {
        browser.open("Names", compiled.page(Graphs.ADMISSIONS.networkName()));
        browser.run("document.querySelectorAll('details').forEach((part) => (part.open = true));"
                + "document.querySelectorAll('[hidden]').forEach((part) => (part.hidden = false));");
        for (WebElement field : browser.elements("input, select, textarea, button, svg, pre")) {
            assertThat(field.getAccessibleName())
                    .as(() -> field.getDomProperty("outerHTML"))
                    .isNotBlank();
        }
    }

    /** A number that tells no category is not taken. */
    @Test
    void onlyCategoriesAreTaken() throws IOException {
        browser.open("Categories", compiled.page(Graphs.ADMISSIONS.networkName()));
        browser.run("document.getElementById('layout').open = true");
        browser.type("#inputs [data-array=input][data-at='2']", "3");
        assertThat(browser.all("input")[2]).isEqualTo(3);
        assertThat(browser.element("#drawing svg").getText()).contains("from x_2 = 3");
        for (String none : List.of("0", "5", "1.5")) {
            browser.type("#inputs [data-array=input][data-at='2']", none);
            assertThat(browser.all("input")[2]).isNotIn(0.0, 5.0, 1.5);
        }
        browser.run("const area = document.querySelector('[data-all=input]'); area.value = '1, 2, 7';"
                + "area.dispatchEvent(new Event('change'));");
        assertThat(browser.element("#pasted").getDomProperty("textContent"))
                .isEqualTo("x_2 is none of the categories of rank.");
    }

    private static double[] gaussians(Random random, int count) {
        return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
    }
}
