package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admission records: what the document prints, other settings by hand, and files that are not as expected. */
class AdmissionsTest extends ProgramTest {
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
    static String applicants(int count) {
        StringBuilder text = new StringBuilder("admit,gre,gpa,rank\n");
        for (int i = 0; i < count; i++) {
            int gre = 200 + 600 * i / count;
            text.append(gre >= 500 ? 1 : 0).append(',').append(gre).append(',');
            text.append(3 + i % 7 / 10.0).append(',').append(1 + i % 4).append('\n');
        }
        return text.toString();
    }

    /** The document's table: gre and gpa less their means, by the deviations of samples, as pandas computes them. */
    @Test
    void admissionsPrintsTenTransformedRecords(@TempDir Path folder) {
        Optional<Path> data = SharedFiles.find("data/admissions.csv");
        assumeTrue(data.isPresent(), "there is no shared/data beside the checkout");
        run("admissions", "--data=" + data.get(), "--epochs=1", "--chart=" + folder.resolve("chart.png"));
        assertThat(records())
                .containsExactly(
                        "209 0 -0.066657 0.289305 0 1 0 0",
                        "280 0 0.625884 1.445476 0 1 0 0",
                        "33 1 1.837832 1.603135 0 0 1 0",
                        "210 0 1.318426 -0.131120 0 0 0 1",
                        "93 0 -0.066657 -1.208461 0 1 0 0",
                        "84 1 -0.759199 0.552071 0 0 1 0",
                        "329 0 -0.759199 -1.208461 0 0 0 1",
                        "94 1 0.625884 0.131646 0 1 0 0",
                        "266 0 -0.239793 -0.393886 0 0 0 1",
                        "126 1 0.106478 0.394412 1 0 0 0");
    }

    /** Half of 20 numbers above their mean and half below, equally far, are sqrt(19/20) deviations of the sample from it. */
    @Test
    void admissionsTransformsTheRecordsItHas(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("admit,gre,gpa,rank\n");
        for (int i = 0; i < 20; i++) {
            text.append(i % 2)
                    .append(i % 2 == 0 ? ",400,2.5," : ",600,3.5,")
                    .append(1 + i % 2)
                    .append('\n');
        }
        Path data = Files.writeString(folder.resolve("data.csv"), text);
        String[] command = {
            "admissions", "--data=" + data, "--seed=1", "--epochs=1", "--chart=" + folder.resolve("chart.png")
        };
        assertThat(run(command)).as(err.toString()).isZero();
        assertThat(records())
                .hasSize(10)
                .allSatisfy(record -> assertThat(record.substring(2))
                        .isIn("0 -0.974679 -0.974679 1 0 0 0", "1 0.974679 0.974679 0 1 0 0"));
    }

    private List<String> records() {
        return out.toString()
                .lines()
                .filter(line -> line.matches(" *\\d+ +[01] .*"))
                .map(line -> line.trim().replaceAll(" +", " "))
                .toList();
    }

    /** The document's descent by one record at a time: what comes of it is in the golden trainings. */
    @Test
    void admissionsLearnsByOneRecordAsTheDocumentDoes(@TempDir Path folder) {
        Optional<Path> data = SharedFiles.find("data/admissions.csv");
        assumeTrue(data.isPresent(), "there is no shared/data beside the checkout");
        run(
                "admissions",
                "--data=" + data.get(),
                "--batch=1",
                "--rate=0.05",
                "--epochs=50",
                "--chart=" + folder.resolve("chart.png"));
        assertThat(row("training error")[1]).isEqualTo("0.198322");
        assertThat(row("test accuracy")[1]).isEqualTo("0.750");
        assertThat(out.toString()).doesNotContain("the document ");
    }

    /** The single unit, trained by hand from the document's weights on made-up records. */
    @ParameterizedTest
    @CsvSource({
        "'', 1, gradient-descent",
        "0.25, 3, gradient-descent",
        "2, 5, gradient-descent",
        "'', 2, momentum",
        "0.01, 4, momentum"
    })
    void admissionsTakesRateEpochsBatchAndOptimizer(String rate, int epochs, String optimizer, @TempDir Path folder)
            throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), applicants(400));
        for (int batch : new int[] {1, 50, 360}) {
            out.getBuffer().setLength(0);
            List<String> command = new ArrayList<>(List.of(
                    "admissions",
                    "--data=" + data,
                    "--epochs=" + epochs,
                    "--batch=" + batch,
                    "--optimizer=" + optimizer,
                    "--chart=" + folder.resolve("chart.png")));
            if (!rate.isEmpty()) {
                command.add("--rate=" + rate);
            }
            assertThat(run(command.toArray(String[]::new))).as(err.toString()).isZero();
            double step = rate.isEmpty() ? 0.5 : Double.parseDouble(rate);
            double error = errorByHand(data, step, epochs, batch, optimizer.equals("momentum") ? 0.9 : 0);
            assertThat(Double.parseDouble(row("training error")[0]))
                    .as("batches of %d", batch)
                    .isEqualTo(error, within(0.6e-6));
        }
    }

    /** The mean squared error of the training records after descent with {@code v = momentum v + gradient, w -= rate v}. */
    private static double errorByHand(Path data, double rate, int epochs, int batch, double momentum)
            throws IOException {
        List<double[]> rows = Files.readAllLines(data).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        double[][] inputs = new double[400][6];
        for (int column = 1; column <= 2; column++) {
            int of = column;
            double mean = rows.stream().mapToDouble(row -> row[of]).average().orElseThrow();
            double squares = rows.stream()
                    .mapToDouble(row -> Math.pow(row[of] - mean, 2))
                    .sum();
            for (int i = 0; i < 400; i++) {
                inputs[i][column - 1] = (rows.get(i)[column] - mean) / Math.sqrt(squares / 399);
                inputs[i][1 + (int) rows.get(i)[3]] = 1;
            }
        }
        double[] weights = Admissions.UNIT_DOCUMENT.start().clone();
        double[] velocity = new double[6];
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int from = 0; from < 360; from += batch) {
                int to = Math.min(360, from + batch);
                double[] gradient = new double[6];
                for (int record : Admissions.TRAINING_RECORDS.subList(from, to)) {
                    double y = output(weights, inputs[record]);
                    for (int k = 0; k < 6; k++) {
                        gradient[k] += (y - rows.get(record)[0]) * y * (1 - y) * inputs[record][k] / (to - from);
                    }
                }
                for (int k = 0; k < 6; k++) {
                    velocity[k] = momentum * velocity[k] + gradient[k];
                    weights[k] -= rate * velocity[k];
                }
            }
        }
        return Admissions.TRAINING_RECORDS.stream()
                .mapToDouble(record -> Math.pow(output(weights, inputs[record]) - rows.get(record)[0], 2))
                .average()
                .orElseThrow();
    }

    private static double output(double[] weights, double[] input) {
        double z = IntStream.range(0, 6).mapToDouble(k -> weights[k] * input[k]).sum();
        return 1 / (1 + Math.exp(-z));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16})
    void admissionsHasPerceptronsOfSeveralWidths(int hidden, @TempDir Path folder) throws IOException {
        assertThat(Perceptrons.of(hidden).parameters()).hasSize(6 * hidden + hidden);
        Path data = Files.writeString(folder.resolve("data.csv"), applicants(400));
        String[] command = {
            "admissions", "--data=" + data, "--hidden=" + hidden, "--epochs=2", "--chart=" + folder.resolve("chart.png")
        };
        assertThat(run(command)).as(err.toString()).isZero();
        boolean isDocuments = hidden == 2;
        assertThat(out.toString()).contains(" 6-" + hidden + "-1");
        assertThat(out.toString().contains("they are drawn with seed 1")).isEqualTo(!isDocuments);
        assertThat(row("epochs"))
                .containsExactly(
                        isDocuments ? new String[] {"2", "1000", "2", "900"} : new String[] {"2", "1000", "2"});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--hidden=3  | there is no network with 3 hidden units; those that are compiled have [1, 2, 4, 8, 16]",
                "--rate=0    | expected a positive, finite number",
                "--epochs=0  | the number of epochs is 0",
                "--batch=0   | the batch size is 0"
            })
    void admissionsSaysWhichSettingsThereAre(String option, String message, @TempDir Path folder) throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), applicants(400));
        assertFails(message, "admissions", "--data=" + data, option);
        assertThat(out.toString()).isEmpty();
    }
}
