package dev.chainrule.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Intervals that errors are bounded over piece by piece, and what polynomials of a kernel lack there. */
final class Pieces {
    static final double U = 0x1p-53;

    private Pieces() {}

    interface Piece {
        double error(double from, double to);
    }

    /** The largest error, in u: of pieces that are halved where it is above what is wanted. */
    static double worst(double from, double to, double wanted, Piece piece) {
        return worst(from, to, wanted, piece, 12);
    }

    static double worst(double from, double to, double wanted, Piece piece, int depth) {
        double error = piece.error(from, to) / U;
        if (error <= wanted || depth == 0) {
            return error;
        }
        double middle = 0.5 * from + 0.5 * to;
        double left = worst(from, middle, wanted, piece, depth - 1);
        return left > wanted ? left : Math.max(left, worst(middle, to, wanted, piece, depth - 1));
    }

    /** Bounds of a polynomial and what is left out of it, in cells of equal width. */
    static final class Cells {
        private final double from;
        private final double width;
        private final double[] bounds;

        Cells(Polynomial polynomial, double leftOut, double from, double to, int count) {
            this.from = from;
            this.width = (to - from) / count;
            this.bounds = new double[count];
            for (int i = 0; i < count; i++) {
                // A little wider, as ends are rounded
                bounds[i] = polynomial.bound(from + (i - 0x1p-20) * width, from + (i + 1 + 0x1p-20) * width) + leftOut;
            }
        }

        double bound(double low, double high) {
            int last = Math.min(bounds.length - 1, (int) ((high - from) / width));
            double bound = 0;
            for (int i = Math.max(0, (int) ((low - from) / width)); i <= last; i++) {
                bound = Math.max(bound, bounds[i]);
            }
            return bound;
        }
    }

    static Polynomial beyond(Polynomial series, double[] coefficients, int from, int step) {
        Enclosed[] ofCode = new Enclosed[from + step * coefficients.length];
        Arrays.fill(ofCode, Enclosed.ZERO);
        List<Enclosed> rest = new ArrayList<>(series.coefficients());
        for (int n = 0; n < from; n++) {
            ofCode[n] = rest.get(n);
        }
        for (int i = 0; i < coefficients.length; i++) {
            ofCode[from + step * i] = Enclosed.of(coefficients[i]);
        }
        return series.minus(Polynomial.of(ofCode));
    }

    private static double bound(Polynomial polynomial, double[] piece) {
        return polynomial.bound(piece[0], piece[1]);
    }

    static List<double[]> pieces(double from, double to, int count) {
        List<double[]> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(new double[] {from + (to - from) * i / count, from + (to - from) * (i + 1) / count});
        }
        return pieces;
    }

    /** Pieces of both signs, the last down to 2^-60. */
    static List<double[]> binades(double to) {
        List<double[]> pieces = new ArrayList<>();
        for (double high = to; high > 0x1p-60; high /= 2) {
            pieces.add(new double[] {high / 2, high});
            pieces.add(new double[] {-high, -high / 2});
        }
        return pieces;
    }
}
