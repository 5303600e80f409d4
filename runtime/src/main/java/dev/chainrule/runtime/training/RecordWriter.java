package dev.chainrule.runtime.training;

import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.TensorRows;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a file of records, one by one, of as many as there turn out to be, for {@link MappedRecords}.
 *
 * <pre>{@code
 * try (RecordWriter writer = new RecordWriter(path, 784, 10, Dtype.U8)) {
 *     while (source.next()) {
 *         writer.add(source.input(), source.target());
 *     }
 *     writer.save();
 * }
 * }</pre>
 *
 * <p>The file is there, whole, once it is {@linkplain #save saved}; closed before, it never is, and what was there before stays.
 */
public final class RecordWriter implements Closeable {
    private final int inputWidth;
    private final int targetWidth;
    private final Dtype dtype;
    private final TensorRows rows;
    private final double[] row;
    private int count;

    /**
     * Begins a file.
     *
     * @param path the file, in a directory that exists
     * @param inputWidth the number of inputs of a record
     * @param targetWidth the number of targets of a record
     * @param dtype how the file has inputs and targets: as {@link Dtype#F64}; as {@link Dtype#F32}, to which they
     *     are rounded; or as
     *     {@link Dtype#U8}, if they are whole numbers from 0 to 255
     * @throws IllegalArgumentException if it is another dtype, or a width is less than 1
     * @throws IOException if the file cannot be written
     */
    public RecordWriter(Path path, int inputWidth, int targetWidth, Dtype dtype) throws IOException {
        Checks.count("the width of inputs", inputWidth);
        Checks.count("the width of targets", targetWidth);
        this.inputWidth = inputWidth;
        this.targetWidth = targetWidth;
        this.dtype = dtype;
        this.row = new double[Math.addExact(inputWidth, targetWidth)];
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(MappedRecords.FORMAT, MappedRecords.VERSION);
        metadata.put(MappedRecords.INPUTS, Integer.toString(inputWidth));
        metadata.put(MappedRecords.TARGETS, Integer.toString(targetWidth));
        this.rows = new TensorRows(path, MappedRecords.TENSOR, dtype, row.length, metadata);
    }

    /**
     * Adds a record.
     *
     * @param input its inputs
     * @param target its targets
     * @throws IllegalArgumentException if these are not as many as records have, or one is not a finite number that the dtype has
     *     (with the record's number), before anything is written
     * @throws IllegalStateException if the file is saved or closed, or something could not be written
     * @throws IOException if the record cannot be written
     */
    public void add(double[] input, double[] target) throws IOException {
        Shapes.checkLength("input", input, inputWidth);
        Shapes.checkLength("target", target, targetWidth);
        System.arraycopy(input, 0, row, 0, inputWidth);
        System.arraycopy(target, 0, row, inputWidth, targetWidth);
        addRow();
    }

    /**
     * Adds all records that there are elsewhere.
     *
     * @param records of as many inputs and targets, without weights
     * @throws IllegalArgumentException if they have others, or weights, or a value is not one that the dtype has (with
     *     its record's number)
     * @throws IllegalStateException if the file is saved or closed, or something could not be written
     * @throws IOException if a record cannot be written
     */
    public void addAll(RecordStore records) throws IOException {
        if (records.isWeighted()) {
            throw new IllegalArgumentException("the records have weights, which a file of records does not hold; "
                    + "write the records as they are before weighted(...), and give the weights to those of the file");
        }
        double[] input = new double[records.inputWidth()];
        double[] target = new double[records.targetWidth()];
        for (int record = 0; record < records.count(); record++) {
            records.copy(record, record + 1, input, target, 0);
            add(input, target);
        }
    }

    private void addRow() throws IOException {
        for (int i = 0; i < row.length; i++) {
            if (!Double.isFinite(row[i]) || !rows.holds(row[i])) {
                String what = i < inputWidth ? "input " + i : "target " + (i - inputWidth);
                throw new IllegalArgumentException(what + " of record " + count + " is " + row[i]
                        + "; expected a finite number that " + dtype + " has");
            }
        }
        rows.add(row);
        count = Math.addExact(count, 1);
    }

    /**
     * Ends the file, waits until it has reached the disk, and puts it in the place of the path.
     *
     * @throws IllegalArgumentException if there are no records
     * @throws IllegalStateException if the file is saved or closed, or something could not be written
     * @throws IOException if the file cannot be written; what was there before still is, unless only making the rename outlive a
     *     crash failed
     */
    public void save() throws IOException {
        if (count == 0) {
            throw new IllegalArgumentException("there are no records; expected at least 1");
        }
        rows.save();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
