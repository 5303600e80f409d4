package dev.chainrule.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.training.FullBatchMethod;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster, whose results are those of one JVM to the bit. In the order of the methods: workers join, and one is killed. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SparkClusterTest {
    private static final List<Integer> PARTITIONS = List.of(1, 3, 8, 64);

    @TempDir
    private static Path folder;

    private static ClusterProcesses cluster;
    private static double[] adam;
    private static double[] rprop;
    private static double[] longer;

    @BeforeAll
    static void startMasterAndTrainInThisJvm() throws Exception {
        cluster = new ClusterProcesses(Files.createDirectory(folder.resolve("cluster")), ClusterProcesses.SHORT_LIVED);
        Records records = Points.records(ClusterTraining.RECORDS);
        adam = trained(ClusterTraining.adam(), records);
        rprop = trained(ClusterTraining.rprop(), records);
        longer = trained(ClusterTraining.longer(), records);
    }

    @AfterAll
    static void stopAll() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void oneWorker() throws IOException {
        cluster.startWorker();
        assertSameFor(1, PARTITIONS, List.of());
    }

    @Test
    @Order(2)
    void twoWorkers() throws IOException {
        cluster.startWorker();
        assertSameFor(2, PARTITIONS, List.of());
    }

    /** Sums of J'J and J'r, and of the gradients of a line search, by executors. */
    @Test
    @Order(3)
    void methodsThatSeeAllRecordsAtOnce() throws IOException {
        Path results = Files.createDirectory(folder.resolve("methods"));
        JavaProcess driver = cluster.submit(ClusterTraining.class, 2, List.of(), "methods", results.toString(), "5");
        driver.await("executors: (2)");
        Records curve = Points.curve(ClusterTraining.CURVE_RECORDS);
        for (FullBatchMethod method : ClusterTraining.methods()) {
            SparkTrainingTest_CurvedNetwork expected = ClusterTraining.curved();
            ClusterTraining.fullBatch(method).build().train(expected, curve);
            SparkTrainingTest_CurvedNetwork network = new SparkTrainingTest_CurvedNetwork();
            String name = method.getClass().getSimpleName();
            WeightFile.load(network, ClusterTraining.result(results.toString(), name));
            assertThat(network.parameters()).as(name).isEqualTo(expected.parameters());
            assertThat(network.parameters())
                    .isNotEqualTo(ClusterTraining.curved().parameters());
        }
    }

    @Test
    @Order(4)
    void speculationAndAnotherSerializer() throws IOException {
        assertSameFor(
                2,
                List.of(8),
                List.of(
                        "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                        "spark.speculation=true",
                        "spark.speculation.multiplier=1",
                        "spark.speculation.quantile=0.1",
                        "spark.speculation.minTaskRuntime=1ms"));
    }

    @Test
    @Order(5)
    void driverKilledAndResumed() throws IOException {
        Path results = Files.createDirectory(folder.resolve("driver"));
        Path checkpoint = results.resolve("checkpoint");
        JavaProcess driver = cluster.submit(
                ClusterTraining.class, 2, List.of(), "longer", results.toString(), checkpoint.toString());
        driver.await("epochs: (2)");
        driver.close();
        assertThat(ClusterTraining.result(results.toString(), "longer")).doesNotExist();

        JavaProcess other = cluster.submit(
                ClusterTraining.class, 2, List.of(), "resume", results.toString(), checkpoint.toString());
        other.await("executors: (2)");
        assertThat(parameters(results, "resumed")).isEqualTo(longer);
    }

    @Test
    @Order(6)
    void workerKilled() throws IOException {
        Path results = Files.createDirectory(folder.resolve("worker"));
        JavaProcess third = cluster.startWorker();
        JavaProcess driver = cluster.submit(
                ClusterTraining.class,
                3,
                List.of(),
                "longer",
                results.toString(),
                results.resolve("checkpoint").toString());
        driver.await("epochs: (2)");
        third.close();
        driver.say("a worker was killed");
        driver.await("executors: (2)");
        assertThat(parameters(results, "longer")).isEqualTo(longer);
    }

    private static void assertSameFor(int workers, List<Integer> partitions, List<String> settings) throws IOException {
        Path results = Files.createTempDirectory(folder, "results");
        String[] arguments = Stream.concat(
                        Stream.of("train", results.toString()),
                        partitions.stream().map(String::valueOf))
                .toArray(String[]::new);
        JavaProcess driver = cluster.submit(ClusterTraining.class, workers, settings, arguments);
        driver.await("executors: (" + workers + ")");
        for (int count : partitions) {
            assertThat(parameters(results, "adam-" + count)).isEqualTo(adam);
            assertThat(parameters(results, "rprop-" + count)).isEqualTo(rprop);
        }
    }

    private static double[] trained(Trainer.Builder trainer, Records records) {
        SurfaceNetwork network = ClusterTraining.network();
        trainer.build().train(network, records);
        return network.parameters();
    }

    private static double[] parameters(Path folder, String name) throws IOException {
        SurfaceNetwork network = new SurfaceNetwork();
        WeightFile.load(network, ClusterTraining.result(folder.toString(), name));
        return network.parameters();
    }
}
