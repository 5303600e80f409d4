package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import picocli.CommandLine;

/** The command line, and the numbers that the documents print. */
class DocumentsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity",
                "unit-step",
                "backprop-step",
                "forward-4-3-2",
                "mlp",
                "admissions",
                "descent",
                "vanishing",
                "cost",
                "fashion",
                "fashion-frozen"
            })
    void everyProgramHasHelp(String program) {
        assertThat(run(program, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: documents " + program);
        assertThat(err.toString()).isEmpty();
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
        assertThat(step.weights())
                .containsExactly(new double[] {-0.8 + 0.5 * term * 0.1, 0.5 + 0.5 * term * 0.3}, within(1e-15));
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
        assertThat(out.toString()).contains("Final outputs", "IdentityNetwork.java");
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
    void admissionsLearnsAsTheDocumentDoes(@TempDir Path folder) throws IOException {
        Optional<Path> data = SharedFiles.find("data/admissions.csv");
        assumeTrue(data.isPresent(), "there is no shared/data beside the checkout");
        Path chart = folder.resolve("chart.png");
        assertThat(run("admissions", "--data=" + data.get(), "--chart=" + chart))
                .as(err.toString())
                .isZero();
        List<String[]> errors = out.toString()
                .lines()
                .filter(line -> line.matches("\\d00? .*"))
                .map(line -> line.split(" +"))
                .toList();
        assertThat(errors).hasSize(9);
        assertThat(errors).allSatisfy(row -> {
            assertThat(row[1]).as("6-1").isEqualTo(row[2]);
            assertThat(row[3]).as("6-2-1").isEqualTo(row[4]);
        });
        assertThat(row("training error")).containsExactly("0.197007", "0.197007", "0.201768", "0.201768");
        assertThat(row("test accuracy")).containsExactly("0.725", "0.725", "0.725", "0.725");
        assertChart(chart, Charts.BLUE, Charts.ORANGE);
    }

    @Test
    void admissionsDrawsASplitAndWeightsBySeed(@TempDir Path folder) throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), applicants(50));
        String[] command = {"admissions", "--data=" + data, "--seed=7", "--chart=" + folder.resolve("chart.png")};
        assertThat(run(command)).as(err.toString()).isZero();
        String first = out.toString();
        assertThat(first)
                .contains("45 records to train on, 5 to test on", "seed 7")
                .doesNotContain("the document's");
        // The made-up rule, to be admitted with a gre of 500, can be learnt by both
        assertThat(row("training error"))
                .allSatisfy(error -> assertThat(Double.parseDouble(error)).isLessThan(0.12));
        out.getBuffer().setLength(0);
        run(command);
        assertThat(out.toString()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | there are no records",
                "'admit,gre,gpa,rank\n'               | there are no records",
                "'admit,gre,gpa\n1,700,3.5\n'         | line 1: the columns are [admit, gre, gpa]",
                "'<html>\n</html>'                    | line 1: the columns are [<html>]",
                "'admit,gre,gpa,rank\n1,700,3.5\n'    | line 2: the line ends after column 3; expected 4",
                "'admit,gre,gpa,rank\n1,7,3,1,9\n'    | line 2: the line ends after column 5; expected 4",
                "'admit,gre,gpa,rank\n1,7,3,1\n0,x,3,1' | line 3, column 2: gre is 'x'; expected a number",
                "'admit,gre,gpa,rank\n1,7,NaN,1\n'    | line 2, column 3: gpa is 'NaN'; expected a number",
                "'admit,gre,gpa,rank\n1,7,3,5\n'      | line 2, column 4: rank is '5'; expected 1 to 4",
                "'admit,gre,gpa,rank\n2,7,3,1\n'      | line 2, column 1: admit is '2'; expected 0 or 1",
                "'admit,gre,gpa,rank\n1,7,3,\"1\n'    | record starting at line 2",
                "'admit,gre,gpa,rank\n1,7,3,1\n'      | there are 1 records; the document's split is one of 400"
            })
    void admissionsSaysWhatIsWrongWithTheData(String text, String message, @TempDir Path folder) throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), text);
        assertFails(message, "admissions", "--data=" + data);
    }

    @Test
    void admissionsSaysThatThereIsNoFile(@TempDir Path folder) {
        Path data = folder.resolve("none.csv");
        assertFails("there is no file " + data, "admissions", "--data=" + data);
        assertFails("cannot read " + folder, "admissions", "--data=" + folder);
    }

    @Test
    void admissionsComesFromAServer(@TempDir Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = applicants(50).getBytes(StandardCharsets.US_ASCII);
        server.createContext("/data.csv", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream response = exchange.getResponseBody()) {
                response.write(body);
            }
        });
        server.start();
        String address = "http://localhost:" + server.getAddress().getPort();
        try {
            assertThat(run(
                            "admissions",
                            "--data=" + address + "/data.csv",
                            "--seed=7",
                            "--chart=" + folder.resolve("chart.png")))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).contains("45 records to train on, 5 to test on");
            assertFails("(HTTP status 404)", "admissions", "--data=" + address + "/none.csv");
        } finally {
            server.stop(0);
        }
        assertFails("(no connection)", "admissions", "--data=" + address + "/data.csv");
    }

    /** Applicants of whom those with a gre of 500 or more are admitted. */
    private static String applicants(int count) {
        StringBuilder text = new StringBuilder("admit,gre,gpa,rank\n");
        for (int i = 0; i < count; i++) {
            int gre = 200 + 600 * i / count;
            text.append(gre >= 500 ? 1 : 0).append(',').append(gre).append(',');
            text.append(3 + i % 7 / 10.0).append(',').append(1 + i % 4).append('\n');
        }
        return text.toString();
    }

    @Test
    void descentFollowsTheFormula(@TempDir Path folder) throws IOException {
        Path chart = folder.resolve("chart.png");
        assertThat(run("descent", "--chart=" + chart)).as(err.toString()).isZero();
        List<String> ends =
                out.toString().lines().filter(line -> line.startsWith("  20 ")).toList();
        double[] rates = {0.07, 0.102};
        assertThat(ends).hasSize(rates.length);
        for (int i = 0; i < rates.length; i++) {
            double x = -2.7 * Math.pow(1 - 2 * rates[i], 20);
            double y = 0.6 * Math.pow(1 - 20 * rates[i], 20);
            double[] end = Arrays.stream(ends.get(i).trim().split(" +"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(end).containsExactly(new double[] {20, x, y, x * x + 10 * y * y}, within(1e-4));
        }
        assertThat(out.toString()).containsOnlyOnce("this rate is too large");
        assertChart(chart, Charts.BLUE, Charts.ORANGE, Color.LIGHT_GRAY);
    }

    @Test
    void descentTakesTheRuntimesOptimizers(@TempDir Path folder) {
        Path chart = folder.resolve("chart.png");
        assertThat(run("descent", "--optimizer=adam", "--rates=0.1", "--steps=1", "--chart=" + chart))
                .isZero();
        // Adam's first step is the rate, in every direction
        assertThat(out.toString()).contains("   1     -2.60000     0.500000");
    }

    @Test
    void descentEndsWhereNumbersDo(@TempDir Path folder) {
        assertThat(run("descent", "--rates=5", "--steps=3000", "--chart=" + folder.resolve("chart.png")))
                .isZero();
        assertThat(out.toString())
                .contains("The next step leads to numbers that are not finite.")
                .doesNotContain("Infinity", "NaN");
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
    @ValueSource(strings = {"descent", "vanishing"})
    void aChartThatCannotBeWrittenIsSaid(String program, @TempDir Path folder) {
        Path chart = folder.resolve("none").resolve("chart.png");
        assertFails("cannot write " + chart, program, "--chart=" + chart);
    }

    /** The words after the label of a line. */
    private String[] row(String label) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> line.substring(label.length()).trim().split(" +"))
                .findFirst()
                .orElseThrow();
    }

    private void assertFails(String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith(arguments[0] + ": ")
                .contains(message)
                .doesNotContain("\tat ");
    }

    /** A picture with lines of these colours, not covered by others. */
    private static void assertChart(Path file, Color... colors) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        Set<Integer> pixels = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                pixels.add(image.getRGB(x, y));
            }
        }
        assertThat(pixels).contains(Arrays.stream(colors).map(Color::getRGB).toArray(Integer[]::new));
    }

    private int run(String... arguments) {
        CommandLine commandLine = Documents.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(arguments);
        commandLine.getOut().flush();
        return exitCode;
    }
}
