package dev.chainrule.runtime;

/**
 * The tables behind {@link Kernels#tanh}, {@link Kernels#sigmoid} and {@link Kernels#softplus}: their values at equally
 * spaced nodes {@code c_k = k SPACING}, {@code k} from {@code -LAST} to {@code LAST}. The table of a function {@code f} has
 * three entries a node, {@code f(c_k)} as the sum of two doubles and the slope there. The slopes of tanh and sigmoid are computed
 * from the value in a few steps, which vector instructions repeat sooner than they look up a third entry.
 *
 * <p>Each table is initialised when its function is first used, from {@code e^(-2 c_k)} in {@link DoubleDouble}.
 */
final class Nodes {
    /**
     * The distance of two nodes. It is a short number, so that {@code k SPACING} is exact; small enough for a series of five
     * terms in between; and a little above 1/16, so that halfway from node 0 to node 1, where the error of tanh is largest,
     * its value lies just above a power of two, where an ulp is large for it. By so little that halfway from a node tanh of
     * the distance is below 2^-5: an ulp of it is small, then, next to the step from one number to the next beyond node 1,
     * without which tanh and sigmoid would not rise everywhere.
     */
    static final double SPACING = 16389.0 / 262144;

    /** The last node is beyond the points where tanh c and sigmoid 2c round to 1, which are 19.06 and 18.71. */
    static final int LAST = 306;

    /** The entries a node, of which the last is not used: rows begin where a shift says. */
    static final int STRIDE = 4;

    /** The rows of a table, a power of two above 2 LAST: the last bits of a node's number say which is its row. */
    private static final int ROWS = 1024;

    private static final int ENTRIES = STRIDE * ROWS;

    private Nodes() {}

    /** Where the entries of node k start, in the table whatever k is. */
    static int row(int k) {
        return STRIDE * (k & ROWS - 1);
    }

    private static void put(double[] table, int k, DoubleDouble value, double slope) {
        int row = row(k);
        table[row] = value.high();
        table[row + 1] = value.low();
        table[row + 2] = slope;
    }

    /** {@code e^(-2 c_k)} for {@code k} from 0 to {@code LAST}. */
    private static DoubleDouble[] decays() {
        DoubleDouble[] decays = new DoubleDouble[LAST + 1];
        DoubleDouble step = DoubleDouble.exp(new DoubleDouble(-2 * SPACING, 0));
        decays[0] = DoubleDouble.ONE;
        for (int k = 1; k <= LAST; k++) {
            decays[k] = decays[k - 1].times(step);
        }
        return decays;
    }

    /** {@code tanh c = (1 - e) / (1 + e)} where {@code e = e^(-2c)}, and {@code tanh' c = 4e / (1 + e)^2}. */
    static final class Tanh {
        static final double[] TABLE = new double[ENTRIES];

        static {
            DoubleDouble[] decays = decays();
            for (int k = 1; k <= LAST; k++) {
                DoubleDouble e = decays[k];
                DoubleDouble e1 = DoubleDouble.ONE.plus(e);
                DoubleDouble value = DoubleDouble.ONE.minus(e).dividedBy(e1);
                put(TABLE, k, value, slope(value));
                put(TABLE, -k, value.scaled(-1), slope(value));
            }
            // Adding -0.0 changes nothing, not even the sign of a zero: tanh(-0.0) is -0.0.
            put(TABLE, 0, new DoubleDouble(-0.0, -0.0), 1);
        }

        private Tanh() {}

        private static double slope(DoubleDouble value) {
            return Math.fma(-2 * value.high(), value.low(), Math.fma(-value.high(), value.high(), 1));
        }
    }

    /** {@code sigmoid 2c = 1 / (1 + e)} where {@code e = e^(-2c)}, and its derivative by c, {@code 2e / (1 + e)^2}. */
    static final class Sigmoid {
        static final double[] TABLE = new double[ENTRIES];

        static {
            DoubleDouble[] decays = decays();
            for (int k = 0; k <= LAST; k++) {
                DoubleDouble e = decays[k];
                DoubleDouble e1 = DoubleDouble.ONE.plus(e);
                put(TABLE, k, DoubleDouble.ONE.dividedBy(e1));
                put(TABLE, -k, e.dividedBy(e1));
            }
        }

        private Sigmoid() {}

        private static void put(double[] table, int k, DoubleDouble value) {
            Nodes.put(table, k, value, 2 * value.high() * (1 - value.high() - value.low()));
        }
    }

    /**
     * {@code softplus 2c = log(1 + e^2c)}, and its derivative by 2c, {@code sigmoid 2c}. Starting from the left, where
     * {@code log(1 + e) = e - e^2/2} to more than 106 bits, each value follows from the one before,
     * <pre>  log(1 + b) = log(1 + a) + 2 artanh v    where v = (b - a) / (2 + a + b)</pre>
     * up to node 0; from there {@code softplus 2c = 2c + softplus(-2c)}.
     */
    static final class Softplus {
        static final double[] TABLE = new double[ENTRIES];

        static {
            DoubleDouble[] decays = decays();
            DoubleDouble a = decays[LAST];
            DoubleDouble value = a.minus(a.times(a).scaled(0.5));
            for (int k = LAST; k >= 0; k--) {
                DoubleDouble b = decays[k];
                DoubleDouble v = b.minus(a).dividedBy(b.plus(a).plus(DoubleDouble.ONE.scaled(2)));
                value = value.plus(twiceArtanh(v));
                a = b;

                DoubleDouble e1 = DoubleDouble.ONE.plus(b);
                put(TABLE, -k, value, b.dividedBy(e1).high());
                put(
                        TABLE,
                        k,
                        value.plus(new DoubleDouble(2 * k * SPACING, 0)),
                        DoubleDouble.ONE.dividedBy(e1).high());
            }
        }

        private Softplus() {}

        /**
         * {@code 2 (v + v^3/3 + v^5/5 + ...)} for {@code |v| < 1/31}. After the first term, which is 2^11 times the rest, plain
         * doubles do: the relative error is below 2^-63.
         */
        private static DoubleDouble twiceArtanh(DoubleDouble v) {
            double square = v.high() * v.high();
            double sum = 0;
            for (int n = 13; n >= 3; n -= 2) {
                sum = square * (1.0 / n + sum);
            }
            return v.plus(new DoubleDouble(v.high() * sum, 0)).scaled(2);
        }
    }
}
