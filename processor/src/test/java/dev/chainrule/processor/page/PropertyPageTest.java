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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page says of what is proved: bounds that hold, beside values that follow the record. */
@RequiresChromium
class PropertyPageTest {
    private static final Topology NET =
            Topologies.of("Ensured", "2-3-2", Activation.TANH, Activation.IDENTITY, Loss.HUBER, Unroll.AUTO);

    private static final double[] PARAMETERS = {2, 0, 1, -1, 0.25, 0.5, 0.1, 0, -0.2, 1, -1, 2, 0.5, -0.5, 1, 0, 0.25};

    /** One that is proved at once, one whose box has to be cut, and one whose box is a record. */
    private static final String ENSURES = """
            @dev.chainrule.annotations.Ensure(when = "-1 <= x_0 && x_0 <= 1 && 0 <= x_1 && x_1 <= 1", then = "y_0 < 5")
            @dev.chainrule.annotations.Ensure(
                when = "-1 <= x_0 && x_0 <= 1 && 0 <= x_1 && x_1 <= 1",
                then = "y_0 - 2 * y_1 > -3.16 && y_0 < 2.5")
            @dev.chainrule.annotations.Ensure(
                when = "x_0 >= 0.25 && x_0 <= 0.25 && x_1 >= 0.75 && x_1 <= 0.75",
                then = "y_0 > -9")
            """;

    /** Of each unit that a property shows: its property, layer and unit, its bounds, and the value beside them. */
    private static final String SHOWN = """
            return [...document.querySelectorAll("[data-property] .bounds tr")].filter((row) => row.querySelector("b")).map((row) => [
              row.closest("[data-property]").dataset.property, row.querySelector("b").dataset.layer,
              row.querySelector("b").dataset.unit, ...[".low span", ".high span", "[data-array]"]
                .map((selector) => row.querySelector(selector).dataset.value)].map(Number).map(String));""";

    @TempDir
    static Path folder;

    private static Compiled compiled;
    private static PlainNetwork plain;

    private final Browser browser = Browser.shared();

    @BeforeAll
    static void compile() throws IOException {
        plain = new PlainNetwork(NET, PARAMETERS);
        compiled = compiled(folder);
    }

    /** The network with its properties. */
    private static Compiled compiled(Path folder) throws IOException {
        WeightFile.save(new PlainNetwork(NET, PARAMETERS), folder.resolve("w.safetensors"));
        return Compiled.ofSource(
                new NetworkProcessor(),
                NET.declarationName(),
                NET.declarationWith(", weights = \"w.safetensors\"").replace("@Network(", ENSURES + "@Network("),
                "-Achainrule.page=true",
                "-Achainrule.resources=" + folder);
    }

    /** A page with properties. */
    static String page(Path folder) throws IOException {
        return compiled(folder).page(NET.networkName());
    }

    @AfterEach
    void saysNothingAndAsksForNothing() {
        browser.scheme("light");
        browser.resizeBack();
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    private void open() throws IOException {
        browser.open("Ensured", compiled.page(NET.networkName()));
    }

    private List<double[]> shown() {
        return ((List<?>) browser.run(SHOWN))
                .stream()
                        .map(row -> ((List<?>) row)
                                .stream()
                                        .mapToDouble(number -> Double.parseDouble(number.toString()))
                                        .toArray())
                        .toList();
    }

    /** Values by a reader of another kind; bounds of a small network are not much wider than what is between them. */
    @Test
    void recordsOfABoxStayWithinTheBoundsThatAreShown() throws IOException {
        open();
        List<double[]> rows = shown();
        assertThat(rows).hasSize(3 * 5);
        Random random = new Random(1);
        double[] least = new double[rows.size()];
        double[] greatest = new double[rows.size()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        double[] activations = new double[5];
        for (int record = 0; record < 1000; record++) {
            plain.activations(new double[] {2 * random.nextDouble() - 1, random.nextDouble()}, activations);
            for (int i = 0; i < 10; i++) {
                double[] row = rows.get(i);
                double value = activations[(row[1] == 1 ? 0 : 3) + (int) row[2]];
                assertThat(value).as("row %d", i).isBetween(row[3], row[4]);
                least[i] = Math.min(least[i], value);
                greatest[i] = Math.max(greatest[i], value);
            }
        }
        for (int i = 0; i < 10; i++) {
            assertThat(rows.get(i)[4] - rows.get(i)[3]).isLessThan(2.5 * (greatest[i] - least[i]));
        }
        // Those of one record are what the class computes, to the bit
        compiled.instance(NET, PARAMETERS).activations(new double[] {0.25, 0.75}, activations);
        for (double[] row : rows.subList(10, 15)) {
            double value = activations[(row[1] == 1 ? 0 : 3) + (int) row[2]];
            assertThat(new double[] {row[3], row[4]}).containsExactly(value, value);
        }
    }

    @Test
    void saysHowEachIsProvedAsTheCommentDoes() throws IOException {
        open();
        Matcher proofs = Pattern.compile("by ([\\d,]+ box(?:es)?); the tightest margin is (\\S+)\n")
                .matcher(compiled.source(NET.frozenName()));
        for (var said : browser.elements("#properties .proved")) {
            assertThat(proofs.find()).isTrue();
            assertThat(said.getAttribute("textContent"))
                    .isEqualTo("Proved, by " + proofs.group(1) + "; the tightest margin is " + proofs.group(2) + ".");
        }
        assertThat(proofs.find()).isFalse();
        // Property 1 holds at once, property 2 by parts alone
        assertThat(browser.element("[data-property='0']").getAttribute("textContent"))
                .contains("5 \u2212 y_0 is above 0")
                .contains("which is enough");
        assertThat(browser.element("[data-property='1']").getAttribute("textContent"))
                .contains("the box has to be cut");
    }

    @Test
    void valuesFollowTheRecordAndTheParameters() throws IOException {
        open();
        String where = "[data-property='0'] .where";
        assertThat(browser.element(where).getText()).startsWith("The record is in the box. ");
        browser.run("document.querySelector(\"[data-property='0'] [data-to=corner]\").click();");
        assertThat(browser.element(where).getText()).startsWith("The record is in the box. ");
        double[] corner = ((List<?>) browser.run("return [...input].map(String)"))
                .stream()
                        .mapToDouble(number -> Double.parseDouble(number.toString()))
                        .toArray();
        assertThat(Math.abs(corner[0])).isEqualTo(1);
        double[] activations = new double[5];
        plain.activations(corner, activations);
        for (double[] row : shown()) {
            assertThat(row[5]).isCloseTo(activations[(row[1] == 1 ? 0 : 3) + (int) row[2]], within(1e-14));
        }
        assertThat(browser.number(where + " > span:last-of-type")).isCloseTo(5 - activations[3], within(1e-14));

        browser.run(
                "for (let i = 0; i < 50; i++) document.querySelector(\"[data-property='0'] [data-to=any]\").click();");
        assertThat(browser.element(where).getText()).startsWith("The record is in the box. ");
        assertThat(browser.elements("[data-property='0'] b.beyond")).isEmpty();
        browser.type("#inputs [data-at='1']", "-0.5");
        assertThat(browser.element(where).getText())
                .startsWith("The record is outside the box: x_1 is \u22120.5. Its values need not keep to the bounds.");
        assertThat(browser.element("[data-property='0'] [data-side='1']").getText())
                .isEqualTo("too small");
        assertThat(browser.elements("[data-property='0'] b.beyond")).hasSize(5);
        browser.run("document.querySelector(\"[data-property='0'] [data-to=centre]\").click(); descend(1);");
        assertThat(browser.element(where).getText()).contains("The parameters are not those that ship");
    }

    @Test
    void pagesWithoutPropertiesHaveNothingOfIt() {
        String page = Pages.of(NET);
        assertThat(page).doesNotContain("PROPERTIES", "\"properties\"", "data-property", "What is proved");
    }

    /** In a narrow window, and with all parts open. */
    @Test
    void fitsANarrowWindow() throws IOException {
        assertFits(400, "dark");
    }

    @Tag("slow")
    @Test
    void fitsAllWindows() throws IOException {
        for (int width : List.of(400, 800, 1440)) {
            assertFits(width, "light");
            assertFits(width, "dark");
        }
    }

    private void assertFits(int width, String scheme) throws IOException {
        browser.scheme(scheme);
        open();
        browser.resize(width);
        assertThat((List<?>) browser.run("""
                for (const part of document.querySelectorAll("details")) part.open = true;
                const width = document.documentElement.clientWidth;
                return [...document.querySelectorAll("#properties *")]
                  .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !element.closest(".wide"))
                  .map((element) => element.outerHTML.slice(0, 80));"""))
                .as("%d pixels, %s", width, scheme)
                .isEmpty();
    }
}
