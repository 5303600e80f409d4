package dev.chainrule.spark;

import java.io.IOException;
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
 * Measures on a cluster of this machine, with a core a worker, and writes pages to {@code target}. Each measurement has
 * a driver of its own.
 */
@Tag("benchmark")
class SparkBenchmark {
    @TempDir
    private Path folder;

    @Test
    void scoringAgainstQueriesWithoutModel() throws Exception {
        StringBuilder page = new StringBuilder();
        try (ClusterProcesses cluster = cluster()) {
            String title = "Scoring 2,000,000 cached rows of 10 features, two workers";
            List<String> extended = List.of("spark.sql.extensions=" + ScoringExtension.class.getName());
            section(page, title, measured(cluster, 2, "scoring"));
            section(page, title + ", with the extension", measured(cluster, 2, extended, "scoring"));
        }
        write("spark-scoring.md", page);
    }

    @Test
    void trainingAgainstMllibAndOneJvm() throws Exception {
        StringBuilder page = new StringBuilder();
        try (ClusterProcesses cluster = cluster()) {
            Map<String, Double> mllib = measured(cluster, 2, "mllib");
            String loss = String.valueOf(mllib.get("MLlib, loss"));
            Map<String, Double> two = measured(cluster, 2, "training", loss);
            section(page, "Training a 10-16-2 network on 1,000,000 records: MLlib, two workers", mllib);
            section(page, "Chainrule, two workers", two);
            section(page, "Chainrule, one worker", measured(cluster, 1, "training", loss));
            section(page, "Chainrule, one JVM", measured(cluster, 1, "local", loss));
            page.append(String.format(
                    Locale.ROOT,
                    "%nA gradient pass takes %.2f of MLlib's processor seconds.%n",
                    two.get("Spark, processor seconds a pass") / mllib.get("MLlib, processor seconds a pass")));
        }
        write("spark-training.md", page);
    }

    @Test
    void sizesFromWhichOnClusterIsFaster() throws Exception {
        StringBuilder page = new StringBuilder();
        try (ClusterProcesses cluster = cluster()) {
            Map<String, Double> two = measured(cluster, 2, "steps");
            Map<String, Double> one = measured(cluster, 1, "local steps");
            steps(page, BenchmarkDriver.SMALL, two, one);
            steps(page, BenchmarkDriver.WIDE, two, one);
        }
        write("spark-steps.md", page);
    }

    private ClusterProcesses cluster() throws Exception {
        ClusterProcesses cluster = new ClusterProcesses(Files.createDirectory(folder.resolve("cluster")), List.of());
        cluster.startWorker();
        cluster.startWorker();
        return cluster;
    }

    private static void write(String file, StringBuilder page) throws IOException {
        page.append(String.format(
                Locale.ROOT,
                "%nProcessors: %d, %s; Java %s. Spark 4.2.0, a core a worker.%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("java.version")));
        System.out.println(page);
        Files.writeString(Path.of("target", file), page);
    }

    /**
     * From which size of a batch on a cluster is faster. A step on W workers takes T0 + B / (R W) where one JVM takes
     * B / R, so that the cluster is faster for B > T0 R W / (W - 1): T0 is of the smallest batch, R of the largest, and W
     * is 2.
     */
    private static void steps(
            StringBuilder page, String network, Map<String, Double> cluster, Map<String, Double> local) {
        page.append("\n## A step of ")
                .append(network)
                .append("\n\n| records | two workers, s | one JVM, s |\n|---|---|---|\n");
        List<String> names =
                local.keySet().stream().filter(name -> name.startsWith(network)).toList();
        double[] sizes = names.stream()
                .mapToDouble(name -> Double.parseDouble(name.substring(network.length() + 2)))
                .toArray();
        double[] losses = new double[sizes.length];
        double measured = Double.NaN;
        for (int i = 0; i < sizes.length; i++) {
            double two = cluster.get(names.get(i));
            double one = local.get(names.get(i));
            page.append(String.format(Locale.ROOT, "| %.0f | %.4g | %.4g |%n", sizes[i], two, one));
            losses[i] = two - one;
            if (i > 0 && losses[i] < 0 && losses[i - 1] >= 0) {
                measured = sizes[i - 1] + (sizes[i] - sizes[i - 1]) * losses[i - 1] / (losses[i - 1] - losses[i]);
            }
        }
        int last = sizes.length - 1;
        double overhead = cluster.get(names.get(0)) - local.get(names.get(0)) / 2;
        double rate = sizes[last] / local.get(names.get(last));
        page.append(String.format(
                Locale.ROOT,
                "%nOverhead %.1f ms, one JVM %.4g records a second: "
                        + "two workers should be faster from %.4g records on, and are from %.4g on.%n",
                overhead * 1e3,
                rate,
                2 * overhead * rate,
                measured));
    }

    private static void section(StringBuilder page, String title, Map<String, Double> values) {
        page.append("\n## ").append(title).append("\n\n| | |\n|---|---|\n");
        values.forEach((name, value) -> page.append(String.format(Locale.ROOT, "| %s | %.4g |%n", name, value)));
    }

    private static Map<String, Double> measured(ClusterProcesses cluster, int workers, String... arguments)
            throws Exception {
        return measured(cluster, workers, List.of(), arguments);
    }

    private static Map<String, Double> measured(
            ClusterProcesses cluster, int workers, List<String> settings, String... arguments) throws Exception {
        Map<String, Double> values = new LinkedHashMap<>();
        JavaProcess driver = cluster.submit(BenchmarkDriver.class, workers, settings, arguments);
        for (String line = driver.await("^(.+ = \\S+)$");
                !line.startsWith("done");
                line = driver.await("^(.+ = \\S+)$")) {
            System.out.println(line);
            int equals = line.lastIndexOf(" = ");
            values.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 3)));
        }
        return values;
    }
}
