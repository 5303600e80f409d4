package dev.chainrule.runtime.data;

import java.util.ArrayDeque;
import java.util.Deque;

/** Values of which nobody knows how many will come. They are kept in pieces, so that growing copies none of them. */
final class GrowingArray {
    private static final int PIECE = 1 << 16;

    /** The most elements that the array of a HotSpot JVM has. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final Deque<double[]> full = new ArrayDeque<>();
    private double[] piece = new double[PIECE];
    private int used;
    private int size;

    /** Adds values, unless they were more than an array holds. */
    boolean addAll(double[] values) {
        if (size > MOST - values.length) {
            return false;
        }
        for (double value : values) {
            if (used == PIECE) {
                full.add(piece);
                piece = new double[PIECE];
                used = 0;
            }
            piece[used++] = value;
        }
        size += values.length;
        return true;
    }

    /** All values; they are no longer here afterwards. */
    double[] take() {
        double[] values = new double[size];
        int at = 0;
        while (!full.isEmpty()) {
            System.arraycopy(full.remove(), 0, values, at, PIECE);
            at += PIECE;
        }
        System.arraycopy(piece, 0, values, at, used);
        used = 0;
        size = 0;
        return values;
    }
}
