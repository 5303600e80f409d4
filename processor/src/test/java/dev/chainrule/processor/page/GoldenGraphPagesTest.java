package dev.chainrule.processor.page;

import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.GoldenGraph;
import dev.chainrule.processor.testing.RequiresGolden;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arithmetic of the pages of graphs against true values, within 1e-11 of the largest magnitude in each vector. */
@Tag("slow")
@RequiresChromium
@RequiresGolden
class GoldenGraphPagesTest {
    /** E, the outputs, the derivatives by the inputs, by the parameters, and those again, each path by path. */
    private static final String COMPUTE = """
            const [numbers, shiftsAndScales, record, wanted] = arguments;
            p.set(numbers);
            constants.set(shiftsAndScales);
            input.set(record);
            target.set(wanted);
            compute();
            const byPaths = numbers.map((number, index) => {
              const full = fullGradient(parameterAt(index));
              return full === null ? net.values.gradient[index] : full;
            });
            const { output, inputGradient, gradient } = net.values;
            return [[E], output, inputGradient, gradient, byPaths].map((all) => [...all]);""";

    /** Of the graphs, one in so many is looked at every day. */
    private static final int EVERY = 5;

    private static List<GoldenGraph> graphs;
    private static Compiled compiled;
    private static Browser browser;

    @BeforeAll
    static void start() {
        List<GoldenGraph> all = Golden.graphs();
        graphs = IntStream.range(0, all.size())
                .filter(i -> i % EVERY == 0)
                .mapToObj(all::get)
                .toList();
        compiled = compiled(graphs);
        browser = Browser.shared();
    }

    private static Compiled compiled(List<GoldenGraph> some) {
        return Compiled.pagesOfGraphs(
                new NetworkProcessor(), some.stream().map(GoldenGraph::declared).toList());
    }

    static List<GoldenGraph> graphs() {
        return graphs;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void agreesWithTrueValues(GoldenGraph golden) throws IOException {
        agree(golden, compiled);
    }

    @Test
    @Tag("long")
    void allAgreeWithTrueValues() throws IOException {
        List<GoldenGraph> all = Golden.graphs();
        Compiled ofAll = compiled(all);
        for (GoldenGraph golden : all) {
            agree(golden, ofAll);
        }
    }

    private static void agree(GoldenGraph golden, Compiled pages) throws IOException {
        browser.open(golden.declared().name(), pages.page(golden.declared().networkName()));
        for (Golden.Case record : golden.cases()) {
            List<?> numbers = (List<?>)
                    browser.run(COMPUTE, golden.parameters(), golden.constants(), record.input(), record.target());
            assertClose("loss", numbers.get(0), record.loss());
            assertClose("output", numbers.get(1), record.output());
            assertClose("input gradient", numbers.get(2), record.inputGradient());
            assertClose("gradient", numbers.get(3), record.gradient());
            assertClose("gradient by paths", numbers.get(4), record.gradient());
        }
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    private static void assertClose(String what, Object numbers, double... expected) {
        double[] actual = ((List<?>) numbers)
                .stream().mapToDouble(number -> ((Number) number).doubleValue()).toArray();
        assertWithin(what, actual, expected, 1e-11 * largest(expected));
    }
}
