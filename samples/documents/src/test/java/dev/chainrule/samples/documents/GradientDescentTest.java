package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.training.Records;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of "Gradient descent", by closed forms. */
class GradientDescentTest extends ProgramTest {
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
    void slopeIsThatOfAParabola(@TempDir Path folder) throws IOException {
        Path chart = folder.resolve("chart.png");
        assertThat(run("slope", "--chart=" + chart)).as(err.toString()).isZero();
        assertThat(rows(5))
                .containsExactly(
                        List.of("-0.5", "3.25", "-3", "0.3", "to the right"),
                        List.of("1", "1", "0", "0", "none: this is the minimum"),
                        List.of("2", "2", "2", "-0.2", "to the left"));
        assertChart(chart, Charts.BLUE, Charts.GREEN, Charts.ORANGE, Color.GRAY);
    }

    @Test
    void slopeTakesOtherPlacesAndAnotherRate(@TempDir Path folder) {
        assertThat(run("slope", "--at=11", "--rate=0.5", "--chart=" + folder.resolve("chart.png")))
                .isZero();
        assertThat(rows(5)).containsExactly(List.of("11", "101", "20", "-10", "to the left"));
    }

    /** At {@code z = ln 3} the logistic function is 3/4 with the slope 3/16, and tanh 4/5 with the slope 9/25. */
    @Test
    void activationsAreThoseOfClosedForms(@TempDir Path folder) throws IOException {
        Path chart = folder.resolve("chart.png");
        double ln3 = Math.log(3);
        assertThat(run("activations", "--at=0," + ln3 + "," + -ln3, "--chart=" + chart))
                .as(err.toString())
                .isZero();
        List<double[]> rows = rows(5).stream()
                .map(row -> row.stream().mapToDouble(Double::parseDouble).toArray())
                .toList();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).containsExactly(new double[] {0, 0.5, 0.25, 0, 1}, within(2e-15));
        assertThat(rows.get(1)).containsExactly(new double[] {1.09861, 0.75, 3 / 16.0, 0.8, 0.36}, within(2e-15));
        assertThat(rows.get(2)).containsExactly(new double[] {-1.09861, 0.25, 3 / 16.0, -0.8, 0.36}, within(2e-15));
        assertChart(chart, Charts.BLUE, Charts.ORANGE);
    }

    /** With the second derivatives H of the error, a step multiplies the way to the line of least squares by 1 - rate H. */
    @Test
    void batchDescentFollowsTheSecondDerivatives() {
        Records records = Line.records(5);
        double[] xs = records.inputs();
        double[] ys = records.targets();
        double[][] h = {{mean(i -> xs[i] * xs[i]), mean(i -> xs[i])}, {mean(i -> xs[i]), 1}};
        double[] right = {mean(i -> xs[i] * ys[i]), mean(i -> ys[i])};
        double determinant = h[0][0] - h[0][1] * h[1][0];
        double w = (right[0] - h[0][1] * right[1]) / determinant;
        double b = (h[0][0] * right[1] - h[1][0] * right[0]) / determinant;
        LineError error = LineError.of(records);
        assertThat(new double[] {error.w(), error.b()}).containsExactly(new double[] {w, b}, within(1e-12));

        double[] way = {-1 - w, 2 - b};
        BatchPath path = BatchPath.of("batch", new double[] {-1, 2}, records, Line.RECORDS, 0.3, 40, 5);
        for (int step = 0; step <= 40; step++) {
            assertThat(path.afterEpoch(step))
                    .as("after step %d", step)
                    .containsExactly(new double[] {w + way[0], b + way[1]}, within(1e-12));
            way = new double[] {
                way[0] - 0.3 * (h[0][0] * way[0] + h[0][1] * way[1]),
                way[1] - 0.3 * (h[1][0] * way[0] + h[1][1] * way[1])
            };
        }
    }

    private static double mean(IntToDoubleFunction term) {
        return IntStream.range(0, Line.RECORDS).mapToDouble(term).average().orElseThrow();
    }

    /** A step against the gradient of one record at a time, of each once an epoch. */
    @Test
    void oneRecordDescentTakesEveryRecordOnce() {
        Records records = Line.records(5);
        BatchPath path = BatchPath.of("one record", new double[] {-1, 2}, records, 1, 0.1, 3, 5);
        assertThat(path.stepsPerEpoch()).isEqualTo(Line.RECORDS);
        for (int epoch = 0; epoch < 3; epoch++) {
            Set<Integer> taken = new HashSet<>();
            for (int step = epoch * Line.RECORDS; step < (epoch + 1) * Line.RECORDS; step++) {
                double w = path.ws()[step];
                double b = path.bs()[step];
                double[] after = {path.ws()[step + 1], path.bs()[step + 1]};
                for (int i = 0; i < Line.RECORDS; i++) {
                    double x = records.inputs()[i];
                    double difference = w * x + b - records.targets()[i];
                    if (Math.abs(w - 0.1 * difference * x - after[0]) < 1e-12
                            && Math.abs(b - 0.1 * difference - after[1]) < 1e-12) {
                        taken.add(i);
                    }
                }
            }
            assertThat(taken).as("epoch %d", epoch).hasSize(Line.RECORDS);
        }
    }

    @Test
    void lineErrorIsTheMeanOverTheRecords() {
        Records records = Line.records(7);
        LineError error = LineError.of(records);
        double[][] contour = error.contour(0.8);
        for (int point = 0; point < contour[0].length; point++) {
            double w = contour[0][point];
            double b = contour[1][point];
            double mean = mean(i -> Math.pow(w * records.inputs()[i] + b - records.targets()[i], 2) / 2);
            assertThat(error.of(w, b)).isEqualTo(mean, within(1e-12));
            assertThat(mean - error.least()).isEqualTo(0.8, within(1e-12));
        }
    }

    @Test
    void batchesOfAllRecordsAreOneWay(@TempDir Path folder) throws IOException {
        Path chart = folder.resolve("chart.png");
        String[] all = {"batches", "--batch=32", "--rate=0.5", "--epochs=300", "--seed=3", "--chart=" + chart};
        assertThat(run(all)).as(err.toString()).isZero();
        List<List<String>> rows = rows(4);
        assertThat(rows).hasSize(21);
        assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).isEqualTo(row.get(2)));
        LineError error = LineError.of(Line.records(3));
        assertThat(rows.get(20)).startsWith("300", Program.text("%.8f", error.least()));
        assertThat(row("steps an epoch")).containsExactly("1", "1", "32");
        assertChart(chart, Charts.BLUE, Charts.ORANGE);
    }

    /** The words of every line that begins with a number; what is behind so many words counts as the last. */
    private List<List<String>> rows(int words) {
        return out.toString()
                .lines()
                .filter(line -> line.matches(" *-?\\d.*"))
                .map(line -> List.of(line.trim().split(" +", words)))
                .toList();
    }
}
