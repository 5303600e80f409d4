package dev.chainrule.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {
    /** More than two batches of rows in a partition, and not a whole number of them. */
    private static final int ROWS = 1300;

    private static final Scoring SURFACE =
            Scoring.frozen(SurfaceFrozen::forward, SurfaceFrozen::forward, SurfaceFrozen.OUTPUTS);
    private static final Columns COORDINATES = Columns.of("f_0", "f_1", "f_2");

    private static Dataset<Row> rows;

    @BeforeAll
    static void cacheRows() {
        rows = Points.rows(LocalSession.SESSION, ROWS, 2).cache();
    }

    @Test
    void columnOfFrozenClassIsWhatItGives() {
        Dataset<Row> scored =
                rows.select(col(Points.NUMBER), SURFACE.column(Points.inputs()).as("p"));

        assertThat(doubles(scored)).isEqualTo(expected());
    }

    @Test
    void columnOfNetworkIsWhatItGives() {
        double[] parameters = new SurfaceNetwork().parameters();
        Arrays.setAll(parameters, i -> Math.sin(i));
        SurfaceNetwork network = new SurfaceNetwork(parameters);
        Scoring scoring = Scoring.network(SurfaceNetwork::new, parameters);
        double[] output = new double[1];

        List<Double> expected = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            network.forward(Points.input(number), output);
            expected.add(output[0]);
        }
        assertThat(doubles(rows.select(
                        col(Points.NUMBER), scoring.column(Points.inputs()).as("p"))))
                .isEqualTo(expected);
        assertThat(doubles(scoring.batches(rows, Points.inputs(), Points.NUMBER)))
                .isEqualTo(expected);
    }

    @Test
    void batchesOfFrozenClassAreWhatItGives() {
        assertThat(doubles(SURFACE.batches(rows, Points.inputs(), Points.NUMBER)))
                .isEqualTo(expected());
        assertThat(SURFACE.batches(rows.filter("number = 7"), Points.inputs()).collectAsList())
                .isEqualTo(List.of(RowFactory.create(expected().get(7))));
    }

    @Test
    void batchesCanGoRecordByRecord() {
        assertThat(doubles(Scoring.frozen(SurfaceFrozen::forward, SurfaceFrozen.OUTPUTS)
                        .batches(rows, Points.inputs(), Points.NUMBER)))
                .isEqualTo(expected());
    }

    @Test
    void severalOutputsAreAnArray() {
        Scoring plane = Scoring.frozen(PlaneFrozen::forward, PlaneFrozen::forward, PlaneFrozen.OUTPUTS);
        double[] output = new double[2];
        List<List<Double>> expected = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            PlaneFrozen.forward(Arrays.copyOf(Points.input(number), 3), output);
            expected.add(List.of(output[0], output[1]));
        }

        Dataset<Row> scored =
                rows.select(col(Points.NUMBER), plane.column(COORDINATES).as("p"));
        assertThat(arrays(scored)).isEqualTo(expected);
        assertThat(arrays(plane.batches(rows, COORDINATES, Points.NUMBER))).isEqualTo(expected);
        Scoring network = Scoring.network(PlaneNetwork::new, new double[26]);
        assertThat(arrays(network.batches(rows, COORDINATES, Points.NUMBER))).containsOnly(List.of(0.0, 0.0));
    }

    @Test
    void inputsCanBeOneArrayAndOfAnyNumericType() {
        Column numbers =
                array(col(Points.NUMBER).cast("float"), col(Points.NUMBER).cast("float"), lit(0.5f));
        Dataset<Row> arrays = rows.select(col(Points.NUMBER), numbers.as("a"));
        Dataset<Row> columns = rows.select(
                col(Points.NUMBER),
                col(Points.NUMBER).cast("int").as("i"),
                col(Points.NUMBER).as("l"),
                lit(0.5f).as("f"));
        Scoring plane = Scoring.frozen(PlaneFrozen::forward, PlaneFrozen.OUTPUTS);
        Columns array = Columns.array("a");

        List<List<Double>> expected = new ArrayList<>();
        double[] output = new double[2];
        for (int number = 0; number < ROWS; number++) {
            PlaneFrozen.forward(new double[] {number, number, 0.5}, output);
            expected.add(List.of(output[0], output[1]));
        }
        assertThat(arrays(arrays.select(col(Points.NUMBER), plane.column(array).as("p"))))
                .isEqualTo(expected);
        assertThat(arrays(columns.select(
                        col(Points.NUMBER),
                        plane.column(Columns.of("i", "l", "f")).as("p"))))
                .isEqualTo(expected);
        assertThat(arrays(plane.batches(arrays, array, Points.NUMBER))).isEqualTo(expected);
    }

    @Test
    void nullGivesNullAndNanGoesThrough() {
        Column hole = when(col(Points.NUMBER).equalTo(3), lit(null).cast("double"))
                .when(col(Points.NUMBER).equalTo(4), lit(Double.NaN))
                .otherwise(col("f_5"));
        Dataset<Row> holes = rows.withColumn("f_5", hole);
        List<Double> expected = expected();
        expected.set(3, null);
        expected.set(4, Double.NaN);

        assertThat(doubles(holes.select(
                        col(Points.NUMBER), SURFACE.column(Points.inputs()).as("p"))))
                .isEqualTo(expected);
        assertThat(doubles(SURFACE.batches(holes, Points.inputs(), Points.NUMBER)))
                .isEqualTo(expected);
        Dataset<Row> allNull = holes.filter("number = 3");
        assertThat(doubles(SURFACE.batches(allNull, Points.inputs(), Points.NUMBER)))
                .containsExactly((Double) null);
    }

    @Test
    void batchesOfColumnsAreReadAsTheyAreStored(@TempDir Path folder) {
        Column three = col(Points.NUMBER).equalTo(3);
        Dataset<Row> holes = rows.withColumn("f_5", when(three, lit(null)).otherwise(col("f_5")))
                .withColumn(
                        "f_6", when(col(Points.NUMBER).equalTo(900), lit(null)).otherwise(col("f_6")));
        Dataset<Row> cached = holes.cache();
        Column array = array(Stream.of(Points.names()).map(name -> col(name)).toArray(Column[]::new));
        String file = folder.resolve("arrays").toString();
        rows.select(col(Points.NUMBER), when(three, lit(null)).otherwise(array).as("a"))
                .write()
                .parquet(file);
        Dataset<Row> stored = LocalSession.SESSION.read().parquet(file);
        List<Double> expected = expected();
        expected.set(3, null);
        List<Double> expectedOfArrays = List.copyOf(expected.subList(4, ROWS));
        expected.set(900, null);

        Dataset<Row> scored = SURFACE.batches(cached, Points.inputs(), Points.NUMBER);
        assertThat(plan(scored)).contains("ColumnarToRow\n+- Predict");
        assertThat(doubles(scored)).isEqualTo(expected);
        Dataset<Row> ofArrays = SURFACE.batches(stored, Columns.array("a"), Points.NUMBER);
        assertThat(plan(ofArrays)).contains("ColumnarToRow\n+- Predict");
        List<Double> actual = doubles(ofArrays);
        assertThat(actual.get(3)).isNull();
        assertThat(actual.subList(4, ROWS)).isEqualTo(expectedOfArrays);
        Scoring plane = Scoring.frozen(PlaneFrozen::forward, PlaneFrozen.OUTPUTS);
        Dataset<Row> byRows = plane.batches(rows.filter("number >= 0"), COORDINATES, Points.NUMBER);
        assertThat(plan(byRows)).doesNotContain("ColumnarToRow\n+- Predict");
        assertThat(arrays(plane.batches(rows, COORDINATES, Points.NUMBER))).isEqualTo(arrays(byRows));
    }

    @Test
    @Tag("cluster")
    void nothingIsComputedFromNull() {
        Scoring picky = Scoring.frozen(
                (input, output) -> {
                    if (input[0] == 0) {
                        throw new IllegalArgumentException("input 0 is 0");
                    }
                    output[0] = input[0];
                },
                1);
        Dataset<Row> holes = LocalSession.SESSION
                .range(0, ROWS, 1, 2)
                .select(
                        col("id"),
                        when(col("id").mod(3).gt(0), col("id").cast("double")).as("x"));
        List<Double> expected = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            expected.add(number % 3 > 0 ? (double) number : null);
        }

        for (Dataset<Row> frame : List.of(holes, holes.cache())) {
            assertThat(picky.batches(frame, Columns.of("x"), "id").orderBy("id").collectAsList().stream()
                            .<Double>map(row -> row.getAs(1)))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void anyColumnsCanBeKept() {
        Dataset<Row> named = rows.withColumn("name", concat(lit("n"), col(Points.NUMBER)));
        Dataset<Row> scored = SURFACE.batches(named, Points.inputs(), Points.NUMBER, "f_3", "name");

        assertThat(scored.columns()).containsExactly(Points.NUMBER, "f_3", "name", "prediction");
        assertThat(scored.filter("number = 1000").collectAsList())
                .isEqualTo(List.of(RowFactory.create(
                        1000L, Points.input(1000)[3], "n1000", expected().get(1000))));
    }

    @Test
    @Tag("cluster")
    void queriesCanGoOnFromBatches() {
        Dataset<Row> scored = SURFACE.batches(rows, Points.inputs(), Points.NUMBER);
        List<Double> twice = expected().stream().map(value -> value + value).toList();

        assertThat(doubles(scored.as("a")
                        .join(scored.as("b"), col("a.number").equalTo(col("b.number")))
                        .select(
                                col("a.number").as(Points.NUMBER),
                                col("a.prediction").plus(col("b.prediction")))))
                .isEqualTo(twice);
        assertThat(scored.union(scored).count()).isEqualTo(2 * ROWS);
        assertThat(scored.filter("number < 0").collectAsList()).isEmpty();
        assertThat(SURFACE.batches(rows.filter("number < 0"), Points.inputs()).collectAsList())
                .isEmpty();
        Dataset<Row> again = SURFACE.batches(
                rows.join(scored, Points.NUMBER).withColumn("f_0", col(Scoring.PREDICTION)), Points.inputs());
        double[] input = Points.input(5);
        input[0] = expected().get(5);
        double[] output = new double[1];
        SurfaceFrozen.forward(input, output);
        assertThat(again.collectAsList()).contains(RowFactory.create(output[0])).hasSize(ROWS);
    }

    @Test
    void arraysOfDifferentLengthsAreAnError() {
        Dataset<Row> arrays = rows.select(when(col(Points.NUMBER).equalTo(400), array(lit(1.0)))
                .otherwise(array(lit(1.0), lit(2.0)))
                .as("a"));
        Scoring any = Scoring.frozen((input, output) -> output[0] = input[0], 1);

        assertThatThrownBy(() -> any.batches(arrays, Columns.array("a")).collect())
                .hasStackTraceContaining("input has 1 values; expected 2, as in the row before");
    }

    @Test
    @Tag("cluster")
    void thereCanBeManyInputs() {
        String[] names = IntStream.range(0, 300).mapToObj(i -> "g_" + i).toArray(String[]::new);
        Column[] columns = IntStream.range(0, 300)
                .mapToObj(i -> col(Points.NUMBER).plus(i).as(names[i]))
                .toArray(Column[]::new);
        Dataset<Row> many = rows.select(columns).withColumn(Points.NUMBER, col("g_0"));
        Scoring last = Scoring.frozen((input, output) -> output[0] = input[0] - input[299], 1);

        assertThat(doubles(many.select(
                        col(Points.NUMBER), last.column(Columns.of(names)).as("p"))))
                .hasSize(ROWS)
                .containsOnly(-299.0);
        assertThat(doubles(last.batches(many, Columns.of(names), Points.NUMBER)))
                .containsOnly(-299.0);
    }

    @Test
    void namesCanHaveDots() {
        Dataset<Row> dots = rows.withColumnRenamed("f_0", "f.`0");
        String[] names = Points.names();
        names[0] = "f.`0";

        assertThat(doubles(SURFACE.batches(dots, Columns.of(names), Points.NUMBER)))
                .isEqualTo(expected());
    }

    @Test
    void wrongNumberOfInputsIsAnError() {
        Scoring network = Scoring.network(PlaneNetwork::new, new double[26]);
        Columns two = Columns.of("f_0", "f_1");

        assertThatThrownBy(() -> rows.select(SURFACE.column(two)).collect())
                .hasStackTraceContaining("input has 2 values; expected 10");
        assertThatThrownBy(() -> SURFACE.batches(rows, two).collect())
                .hasStackTraceContaining("input has 2 values; expected 10");
        assertThatThrownBy(() -> network.batches(rows, two).collect())
                .hasStackTraceContaining("input has 2 values; expected 3");
    }

    @Test
    void wrongColumnsAreErrorsBeforeAnythingRuns() {
        Dataset<Row> text = rows.withColumn("text", lit("a")).select("f_0", "text");
        assertThatThrownBy(() -> SURFACE.batches(text, Columns.of("f_0", "f_1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no column \"f_1\"; the columns are f_0, text");
        assertThatThrownBy(() -> SURFACE.batches(text, Columns.of("f_0", "text")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"text\" is of type string; expected a number");
        assertThatThrownBy(() -> SURFACE.batches(text, Columns.array("f_0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"f_0\" is of type double; expected an array of numbers");
        assertThatThrownBy(() -> Columns.of("a", "b", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the columns are [a, b, a]; expected at least one, and none of them twice");
        assertThatThrownBy(() -> Columns.of()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scoring.frozen(SurfaceFrozen::forward, SurfaceFrozen::forward, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of outputs is 0; expected at least 1");
        assertThatThrownBy(() -> Scoring.network(PlaneNetwork::new, new double[25]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Double> expected() {
        List<Double> expected = new ArrayList<>();
        double[] output = new double[1];
        for (int number = 0; number < ROWS; number++) {
            SurfaceFrozen.forward(Points.input(number), output);
            expected.add(output[0]);
        }
        return expected;
    }

    /** How Spark runs a query, without the names of columns. */
    private static String plan(Dataset<Row> rows) {
        rows.collectAsList(); // until then Spark may change it
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .executedPlan()
                .toString()
                .replaceAll(" \\*\\(\\d+\\)| \\[.*|\\*\\(\\d+\\) ", "")
                .replaceAll("(?m)^[ :]+", "");
    }

    /** The second column, by the first. */
    private static List<Double> doubles(Dataset<Row> rows) {
        return rows.orderBy(Points.NUMBER).collectAsList().stream()
                .map(row -> row.isNullAt(1) ? null : row.getDouble(1))
                .collect(ArrayList::new, List::add, List::addAll);
    }

    private static List<List<Double>> arrays(Dataset<Row> rows) {
        return rows.orderBy(Points.NUMBER).collectAsList().stream()
                .map(row -> row.<Double>getList(1))
                .toList();
    }
}
