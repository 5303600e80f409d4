package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Graphs;
import dev.chainrule.processor.testing.Topologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages in all modes by the rules of axe-core: labels, roles, contrast, and that the keyboard reaches everything. npm fetches it into
 * the folder of the build; the test is skipped, with a word, where it cannot.
 */
@Tag("slow")
@RequiresChromium
class PageAccessibilityTest {
    private static final String AXE = "axe-core@4.14.1";

    /** Brings a page into one of its states, and then asks. */
    private static final Map<String, String> STATES = new LinkedHashMap<>(Map.of(
            "explore", "",
            "steps", "choice('mode', 'steps'); goTo(stepping.all.length >> 1);",
            "predict", "choice('mode', 'predict'); ask('delta', 1);",
            "break", "choice('mode', 'break'); chooseMistake('slope');",
            "zero", "choice('mode', 'break'); chooseMistake('zero');",
            "data",
                    "learnFromSet(SETS[0]?.key); descend(3);"
                            + "document.querySelector('[name=drawn][value=maps]')?.click();"
                            + "for (const part of document.querySelectorAll('details')) part.open = true;"
                            + "choice('form', 'matrices');"));

    private static final String ASK = """
            const done = arguments[0];
            setTimeout(() => axe.run().then(({ violations }) => done(violations.map(
              ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join("; ")}`))), 300);""";

    private static String axe;

    private final Browser browser = Browser.shared();

    @BeforeAll
    static void fetch() throws IOException, InterruptedException {
        Path folder = Path.of("target", "axe").toAbsolutePath();
        Path script = folder.resolve("node_modules/axe-core/axe.min.js");
        if (!Files.exists(script)) {
            Files.createDirectories(folder);
            assumeTrue(install(folder), AXE + " could not be fetched: npm is not there, or not its registry");
        }
        axe = Files.readString(script);
    }

    private static boolean install(Path folder) throws InterruptedException {
        try {
            Process npm = new ProcessBuilder(
                            "npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--prefix", ".", AXE)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!npm.waitFor(1, TimeUnit.MINUTES)) {
                npm.destroy();
                return false;
            }
            return npm.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no npm
        }
    }

    @AfterEach
    void inLight() {
        browser.scheme("light");
    }

    @ParameterizedTest
    @CsvSource({"Identity, light", "Identity, dark", "Agent, light", "Residual, dark", "Ensured, light", "Ensured, dark"
    })
    void nothingIsWrong(String name, String scheme, @TempDir Path folder) throws IOException {
        browser.scheme(scheme);
        String page = name.equals("Ensured")
                ? PropertyPageTest.page(folder)
                : name.equals("Identity")
                        ? Pages.of(Topologies.of(
                                name,
                                "2-2-2-2",
                                Activation.SIGMOID,
                                Activation.SIGMOID,
                                Loss.SUM_OF_SQUARES,
                                Unroll.AUTO))
                        : Compiled.ofGraphs(new NetworkProcessor(), Graphs.all(), "-Achainrule.page=true")
                                .page("nets." + name + "Network");
        for (Map.Entry<String, String> state : STATES.entrySet()) {
            browser.open(name, page);
            browser.run(state.getValue());
            assertNothingIsWrong(name + ", " + scheme + ", " + state.getKey());
        }
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void nothingIsWrongWithoutALoss(String scheme, @TempDir Path folder) throws IOException {
        browser.scheme(scheme);
        browser.open("Forward", ForwardPageTest.page(folder));
        browser.run("for (const part of document.querySelectorAll('details')) part.open = true;");
        assertNothingIsWrong("Forward, " + scheme);
    }

    private void assertNothingIsWrong(String what) {
        // Not as an element of the page, which would have to be allowed to run it
        browser.run(axe + "; window.axe = axe;");
        assertThat((List<?>) browser.answer(ASK)).as(what).isEmpty();
    }
}
