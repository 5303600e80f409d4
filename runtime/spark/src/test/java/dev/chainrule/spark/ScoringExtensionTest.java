package dev.chainrule.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each query in a session with the extension gives the rows that it gives in one without. */
class ScoringExtensionTest {
    private static final int ROWS = 1300;
    private static final Column SURFACE = Scoring.frozen(
                    SurfaceFrozen::forward, SurfaceFrozen::forward, SurfaceFrozen.OUTPUTS)
            .column(Points.inputs());
    private static final Column PLANE = Scoring.frozen(PlaneFrozen::forward, PlaneFrozen::forward, PlaneFrozen.OUTPUTS)
            .column(Columns.of("f_0", "f_1", "f_2"));

    private static Dataset<Row> plain;
    private static Dataset<Row> extended;

    /** A query on the rows of a session. */
    private interface Query {
        Dataset<Row> of(Dataset<Row> rows);
    }

    @BeforeAll
    static void cacheRows() {
        plain = Points.rows(LocalSession.SESSION, ROWS, 2).cache();
        extended = Points.rows(LocalSession.extended(), ROWS, 2).cache();
    }

    @AfterAll
    static void dropRows() {
        plain.unpersist();
        extended.unpersist();
    }

    @Test
    void columnsOfCachedRowsAreComputedInBatches() {
        inBatches(1, rows -> rows.select(col(Points.NUMBER), SURFACE.as("p")));
        inBatches(1, rows -> rows.withColumn("p", SURFACE.plus(1).multiply(SURFACE)));
        inBatches(2, rows -> rows.select(PLANE.getItem(0), PLANE.getItem(1).minus(SURFACE), col("f_9")));
    }

    @Test
    void aggregatesOfPredictionsReadBatches() {
        inBatches(1, rows -> rows.agg(sum(SURFACE)));
        inBatches(1, rows -> rows.groupBy(col(Points.NUMBER).mod(7)).agg(max(SURFACE)));
        inBatches(1, rows -> rows.groupBy(SURFACE.gt(0.5)).count());
    }

    @Test
    void filesOfColumnsAreReadInBatches(@TempDir Path folder) {
        String file = folder.resolve("points").toString();
        plain.write().parquet(file);

        inBatches(1, rows -> rows.sparkSession().read().parquet(file).select(col(Points.NUMBER), SURFACE.as("p")));
    }

    @Test
    void queriesInSqlReadBatches() {
        inBatches(1, rows -> {
            rows.withColumn("p", SURFACE).createOrReplaceTempView("scored");
            return rows.sparkSession()
                    .sql("select number, count(p), sum(p) from scored group by number having sum(p) < 0.6");
        });
    }

    @Test
    void nullStaysNull() {
        Column input = when(col(Points.NUMBER).mod(5).notEqual(0), col("f_0"));
        for (Dataset<Row> rows : List.of(plain, extended)) {
            Dataset<Row> some = rows.withColumn("f_0", input).cache();
            assertThat(some.select(SURFACE.as("p")).where("p is null").count()).isEqualTo(ROWS / 5);
            some.unpersist();
        }
    }

    @Test
    void whatRowsOrConditionsDecideStaysWhereItIs() {
        inBatches(0, rows -> rows.filter(col(Points.NUMBER).lt(9)).select(SURFACE));
        inBatches(0, rows -> rows.filter(SURFACE.gt(0.5)).select(Points.NUMBER));
        inBatches(0, rows -> rows.select(when(col(Points.NUMBER).lt(10), SURFACE)));
        inBatches(
                0,
                rows -> rows.select(col("f_0").plus(1).as("f_0"), col("f_1"), col("f_2"))
                        .select(PLANE));
    }

    private static void inBatches(int steps, Query query) {
        Dataset<Row> expected = query.of(plain);
        Dataset<Row> actual = query.of(extended);
        assertThat(steps(expected)).isZero();
        assertThat(steps(actual)).isEqualTo(steps);
        assertThat(actual.schema()).isEqualTo(expected.schema());
        assertThat(actual.collectAsList()).containsExactlyInAnyOrderElementsOf(expected.collectAsList());
    }

    private static long steps(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .optimizedPlan()
                .toString()
                .lines()
                .filter(line -> line.contains("Predict"))
                .count();
    }
}
