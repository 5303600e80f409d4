package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The command line, and the numbers that the documents print. */
class DocumentsTest extends ProgramTest {
    /** The titles of the documents, and of each its programs with what makes them fast. */
    private static final Map<String, List<String>> PROGRAMS = Map.of(
            "Three ways to a gradient", List.of("identity --epochs=1"),
            "Gradient descent",
                    List.of(
                            "slope --chart=FILE",
                            "descent --chart=FILE",
                            "batches --chart=FILE",
                            "activations --chart=FILE"),
            "How backpropagation works", List.of("cost --round=1 --chart=FILE"),
            "A small MLP", List.of("mlp --graph=FILE", "unit-graph --graph=FILE"),
            "Single unit and multilayer perceptron",
                    List.of(
                            "unit-step",
                            "backprop-step",
                            "forward-4-3-2",
                            "admissions --seed=1 --epochs=1 --data=DATA --chart=FILE",
                            "admissions-raw --data=DATA --weights=FILE.safetensors --classes=FILE-classes",
                            "vanishing --draws=1 --chart=FILE"));

    static Set<String> programs() {
        return Documents.commandLine().getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyProgramHasHelp(String program) {
        assertThat(run(program, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: documents " + program);
        assertThat(err.toString()).isEmpty();
    }

    static Stream<Arguments> programsOfDocuments() {
        return PROGRAMS.entrySet().stream()
                .flatMap(document ->
                        document.getValue().stream().map(command -> Arguments.of(document.getKey(), command)));
    }

    @ParameterizedTest
    @MethodSource("programsOfDocuments")
    void everyProgramSaysWhichDocumentItIsFrom(String title, String command, @TempDir Path folder) throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), AdmissionsTest.applicants(400));
        String[] words = command.replace("FILE", folder.resolve("drawing").toString())
                .replace("DATA", data.toString())
                .split(" ");
        assertThat(run(words)).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("From \"" + title + "\": ");
        out.getBuffer().setLength(0);
        run(words[0], "--help");
        assertThat(out.toString().replaceAll("\\s+", " ")).contains(" From \"" + title + "\": ");
    }

    @Test
    void everyProgramIsFromADocumentButThoseOfARealDataSet() {
        Set<String> named = programsOfDocuments()
                .map(document -> document.get()[1].toString().split(" ")[0])
                .collect(Collectors.toSet());
        named.addAll(Set.of(
                "fashion", "fashion-frozen", "fashion-pruned", "residual", "siamese", "policy", "growth", "methods"));
        named.addAll(Set.of("nist", "check", "acasxu", "admissions-proved"));
        assertThat(named).isEqualTo(programs());
    }

    @Test
    void withoutAProgramItPrintsTheUsage() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Usage: documents", "identity", "backprop-step");
    }

    @ParameterizedTest
    @CsvSource({
        "idendity, ''",
        "unit-step, --rate=1",
        "mlp, --decay=fast",
        "identity, --epochs",
        "descent, --optimizer=newton",
        "cost, --round=x"
    })
    void aWrongCommandLineIsSaidInAWord(String program, String option) {
        assertThat(option.isEmpty() ? run(program) : run(program, option)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "identity --epochs=0",
                "mlp --decay=-1",
                "descent --rates=0.1,-1",
                "descent --rates=1,2,3,4,5",
                "descent --start=1,2,3",
                "descent --start=1,NaN",
                "descent --steps=0",
                "vanishing --draws=0",
                "slope --at=1,2,3,4,5",
                "slope --at=NaN",
                "slope --rate=0",
                "activations --at=Infinity",
                "batches --batch=0",
                "batches --batch=33",
                "batches --rate=-1",
                "batches --epochs=0",
                "batches --rate=1e9",
                "unit-graph --inputs=1",
                "unit-graph --weights=1,2,3",
                "unit-graph --bias=NaN",
                "cost --round=0"
            })
    void aValueThatIsRefusedIsSaidInAWord(String program, String option) {
        assertThat(run(program, option)).isNotZero();
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "output,            0.512",
        "output error,      0.122",
        "hidden error,      0.003",
        "step of W (w2_0_0),0.0302",
        "step of w (w1_0_0),0.00015"
    })
    void backpropStepRoundsToTheDocument(String row, String document) {
        run("backprop-step");
        String line = out.toString()
                .lines()
                .filter(text -> text.startsWith(row + " ") && text.endsWith(" " + document))
                .findFirst()
                .orElseThrow();
        String[] words = line.trim().split(" +");
        double ours = Double.parseDouble(words[words.length - 2]);
        int decimals = document.length() - document.indexOf('.') - 1;
        assertThat(String.format(Locale.ROOT, "%." + decimals + "f", ours)).isEqualTo(document);
    }

    @Test
    void unitStepByHand() {
        // h = 0.1 (-0.8) + 0.3 0.5 = 0.07
        double output = 1 / (1 + Math.exp(-0.07));
        double term = (0.2 - output) * output * (1 - output);
        UnitStepCommand.UnitStep step = UnitStepCommand.UnitStep.ofTheDocument();
        assertThat(step.output()).isEqualTo(output, within(1e-15));
        assertThat(step.errorTerm()).isEqualTo(term, within(1e-15));
        assertThat(step.steps()).containsExactly(new double[] {0.5 * term * 0.1, 0.5 * term * 0.3}, within(1e-15));
        assertThat(step.weights())
                .containsExactly(new double[] {-0.8 + 0.5 * term * 0.1, 0.5 + 0.5 * term * 0.3}, within(1e-15));
    }

    /** Every number beside the one of the document's rule, to the digits of a double. */
    @Test
    void unitStepPrintsTheStepBesideTheNewWeights() {
        assertThat(run("unit-step")).isZero();
        for (String label : List.of(
                "output", "error", "error term", "del_w of w1_0_0", "del_w of w1_1_0", "new w1_0_0", "new w1_1_0")) {
            List<String> numbers = out.toString()
                    .lines()
                    .filter(line -> line.matches(label + " +-?\\d\\.\\d+ .*"))
                    .flatMap(line ->
                            Arrays.stream(line.substring(label.length()).trim().split(" +")))
                    .toList();
            assertThat(numbers).as(label).hasSize(2);
            assertThat(numbers.get(0)).as(label).isEqualTo(numbers.get(1));
        }
    }

    @Test
    void forwardPassPrintsTheDocumentsLayers() {
        assertThat(run("forward-4-3-2")).isZero();
        assertThat(out.toString()).contains("[0.41492192 0.42604313 0.50024340]", "[0.49815196 0.48539772]");
    }

    @Test
    void identityPrintsThreeTrainingsSideBySide() {
        assertThat(run("identity", "--epochs=50")).isZero();
        assertThat(out.toString().lines().filter(line -> line.matches(" +(0|10|20|30|40)( +\\d\\.\\d{12}){3,4}")))
                .hasSize(5);
        assertThat(out.toString()).contains("Final outputs");
        String source = out.toString()
                .lines()
                .filter(line -> line.startsWith("The generated source: "))
                .findFirst()
                .orElseThrow();
        assertThat(Path.of(source.substring("The generated source: ".length())))
                .isAbsolute()
                .hasFileName("IdentityNetwork.java")
                .content()
                .contains("class IdentityNetwork");
    }

    @Test
    void theGeneratedSourceOfAJarElsewhereIsInTheRepository(@TempDir Path folder) {
        String place = "target/generated-sources/annotations/dev/chainrule/samples/documents/IdentityNetwork.java";
        assertThat(IdentityCommand.generatedSource(folder.resolve("documents.jar")))
                .isEqualTo("samples/documents/" + place + ", in the repository once it is built");
    }

    /** {@code da/dz = 1 - a^2}; that of the output by anything before it is a factor more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"2 0 -3 1 6.881373587019543", "-0.5 1.25 0.75 2 -1", "0 0 0 0 0", "0.3 -0.7 -1.1 -0.4 0.2"})
    void unitGraphHasTheDerivativesOfTanh(double x0, double x1, double w0, double w1, double b, @TempDir Path folder) {
        assertThat(run(
                        "unit-graph",
                        "--inputs=" + x0 + "," + x1,
                        "--weights=" + w0 + "," + w1,
                        "--bias=" + b,
                        "--graph=" + folder.resolve("graph.svg")))
                .as(err.toString())
                .isZero();
        double z = x0 * w0 + x1 * w1 + b;
        double slope = 1 / Math.pow(Math.cosh(z), 2);
        assertNode("a1_0", Math.tanh(z), 1, false);
        assertNode("z1_0", z, slope, false);
        assertNode("sum of products", x0 * w0 + x1 * w1, slope, false);
        assertNode("x_0 w1_0_0", x0 * w0, slope, false);
        assertNode("x_1 w1_1_0", x1 * w1, slope, false);
        assertNode("x_0", x0, slope * w0, true);
        assertNode("x_1", x1, slope * w1, true);
        assertNode("w1_0_0", w0, slope * x0, true);
        assertNode("w1_1_0", w1, slope * x1, true);
        assertNode("b1_0", b, slope, true);
    }

    /** The value and the gradient of a line; of what the generated class has, its gradient too. */
    private void assertNode(String name, double value, double gradient, boolean isGenerated) {
        String number = " +(-?\\d+\\.\\d+)";
        Matcher line = Pattern.compile("(?m)^" + name + number + number + " +(-?\\d*\\.?\\d+|-)  ")
                .matcher(out.toString());
        assertThat(line.find()).as(name).isTrue();
        assertThat(Double.parseDouble(line.group(1))).as(name).isEqualTo(value, within(2e-15));
        assertThat(Double.parseDouble(line.group(2))).as(name).isEqualTo(gradient, within(2e-15));
        if (isGenerated) {
            assertThat(Double.parseDouble(line.group(3))).as(name).isEqualTo(gradient, within(2e-15));
        } else {
            assertThat(line.group(3)).as(name).isEqualTo("-");
        }
    }

    @Test
    void unitGraphIsDrawnWithLocalDerivatives(@TempDir Path folder) throws Exception {
        Path drawing = folder.resolve("graph.svg");
        assertThat(run("unit-graph", "--graph=" + drawing)).as(err.toString()).isZero();
        // (-3) 2 + 1 0 + 6 + asinh(1) has the tanh 1/sqrt(2) with the slope 1/2
        assertThat(out.toString()).contains("0.500000 by z1_0", "-3.000000 by x_0, 2.000000 by w1_0_0");
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(drawing));
        assertThat(svg.getElementsByTagName("rect").getLength())
                .as("ground and numbers")
                .isEqualTo(1 + 10);
        assertThat(svg.getElementsByTagName("circle").getLength())
                .as("operations")
                .isEqualTo(5);
        NodeList texts = svg.getElementsByTagName("text");
        assertThat(IntStream.range(0, texts.getLength())
                        .mapToObj(i -> texts.item(i).getTextContent()))
                .contains("x_0 w1_0_0", "0.7071", "0.8814", "-1.5000", "-3.0000", "tanh");
    }

    @Test
    void mlpDrawsItsGraph(@TempDir Path folder) throws Exception {
        Path drawing = folder.resolve("graph.svg");
        assertThat(run("mlp", "--graph=" + drawing)).as(err.toString()).isZero();
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(drawing));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("circle").getLength()).isGreaterThanOrEqualTo(3 + 4 + 4 + 1);
        assertThat(svg.getElementsByTagName("line").getLength()).isGreaterThanOrEqualTo(12 + 16 + 4);
    }

    @Test
    void vanishingIsOfSigmoidsAlone(@TempDir Path folder) throws IOException {
        Path chart = folder.resolve("chart.png");
        assertThat(run("vanishing", "--draws=50", "--chart=" + chart))
                .as(err.toString())
                .isZero();
        double[] factors = Arrays.stream(row("factor"))
                .limit(4)
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(factors[0]).as("sigmoid").isBetween(0.15, 0.25);
        assertThat(factors[1]).as("tanh").isBetween(0.7, 1.0);
        assertThat(factors[2]).as("RELU").isBetween(0.9, 1.1);
        assertThat(factors[3]).as("SELU").isBetween(0.9, 1.1);
        double[] first =
                Arrays.stream(row("1")).mapToDouble(Double::parseDouble).toArray();
        double[] last = Arrays.stream(row("8")).mapToDouble(Double::parseDouble).toArray();
        for (int i = 0; i < factors.length; i++) {
            assertThat(first[i] / last[i]).isCloseTo(Math.pow(factors[i], 7), withinPercentage(30));
        }
        assertThat(out.toString().lines().filter(line -> line.startsWith("at least")))
                .as("1 - (1/4)^n")
                .containsExactly(
                        "at least      75 % through 1 layer",
                        "at least   93.75 % through 2 layers", "at least 98.4375 % through 3 layers");
        assertChart(chart, Charts.BLUE, Charts.ORANGE, Charts.GREEN, Charts.PINK);
    }

    @Test
    void costIsCountedMeasuredAndDrawn(@TempDir Path folder) throws IOException {
        Path chart = folder.resolve("chart.png");
        assertThat(run("cost", "--round=1", "--chart=" + chart))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).isEmpty();
        List<String[]> passes = out.toString()
                .lines()
                .dropWhile(line -> !line.startsWith("In forward passes"))
                .filter(line -> line.matches(" +\\d+( +[\\d.]+){3} +(-|[\\d.]+) +[\\d.]+"))
                .map(line -> line.trim().split(" +"))
                .toList();
        assertThat(passes).extracting(row -> row[0]).containsExactly("18", "60", "216", "816", "3168", "12480");
        assertThat(passes).extracting(row -> row[2]).containsExactly("37", "121", "433", "1633", "6337", "24961");
        assertThat(passes).extracting(row -> "-".equals(row[4])).containsExactly(false, false, false, true, true, true);
        // How long it takes is for the program to say, not for a test
        assertThat(out.toString()
                        .lines()
                        .dropWhile(line -> !line.startsWith("Time in microseconds"))
                        .filter(line -> line.matches(" +\\d+( +[\\d.]+){2} +(-|[\\d.]+) +[\\d.]+"))
                        .flatMap(line -> Arrays.stream(line.trim().split(" +")))
                        .filter(word -> !word.equals("-")))
                .hasSize(6 * 5 - 3)
                .allSatisfy(word -> assertThat(Double.parseDouble(word)).isPositive());
        assertChart(chart, Charts.BLUE, Charts.ORANGE, Charts.GREEN);
    }

    @Test
    void stopwatchMeasuresOneComputation() {
        double[] times = new Stopwatch(5).nanoseconds(() -> spin(100_000), () -> spin(1_000_000));
        assertThat(times[0]).isGreaterThanOrEqualTo(100_000);
        assertThat(times[1]).isGreaterThanOrEqualTo(1_000_000);
    }

    private static double spin(long nanoseconds) {
        long end = System.nanoTime() + nanoseconds;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return end;
    }

    @ParameterizedTest
    @CsvSource({
        "slope, --chart",
        "descent, --chart",
        "batches, --chart",
        "activations, --chart",
        "vanishing --draws=1, --chart",
        "mlp, --graph",
        "unit-graph, --graph"
    })
    void aDrawingThatCannotBeWrittenIsSaid(String command, String option, @TempDir Path folder) {
        Path drawing = folder.resolve("none").resolve("drawing");
        assertFails("cannot write " + drawing, (command + " " + option + "=" + drawing).split(" "));
    }
}
