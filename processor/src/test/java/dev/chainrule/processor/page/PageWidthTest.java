package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.Graphs;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages in windows of all widths: nothing is cut off, and what is too wide scrolls in its own box. */
@RequiresChromium
class PageWidthTest {
    /** The first is what WCAG 2.1 asks text to fit into (criterion 1.4.10). */
    private static final List<Integer> WIDTHS = List.of(320, 400, 800, 1400);

    /** The elements that reach beyond the window, but for those in a box that scrolls. */
    private static final String CUT_OFF = """
            const width = document.documentElement.clientWidth;
            return [...document.querySelectorAll("main *, header *, footer *")]
              .filter((element) => element.getBoundingClientRect().right > width + 0.5)
              .filter((element) => !element.closest(".wide, .equation, pre"))
              .map((element) => element.outerHTML.slice(0, 80));""";

    private static final Topology IDENTITY = Topologies.of(
            "Identity", "2-2-2-2", Activation.SIGMOID, Activation.SIGMOID, Loss.SUM_OF_SQUARES, Unroll.AUTO);
    private static final Topology WIDE = Topologies.of(
            "Wide", "16-32-32-4", Activation.TANH, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY, Unroll.AUTO);
    private static final Topology DEEP = Topologies.of(
            "AsDeepAsItsNameIsLongAndMuchLongerThanAnyNarrowWindow",
            "3-2-2-2-2-2-2-3",
            Activation.GELU_TANH,
            Activation.SOFTMAX,
            Loss.HUBER,
            Unroll.AUTO);

    private static Compiled compiled;
    private static Compiled graphs;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path directory) {
        compiled = Compiled.withPages(new NetworkProcessor(), List.of(IDENTITY, WIDE));
        graphs = Compiled.ofGraphs(new NetworkProcessor(), Graphs.all(), "-Achainrule.page=true");
        browser = new Browser(directory);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    static List<Arguments> pages() {
        // One with a class that is too long to be shown
        Network deep = Topologies.model(DEEP);
        GeneratedType type = new GeneratedType("nets", DEEP.networkName(), DEEP.name(), false, true);
        JavaSource tooLong = new JavaSource(" ".repeat(1_000_001), Map.of());
        String page = DerivationPage.of(type, Derivation.of(deep), Lowering.of(Derivation.of(deep), false), tooLong);
        return List.of(
                Arguments.of(IDENTITY.name(), compiled.page(IDENTITY.networkName())),
                Arguments.of(WIDE.name(), compiled.page(WIDE.networkName())),
                Arguments.of(DEEP.name(), page));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void fitEveryWindow(String name, String page) throws IOException {
        // Charts are drawn at the width that there is
        assertFits(name, page, List.of("#curve", "#growth"));
    }

    static List<GraphNetwork> graphs() {
        return Graphs.all();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void graphsFitEveryWindow(GraphNetwork graph) throws IOException {
        assertFits(graph.name(), graphs.page(graph.networkName()), List.of("#curve"));
    }

    private static void assertFits(String name, String page, List<String> charts) throws IOException {
        browser.open(name, page);
        browser.run("document.querySelectorAll('details').forEach((details) => (details.open = true));"
                + "document.getElementById('steps').click();");
        for (int width : WIDTHS) {
            browser.resize(width);
            for (String form : List.of("units", "matrices")) {
                browser.run("document.querySelector('[value=" + form + "]').click()");
                String at = name + ", " + width + " pixels, " + form;
                assertThat(length("document.documentElement.scrollWidth"))
                        .as(at)
                        .isEqualTo(length("document.documentElement.clientWidth"));
                assertThat((List<?>) browser.run(CUT_OFF)).as(at).isEmpty();
            }
            assertDrawingIsLegible(name + ", " + width + " pixels");
            for (String chart : charts) {
                assertThat(scale(chart))
                        .as("%s, %d pixels, %s", name, width, chart)
                        .isCloseTo(1, within(0.01));
            }
        }
        assertThat(browser.console()).isEmpty();
    }

    /** Its text is of 11 and 12 pixels and may shrink to three quarters; its right edge can be scrolled to. */
    private static void assertDrawingIsLegible(String at) {
        assertThat(scale("#drawing")).as(at).isBetween(0.749, 1.0);
        browser.run("document.getElementById('drawing').scrollLeft = 1e6");
        assertThat(length("document.querySelector('#drawing svg').getBoundingClientRect().right"))
                .as(at)
                .isLessThanOrEqualTo(length("document.getElementById('drawing').getBoundingClientRect().right") + 1);
    }

    /** How large a drawing's text is shown: 1 where a pixel of the drawing is one of the page. */
    private static double scale(String figure) {
        String svg = "document.querySelector('" + figure + " svg')";
        return length(svg + ".getBoundingClientRect().width / " + svg + ".viewBox.baseVal.width");
    }

    private static double length(String expression) {
        return ((Number) browser.run("return " + expression)).doubleValue();
    }
}
