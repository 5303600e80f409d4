package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.BatchSource;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.RecordStore;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.training.Training;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The measurements of {@link SparkBenchmark}: prints a line {@code name = value} for each. */
public final class BenchmarkDriver {
    private static final int SCORED = 2_000_000;
    private static final int TRAINED = 1_000_000;
    private static final int FEW = 1_000;
    private static final int BATCH = 20_000;
    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 15;
    private static final int PASSES = 20;
    private static final String OTHER = "other side";
    static final String SMALL = "10-16-2";
    static final String WIDE = "10-128-128-2";

    /** Around those from which on a cluster should be faster. */
    private static final int[] SIZES = {FEW, 250_000, 500_000, 1_000_000, 2_000_000};

    private static final int[] SIZES_WIDE = {FEW, 4_000, 8_000, 16_000, 32_000};
    private static final int[] LAYERS = {Points.WIDTH, 16, 2};

    private final SparkSession session;
    private final TaskTimes tasks = new TaskTimes();

    private BenchmarkDriver(SparkSession session) {
        this.session = session;
        session.sparkContext().addSparkListener(tasks);
    }

    /** Arguments: scoring, training, mllib, local, or a cluster's or one JVM's steps. */
    public static void main(String[] arguments) throws Exception {
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            BenchmarkDriver driver = new BenchmarkDriver(session);
            switch (arguments[0]) {
                case "scoring" -> driver.scoring();
                case "training" -> driver.training(Double.parseDouble(arguments[1]));
                case "mllib" -> driver.mllib();
                case "local" -> driver.local(Double.parseDouble(arguments[1]));
                case "steps" -> driver.steps(true);
                case "local steps" -> driver.steps(false);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            System.out.println("done = 1");
        }
    }

    private static void print(String name, double value) {
        System.out.println(String.format(Locale.ROOT, "%s = %.6g", name, value)); // at once: others write there, too
    }

    /** Seconds of each query, and how many times those of the sum of the features: medians over rounds, all queries in each. */
    private void scoring() {
        Dataset<Row> rows = Points.rows(session, SCORED, PARTITIONS)
                .drop(Points.NUMBER, Points.TARGET)
                .cache();
        rows.count();
        Columns inputs = Points.inputs();
        Column sum = Stream.of(Points.names())
                .map(functions::col)
                .reduce(Column::plus)
                .orElseThrow();
        Scoring frozen = Scoring.frozen(SurfaceFrozen::forward, SurfaceFrozen::forward, SurfaceFrozen.OUTPUTS);
        Scoring network =
                Scoring.network(SurfaceNetwork::new, ClusterTraining.network().parameters());
        Scoring small =
                Scoring.frozen(SmallSurfaceFrozen::forward, SmallSurfaceFrozen::forward, SmallSurfaceFrozen.OUTPUTS);
        Map<String, Supplier<Dataset<Row>>> queries = new LinkedHashMap<>();
        queries.put("sum of the features", () -> rows.agg(functions.sum(sum)));
        queries.put("10-8-1 frozen, column", () -> rows.agg(functions.sum(small.column(inputs))));
        queries.put("10-8-1 frozen, batches", () -> small.batches(rows, inputs).agg(functions.sum(Scoring.PREDICTION)));
        queries.put("10-16-1 frozen, column", () -> rows.agg(functions.sum(frozen.column(inputs))));
        queries.put(
                "10-16-1 frozen, batches", () -> frozen.batches(rows, inputs).agg(functions.sum(Scoring.PREDICTION)));
        queries.put("10-16-1 live, column", () -> rows.agg(functions.sum(network.column(inputs))));
        queries.put(
                "10-16-1 live, batches", () -> network.batches(rows, inputs).agg(functions.sum(Scoring.PREDICTION)));
        List<String> names = List.copyOf(queries.keySet());
        double[][] seconds = queriesByRounds(List.copyOf(queries.values()));
        for (int query = 0; query < names.size(); query++) {
            double[] ratios = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                ratios[round] = seconds[query][round] / seconds[0][round];
            }
            print("seconds, " + names.get(query), median(seconds[query]));
            print("times the sum, " + names.get(query), median(ratios));
        }
    }

    private static double[][] queriesByRounds(List<Supplier<Dataset<Row>>> queries) {
        double[][] seconds = new double[queries.size()][ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) { // as many before, for the compilers
            for (int query = 0; query < seconds.length; query++) {
                long start = System.nanoTime();
                queries.get(query).get().collectAsList();
                if (round >= 0) {
                    seconds[query][round] = (System.nanoTime() - start) * 1e-9;
                }
            }
        }
        return seconds;
    }

    /**
     * MLlib's perceptron, by its default solver l-bfgs, which takes at least one pass over all records an iteration, and each pass is a
     * job.
     */
    private void mllib() throws Exception {
        String[] names = Points.names();
        Dataset<Row> rows = new VectorAssembler()
                .setInputCols(names)
                .setOutputCol("features")
                .transform(rows(TRAINED))
                .withColumnRenamed(Points.TARGET, "label")
                .select("features", "label")
                .cache();
        rows.count();
        MultilayerPerceptronClassifier classifier = new MultilayerPerceptronClassifier()
                .setLayers(LAYERS)
                .setMaxIter(PASSES)
                .setSeed(42);
        classifier.fit(rows); // for the compilers
        tasks.seconds(session.sparkContext());
        tasks.jobs();
        long start = System.nanoTime();
        MultilayerPerceptronClassificationModel model = classifier.fit(rows);
        print("MLlib, seconds", (System.nanoTime() - start) * 1e-9);
        double seconds = tasks.seconds(session.sparkContext());
        int passes = tasks.jobs();
        print("MLlib, passes", passes);
        print("MLlib, processor seconds a pass", seconds / passes);
        double[] losses = model.summary().objectiveHistory();
        print("MLlib, loss", losses[losses.length - 1]);
    }

    /** This project's, on the same cluster. */
    private void training(double loss) throws Exception {
        Dataset<Row> few = rows(FEW);
        try (SparkRecords records = records(few)) {
            steps(records.source(SidesNetwork::new), 2 * PASSES); // for the compilers
            print("Spark, seconds a step of " + FEW + " records", steps(records.source(SidesNetwork::new), PASSES));
        }
        Dataset<Row> rows = rows(TRAINED).cache();
        rows.count();
        try (SparkRecords records = records(rows)) {
            BatchSource source = records.source(SidesNetwork::new);
            steps(source, PASSES);
            tasks.seconds(session.sparkContext());
            print("Spark, seconds a pass", steps(source, PASSES));
            print("Spark, processor seconds a pass", tasks.seconds(session.sparkContext()) / PASSES);
            History history = adam().epochs(4).build().train(sides(), source);
            print("Spark, seconds an epoch of batches", (history.nanoseconds(3) - history.nanoseconds(0)) / 3e9);
            print("Spark, seconds to the loss", toLoss(adam(), loss, source, null));
        }
    }

    /** This project's, on threads of one JVM. */
    private void local(double loss) {
        Records records = SparkRecords.collect(rows(TRAINED), Points.inputs(), Columns.of(OTHER, Points.TARGET));
        for (int threads = 1; threads <= 2; threads++) {
            Trainer.Builder passes = rprop().epochs(PASSES).threads(threads, SidesNetwork::new);
            passes.build().train(sides(), records);
            History history = passes.build().train(sides(), records);
            String name = "one JVM, " + threads + " threads, seconds ";
            print(name + "a pass", history.nanoseconds(PASSES - 1) / 1e9 / PASSES);
            Trainer.Builder batches = adam().threads(threads, SidesNetwork::new);
            history = batches.epochs(4).build().train(sides(), records);
            print(name + "an epoch of batches", (history.nanoseconds(3) - history.nanoseconds(0)) / 3e9);
            print(name + "to the loss", toLoss(batches, loss, null, records));
        }
    }

    /** Seconds a step on all of so many records, by networks of two sizes; on the cluster, or by one thread of this JVM. */
    private void steps(boolean onCluster) {
        for (int size : SIZES) {
            steps(onCluster, SMALL, SidesNetwork::new, sides(), size);
        }
        for (int size : SIZES_WIDE) {
            steps(onCluster, WIDE, WideSidesNetwork::new, initialized(new WideSidesNetwork()), size);
        }
    }

    private void steps(boolean onCluster, String name, NetworkFactory factory, TrainableNetwork network, int size) {
        Trainer.Builder trainer = rprop().epochs(PASSES); // the first half for the compilers
        History history;
        if (onCluster) {
            try (SparkRecords records = records(rows(size))) {
                history = trainer.build().train(network, records.source(factory));
            }
        } else {
            history = trainer.build()
                    .train(
                            network,
                            SparkRecords.collect(rows(size), Points.inputs(), Columns.of(OTHER, Points.TARGET)));
        }
        double[] seconds = new double[PASSES / 2];
        for (int i = 0; i < seconds.length; i++) {
            int epoch = PASSES - seconds.length + i;
            seconds[i] = (history.nanoseconds(epoch) - history.nanoseconds(epoch - 1)) * 1e-9;
        }
        print(name + ", " + size, median(seconds));
    }

    /** Seconds for each of some steps on all records. */
    private static double steps(BatchSource source, int count) {
        History history = rprop().epochs(count).build().train(sides(), source);
        return history.nanoseconds(count - 1) / 1e9 / count;
    }

    /** Seconds until an epoch's mean loss, which counts each record before its step, is no greater than a loss. */
    private static double toLoss(Trainer.Builder trainer, double loss, BatchSource source, RecordStore records) {
        Trainer until = trainer.epochs(200)
                .listener(training -> {
                    if (training.history().loss(training.history().epochs() - 1) <= loss) {
                        training.stop();
                    }
                })
                .build();
        Training training = source == null ? until.on(sides(), records) : until.on(sides(), source);
        History history = training.run();
        if (training.end() != Training.End.STOPPED) {
            throw new IllegalStateException("the loss is " + history.loss(history.epochs() - 1) + " after all epochs");
        }
        return history.nanoseconds(history.epochs() - 1) / 1e9;
    }

    private static Trainer.Builder rprop() {
        return Trainer.builder().optimizer(Optimizers.rprop(0.001));
    }

    private static Trainer.Builder adam() {
        return Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(BATCH)
                .shuffled(42);
    }

    /** The points, with a target for either side. */
    private Dataset<Row> rows(int count) {
        return Points.rows(session, count, PARTITIONS)
                .withColumn(OTHER, functions.lit(1).minus(functions.col(Points.TARGET)));
    }

    private static SparkRecords records(Dataset<Row> rows) {
        return SparkRecords.of(rows, Points.NUMBER, Points.inputs(), Columns.of(OTHER, Points.TARGET), PARTITIONS);
    }

    private static TrainableNetwork sides() {
        return initialized(new SidesNetwork());
    }

    private static TrainableNetwork initialized(TrainableNetwork network) {
        Initializers.glorotUniform().initialize(network, 42);
        return network;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
