package dev.chainrule.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Rows with the network's outputs for each, which it computes for many rows at a time.
 *
 * @param <T> a row as it comes
 * @param <R> a row as it goes
 */
final class BatchIterator<T, R> implements Iterator<R> {
    /** A few of the blocks that generated networks work in, and little enough for the second-level cache. */
    private static final int BATCH = 256;

    private final Model model;
    private final Iterator<T> rows;
    private final Function<T, double[]> inputOf;
    private final Result<T, R> result;
    private final List<T> batch = new ArrayList<>(BATCH);
    private double[] inputs = {};
    private final double[] outputs;
    private int next;

    /** Makes a row of one that came. */
    @FunctionalInterface
    interface Result<T, R> {
        /**
         * @param outputs of many rows, row-major; null where an input of this row is null
         * @param row where this row's are
         */
        R of(T arrived, double[] outputs, int row);
    }

    /**
     * @param inputOf the inputs of a row, null where one of them is
     */
    BatchIterator(Model model, Iterator<T> rows, Function<T, double[]> inputOf, Result<T, R> result) {
        this.model = model;
        this.rows = rows;
        this.inputOf = inputOf;
        this.result = result;
        this.outputs = new double[BATCH * model.outputs()];
    }

    @Override
    public boolean hasNext() {
        return next < batch.size() || rows.hasNext();
    }

    @Override
    public R next() {
        if (next == batch.size()) {
            compute();
            next = 0;
        }
        T row = batch.get(next);
        return result.of(row, inputOf.apply(row) == null ? null : outputs, next++);
    }

    private void compute() {
        batch.clear();
        int width = 0;
        while (batch.size() < BATCH && rows.hasNext()) {
            T row = rows.next();
            double[] input = inputOf.apply(row);
            if (input != null) {
                width = input.length;
                if (inputs.length != BATCH * width) {
                    inputs = new double[BATCH * width];
                }
                System.arraycopy(input, 0, inputs, batch.size() * width, width);
            }
            batch.add(row);
        }
        if (width > 0) {
            model.forward(inputs, width, batch.size(), outputs);
        }
    }
}
