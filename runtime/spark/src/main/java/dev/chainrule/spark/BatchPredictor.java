package dev.chainrule.spark;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The predictions for the rows of one partition, computed for many at a time. */
final class BatchPredictor {
    /** A few of the blocks that generated networks work in, and little enough for the second-level cache. */
    private static final int BATCH = 256;

    private final Model model;

    /** Where a row has the inputs: columns of doubles, or one of arrays. */
    private final int[] columns;

    private final boolean isArray;

    /** The number of inputs; of arrays, that of the first one. */
    private int width;

    /**
     * The inputs of rows that have all of them, row-major, with no gap for the others: nothing is computed from what is
     * null.
     */
    private double[] inputs;

    private final double[] outputs;

    /** Which of these records a row is, {@link #NULL} where an input is null. */
    private final int[] recordOf = new int[BATCH];

    private static final int NULL = -1;

    private int records;

    BatchPredictor(Model model, int[] columns, boolean isArray) {
        this.model = model;
        this.columns = columns;
        this.isArray = isArray;
        width = isArray ? 0 : columns.length;
        inputs = new double[BATCH * width];
        outputs = new double[BATCH * model.outputs()];
    }

    /** The same batches, each with a column of predictions after its own. */
    Iterator<ColumnarBatch> ofColumns(Iterator<ColumnarBatch> batches) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public ColumnarBatch next() {
                ColumnarBatch batch = batches.next();
                ColumnVector[] all = new ColumnVector[batch.numCols() + 1];
                for (int i = 0; i < batch.numCols(); i++) {
                    all[i] = batch.column(i);
                }
                all[batch.numCols()] = predictions(batch);
                return new ColumnarBatch(all, batch.numRows());
            }
        };
    }

    private ColumnVector predictions(ColumnarBatch batch) {
        WritableColumnVector predictions =
                new OnHeapColumnVector(batch.numRows(), Scoring.predictionType(model.outputs()));
        for (int from = 0; from < batch.numRows(); from += BATCH) {
            int rows = Math.min(BATCH, batch.numRows() - from);
            records = 0;
            if (isArray) {
                ColumnVector arrays = batch.column(columns[0]);
                for (int i = 0; i < rows; i++) {
                    recordOf[i] = add(arrays.getArray(from + i));
                }
            } else {
                addColumns(batch, from, rows);
            }
            compute();
            for (int i = 0; i < rows; i++) {
                write(recordOf[i], predictions, from + i);
            }
        }
        return predictions;
    }

    /** Column by column, which takes a third of the time that it takes row by row. */
    private void addColumns(ColumnarBatch batch, int from, int rows) {
        Arrays.fill(recordOf, 0, rows, 0);
        for (int index : columns) {
            ColumnVector column = batch.column(index);
            if (column.hasNull()) {
                for (int i = 0; i < rows; i++) {
                    recordOf[i] = column.isNullAt(from + i) ? NULL : recordOf[i];
                }
            }
        }
        for (int i = 0; i < rows; i++) {
            recordOf[i] = recordOf[i] == NULL ? NULL : records++;
        }
        for (int k = 0; k < width; k++) {
            ColumnVector column = batch.column(columns[k]);
            int place = k;
            for (int i = 0; i < rows; i++) {
                if (recordOf[i] != NULL) {
                    inputs[place] = column.getDouble(from + i);
                    place += width;
                }
            }
        }
    }

    private void write(int record, WritableColumnVector predictions, int row) {
        int width = model.outputs();
        if (record == NULL) {
            predictions.putNull(row);
        } else if (width == 1) {
            predictions.putDouble(row, outputs[record]);
        } else {
            int place = predictions.arrayData().appendDoubles(width, outputs, record * width);
            predictions.putArray(row, place, width);
        }
    }

    /**
     * The same rows, each with its prediction after its own values.
     *
     * @param schema of these
     */
    Iterator<InternalRow> ofRows(Iterator<InternalRow> rows, StructType schema) {
        UnsafeProjection projection = UnsafeProjection.create(schema);
        InternalRow[] batch = new InternalRow[BATCH];
        return new Iterator<>() {
            private final GenericInternalRow prediction = new GenericInternalRow(1);
            private final JoinedRow joined = new JoinedRow();
            private int next;
            private int count;

            @Override
            public boolean hasNext() {
                return next < count || rows.hasNext();
            }

            @Override
            public InternalRow next() {
                if (next == count) {
                    fill();
                }
                prediction.update(0, prediction(recordOf[next]));
                return projection.apply(joined.apply(batch[next++], prediction));
            }

            private void fill() {
                records = 0;
                for (count = 0; count < BATCH && rows.hasNext(); count++) {
                    batch[count] = rows.next().copy(); // Spark reuses a row for the next one
                    recordOf[count] = add(batch[count]);
                }
                compute();
                next = 0;
            }
        };
    }

    private Object prediction(int record) {
        int width = model.outputs();
        if (record == NULL) {
            return null;
        }
        return width == 1
                ? outputs[record]
                : UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(outputs, record * width, (record + 1) * width));
    }

    /** Adds a row to the records, where all its inputs are there. */
    private int add(InternalRow row) {
        if (isArray) {
            return add(row.isNullAt(columns[0]) ? null : row.getArray(columns[0]));
        }
        for (int k = 0; k < width; k++) {
            if (row.isNullAt(columns[k])) {
                return NULL;
            }
            inputs[records * width + k] = row.getDouble(columns[k]);
        }
        return records++;
    }

    private int add(ArrayData values) {
        if (values == null || anyNull(values)) {
            return NULL;
        }
        if (records == 0 && values.numElements() != width) {
            width = values.numElements();
            inputs = new double[BATCH * width];
        }
        if (values.numElements() != width) {
            throw new IllegalArgumentException(
                    "input has " + values.numElements() + " values; expected " + width + ", as in the row before");
        }
        for (int k = 0; k < width; k++) {
            inputs[records * width + k] = values.getDouble(k);
        }
        return records++;
    }

    static boolean anyNull(ArrayData values) {
        for (int i = 0; i < values.numElements(); i++) {
            if (values.isNullAt(i)) {
                return true;
            }
        }
        return false;
    }

    private void compute() {
        if (records > 0) {
            model.forward(inputs, width, records, outputs);
        }
    }
}
