package dev.chainrule.spark;

import java.io.Serializable;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.functions;

/** Reads records from the rows of a data frame, and says what is wrong with them. */
final class RowReader implements Serializable {
    private static final long serialVersionUID = 1;

    private final Columns inputs;
    private final Columns targets;
    private final int inputWidth;
    private final int targetWidth;

    /**
     * @throws IllegalArgumentException if the columns are not there, or not of numbers; or if arrays have no width, as there is no
     *     first row, or it is null or empty there
     */
    RowReader(Dataset<Row> rows, Columns inputs, Columns targets) {
        inputs.check(rows.schema());
        targets.check(rows.schema());
        this.inputs = inputs;
        this.targets = targets;
        this.inputWidth = width(rows, inputs);
        this.targetWidth = width(rows, targets);
    }

    int inputWidth() {
        return inputWidth;
    }

    int targetWidth() {
        return targetWidth;
    }

    /** The rows for {@link #read}, with some columns before. Spark reuses a row for the next one. */
    JavaRDD<InternalRow> rows(Dataset<Row> rows, Column... before) {
        Column[] columns = Stream.concat(Stream.of(before), Stream.of(inputs.values(), targets.values()))
                .toArray(Column[]::new);
        // A data frame of a Spark Connect client is of another class, and is refused where its columns are made.
        var selected = (org.apache.spark.sql.classic.Dataset<Row>) rows.select(columns);
        return selected.queryExecution().toRdd().toJavaRDD();
    }

    /**
     * Reads one record.
     *
     * @param row its inputs and targets are its last two columns
     * @param record its number, for the message
     * @return null where nothing is wrong
     */
    Problem read(InternalRow row, long record, double[] input, double[] target) {
        Problem problem = read(row, row.numFields() - 2, record, inputs, input);
        return problem != null ? problem : read(row, row.numFields() - 1, record, targets, target);
    }

    private static Problem read(InternalRow row, int field, long record, Columns columns, double[] into) {
        if (row.isNullAt(field)) {
            return new Problem(record, columns + " is null in record " + record + "; expected numbers");
        }
        ArrayData values = row.getArray(field);
        if (values.numElements() != into.length) {
            return new Problem(
                    record,
                    columns + " has " + values.numElements() + " values in record " + record + "; expected "
                            + into.length + ", as the first row has");
        }
        for (int i = 0; i < into.length; i++) {
            if (values.isNullAt(i) || !Double.isFinite(values.getDouble(i))) {
                String value = values.isNullAt(i) ? "null" : String.valueOf(values.getDouble(i));
                return new Problem(
                        record,
                        columns.name(i) + " is " + value + " in record " + record + "; expected a finite number");
            }
            into[i] = values.getDouble(i);
        }
        return null;
    }

    private static int width(Dataset<Row> rows, Columns columns) {
        if (columns.width() > 0) {
            return columns.width();
        }
        Row first = rows.select(functions.size(columns.values())).takeAsList(1).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no records; expected at least 1"));
        if (first.isNullAt(0) || first.getInt(0) < 1) {
            throw new IllegalArgumentException(
                    columns + " is " + (first.isNullAt(0) || first.getInt(0) < 0 ? "null" : "empty")
                            + " in the first row; expected numbers");
        }
        return first.getInt(0);
    }
}
