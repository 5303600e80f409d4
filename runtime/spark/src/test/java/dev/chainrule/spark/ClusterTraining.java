package dev.chainrule.spark;

import dev.chainrule.runtime.training.BatchSource;
import dev.chainrule.runtime.training.FullBatchMethod;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Lbfgs;
import dev.chainrule.runtime.training.LevenbergMarquardt;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The drivers of {@link SparkClusterTest}, and what they train: each result is a file of parameters. */
public final class ClusterTraining {
    static final int RECORDS = 200_000;
    static final int CURVE_RECORDS = 2_000;
    private static final int BATCH = 20_000;
    private static final int PARTITIONS = 8;

    private ClusterTraining() {}

    static Trainer.Builder adam() {
        return Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(BATCH)
                .shuffled(42)
                .epochs(2);
    }

    static Trainer.Builder rprop() {
        return Trainer.builder().optimizer(Optimizers.rprop(0.01)).epochs(2);
    }

    /** Long enough for a process to be killed in the middle. */
    static Trainer.Builder longer() {
        return adam().epochs(4);
    }

    static List<FullBatchMethod> methods() {
        return List.of(LevenbergMarquardt.forNetworks(), new Lbfgs());
    }

    static Trainer.Builder fullBatch(FullBatchMethod method) {
        return Trainer.builder().fullBatch(method).l2(1e-6).epochs(4);
    }

    static SparkTrainingTest_CurvedNetwork curved() {
        SparkTrainingTest_CurvedNetwork network = new SparkTrainingTest_CurvedNetwork();
        Initializers.glorotUniform().initialize(network, 42);
        return network;
    }

    static SurfaceNetwork network() {
        SurfaceNetwork network = new SurfaceNetwork();
        Initializers.glorotUniform().initialize(network, 42);
        return network;
    }

    static Path result(String folder, String name) {
        return Path.of(folder, name + ".safetensors");
    }

    /** Arguments: what to do, the folder of results, and what that needs. */
    public static void main(String[] arguments) throws IOException {
        String folder = arguments[1];
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            switch (arguments[0]) {
                case "train" -> {
                    for (int i = 2; i < arguments.length; i++) {
                        train(session, folder, Integer.parseInt(arguments[i]));
                    }
                }
                case "methods" -> trainByMethods(session, folder, Integer.parseInt(arguments[2]));
                case "longer" -> trainLonger(session, folder, Path.of(arguments[2]));
                case "resume" -> resume(session, folder, Path.of(arguments[2]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            System.out.println("executors: "
                    + (session.sparkContext().getExecutorMemoryStatus().size() - 1));
        }
    }

    private static void train(SparkSession session, String folder, int partitions) throws IOException {
        try (SparkRecords records = records(session, partitions)) {
            BatchSource source = records.source(SurfaceNetwork::new);
            SurfaceNetwork network = network();
            adam().build().train(network, source);
            WeightFile.save(network, result(folder, "adam-" + partitions));
            network = network();
            rprop().build().train(network, source);
            WeightFile.save(network, result(folder, "rprop-" + partitions));
        }
    }

    private static void trainByMethods(SparkSession session, String folder, int partitions) throws IOException {
        try (SparkRecords records = SparkRecords.of(
                Points.rows(session, CURVE_RECORDS, 4),
                Points.NUMBER,
                Points.curveInputs(),
                Points.curveTargets(),
                partitions)) {
            BatchSource source = records.source(SparkTrainingTest_CurvedNetwork::new);
            for (FullBatchMethod method : methods()) {
                SparkTrainingTest_CurvedNetwork network = curved();
                fullBatch(method).build().train(network, source);
                WeightFile.save(network, result(folder, method.getClass().getSimpleName()));
            }
        }
    }

    /** Tells of each epoch; and waits, late, for word that something has happened meanwhile. */
    private static void trainLonger(SparkSession session, String folder, Path checkpoint) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SurfaceNetwork network = network();
        try (SparkRecords records = records(session, PARTITIONS)) {
            longer().checkpoints(checkpoint, 3)
                    .listener(training -> {
                        int epochs = training.history().epochs();
                        System.out.println("epochs: " + epochs);
                        if (epochs == 3) {
                            awaitLine(input);
                        }
                    })
                    .build()
                    .train(network, records.source(SurfaceNetwork::new));
        }
        WeightFile.save(network, result(folder, "longer"));
    }

    private static void resume(SparkSession session, String folder, Path checkpoint) throws IOException {
        SurfaceNetwork network = network();
        try (SparkRecords records = records(session, PARTITIONS)) {
            longer().build()
                    .resume(network, records.source(SurfaceNetwork::new), checkpoint)
                    .run();
        }
        WeightFile.save(network, result(folder, "resumed"));
    }

    private static SparkRecords records(SparkSession session, int partitions) {
        return SparkRecords.of(
                Points.rows(session, RECORDS, 4),
                Points.NUMBER,
                Points.inputs(),
                Columns.of(Points.TARGET),
                partitions);
    }

    private static void awaitLine(BufferedReader input) {
        try {
            input.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
