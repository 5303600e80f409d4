package dev.chainrule.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures scoring and training on a cluster of this machine, against queries without a model, MLlib and one JVM, and writes a table to
 * {@code target/spark.md}. Each measurement has a driver of its own.
 */
@Tag("benchmark")
class SparkBenchmark {
    @TempDir
    private Path folder;

    @Test
    void measure() throws Exception {
        StringBuilder page = new StringBuilder("# Spark\n");
        Map<String, Double> mllib;
        Map<String, Double> one;
        Map<String, Double> two;
        Map<String, Double> local;
        Map<String, Double> scoring;
        try (ClusterProcesses cluster =
                new ClusterProcesses(Files.createDirectory(folder.resolve("cluster")), List.of())) {
            cluster.startWorker();
            cluster.startWorker();
            scoring = measured(cluster, 2, "scoring");
            mllib = measured(cluster, 2, "mllib");
            String loss = String.valueOf(mllib.get("MLlib, loss"));
            two = measured(cluster, 2, "training", loss);
            one = measured(cluster, 1, "training", loss);
            local = measured(cluster, 1, "local", loss);
        }
        section(page, "Scoring 2,000,000 cached rows of 10 features two workers", scoring);
        section(page, "Training a 10-16-2 network on 1,000,000 records: MLlib, two workers", mllib);
        section(page, "Chainrule, two workers", two);
        section(page, "Chainrule, one worker", one);
        section(page, "Chainrule, one JVM", local);
        page.append(String.format(
                Locale.ROOT,
                "%nScoring by the smaller network takes %.2f times the sum by the column, %.2f times by batches. A gradient pass takes %.2f of MLlib's processor seconds.%n",
                scoring.get("times the sum, 10-8-1 frozen, column"),
                scoring.get("times the sum, 10-8-1 frozen, batches"),
                two.get("Spark, processor seconds a pass") / mllib.get("MLlib, processor seconds a pass")));
        page.append(String.format(
                Locale.ROOT,
                "%nProcessors: %d, %s; Java %s. Spark 4.2.0, a core a worker.%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("java.version")));
        System.out.println(page);
        Files.writeString(Path.of("target", "spark.md"), page);
    }

    private static void section(StringBuilder page, String title, Map<String, Double> values) {
        page.append("\n## ").append(title).append("\n\n| | |\n|---|---|\n");
        values.forEach((name, value) -> page.append(String.format(Locale.ROOT, "| %s | %.4g |%n", name, value)));
    }

    private static Map<String, Double> measured(ClusterProcesses cluster, int workers, String... arguments)
            throws Exception {
        Map<String, Double> values = new LinkedHashMap<>();
        JavaProcess driver = cluster.submit(BenchmarkDriver.class, workers, List.of(), arguments);
        for (String line = driver.await("^(.+ = \\S+)$");
                !line.startsWith("done");
                line = driver.await("^(.+ = \\S+)$")) {
            int equals = line.lastIndexOf(" = ");
            values.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 3)));
        }
        return values;
    }
}
