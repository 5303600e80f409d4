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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages in windows of all widths: nothing is cut off, and what is too wide scrolls in its own box. */
@Tag("slow")
@RequiresChromium
class PageWidthTest {
    /** The first is what WCAG 2.1 asks text to fit into (criterion 1.4.10). */
    private static final List<Integer> WIDTHS = List.of(320, 400, 800, 1400);

    /**
     * What a form of the equations looks like: the widths of the content and of the window, the elements that reach beyond it (but for
     * those in a box that scrolls), how large the drawing and the charts are shown (1 where a pixel of the drawing is one of the page),
     * and how far the drawing reaches beyond its box when it is scrolled to its end.
     */
    private static final String SHOWN = """
            const [form, charts] = arguments;
            document.querySelector(`[value=${form}]`).click();
            const scale = (figure) => {
              const svg = document.querySelector(`${figure} svg`);
              return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            };
            const drawing = document.getElementById("drawing");
            drawing.scrollLeft = 1e6;
            const width = document.documentElement.clientWidth;
            return {
              window: width,
              content: document.documentElement.scrollWidth,
              cutOff: [...document.querySelectorAll("main *, header *, footer *")]
                .filter((element) => element.getBoundingClientRect().right > width + 0.5)
                .filter((element) => !element.closest(".wide, .equation, pre"))
                .map((element) => element.outerHTML.slice(0, 80)),
              drawing: scale("#drawing"),
              beyond:
                drawing.querySelector("svg").getBoundingClientRect().right - drawing.getBoundingClientRect().right,
              charts: charts.map(scale),
            };""";

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
    static void start() {
        compiled = Compiled.pagesOf(new NetworkProcessor(), List.of(IDENTITY, WIDE));
        graphs = Compiled.pagesOfGraphs(new NetworkProcessor(), Graphs.all());
        browser = Browser.shared();
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.resizeBack();
        }
    }

    static List<Arguments> pages() {
        // One with a class that is too long to be shown
        Network deep = Topologies.model(DEEP);
        GeneratedType type = new GeneratedType("nets", DEEP.networkName(), DEEP.name(), false, true);
        JavaSource tooLong = new JavaSource(" ".repeat(1_000_001), Map.of());
        String page = DerivationPage.of(
                type,
                Derivation.of(deep),
                Lowering.of(Derivation.of(deep), false),
                tooLong,
                false,
                new double[0],
                Optional.empty());
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
                String at = name + ", " + width + " pixels, " + form;
                Map<?, ?> shown = (Map<?, ?>) browser.run(SHOWN, form, charts);
                assertThat(shown.get("content")).as(at).isEqualTo(shown.get("window"));
                assertThat((List<?>) shown.get("cutOff")).as(at).isEmpty();
                // The drawing's text is of 11 and 12 pixels and may shrink to three quarters; its right edge can be
                // scrolled to
                assertThat(number(shown.get("drawing"))).as(at).isBetween(0.749, 1.0);
                assertThat(number(shown.get("beyond"))).as(at).isLessThanOrEqualTo(1);
                assertThat((List<?>) shown.get("charts"))
                        .as(at)
                        .allSatisfy(scale -> assertThat(number(scale)).isCloseTo(1, within(0.01)));
            }
        }
        assertThat(browser.console()).isEmpty();
    }

    private static double number(Object shown) {
        return ((Number) shown).doubleValue();
    }
}
