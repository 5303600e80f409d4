package dev.chainrule.runtime.data;

import dev.chainrule.runtime.training.RecordWriter;
import dev.chainrule.runtime.training.Records;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The columns of a table, by name, that are the inputs and the targets of records.
 *
 * <pre>{@code
 * TableColumns columns = TableColumns.of(List.of("gre", "gpa"), List.of("admit"));
 * try (Statement statement = connection.createStatement();
 *         ResultSet rows = statement.executeQuery("SELECT * FROM 'admissions.parquet'")) {
 *     Records records = columns.records(rows);
 * }
 * }</pre>
 *
 * <p>A row becomes a record: its inputs in the order of the columns' names here, then its targets likewise. Every value has to be
 * there and finite. A value that is not is an exception that names the row, counted from 1, and the column; nothing is half read.
 */
public final class TableColumns {
    private final List<String> inputs;
    private final List<String> targets;

    private TableColumns(List<String> inputs, List<String> targets) {
        this.inputs = inputs;
        this.targets = targets;
    }

    /**
     * Columns by their names; one may be named more than once.
     *
     * @param inputs at least one
     * @param targets at least one
     * @return the columns
     * @throws IllegalArgumentException if one of the two is empty
     */
    public static TableColumns of(List<String> inputs, List<String> targets) {
        if (inputs.isEmpty() || targets.isEmpty()) {
            throw new IllegalArgumentException("there are " + inputs.size() + " columns of inputs and " + targets.size()
                    + " of targets; expected at least 1 of both");
        }
        return new TableColumns(List.copyOf(inputs), List.copyOf(targets));
    }

    /**
     * The columns that a record's inputs are in.
     *
     * @return their names, in order
     */
    public List<String> inputs() {
        return inputs;
    }

    /**
     * The columns that a record's targets are in.
     *
     * @return their names, in order
     */
    public List<String> targets() {
        return targets;
    }

    /**
     * The rows of a query, from the next one to the last. True and false become 1 and 0. The result set is not closed.
     *
     * @param rows of columns of numbers or of truth values
     * @return as many records as there are rows
     * @throws IllegalArgumentException if a column is not there or is of another type, a value is NULL or not finite, there is no
     *     row, or there are more values than an array holds
     * @throws SQLException if {@code rows} throws it
     */
    public Records records(ResultSet rows) throws SQLException {
        return collected(destination -> read(rows, destination));
    }

    /**
     * Rows of text, such as a reader of CSV files gives. With FastCSV:
     *
     * <pre>{@code
     * try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(path)) {
     *     Records records = columns.records(rows, NamedCsvRecord::getField);
     * }
     * }</pre>
     *
     * @param <R> a row
     * @param rows the rows, in order
     * @param field the text of a row's column by its name, a number as {@link Double#parseDouble} takes it; white space around it
     *     does not count
     * @return as many records as there are rows
     * @throws IllegalArgumentException if a text is null or no finite number, there is no row, or there are more values than an
     *     array holds; whatever {@code rows} and {@code field} throw goes through, and FastCSV's {@code field} throws
     *     {@link java.util.NoSuchElementException} for a column that is not there
     */
    public <R> Records records(Iterable<R> rows, BiFunction<? super R, String, String> field) {
        return collected(destination -> read(rows, field, destination));
    }

    /**
     * Writes the rows of a query, however many, as {@link #records(ResultSet)} reads them, to the end of a file of records.
     *
     * @param rows of columns of numbers or of truth values
     * @param writer of records of as many inputs and targets; it is not saved
     * @throws IllegalArgumentException as {@link #records(ResultSet)} and {@link RecordWriter#add} throw it; not for a lack of rows
     * @throws SQLException if {@code rows} throws it
     * @throws IOException if {@code writer} throws it
     */
    public void write(ResultSet rows, RecordWriter writer) throws SQLException, IOException {
        read(rows, writer::add);
    }

    /**
     * Writes rows of text, however many, as {@link #records(Iterable, BiFunction)} reads them, to the end of a file of records.
     *
     * @param <R> a row
     * @param rows the rows, in order
     * @param field the text of a row's column by its name
     * @param writer of records of as many inputs and targets; it is not saved
     * @throws IllegalArgumentException as {@link #records(Iterable, BiFunction)} and {@link RecordWriter#add} throw it; not for a
     *     lack of rows
     * @throws IOException if {@code writer} throws it
     */
    public <R> void write(Iterable<R> rows, BiFunction<? super R, String, String> field, RecordWriter writer)
            throws IOException {
        read(rows, field, writer::add);
    }

    /** Reads all rows. */
    private interface Reading<E extends Exception> {
        void into(RowCollector.Destination destination) throws E, IOException;
    }

    private <E extends Exception> Records collected(Reading<E> reading) throws E {
        CollectedRecords records = new CollectedRecords(inputs.size(), targets.size());
        try {
            reading.into(records);
        } catch (IOException e) {
            throw new AssertionError("memory has no errors", e);
        }
        return records.take();
    }

    private void read(ResultSet rows, RowCollector.Destination destination) throws SQLException, IOException {
        ResultSetColumns found = new ResultSetColumns(rows, names());
        RowCollector collector = new RowCollector(names(), inputs.size(), destination);
        while (rows.next()) {
            for (int i = 0; i < found.count(); i++) {
                double value = found.value(i);
                if (rows.wasNull()) {
                    throw collector.wrong("NULL", "a number");
                }
                collector.add(value);
            }
        }
    }

    private <R> void read(
            Iterable<R> rows, BiFunction<? super R, String, String> field, RowCollector.Destination destination)
            throws IOException {
        List<String> names = names();
        RowCollector collector = new RowCollector(names, inputs.size(), destination);
        for (R row : rows) {
            for (String name : names) {
                collector.add(field.apply(row, name));
            }
        }
    }

    private List<String> names() {
        return Stream.concat(inputs.stream(), targets.stream()).toList();
    }

    /** For example {@code [gre, gpa] -> [admit]}. */
    @Override
    public String toString() {
        return inputs + " -> " + targets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableColumns columns
                && inputs.equals(columns.inputs)
                && targets.equals(columns.targets);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, targets);
    }
}
