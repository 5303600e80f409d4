package dev.chainrule.spark;

import dev.chainrule.runtime.TargetSlice;
import dev.chainrule.runtime.training.BatchSource;
import dev.chainrule.runtime.training.RecordChecks;
import dev.chainrule.runtime.training.Records;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Records of a data frame, held by the executors of a Spark cluster, to train on:
 *
 * <pre>{@code
 * try (SparkRecords records = SparkRecords.of(rows, "number", Columns.of("a", "b"), Columns.of("y"), 16)) {
 *     Trainer.builder().optimizer(Optimizers.adam(0.01)).batchSize(20_000).shuffled(42).epochs(10).build()
 *             .train(network, records.source(XorNetwork::new));
 * }
 * }</pre>
 *
 * <p>All settings of a trainer work as on one machine, and the result is the same, to the bit, as that of the same
 * trainer on the same records in one JVM in the order of their numbers, for any number of partitions and workers, and
 * also if workers die or join or tasks run twice. Where the driver dies, {@code Trainer.resume} goes on from a
 * checkpoint.
 *
 * <p><b>Where records are.</b> They are kept as row-major arrays, in memory, and on disk where that is not enough, until
 * {@link #close}. A training by batches that are not all records, or in random orders, arranges a second copy by the
 * positions of an epoch's order, once an epoch; a step then moves no record. A step sends the parameters to the
 * executors, and sums of the gradient back.
 *
 * <p><b>Weights.</b> Records of a cluster have none: each counts as 1. Records of {@link #collect} can be
 * {@linkplain Records#weighted weighted}, and so can those that a training validates on.
 *
 * <p><b>What must not change.</b> What is lost with a worker is read from the data frame again. So it has to yield the
 * same rows each time, in any order: files that stay as they are do, and functions like {@code rand()} do not unless
 * they are written to files first.
 */
public final class SparkRecords implements AutoCloseable {
    /** How many numbers of partial sums the driver takes in a step at most: 64 MB. More are added by executors first. */
    private static final long MOST_SUMS = 1 << 23;

    private final JavaSparkContext context;
    private final Layout layout;
    private final int inputWidth;
    private final int targetWidth;
    /** All records, as if they were one batch. */
    private final JavaRDD<Slice> slices;

    private final long checksum;
    private boolean isClosed;

    private SparkRecords(JavaSparkContext context, Layout layout, RowReader reader, JavaRDD<Slice> slices) {
        this.context = context;
        this.layout = layout;
        this.inputWidth = reader.inputWidth();
        this.targetWidth = reader.targetWidth();
        this.slices = slices;
        this.checksum =
                Failures.unwrapped(() -> slices.map(slice -> checksum(slice, reader.inputWidth(), reader.targetWidth()))
                        .reduce(Long::sum));
    }

    /**
     * {@return the rows of a data frame, as executors keep them} They are read twice: once to check them, once to keep them.
     *
     * @param rows the data frame
     * @param number the column of record numbers, which are those from 0 to one less than there are rows, each once;
     *     {@link RecordNumbers} makes it
     * @param inputs the columns of inputs
     * @param targets the columns of targets
     * @param partitions into how many parts records are cut: two to four for each core of the cluster
     * @throws IllegalArgumentException if there is no such column, or it is of another type, or there are no rows,
     *     or a value is null,
     *     NaN or infinite, or a record number is missing, with column and record number; nothing is kept then
     */
    public static SparkRecords of(Dataset<Row> rows, String number, Columns inputs, Columns targets, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("the number of partitions is " + partitions + "; expected at least 1");
        }
        DataType type = Columns.type(rows.schema(), number);
        if (!List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType)
                .contains(type)) {
            throw new IllegalArgumentException("column \"" + number + "\" is of type " + type.simpleString()
                    + "; expected whole numbers, those of the records");
        }
        RowReader reader = new RowReader(rows, inputs, targets);
        JavaRDD<InternalRow> numbered = reader.rows(rows, Columns.column(number).cast(DataTypes.LongType));
        int count = Failures.unwrapped(() -> numbered.mapPartitions(
                                part -> List.of(Scan.of(part, number, reader)).iterator())
                        .reduce(Scan::and))
                .checked(number);

        Layout layout = new Layout(count, count, partitions);
        JavaRDD<Slice> slices =
                Arrangement.of(numbered, () -> byNumber(reader), layout, reader.inputWidth(), reader.targetWidth());
        slices.persist(StorageLevel.MEMORY_AND_DISK()).setName("chainrule: records");
        JavaSparkContext context = JavaSparkContext.fromSparkContext(slices.context());
        try {
            return new SparkRecords(context, layout, reader, slices);
        } catch (Exception e) {
            slices.unpersist(false);
            throw e;
        }
    }

    /**
     * {@return the rows of a data frame as records of this JVM} They are in the order that the rows have, which is that
     * of their numbers where they are sorted by these.
     *
     * @param rows the data frame
     * @param inputs the columns of inputs
     * @param targets the columns of targets
     * @throws IllegalArgumentException as {@link #of} throws it, with the row's number, from 0
     */
    public static Records collect(Dataset<Row> rows, Columns inputs, Columns targets) {
        return LocalRows.collect(rows, new RowReader(rows, inputs, targets));
    }

    /**
     * {@return what a trainer trains on} The network that it is given stays on the driver; executors make others like it.
     *
     * @param instances makes a network on given parameters, the same as the trainer's: {@code XorNetwork::new}
     */
    public BatchSource source(NetworkFactory instances) {
        return source(instances, MOST_SUMS);
    }

    /** A source whose driver takes so many numbers of partial sums. */
    BatchSource source(NetworkFactory instances, long mostSums) {
        return new SparkSource(this, instances, mostSums);
    }

    /** {@return the number of records} */
    public int count() {
        return layout.count();
    }

    /** {@return the number of inputs of a record} */
    public int inputWidth() {
        return inputWidth;
    }

    /** {@return the number of targets of a record} */
    public int targetWidth() {
        return targetWidth;
    }

    /** Has the executors forget the records. There is no training on them any more. */
    @Override
    public void close() {
        isClosed = true;
        slices.unpersist(false);
    }

    JavaSparkContext context() {
        return context;
    }

    long checksum() {
        return checksum;
    }

    void checkTargets(List<TargetSlice> asked) {
        if (!asked.isEmpty()) {
            int width = targetWidth;
            Problem.check(
                    slices.map(slice -> targetProblem(asked, slice, width)).reduce(Problem::first));
        }
    }

    /**
     * The records in another order.
     *
     * @param positions of the records, by their numbers; null where they are the numbers
     */
    JavaRDD<Slice> arranged(Layout layout, Broadcast<int[]> positions) {
        Arrangement.Reader<Slice> reader = () -> (slice, into) -> {
            int[] positionOf = positions == null ? null : positions.value();
            for (int row = 0; row < slice.count(); row++) {
                int record = slice.number(row);
                int position = positionOf == null ? record : positionOf[record];
                into.put(record, position, slice.inputs(), slice.targets(), row);
            }
        };
        return Arrangement.of(slices(), reader, layout, inputWidth, targetWidth);
    }

    /**
     * The records as if they were one batch, in the order of their numbers; an {@link IllegalStateException} where they
     * are closed.
     */
    JavaRDD<Slice> slices() {
        if (isClosed) {
            throw new IllegalStateException("the records are closed; make others by SparkRecords.of");
        }
        return slices;
    }

    Layout layout() {
        return layout;
    }

    /** Puts a row where its number says. */
    private static BiConsumer<InternalRow, Distribution<InternalRow>> byNumber(RowReader reader) {
        double[] input = new double[reader.inputWidth()];
        double[] target = new double[reader.targetWidth()];
        return (row, into) -> {
            int record = (int) row.getLong(0);
            Problem.check(reader.read(row, record, input, target));
            into.put(record, record, input, target, 0);
        };
    }

    private static long checksum(Slice slice, int inputWidth, int targetWidth) {
        long checksum = 0;
        for (int row = 0; row < slice.count(); row++) {
            checksum += RecordChecks.checksum(
                    slice.number(row), slice.inputs(), inputWidth, slice.targets(), targetWidth, row);
        }
        return checksum;
    }

    private static Problem targetProblem(List<TargetSlice> asked, Slice slice, int targetWidth) {
        for (int row = 0; row < slice.count(); row++) {
            int record = slice.number(row);
            try {
                RecordChecks.checkTargets("records", asked, record, slice.targets(), targetWidth, row);
            } catch (IllegalArgumentException e) {
                return new Problem(record, e.getMessage());
            }
        }
        return null;
    }
}
