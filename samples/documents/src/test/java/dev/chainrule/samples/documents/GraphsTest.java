package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.documents.graphs.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose networks are no chains. */
class GraphsTest extends ProgramTest {
    @Test
    void skipsLetADeepNetworkLearn() {
        assertThat(run("residual")).as(err.toString()).isZero();
        String[] last = row("400");
        double chain = Double.parseDouble(last[0]);
        assertThat(chain).isGreaterThan(0.01);
        assertThat(Double.parseDouble(last[1])).isLessThan(chain / 10);
    }

    /** Sharing the weights, the answer is the same when the points are exchanged. */
    @Test
    void siamesePairsAreToldAndMayBeExchanged() {
        assertThat(run("siamese")).as(err.toString()).isZero();
        assertThat(Double.parseDouble(row("accuracy of 1000 other pairs")[0])).isGreaterThan(0.9);
        assertThat(out.toString().lines().filter(line -> line.startsWith("(")).map(line -> line.split(" +")))
                .hasSize(5)
                .allSatisfy(words -> assertThat(words[words.length - 1]).isEqualTo(words[words.length - 2]));
    }

    /** From every place the steps lead to the goal by a shortest way. */
    @Test
    void aPolicyLeadsToTheGoal() {
        assertThat(run("policy")).as(err.toString()).isZero();
        List<String> rows = out.toString()
                .lines()
                .filter(line -> line.matches("( [>v<^#G]){7} .*"))
                .map(line -> line.substring(0, 14).replace(" ", ""))
                .toList();
        assertThat(rows).hasSize(Grid.SIZE);
        int[][] distances = Grid.distances();
        for (int row = 0; row < Grid.SIZE; row++) {
            for (int column = 0; column < Grid.SIZE; column++) {
                for (int left = distances[row][column], x = column, y = row; left > 0; left--) {
                    assertThat(distances[y][x]).isEqualTo(left);
                    int step = Grid.ARROWS.indexOf(rows.get(y).charAt(x));
                    x = Grid.column(x, step);
                    y = Grid.row(y, step);
                }
            }
        }
        assertThat(Double.parseDouble(row("The values are off by")[0])).isLessThan(0.05);
    }

    @Test
    void admissionsTakesTheNumbersOfTheFile(@TempDir Path folder) throws IOException {
        Optional<Path> data = SharedFiles.find("data/admissions.csv");
        assumeTrue(data.isPresent(), "there is no shared/data beside the checkout");
        assertThat(admissionsRaw(data.get(), folder)).as(err.toString()).isZero();
        assertThat(row("training error")).containsExactly("0.197007", "0.197007");
        assertThat(row("test accuracy")).containsExactly("0.725", "0.725");
        predictsFromRawNumbers(data.get(), folder);
    }

    @Test
    void admissionsFreezesWhatItDoesToRawNumbers(@TempDir Path folder) throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), AdmissionsTest.applicants(400));
        assertThat(admissionsRaw(data, folder)).as(err.toString()).isZero();
        predictsFromRawNumbers(data, folder);
    }

    private int admissionsRaw(Path data, Path folder) {
        return run(
                "admissions-raw",
                "--data=" + data,
                "--weights=" + folder.resolve("a.safetensors"),
                "--classes=" + folder.resolve("classes"));
    }

    /** The frozen class against the saved weights, by hand: standardised over all records, and one weight a rank. */
    private void predictsFromRawNumbers(Path data, Path folder) throws IOException {
        AdmissionsRawNetwork network = new AdmissionsRawNetwork();
        WeightFile.load(network, folder.resolve("a.safetensors"));
        double[] w = network.parameters();
        double[][] records = Files.readAllLines(data).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        double[] z = new double[5];
        for (int column = 1; column <= 2; column++) {
            int of = column;
            double mean =
                    Arrays.stream(records).mapToDouble(r -> r[of]).average().orElseThrow();
            double squares = Arrays.stream(records)
                    .mapToDouble(r -> (r[of] - mean) * (r[of] - mean))
                    .sum();
            for (int i = 0; i < z.length; i++) {
                z[i] += w[column - 1] * (records[i][column] - mean) / Math.sqrt(squares / (records.length - 1));
            }
        }
        List<String> lines = out.toString()
                .lines()
                .dropWhile(line -> !line.contains("predicted"))
                .skip(1)
                .toList();
        assertThat(lines).hasSize(z.length);
        for (int i = 0; i < z.length; i++) {
            double expected = 1 / (1 + Math.exp(-z[i] - w[1 + (int) records[i][3]]));
            assertThat(Double.parseDouble(lines.get(i).trim().split(" +")[3])).isEqualTo(expected, within(1e-6));
        }
    }
}
