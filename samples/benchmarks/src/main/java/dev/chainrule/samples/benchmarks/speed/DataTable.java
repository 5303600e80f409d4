package dev.chainrule.samples.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it takes to get at data. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description =
                "Time to read a table from Parquet and CSV, by DuckDB, and to train on a file larger than the heap.")
final class DataTable implements Callable<Integer> {
    private static final int ROUNDS = 3;
    private static final int HEAP_OF_FILE = 512;

    @Mixin
    private Runs runs = new Runs();

    @Option(names = "--rows", description = "Rows of the table; ${DEFAULT-VALUE} by default.")
    private int rows = 1_000_000;

    @Option(names = "--columns", description = "Features of a row; ${DEFAULT-VALUE} by default.")
    private int columns = 100;

    @Option(names = "--megabytes", description = "Size of the file to train on; ${DEFAULT-VALUE} by default.")
    private int megabytes = 4096;

    @Override
    public Integer call() throws IOException, SQLException {
        Path folder = Files.createDirectories(runs.out().resolve("data").toAbsolutePath());
        Path parquet = folder.resolve("table.parquet");
        Path csv = folder.resolve("table.csv");
        writeTables(parquet, csv);
        int rounds = runs.rounds(ROUNDS);
        Table table = new Table("what", "size, MB", "heap, MB", "s", "MB/s");
        for (Path file : List.of(parquet, csv)) {
            for (DataWorker.Task task : List.of(DataWorker.Task.ITERATE, DataWorker.Task.READ)) {
                Rounds<Path> times = Rounds.measure(
                        rounds,
                        List.of(file),
                        (subject, round) -> worker(task, 4096, subject).number());
                add(table, task + " " + file.getFileName(), file, 4096, times.of(file));
            }
        }
        Path records = folder.resolve("records.safetensors");
        for (DataWorker.Task task : List.of(DataWorker.Task.WRITE, DataWorker.Task.OPEN, DataWorker.Task.TRAIN)) {
            Rounds<Path> times = Rounds.measure(
                    task == DataWorker.Task.OPEN ? rounds : 1,
                    List.of(records),
                    (subject, round) -> worker(task, HEAP_OF_FILE, subject).number());
            add(table, task + " " + records.getFileName(), records, HEAP_OF_FILE, times.of(records));
        }
        new Report(
                        "data",
                        "Data",
                        table,
                        List.of(
                                "A table of " + rows + " rows of " + columns
                                        + " features and a target, in Parquet and CSV, read by"
                                        + " DuckDB's JDBC driver: `iterate` asks for every value and drops it, `read` makes"
                                        + " `Records` of them. A file of records (784 inputs, 10 targets, floats): `write` by"
                                        + " `RecordWriter`, `open` with its check, one epoch of `train` on 784-30-10,"
                                        + " batches of 64, shuffled by blocks of 2,000 records, one thread. Seconds, median"
                                        + " (least..most), each in a JVM of its own with that heap.",
                                Report.machine()))
                .publish(runs.out(), List.of());
        return 0;
    }

    private void writeTables(Path parquet, Path csv) throws SQLException {
        String features = IntStream.range(0, columns)
                .mapToObj(column -> "random() AS f_" + column)
                .collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT setseed(0.42)");
            statement.execute("COPY (SELECT " + features + ", random() AS y FROM range(" + rows + ")) TO '" + parquet
                    + "' (FORMAT parquet)");
            statement.execute("COPY (SELECT * FROM '" + parquet + "') TO '" + csv + "' (FORMAT csv)");
        }
    }

    private Fork worker(DataWorker.Task task, int heap, Path file) {
        return Fork.java(
                List.of("-Xmx" + heap + "m"),
                DataWorker.class,
                List.of(task.name(), file.toString(), Integer.toString(columns), Integer.toString(megabytes)));
    }

    private static void add(Table table, String what, Path file, int heap, Spread seconds) throws IOException {
        double size = Files.size(file) / 1e6;
        table.add(what, Spread.number(size), heap, seconds, Spread.number(size / seconds.median()));
    }
}
