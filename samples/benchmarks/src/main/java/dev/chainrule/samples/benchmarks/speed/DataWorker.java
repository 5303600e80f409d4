package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.data.TableColumns;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.MappedRecords;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.RecordWriter;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A process that does one thing with a file, and prints how many seconds it took: {@code TASK FILE COLUMNS MEGABYTES}. */
final class DataWorker {
    private static final FixedNetwork NETWORK = FixedNetwork.DIGITS;
    private static final int BLOCK = 2_000;

    /** What to do. */
    enum Task {
        ITERATE,
        READ,
        WRITE,
        OPEN,
        TRAIN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private DataWorker() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Path file = Path.of(arguments[1]);
        int columns = Integer.parseInt(arguments[2]);
        long bytes = Long.parseLong(arguments[3]) << 20;
        System.out.println(
                switch (Task.valueOf(arguments[0])) {
                    case ITERATE -> iterate(file);
                    case READ -> read(file, columns);
                    case WRITE -> write(file, bytes);
                    case OPEN -> open(file);
                    case TRAIN -> train(file);
                });
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double iterate(Path file) throws SQLException {
        long start = System.nanoTime();
        double sum = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM '" + file + "'")) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    sum += rows.getDouble(column);
                }
            }
        }
        double seconds = seconds(start);
        check(sum > 0);
        return seconds;
    }

    private static double read(Path file, int columns) throws SQLException {
        List<String> features =
                IntStream.range(0, columns).mapToObj(column -> "f_" + column).toList();
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM '" + file + "'")) {
            Records records = TableColumns.of(features, List.of("y")).records(rows);
            double seconds = seconds(start);
            check(records.inputWidth() == columns);
            return seconds;
        }
    }

    private static double write(Path file, long bytes) throws IOException {
        double[] input = new double[NETWORK.shape().inputs()];
        double[] target = new double[NETWORK.shape().outputs()];
        long records = bytes / ((long) Float.BYTES * (input.length + target.length));
        SplittableRandom random = new SplittableRandom(42);
        long start = System.nanoTime();
        try (RecordWriter writer = new RecordWriter(file, input.length, target.length, Dtype.F32)) {
            for (long record = 0; record < records; record++) {
                for (int i = 0; i < input.length; i++) {
                    input[i] = (float) random.nextDouble();
                }
                target[random.nextInt(target.length)] = 1;
                writer.add(input, target);
            }
            writer.save();
        }
        return seconds(start);
    }

    private static double open(Path file) throws IOException {
        long start = System.nanoTime();
        MappedRecords records = MappedRecords.open(file);
        double seconds = seconds(start);
        check(records.count() > 0);
        return seconds;
    }

    private static double train(Path file) throws IOException {
        MappedRecords records = MappedRecords.open(file);
        TrainableNetwork network = NETWORK.generated(new double[NETWORK.shape().parameters()]);
        Initializers.glorotUniform().initialize(network, 42);
        long start = System.nanoTime();
        double loss = Trainer.builder()
                .optimizer(Optimizers.adam(0.001))
                .batchSize(64)
                .shuffledByBlocks(42, BLOCK)
                .epochs(1)
                .build()
                .train(network, records)
                .loss(0);
        double seconds = seconds(start);
        check(loss > 0);
        return seconds;
    }

    /** Keeps the JVM from leaving anything out. */
    private static void check(boolean isAsExpected) {
        if (!isAsExpected) {
            throw new IllegalStateException("the numbers are not as expected");
        }
    }
}
