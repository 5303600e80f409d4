package dev.chainrule.spark;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Numbers for records whose data have none. Everything that is the same from run to run hangs on a record's number: the batch that it is
 * in, the sum that it is rounded in. So the number has to come from the data, and not from how Spark happens to spread rows, as
 * {@code monotonically_increasing_id()} does.
 */
public final class RecordNumbers {
    private RecordNumbers() {}

    /**
     * {@return the rows with a column of numbers from 0 on, in the order of some columns that together are different in all rows} The
     * number is a
     * row's place in that order: the same in every run, for any partitions, as long as the rows are the same. One row more or less
     * changes the numbers of all that come after it.
     *
     * <p>It takes a sort of all rows, in this call and again whenever the rows are read; write them to files where that is too often.
     *
     * @param rows the data frame
     * @param name of the new column
     * @param key names of the columns
     * @throws IllegalArgumentException if there is no such column, or there is one of the new name, or two rows have the same key
     */
    public static Dataset<Row> add(Dataset<Row> rows, String name, String... key) {
        if (key.length == 0) {
            throw new IllegalArgumentException(
                    "there are no key columns; expected those whose values are different in all rows");
        }
        Stream.of(key).forEach(column -> Columns.type(rows.schema(), column));
        if (List.of(rows.schema().fieldNames()).contains(name)) {
            throw new IllegalArgumentException("there is a column \"" + name + "\" already; expected a new name");
        }
        Column[] columns = Stream.of(key).map(Columns::column).toArray(Column[]::new);
        List<Row> twice = rows.groupBy(columns)
                .agg(functions.count(functions.lit(1)).as("count"))
                .filter("count > 1")
                .select(columns)
                .orderBy(columns)
                .takeAsList(1);
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("several rows have " + String.join(", ", key) + " = "
                    + twice.get(0).mkString(", ") + "; expected key columns whose values are different in all rows");
        }
        JavaRDD<Row> numbered = rows.sort(columns).toJavaRDD().zipWithIndex().map(pair -> {
            Row row = pair._1();
            Object[] values = new Object[row.length() + 1];
            for (int i = 0; i < row.length(); i++) {
                values[i] = row.get(i);
            }
            values[row.length()] = pair._2();
            return RowFactory.create(values);
        });
        StructType schema = rows.schema().add(name, DataTypes.LongType, false);
        return rows.sparkSession().createDataFrame(numbered, schema);
    }
}
