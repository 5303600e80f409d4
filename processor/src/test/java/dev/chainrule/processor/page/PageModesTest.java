package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Graphs;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mode of the pages of many networks, in windows of several widths, light and dark; and their numbers over data sets. */
@RequiresChromium
class PageModesTest {
    private static final List<Integer> WIDTHS = List.of(400, 800, 1440);

    /** Goes through all that a page can be about, and looks each time what reaches beyond the window. */
    private static final String LOOK = """
            const found = [];
            const look = (at) => {
              const width = document.documentElement.clientWidth;
              const beyond = [...document.querySelectorAll("main *, header *, footer *")]
                .filter((element) => element.getBoundingClientRect().right > width + 0.5)
                .filter((element) => !element.closest(".wide, .equation, pre, .java-line"));
              if (document.documentElement.scrollWidth > width) found.push(`${at}: ${document.documentElement.scrollWidth} of ${width}`);
              beyond.slice(0, 3).forEach((element) => found.push(at + ": " + element.outerHTML.slice(0, 80)));
            };
            for (const part of document.querySelectorAll("details")) part.open = true;
            if (SETS.length > 0) learnFromSet(SETS[0].key);
            else takeRecords(Array.from({ length: 4 }, () => [...input, ...target].join()).join("\\n"));
            descend(2);
            look("data");
            document.querySelector("[name=drawn][value=maps]")?.click();
            look("maps");
            choice("drawn", "values");
            choice("mode", "steps");
            for (const at of [0, stepping.all.length >> 1, stepping.all.length - 1]) {
              goTo(at);
              look("step " + at);
            }
            choice("mode", "predict");
            for (const kind of ["factor", "delta"]) {
              ask(kind, 0);
              byId("hint").click();
              check();
              look("predict " + kind);
            }
            choice("mode", "break");
            for (const kind of Object.keys(MISTAKES)) {
              if (mistakesOf(kind).length === 0) continue;
              chooseMistake(kind);
              look("break " + kind);
            }
            choice("mode", "explore");
            for (const what of Object.keys(COPIES)) COPIES[what]();
            makeWorksheet();
            return found;""";

    private final Browser browser = Browser.shared();

    @AfterEach
    void saysNothingAndAsksForNothing() {
        browser.scheme("light");
        browser.resizeBack();
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    /** Every day one network in one window. */
    @Test
    void oneFitsANarrowWindow() throws IOException {
        assertFits(
                "Identity",
                Pages.of(Topologies.of(
                        "Identity",
                        "2-2-2-2",
                        Activation.SIGMOID,
                        Activation.SIGMOID,
                        Loss.SUM_OF_SQUARES,
                        Unroll.AUTO)),
                WIDTHS.subList(0, 1),
                List.of("dark"));
    }

    private void assertFits(String name, String page, List<Integer> widths, List<String> schemes) throws IOException {
        for (int width : widths) {
            for (String scheme : schemes) {
                browser.scheme(scheme);
                browser.open(name, page);
                browser.resize(width);
                assertThat((List<?>) browser.run(LOOK))
                        .as("%s, %d pixels, %s", name, width, scheme)
                        .isEmpty();
            }
        }
    }

    /** The networks that pages are made for most, and large ones. */
    @Tag("slow")
    @Test
    void allFitAndComputeWhatTheirClassesDo(@TempDir Path folder) throws IOException {
        List<Topology> chains = Stream.of(
                        List.of("Step", "2-1-1", Activation.SIGMOID, Activation.SIGMOID, Loss.HALF_SUM_OF_SQUARES),
                        List.of("Identity", "2-2-2-2", Activation.SIGMOID, Activation.SIGMOID, Loss.SUM_OF_SQUARES),
                        List.of("Mlp", "3-4-4-1", Activation.TANH, Activation.TANH, Loss.SUM_OF_SQUARES),
                        List.of("Curve", "1-8-1", Activation.TANH, Activation.IDENTITY, Loss.MEAN_SQUARED_ERROR),
                        List.of(
                                "Classes",
                                "4-8-3",
                                Activation.RELU,
                                Activation.SOFTMAX,
                                Loss.CATEGORICAL_CROSS_ENTROPY),
                        List.of("Deep", "2" + "-2".repeat(30), Activation.TANH, Activation.TANH, Loss.HUBER),
                        List.of(
                                "Digits",
                                "784-30-10",
                                Activation.SIGMOID,
                                Activation.SOFTMAX,
                                Loss.CATEGORICAL_CROSS_ENTROPY))
                .map(of -> Topologies.of(
                        (String) of.get(0),
                        (String) of.get(1),
                        (Activation) of.get(2),
                        (Activation) of.get(3),
                        (Loss) of.get(4),
                        Unroll.AUTO))
                .toList();
        Compiled compiled = Compiled.withPages(new NetworkProcessor(), chains);
        Compiled graphs = Compiled.ofGraphs(new NetworkProcessor(), Graphs.all(), "-Achainrule.page=true");
        Map<String, TrainableNetwork> networks = new LinkedHashMap<>();
        Map<String, String> pages = new LinkedHashMap<>();
        for (Topology chain : chains) {
            networks.put(chain.name(), compiled.instance(chain));
            pages.put(chain.name(), compiled.page(chain.networkName()));
        }
        Graphs.all().forEach(graph -> {
            networks.put(graph.name(), graphs.instance(graph.networkName()));
            pages.put(graph.name(), graphs.page(graph.networkName()));
        });
        for (String name : pages.keySet()) {
            assertFits(name, pages.get(name), WIDTHS, List.of("light", "dark"));
            assertComputesWhatItsClassDoes(name, pages.get(name), networks.get(name), folder);
        }
    }

    /** Over records at random, with the parameters of a file. */
    private void assertComputesWhatItsClassDoes(String name, String page, TrainableNetwork network, Path folder)
            throws IOException {
        Random random = new Random(name.hashCode());
        int count = 5;
        double[] inputs = random.doubles((long) count * network.inputs(), -1, 1).toArray();
        double[] targets = new double[count * network.outputs()];
        for (int record = 0; record < count; record++) {
            targets[record * network.outputs()] = 1; // a class where classes are asked for
            if (name.equals("Admissions")) {
                inputs[record * network.inputs() + 2] = 1 + random.nextInt(4);
            }
        }
        double[] parameters = network.parameters();
        double scale = 1 / Math.sqrt(network.inputs());
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = scale * random.nextGaussian();
        }
        for (int i = 0; i < network.constants().length; i++) {
            network.constants()[i] = 0.5 + random.nextDouble();
        }
        Path file = folder.resolve("own.safetensors");
        WeightFile.save(network, file);
        double[] gradient = new double[parameters.length];
        double error = network.backprop(inputs, targets, 0, count, gradient);

        browser.open(name, page);
        String sums = """
                const [inputs, targets, weights] = arguments;
                takeWeights("own.safetensors", Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)));
                const list = [];
                for (let at = 0; at * input.length < inputs.length; at++) {
                  list.push([inputs.slice(at * input.length, (at + 1) * input.length), targets.slice(at * outputs, (at + 1) * outputs)]);
                }
                learnFrom(recordsOf("own", "", list));
                state.isMean = false;
                const { error, gradient } = sumOverRecords(0, list.length);
                return [byId("loaded").textContent, error, [...gradient]];""";
        List<?> found = (List<?>)
                browser.run(sums, inputs, targets, Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
        assertThat(found.get(0)).as(name).isEqualTo("The parameters are those of own.safetensors.");
        assertThat(((Number) found.get(1)).doubleValue()).as(name).isCloseTo(error, within(1e-12 * Math.max(1, error)));
        List<?> ofPage = (List<?>) found.get(2);
        for (int i = 0; i < gradient.length; i++) {
            assertThat(((Number) ofPage.get(i)).doubleValue())
                    .as("%s, %s", name, network.description().layout().name(i))
                    .isCloseTo(gradient[i], within(1e-12 * Math.max(1, Math.abs(gradient[i]))));
        }
    }
}
