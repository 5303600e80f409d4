package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What a page teaches: with a data set, step by step, by questions, and by mistakes made on purpose. */
@RequiresChromium
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TeachingPageTest {
    private static final Topology IDENTITY = Topologies.of(
            "Identity", "2-2-2-2", Activation.SIGMOID, Activation.SIGMOID, Loss.SUM_OF_SQUARES, Unroll.AUTO);
    private static final Topology XOR =
            Topologies.of("Xor", "2-4-1", Activation.TANH, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, Unroll.AUTO);
    private static final Topology CLASSES = Topologies.of(
            "Classes", "4-8-3", Activation.TANH, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY, Unroll.AUTO);

    private static final double[] XOR_INPUTS = {0, 0, 0, 1, 1, 0, 1, 1};
    private static final double[] XOR_TARGETS = {0, 1, 1, 0};

    /** Back to what a page begins with: to load it again takes longer than most tests. */
    private static final String AGAIN = """
            choice("mode", "explore");
            choice("form", "units");
            choice("drawn", "values");
            byId("rate").value = 0.5;
            byId("batch").value = "all";
            byId("averaged").value = "mean";
            chooseBatch();
            learnFrom(null);
            byId("again").click();
            choose(parameterAt(0));""";

    private static Topology opened;

    private final Browser browser = Browser.shared();

    @BeforeAll
    static void nothingIsOpen() {
        opened = null;
    }

    /** Tests of one network stand side by side, in one page. */
    private void open(Topology topology) throws IOException {
        if (topology.equals(opened)) {
            browser.run(AGAIN);
        } else {
            browser.open(topology.name(), Pages.of(topology));
            opened = topology;
        }
    }

    /** Whatever a test did. */
    @AfterEach
    void saysNothingAndAsksForNothing() {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void isSmallEnough() {
        assertThat(Pages.of(IDENTITY)).hasSizeLessThan(300_000);
    }

    /** Against the loops of the oracle, whose gradient comes from another algorithm. */
    @Order(3)
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientsOverADataSet(boolean isMean) throws IOException {
        Random random = new Random(18);
        int count = 7;
        double[] inputs = random.doubles(4 * count, -1, 1).toArray();
        double[] targets = new double[3 * count];
        StringBuilder csv = new StringBuilder("a,b,c,d,class\n");
        for (int record = 0; record < count; record++) {
            int number = random.nextInt(3);
            targets[3 * record + number] = 1;
            csv.append(text(Arrays.copyOfRange(inputs, 4 * record, 4 * record + 4)))
                    .append(", " + number + "\n");
        }
        double[] parameters = random.doubles(67, -1, 1).toArray();
        double[] gradient = new double[67];
        double error = new PlainNetwork(CLASSES, parameters).backprop(inputs, targets, 0, count, gradient);
        double by = isMean ? count : 1;

        open(CLASSES);
        browser.paste("p", parameters);
        browser.run(
                "const area = byId('csv'); area.value = arguments[0]; byId('own-records').open = true;",
                csv.toString());
        browser.element("#take").click();
        assertThat(browser.element("#taken").getText()).isEqualTo("7 records taken.");
        browser.run(
                "byId('averaged').value = arguments[0]; chooseBatch(); choose(parameterAt(5));",
                isMean ? "mean" : "sum");
        double[] sums = numbers("const { error, gradient } = sumOverRecords(0, 7); return [error, ...gradient];");
        assertThat(sums[0]).isCloseTo(error / by, within(1e-12));
        for (int i = 0; i < gradient.length; i++) {
            assertThat(sums[1 + i]).as("parameter %d", i).isCloseTo(gradient[i] / by, within(1e-12));
        }
        assertThat(browser.numbers("#data-error", "#data-derivative"))
                .containsExactly(new double[] {error / by, gradient[5] / by}, within(1e-12));
        // One of the records, opened: the page is about it
        browser.element("[data-record='3']").click();
        double[] one = new double[67];
        new PlainNetwork(CLASSES, parameters).backprop(inputs, targets, 3, 4, one);
        assertThat(browser.number("#by-backpropagation")).isCloseTo(one[5], within(1e-12));
        assertThat(browser.elements("#confusion td.right")).hasSize(3);
    }

    @Order(2)
    @ParameterizedTest
    @CsvSource({"all, 4", "one, 1", "some, 3"})
    void fiftyStepsOfDescentAreTheTrainers(String batch, int size) throws IOException {
        double[] start = new Random(50).doubles(17, -1, 1).toArray();
        double[] trained = start.clone();
        int stepsOfEpoch = (4 + size - 1) / size;
        int epochs = 50 / stepsOfEpoch;
        Trainer.builder()
                .optimizer(Optimizers.gradientDescent(0.5))
                .batchSize(size)
                .epochs(epochs)
                .build()
                .train(new PlainNetwork(XOR, trained), Records.wrap(XOR_INPUTS, 2, XOR_TARGETS, 1));
        assertThat(trained).isNotEqualTo(start);

        open(XOR);
        browser.paste("p", start);
        browser.run(
                "byId('set').value = 'xor'; byId('set').dispatchEvent(new Event('change'));"
                        + "byId('batch-size').value = arguments[1]; byId('batch').value = arguments[0];"
                        + "byId('batch').dispatchEvent(new Event('change'));",
                batch,
                size);
        if (stepsOfEpoch == 1) {
            browser.element("#steps").click();
        } else {
            browser.run("for (let epoch = 0; epoch < arguments[0]; epoch++) byId('epoch').click();", epochs);
        }
        assertThat(numbers("return [...p];")).containsExactly(trained, within(1e-12));
        assertThat(browser.element("#curve svg").getDomAttribute("aria-label"))
                .contains("over " + epochs * stepsOfEpoch + " steps");
        assertThat(browser.elements("#maps circle.ring")).hasSize(1);
        assertThat(browser.elements("#maps image")).hasSize(1);
        browser.run("choice('drawn', 'maps')");
        assertThat(browser.elements("#drawing image")).hasSize(2 + 4 + 1);
    }

    @Order(1)
    @Test
    void whatIsNoRecordIsSaid() throws IOException {
        open(IDENTITY);
        Map<String, String> said = new LinkedHashMap<>();
        said.put("", "There are no records; expected one a line.");
        said.put("x,y\n1,2,3,4\n1,2,3", "Line 3 is of class 3; expected 0 to 1.");
        said.put("1,2,3,4,5", "Line 1 has 5 numbers; expected 4: 2 inputs, then 2 targets.");
        said.put("1,2,3,4\n1,2,x,4", "Line 2 has x; expected numbers.");
        said.put("1; 2; 3; 4\n\"5\"\t6 7,8\n", "2 records taken.");
        said.forEach((csv, expected) -> assertThat(
                        browser.run("takeRecords(arguments[0]); return byId('taken').textContent;", csv))
                .as(csv)
                .isEqualTo(expected));
    }

    /** Each wrong number is made here, by hand, from the values that the page shows. */
    @Order(1)
    @Test
    void mistakesOfAPredictionAreNamed() throws IOException {
        open(IDENTITY);
        browser.run("choice('mode', 'predict'); byId('ask-for').value = 'delta';"
                + "let number = 0; do ask('delta', number++);"
                + "while (state.question.layer !== 2 || state.question.unit !== 0);");
        double[] w = numbers("return [...p.slice(12, 16)];");
        double[] delta = numbers("return [...net.values.delta3];");
        double a = numbers("return [net.values.a2[0]];")[0];
        double slope = a * (1 - a);
        double right = (delta[0] * w[0] + delta[1] * w[1]) * slope;
        assertThat(browser.element("#shared").getText()).contains("?");
        assertNamed("slope", right / slope);
        assertNamed("transpose", (delta[0] * w[0] + delta[1] * w[2]) * slope);
        assertNamed("other", (delta[0] * w[2] + delta[1] * w[3]) * slope);
        assertNamed("path", delta[0] * w[0] * slope);
        assertNamed("sign", -right);
        assertNamed("2", 2 * right);
        assertNamed("2", right / 2);
        assertNamed("", 17);
        assertNamed("right", right);
        assertThat(browser.element("#shared").getText()).doesNotContain("?");

        browser.run("byId('ask-for').value = 'factor'; let number = 0; do ask('factor', number++);"
                + "while (askedLink().kind !== 'weight' || state.question.value !== p[13]);");
        assertThat(browser.elements("#paths td .asked-for")).isNotEmpty();
        assertNamed("transpose", w[2]);
        assertNamed("other", w[3]);
        assertNamed("sign", -w[1]);
        assertNamed("right", w[1]);
        browser.run("let number = 0; do ask('factor', number++); while (askedLink().kind !== 'slope');");
        assertNamed("slope", 1);
        browser.run("let number = 0; do ask('factor', number++); while (askedLink().kind !== 'loss');");
        double error = numbers("return [state.question.value];")[0];
        assertNamed("2", error / 2);
        assertNamed("sign", -error);
    }

    @Order(3)
    @Test
    void aMeanTakenTwiceIsNamed() throws IOException {
        open(CLASSES);
        browser.run("choice('mode', 'predict'); byId('ask-for').value = 'delta'; ask('delta', 0);");
        double value = numbers("return [state.question.value];")[0];
        assertNamed("1/n", value / 3);
        assertNamed("1/n", value * 3);
    }

    private void assertNamed(String name, double answer) {
        assertThat(browser.run(
                        "byId('answer').value = arguments[0]; byId('check').click();"
                                + "return byId('answered').dataset.name;",
                        "%.5g".formatted(answer)))
                .as("%s: %s", answer, browser.run("return byId('answered').textContent"))
                .isEqualTo(name);
    }

    /** Each changes the gradient, and the perturbation does not follow. */
    @Order(1)
    @Test
    void everyMistakeIsCaught() throws IOException {
        open(IDENTITY);
        double[] right = numbers("return [...net.values.gradient];");
        browser.run("choice('mode', 'break')");
        List<?> kinds = (List<?>) browser.run("return Object.keys(MISTAKES)");
        assertThat(kinds).isEqualTo(List.of("slope", "index", "path", "zero"));
        for (Object kind : kinds) {
            long places = (Long) browser.run("return mistakesOf(arguments[0]).length", kind);
            assertThat(places).as("%s", kind).isPositive();
            for (int place = 0; place < places; place++) {
                String at = kind + " at place " + place;
                browser.run("chooseMistake(arguments[0], arguments[1])", kind, place);
                double[] both = numbers(
                        "return [...net.values.gradient, ...Array.from(p, (_, index) => perturbation(index, 1e-5))];");
                double[] wrong = Arrays.copyOf(both, right.length);
                double[] quotients = Arrays.copyOfRange(both, right.length, both.length);
                int disagreeing = 0;
                for (int i = 0; i < right.length; i++) {
                    assertThat(quotients[i]).as(at).isCloseTo(right[i], within(1e-8));
                    disagreeing += Math.abs(wrong[i] - quotients[i]) > 1e-6 ? 1 : 0;
                }
                assertThat(disagreeing).as(at).isPositive();
                assertThat(browser.element("#spoiled").getText()).as(at).startsWith("Wrong: ");
                assertThat(browser.elements("#drawing .wrong")).as(at).isNotEmpty();
                assertThat(browser.elements("#source .now")).as(at).isNotEmpty();
                if (Math.abs(wrong[0] - right[0]) > 1e-6) {
                    assertThat(browser.element("#broken").getText()).as(at).contains("They disagree.");
                    assertThat(Math.abs(browser.number("#off-perturbation")))
                            .as(at)
                            .isGreaterThan(1e-7);
                }
            }
        }
        browser.run("choice('mode', 'explore')");
        assertThat(numbers("return [...net.values.gradient];")).containsExactly(right);
    }

    /** A gradient that nobody sets to zero is the sum of all that came before. */
    @Order(2)
    @Test
    void forgottenGradientsAddUp() throws IOException {
        double[] start = new Random(51).doubles(17, -1, 1).toArray();
        double[] trained = start.clone();
        double[] gradient = new double[17];
        PlainNetwork network = new PlainNetwork(XOR, trained);
        // The call before the mistake was made has left this
        network.backprop(XOR_INPUTS, XOR_TARGETS, 0, 1, gradient);
        for (int step = 0; step < 5; step++) {
            network.backprop(XOR_INPUTS, XOR_TARGETS, 0, 4, gradient);
            for (int i = 0; i < trained.length; i++) {
                trained[i] -= 0.1 * gradient[i];
            }
        }
        open(XOR);
        browser.paste("p", start);
        browser.run("learnFromSet('xor'); byId('averaged').value = 'sum'; byId('rate').value = 0.1; chooseBatch();"
                + "choice('mode', 'break'); chooseMistake('zero'); descend(5);");
        assertThat(numbers("return [...p];")).containsExactly(trained, within(1e-12));
    }

    @Order(1)
    @Test
    void stepByStep() throws IOException {
        open(IDENTITY);
        browser.run("choice('mode', 'steps')");
        List<?> steps = (List<?>) browser.run("""
                return stepping.all.map((_, at) => {
                  goTo(at);
                  const step = told(stepping.all[at]);
                  return [nameOfStep(step), String(step.value), document.querySelector(".java-line code").textContent,
                    document.querySelectorAll("#drawing .now").length];
                });""");
        assertThat(steps).hasSize(12 + 1 + 2 + 6 + 4 + 6 + 4 + 6);
        for (Object step : steps) {
            List<?> told = (List<?>) step;
            String name = (String) told.get(0);
            String declared = name.startsWith("dE_dw") || name.startsWith("dE_db")
                    ? "// " + name.replace("dE_", "dE/")
                    : "final double " + name + " = ";
            assertThat((String) told.get(2)).as(name).contains(declared);
            assertThat((Long) told.get(3)).as(name).isEqualTo(1);
        }
        // In the end all has been counted that the bill lists
        Map<?, ?> bill = (Map<?, ?>) browser.run("return NETWORK.bill.operations");
        assertThat(browser.numbers("#operations-back", "#operations-full"))
                .containsExactly(total(bill.get("backpropagation")), total(bill.get("full gradient")));
        assertThat(browser.elements("#step-told mark")).isNotEmpty();
        browser.element("#step-at").click();
        browser.element("body").sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(browser.element("#step-at").getText()).isEqualTo("Step 2 of 41");
        assertThat(browser.element("#step-told").getText()).contains("a1_0 = sigmoid(");
        browser.element("#step-back").click();
        assertThat(browser.number("#step-value")).isEqualTo(numbers("return [net.values.z1[0]];")[0]);
    }

    private static double total(Object kinds) {
        return ((Map<?, ?>) kinds)
                .values().stream()
                        .mapToDouble(count -> ((Number) count).doubleValue())
                        .sum();
    }

    /** Tab after Tab, in the mode with most to choose; of radio buttons with one name one is enough, as arrows go on from there. */
    @Tag("slow")
    @Order(2)
    @Test
    void theKeyboardReachesEverything() throws IOException {
        opened = null; // to begin at the top
        open(XOR);
        Object stops = browser.run("""
                learnFromSet("xor");
                choice("mode", "break");
                for (const part of document.querySelectorAll("details")) part.open = true;
                const nameOf = (element) => (element.type === "radio" ? element.name : element);
                const visited = new Set();
                document.addEventListener("focusin", ({ target }) => visited.add(nameOf(target)));
                window.missed = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
                  .filter((element) => !element.disabled && element.checkVisibility() && !visited.has(nameOf(element)));
                return new Set(missed().map(nameOf)).size;""");
        // Not more, which would leave the page
        CharSequence[] tabs = new CharSequence[Math.toIntExact((Long) stops)];
        Arrays.fill(tabs, Keys.TAB);
        browser.element("body").sendKeys(tabs);
        assertThat((List<?>) browser.run("return missed().map((element) => element.outerHTML.slice(0, 100));"))
                .isEmpty();
    }

    /** A link, opened where nothing else is known, shows the same. */
    @Order(2)
    @Test
    void aLinkOpensTheSameState() throws IOException {
        open(XOR);
        browser.run(
                "p[3] = 0.1 + 0.2; learnFromSet('xor'); openRecord(2); choose(parameterAt(9));"
                        + "byId('batch').value = 'some'; byId('batch-size').value = 2; chooseBatch(); byId('rate').value = 0.25;"
                        + "choice('form', 'matrices'); choice('mode', 'break'); chooseMistake('slope', 1); target[0] = 0.75; update();");
        assertSameBehindLink();
        browser.run("chooseMistake(''); choice('mode', 'steps'); goTo(7);");
        assertSameBehindLink();
        browser.run("choice('mode', 'predict'); ask('delta', 3); takeRecords('0.5 1 0\\n-2 3 1');");
        assertSameBehindLink();
    }

    private void assertSameBehindLink() {
        String look = "return [linkText(), nameOf(chosen), E, [...p, ...input, ...target, ...net.values.gradient],"
                + "byId('broken')?.textContent, byId('step-at')?.textContent, byId('asked')?.textContent,"
                + "byId('set-said').textContent, state.opened, String(state.batch), document.body.className];";
        Object shown = browser.run(look);
        String link = (String) browser.run("return COPIES.link()");
        browser.follow(link);
        assertThat(browser.run(look)).as(link).isEqualTo(shown);
    }

    @Order(1)
    @Test
    void aWorksheetHasThreePathsAndTheirAnswers() throws IOException {
        open(IDENTITY);
        browser.run("makeWorksheet()");
        assertThat(browser.elements("#worksheet .compute")).hasSize(6);
        List<?> products = (List<?>) browser.run("""
                return [...document.querySelectorAll("#worksheet .sheet:last-child .compute")].map((table) => {
                  const cells = [...table.querySelectorAll("tr:last-child td")].map((cell) => Number(cell.textContent.replace(/\\u2212/g, "-")));
                  return [cells.slice(0, -1).reduce((one, other) => one * other), cells[cells.length - 1]];
                });""");
        for (Object product : products) {
            double[] both = doubles((List<?>) product);
            assertThat(both[0]).isCloseTo(both[1], within(2e-3 * Math.abs(both[1])));
        }
        assertThat(browser.run(
                        "return document.querySelector('#worksheet .sheet:first-child .compute tbody').textContent"))
                .isEqualTo("");
    }

    @Order(1)
    @Test
    void drawingAndEquationsAreTextToBeCopied() throws IOException {
        open(IDENTITY);
        Object isDrawing = browser.run("""
                const svg = new DOMParser().parseFromString(COPIES.svg(), "image/svg+xml");
                return svg.documentElement.tagName === "svg" && !svg.querySelector("parsererror") && !COPIES.svg().includes("var(");""");
        assertThat(isDrawing).isEqualTo(true);
        String mathMl = (String) browser.run("return COPIES.mathml()");
        assertThat(mathMl.split("<math ")).hasSizeGreaterThan(18);
        assertThat(mathMl).doesNotContain("data-");
        String latex = (String) browser.run("return COPIES.latex()");
        assertThat(latex)
                .startsWith("\\begin{align*}\n  z^{(1)}_{j} &= b^{(1)}_{j} + \\sum_{k} x_{k} \\, w^{(1)}_{k,j} \\\\\n")
                .endsWith("\\end{align*}")
                .contains("\\delta^{(2)}_{k} &= ");
        assertThat(latex.lines()).hasSize(2 + 18 + 1);
    }

    private double[] numbers(String script) {
        return doubles((List<?>) browser.run(script));
    }

    private static double[] doubles(List<?> numbers) {
        return numbers.stream()
                .mapToDouble(number -> ((Number) number).doubleValue())
                .toArray();
    }

    private static String text(double[] numbers) {
        return DoubleStream.of(numbers).mapToObj(Double::toString).collect(Collectors.joining(", "));
    }
}
