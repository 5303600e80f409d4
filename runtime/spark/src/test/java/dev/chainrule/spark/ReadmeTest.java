package dev.chainrule.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What this module's page shows is code of these tests, which runs. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

    private final Dataset<Row> rows = LocalSession.SESSION
            .range(0, 100, 1, 2)
            .select(
                    col("id").as("number"),
                    col("id").divide(100).as("x"),
                    col("id").divide(50).as("y"),
                    col("id").divide(25).as("z"),
                    col("id").divide(100).as("u"),
                    col("id").divide(-100).as("v"));

    @Test
    void itsCodeIsHere() throws IOException {
        String here = withoutIndents(
                Files.readString(Path.of("src", "test", "java", "dev", "chainrule", "spark", "ReadmeTest.java")));
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(result -> withoutIndents(result.group(1)))
                .toList();
        assertThat(blocks).hasSize(2).allSatisfy(block -> assertThat(here).contains(block));
    }

    @Test
    void scoring() {
        Scoring plane = Scoring.frozen(PlaneFrozen::forward, PlaneFrozen::forward, PlaneFrozen.OUTPUTS);
        Dataset<Row> scored = rows.withColumn("prediction", plane.column(Columns.of("x", "y", "z")));

        double[] expected = new double[2];
        PlaneFrozen.forward(new double[] {0.5, 1, 2}, expected);
        assertThat(scored.filter("number = 50").first().<Double>getList(6)).containsExactly(expected[0], expected[1]);
    }

    @Test
    void training() {
        PlaneNetwork network = new PlaneNetwork();
        try (SparkRecords records =
                SparkRecords.of(rows, "number", Columns.of("x", "y", "z"), Columns.of("u", "v"), 16)) {
            Trainer.builder()
                    .optimizer(Optimizers.adam(0.01))
                    .batchSize(20_000)
                    .shuffled(42)
                    .epochs(10)
                    .build()
                    .train(network, records.source(PlaneNetwork::new));
        }
        PlaneNetwork expected = new PlaneNetwork();
        Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(20_000)
                .shuffled(42)
                .epochs(10)
                .build()
                .train(expected, SparkRecords.collect(rows, Columns.of("x", "y", "z"), Columns.of("u", "v")));
        assertThat(network.parameters()).isEqualTo(expected.parameters());
    }

    private static String withoutIndents(String text) {
        return text.replaceAll("(?m)^ +", "").trim();
    }
}
