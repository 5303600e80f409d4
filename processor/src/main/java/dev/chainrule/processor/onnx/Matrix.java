package dev.chainrule.processor.onnx;

import java.util.function.IntUnaryOperator;

/**
 * The weights of a layer.
 *
 * @param rows the units that they lead out of
 * @param columns the units that they lead into
 */
record Matrix(int rows, int columns, Entries entries) {
    /** A number by its row and column. */
    interface Entries {
        /** @throws OnnxException if it is not finite */
        double at(int row, int column) throws OnnxException;
    }

    /** Weights that pick units: each column has one 1. */
    static Matrix picking(int rows, int[] picks) {
        return new Matrix(rows, picks.length, (row, column) -> row == picks[column] ? 1 : 0);
    }

    /** Weights that add up all units, into each of as many. */
    static Matrix adding(int rows, double each) {
        return new Matrix(rows, 1, (row, column) -> each);
    }

    /** Some of the columns. */
    Matrix columns(int count, IntUnaryOperator place) {
        return new Matrix(rows, count, (row, column) -> entries.at(row, place.applyAsInt(column)));
    }

    double at(int row, int column) throws OnnxException {
        return entries.at(row, column);
    }
}
