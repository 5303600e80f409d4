package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a declaration without a loss: values and what is proved of them, and nothing of derivatives. */
@RequiresChromium
class ForwardPageTest {
    private static final Topology NET =
            Topologies.of("Forward", "2-3-2", Activation.TANH, Activation.IDENTITY, Loss.HUBER, Unroll.AUTO);

    private static final double[] PARAMETERS = {2, 0, 1, -1, 0.25, 0.5, 0.1, 0, -0.2, 1, -1, 2, 0.5, -0.5, 1, 0, 0.25};

    private static final String ENSURE =
            "@dev.chainrule.annotations.Ensure(when = \"-1 <= x_0 && x_0 <= 1 && 0 <= x_1 && x_1 <= 1\", then = \"y_0 < 5\")\n";

    @TempDir
    static Path folder;

    private static PlainNetwork plain;
    private static Compiled compiled;

    private final Browser browser = Browser.shared();

    @BeforeAll
    static void compile() throws IOException {
        plain = new PlainNetwork(NET, PARAMETERS);
        compiled = compiled(folder, ENSURE);
    }

    private static Compiled compiled(Path folder, String ensure) throws IOException {
        WeightFile.save(new PlainNetwork(NET, PARAMETERS), folder.resolve("w.safetensors"));
        return Compiled.ofSource(
                new NetworkProcessor(),
                NET.declarationName(),
                NET.declarationWithoutLoss(", weights = \"w.safetensors\"").replace("@Network(", ensure + "@Network("),
                "-Achainrule.page=true",
                "-Achainrule.resources=" + folder);
    }

    /** A page without a loss. */
    static String page(Path folder) throws IOException {
        return compiled(folder, ENSURE).page(NET.frozenName());
    }

    @AfterEach
    void saysNothingAndAsksForNothing() {
        browser.resizeBack();
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void showsValuesAndBoundsThatFollowTheRecord() throws IOException {
        browser.open("Forward", compiled.page(NET.frozenName()));
        assertValues(new double[] {0, 0.5});
        browser.type("#inputs [data-at='0']", "-0.75");
        assertValues(new double[] {-0.75, 0.5});
        assertThat(browser.element("#properties .proved").getText()).startsWith("Proved, by 1 box;");
        assertThat(browser.element("#properties .where").getText()).startsWith("The record is in the box. ");
        browser.type("#inputs [data-at='1']", "2");
        assertThat(browser.element("#properties .where").getText())
                .startsWith("The record is outside the box: x_1 is 2.");
        browser.type("#layers [data-array='p'][data-at='0']", "1.5");
        assertThat(browser.element("#properties .where").getText()).contains("The parameters are not those that ship");
        browser.run("document.querySelector('[name=form][value=matrices]').click();");
        assertThat(browser.element("#equations .matrices").isDisplayed()).isTrue();
    }

    private void assertValues(double[] input) {
        double[] activations = new double[5];
        plain.activations(input, activations);
        for (int i = 0; i < 5; i++) {
            String unit = "[data-array='a" + (i < 3 ? 1 : 2) + "'][data-at='" + (i < 3 ? i : i - 3) + "']";
            assertThat(browser.number("#properties " + unit)).isCloseTo(activations[i], within(1e-14));
            assertThat(browser.number("#layers " + unit)).isCloseTo(activations[i], within(1e-14));
        }
        for (int i = 0; i < 2; i++) {
            assertThat(browser.number("#targets [data-array='output'][data-at='" + i + "']"))
                    .isCloseTo(activations[3 + i], within(1e-14));
        }
    }

    @Test
    void hasNothingOfDerivatives() throws IOException {
        String page = compiled.page(NET.frozenName());
        assertThat(page).doesNotContain("id=\"descent\"", "id=\"path\"", "{{");
        browser.open("Forward", page);
        assertThat(browser.elements("main section.card")).hasSize(5);
        assertThat(browser.elements("svg [data-unit]")).hasSize(7);
        assertThat(browser.elements("svg .faded")).isEmpty();
        assertThat(browser.element("main").getText()).doesNotContain("\u2202");
    }

    @Test
    void fitsANarrowWindow() throws IOException {
        browser.open("Forward", compiled.page(NET.frozenName()));
        browser.resize(400);
        assertThat((List<?>) browser.run("""
                for (const part of document.querySelectorAll("details")) part.open = true;
                const width = document.documentElement.clientWidth;
                return [...document.querySelectorAll("main *")]
                  .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !element.closest(".wide, .equation"))
                  .map((element) => element.outerHTML.slice(0, 80));""")).isEmpty();
    }

    /** What promises nothing has no page, as it has no class to learn from. */
    @Test
    void isThereForPropertiesAlone() throws IOException {
        assertThat(compiled(folder, "").hasPage(NET.frozenName())).isFalse();
    }
}
