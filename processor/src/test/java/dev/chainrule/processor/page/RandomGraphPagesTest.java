package dev.chainrule.processor.page;

import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.RandomGraph;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of random graphs as they open: their numbers are those of the class, whatever parameter is chosen and path shown. */
@Tag("slow")
@RequiresChromium
class RandomGraphPagesTest {
    private static final int GRAPHS = 6;

    /** Chooses parameters one after the other: of each its three derivatives, the last without those that differ by rounding. */
    private static final String WAYS = """
            return arguments[0].map((index) => {
              choose(parameterAt(index));
              document.querySelector("[data-path]")?.focus();
              document.activeElement.blur();
              const exact = (id) => Number(document.getElementById(id)?.dataset.value ?? NaN);
              return [exact("by-full"), exact("paths-total"), exact("by-backpropagation"), exact("off-perturbation")];
            });""";

    private static List<GraphNetwork> graphs;
    private static Compiled compiled;
    private static Browser browser;

    @BeforeAll
    static void start() {
        graphs = LongStream.range(0, GRAPHS).mapToObj(RandomGraph::of).toList();
        compiled = Compiled.ofGraphs(new NetworkProcessor(), graphs, "-Achainrule.page=true");
        browser = Browser.shared();
    }

    static List<GraphNetwork> graphs() {
        return graphs.stream()
                .filter(graph -> compiled.hasPage(graph.networkName()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void everyNumberIsThatOfTheClass(GraphNetwork graph) throws IOException {
        browser.open(graph.name(), compiled.page(graph.networkName()));
        browser.run("document.querySelectorAll('details').forEach((details) => (details.open = true))");
        double[] parameters = browser.all("p");
        double[] constants =
                browser.elements("[data-all=constants]").isEmpty() ? new double[0] : browser.all("constants");
        double[] input = browser.all("input");
        TrainableNetwork network = compiled.instance(graph, parameters, constants);
        double[] output = new double[network.outputs()];
        network.forward(input, output);
        assertClose(graph + "output", browser.all("output"), output);
        double[] gradient = new double[parameters.length];
        double error = network.backprop(input, browser.all("target"), gradient);
        assertClose(graph + "error", new double[] {browser.number("#error span")}, error);
        assertClose(graph + "gradient", browser.all("gradient"), gradient);
        double[] byInput = new double[input.length];
        network.inputGradient(input, browser.all("target"), byInput);
        assertClose(graph + "input gradient", browser.all("inputGradient"), byInput);

        int[] chosen = new Random(graph.name().hashCode())
                .ints(6, 0, parameters.length)
                .filter(index -> !network.description().layout().name(index).startsWith("p"))
                .toArray();
        List<?> ways = (List<?>) browser.run(WAYS, chosen);
        for (int i = 0; i < chosen.length; i++) {
            String at = graph + network.description().layout().name(chosen[i]);
            List<Double> numbers = ((List<?>) ways.get(i))
                    .stream()
                            .map(number -> number == null ? Double.NaN : ((Number) number).doubleValue())
                            .toList();
            double exact = 1e-12 * Math.max(error, largest(gradient));
            for (double number : numbers.subList(0, 3)) {
                assertThat(Double.isNaN(number) || Math.abs(number - gradient[chosen[i]]) <= exact)
                        .as("%s: %s is %s", at, numbers, gradient[chosen[i]])
                        .isTrue();
            }
            assertThat(numbers.get(2)).as(at).isNotNaN();
            assertThat(Math.abs(numbers.get(3))).as(at).isLessThan(1e-5 * Math.max(1, error));
        }
        assertThat(browser.console()).as(graph.toString()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    /** Most graphs have a page: it is left out where no way leads from some weight to the error. */
    @Test
    void mostHaveAPage() {
        assertThat(graphs()).hasSizeGreaterThan(GRAPHS * 9 / 10);
    }

    private static void assertClose(String what, double[] actual, double... expected) {
        assertWithin(what, actual, expected, 1e-12 * Math.max(1, largest(expected)));
    }
}
