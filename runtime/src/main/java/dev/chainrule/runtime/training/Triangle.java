package dev.chainrule.runtime.training;

/**
 * Symmetric matrices as the packed rows of their upper triangle: {@code a_0_0, a_0_1, ..., a_0_n-1, a_1_1, ...}; and how to
 * solve their equations by Cholesky's factors {@code A = U' U}. Each element is a chain of fma, the pivots ascending; four
 * rows at a time save three of four ways to memory and change no bit.
 */
final class Triangle {
    /** Rows that are added to another at a time. */
    static final int ROWS = 4;

    private final int n;
    private final double[] row;
    private final double[][] pivots;

    /**
     * What it takes to work on matrices of one size.
     *
     * @param n the number of rows
     */
    Triangle(int n) {
        this.n = n;
        this.row = new double[n];
        this.pivots = new double[ROWS][n];
    }

    /** The number of elements of a triangle of {@code n} rows. */
    static int length(int n) {
        long length = n * (n + 1L) / 2;
        if (length + n > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the matrix J'J of " + n + " parameters has " + length
                    + " elements, more than an array holds; use Lbfgs, which has no matrix");
        }
        return (int) length;
    }

    /** Where element (i, i) stands. */
    static int diagonal(int n, int i) {
        return (int) (i * (2L * n - i + 1) / 2);
    }

    /** Adds {@code sum over r of factors_r rows_r' rows_r}, of {@link #ROWS} rows, to the triangle that begins at an offset. */
    void addSquares(double[] triangle, int offset, double[][] rows, double[] factors) {
        for (int i = 0; i < n; i++) {
            double c0 = factors[0] * rows[0][i];
            double c1 = factors[1] * rows[1][i];
            double c2 = factors[2] * rows[2][i];
            double c3 = factors[3] * rows[3][i];
            if (c0 != 0 || c1 != 0 || c2 != 0 || c3 != 0) {
                add(triangle, offset + diagonal(n, i), i, c0, c1, c2, c3, rows);
            }
        }
    }

    /** Adds multiples of rows to row i of a triangle, which stands at an offset. */
    private void add(
            double[] triangle, int offset, int i, double c0, double c1, double c2, double c3, double[][] rows) {
        System.arraycopy(triangle, offset, row, i, n - i);
        add(row, i, n, c0, rows[0], c1, rows[1], c2, rows[2], c3, rows[3]);
        System.arraycopy(row, i, triangle, offset, n - i);
    }

    /** Plain arrays and one index, which HotSpot makes vectors of. */
    private static void add(
            double[] row,
            int from,
            int to,
            double c0,
            double[] r0,
            double c1,
            double[] r1,
            double c2,
            double[] r2,
            double c3,
            double[] r3) {
        for (int j = from; j < to; j++) {
            row[j] = Math.fma(c3, r3[j], Math.fma(c2, r2[j], Math.fma(c1, r1[j], Math.fma(c0, r0[j], row[j]))));
        }
    }

    /**
     * Writes Cholesky's factor U over a triangle.
     *
     * @param a a triangle from its first element on; of no use where there is no factor
     * @param leastPivot pivots have to be greater, 0 or more
     * @return the first row without such a pivot; -1 where the triangle is U
     */
    int factor(double[] a, double leastPivot) {
        for (int first = 0; first < n; first += ROWS) {
            int last = Math.min(first + ROWS, n);
            for (int k = first; k < last; k++) {
                double[] pivot = pivots[k - first];
                System.arraycopy(a, diagonal(n, k), pivot, k, n - k);
                for (int above = first; above < k; above++) {
                    subtract(pivot, k, pivots[above - first]);
                }
                if (!(pivot[k] > leastPivot && pivot[k] < Double.POSITIVE_INFINITY)) {
                    return k;
                }
                pivot[k] = Math.sqrt(pivot[k]);
                divide(pivot, k + 1, pivot[k]);
                System.arraycopy(pivot, k, a, diagonal(n, k), n - k);
            }
            for (int i = last; i < n; i++) {
                add(a, diagonal(n, i), i, -pivots[0][i], -pivots[1][i], -pivots[2][i], -pivots[3][i], pivots);
            }
        }
        return -1;
    }

    private static void subtract(double[] row, int k, double[] above) {
        double factor = -above[k];
        for (int j = k; j < row.length; j++) {
            row[j] = Math.fma(factor, above[j], row[j]);
        }
    }

    private static void divide(double[] row, int from, double divisor) {
        for (int j = from; j < row.length; j++) {
            row[j] /= divisor;
        }
    }

    /** Solves {@code U' U x = b}; x is written over b. */
    void solve(double[] u, double[] b) {
        for (int k = 0; k < n; k++) {
            int at = diagonal(n, k) - k;
            b[k] /= u[at + k];
            double factor = -b[k];
            for (int j = k + 1; j < n; j++) {
                b[j] = Math.fma(factor, u[at + j], b[j]);
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            int at = diagonal(n, k) - k;
            double sum = b[k];
            for (int j = k + 1; j < n; j++) {
                sum = Math.fma(-u[at + j], b[j], sum);
            }
            b[k] = sum / u[at + k];
        }
    }
}
