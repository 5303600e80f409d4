package dev.chainrule.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.training.Records;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SparkRecordsTest {
    private static final int ROWS = 100;
    private static final Columns TARGETS = Columns.of(Points.TARGET);

    private static Dataset<Row> rows;

    @BeforeAll
    static void makeRows() {
        rows = Points.rows(LocalSession.SESSION, ROWS, 3);
    }

    @Test
    void collectedRecordsAreTheRowsInTheirOrder() {
        Records records = SparkRecords.collect(rows, Points.inputs(), TARGETS);

        Records expected = Points.records(ROWS);
        assertThat(records.inputWidth()).isEqualTo(Points.WIDTH);
        assertThat(records.inputs()).isEqualTo(expected.inputs());
        assertThat(records.targets()).isEqualTo(expected.targets());
    }

    @Test
    void arraysAreRecordsToo() {
        Column[] inputs = Stream.of(Points.names())
                .map(org.apache.spark.sql.functions::col)
                .toArray(Column[]::new);
        Dataset<Row> arrays =
                rows.select(array(inputs).as("x"), array(col(Points.TARGET)).as("t"));

        Records records = SparkRecords.collect(arrays, Columns.array("x"), Columns.array("t"));

        assertThat(records.inputs()).isEqualTo(Points.records(ROWS).inputs());
        assertThat(records.targetWidth()).isEqualTo(1);
    }

    @Test
    void badValuesAreNamedByColumnAndRecord() {
        Dataset<Row> holes = rows.withColumn(
                        "f_3", when(col(Points.NUMBER).equalTo(70), lit(null)).otherwise(col("f_3")))
                .withColumn(
                        Points.TARGET,
                        when(col(Points.NUMBER).geq(80), lit(Double.NaN)).otherwise(col(Points.TARGET)));

        assertRefused(holes, "column \"f_3\" is null in record 70; expected a finite number");
        assertRefused(holes.withColumn("f_3", lit(1)), "column \"side\" is NaN in record 80; expected a finite number");
        assertThatThrownBy(() -> SparkRecords.collect(holes, Points.inputs(), TARGETS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"f_3\" is null in record 70; expected a finite number");
    }

    @Test
    void arraysOfDifferentLengthsAreNamedByRecord() {
        Dataset<Row> arrays = rows.withColumn(
                "x",
                when(col(Points.NUMBER).lt(50), array(col("f_0"), col("f_1")))
                        .when(col(Points.NUMBER).equalTo(90), lit(null))
                        .otherwise(array(col("f_0"))));
        Columns inputs = Columns.array("x");

        assertThatThrownBy(() -> SparkRecords.of(arrays, Points.NUMBER, inputs, TARGETS, 2))
                .hasMessage("column \"x\" has 1 values in record 50; expected 2, as the first row has");
        assertThatThrownBy(() -> SparkRecords.of(
                        arrays.filter("number <> 51 and number >= 51"), Points.NUMBER, inputs, TARGETS, 2))
                .hasMessage("column \"x\" is null in record 90; expected numbers");
        assertThatThrownBy(() -> SparkRecords.of(arrays.filter("number = 90"), Points.NUMBER, inputs, TARGETS, 2))
                .hasMessage("column \"x\" is null in the first row; expected numbers");
        assertThatThrownBy(() -> SparkRecords.collect(arrays.filter("number > 100"), inputs, TARGETS))
                .hasMessage("there are no records; expected at least 1");
    }

    @Test
    void recordNumbersAreCheckedWhole() {
        assertRefused(
                rows.withColumn(Points.NUMBER, col(Points.NUMBER).plus(1)),
                "the 100 records have numbers up to 100 in column \"number\"; expected 0 to 99, each once. "
                        + "RecordNumbers.add makes such");
        assertRefused(
                rows.withColumn(Points.NUMBER, col(Points.NUMBER).minus(1)),
                "record number -1 in column \"number\"; expected them to count from 0");
        assertRefused(
                rows.withColumn(
                        Points.NUMBER,
                        when(col(Points.NUMBER).equalTo(5), lit(null)).otherwise(col(Points.NUMBER))),
                "column \"number\" is null in a row; expected the record's number");
        assertRefused(
                rows.withColumn(
                        Points.NUMBER,
                        when(col(Points.NUMBER).equalTo(5), lit(6)).otherwise(col(Points.NUMBER))),
                "record number 6 occurs twice; expected each once");
        assertRefused(
                rows.withColumn(Points.NUMBER, col(Points.NUMBER).cast("double")),
                "column \"number\" is of type double; expected whole numbers, those of the records");
        assertRefused(
                rows.drop(Points.NUMBER).filter("f_0 > 2"),
                "there is no column \"number\"; the columns are " + String.join(", ", Points.names()) + ", side");
        assertRefused(rows.filter("number > 100"), "there are no records; expected at least 1");
        assertThatThrownBy(() -> SparkRecords.of(rows, Points.NUMBER, Points.inputs(), TARGETS, 0))
                .hasMessage("the number of partitions is 0; expected at least 1");
        assertThat(LocalSession.kept()).isZero();
    }

    @Test
    @Tag("cluster")
    void numbersThatAreMadeAreTheSameForAnyPartitions() {
        Dataset<Row> unnumbered = rows.drop(Points.NUMBER);
        Dataset<Row> numbered = RecordNumbers.add(unnumbered.repartition(2), "n", "f_0", "f_1");

        assertThat(numbered.filter("n < 3").orderBy("n").select("f_0").collectAsList())
                .isEqualTo(unnumbered.orderBy("f_0").select("f_0").takeAsList(3));
        assertThat(numbered.orderBy("n").collectAsList())
                .isEqualTo(RecordNumbers.add(unnumbered.coalesce(1), "n", "f_0", "f_1")
                        .orderBy("n")
                        .collectAsList());
        try (SparkRecords records = SparkRecords.of(numbered, "n", Points.inputs(), TARGETS, 4)) {
            assertThat(records.count()).isEqualTo(ROWS);
        }
    }

    @Test
    void keysThatAreNoneAreErrors() {
        assertThatThrownBy(() -> RecordNumbers.add(rows.filter("number < 3"), "n", Points.TARGET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "several rows have side = 0.0; expected key columns whose values are different in all rows");
        assertThatThrownBy(() -> RecordNumbers.add(rows, "n"))
                .hasMessage("there are no key columns; expected those whose values are different in all rows");
        assertThatThrownBy(() -> RecordNumbers.add(rows, Points.NUMBER, "f_0"))
                .hasMessage("there is a column \"number\" already; expected a new name");
        assertThatThrownBy(() -> RecordNumbers.add(rows.select("f_0"), "n", "f_1"))
                .hasMessage("there is no column \"f_1\"; the columns are f_0");
    }

    private static void assertRefused(Dataset<Row> rows, String message) {
        assertThatThrownBy(() -> SparkRecords.of(rows, Points.NUMBER, Points.inputs(), TARGETS, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
