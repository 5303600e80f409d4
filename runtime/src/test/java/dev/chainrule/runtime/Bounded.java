package dev.chainrule.runtime;

import java.util.List;

/**
 * What is known of a computed value, and of the real number that it stands for: the same expression of real numbers,
 * without a rounding. The standard forward analysis (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed.,
 * chapter 3), step by step, with ranges for magnitudes.
 *
 * @param low the computed value is not below it
 * @param high nor above it
 * @param grid it is a multiple of 2^grid
 * @param error how far it is from the real number at most
 */
record Bounded(double low, double high, int grid, double error) {
    private static final int OF_ZERO = 4000;

    /** More than what some operations with positive doubles err by: bounds of errors are computed with room. */
    private static final double ROOM = 1 + 0x1p-40;

    /** A number that is what it stands for. */
    static Bounded exactly(double value) {
        return new Bounded(value, value, grid(value), 0);
    }

    static int grid(double value) {
        if (value == 0) {
            return OF_ZERO;
        }
        long bits = Double.doubleToRawLongBits(value) & (1L << 52) - 1 | 1L << 52;
        return Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52 + Long.numberOfTrailingZeros(bits);
    }

    double size() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    private double least() {
        return low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
    }

    /** The same as an approximation of another real number, so far away at most. */
    Bounded with(double more) {
        return new Bounded(low, high, grid, (error + more) * ROOM);
    }

    /** The error as a part of the real number. */
    double relativeError() {
        double least = least() - error;
        return least > 0 ? error / least * ROOM : Double.POSITIVE_INFINITY;
    }

    /** Cut where the last bit is worth more. */
    List<Bounded> binades() {
        double border = Math.scalb(1.0, Math.getExponent(size()));
        if (least() >= border || least() == 0) {
            return List.of(this);
        }
        boolean isPositive = low > 0;
        double below = Math.nextDown(border);
        return isPositive
                ? List.of(new Bounded(low, below, grid, error), new Bounded(border, high, grid, error))
                : List.of(new Bounded(low, -border, grid, error), new Bounded(-below, high, grid, error));
    }

    static final Arithmetic<Bounded> ARITHMETIC = new Arithmetic<>() {
        @Override
        public Bounded of(double constant) {
            return exactly(constant);
        }

        @Override
        public Bounded negated(Bounded a) {
            return new Bounded(-a.high, -a.low, a.grid, a.error);
        }

        @Override
        public Bounded plus(Bounded a, Bounded b) {
            return rounded(a.low + b.low, a.high + b.high, Math.min(a.grid, b.grid), a.error + b.error);
        }

        @Override
        public Bounded fma(Bounded a, Bounded b, Bounded c) {
            double low = Math.min(
                    Math.min(Math.fma(a.low, b.low, c.low), Math.fma(a.low, b.high, c.low)),
                    Math.min(Math.fma(a.high, b.low, c.low), Math.fma(a.high, b.high, c.low)));
            double high = Math.max(
                    Math.max(Math.fma(a.low, b.low, c.high), Math.fma(a.low, b.high, c.high)),
                    Math.max(Math.fma(a.high, b.low, c.high), Math.fma(a.high, b.high, c.high)));
            double error = a.size() * b.error + (b.size() + b.error) * a.error + c.error;
            return rounded(low, high, Math.min(Math.min(a.grid + b.grid, OF_ZERO), c.grid), error);
        }

        @Override
        public Bounded over(Bounded a, Bounded b) {
            double low = Math.min(Math.min(a.low / b.low, a.low / b.high), Math.min(a.high / b.low, a.high / b.high));
            double high = Math.max(Math.max(a.low / b.low, a.low / b.high), Math.max(a.high / b.low, a.high / b.high));
            double divisor = b.least() - b.error;
            if (!(divisor > 0)) {
                throw new ArithmeticException("Division by what may be zero");
            }
            // a/b - A/B = (a - A)/B - a/b (b - B)/B; a/b is the computed quotient but for its rounding
            double quotient = Math.max(Math.abs(low), Math.abs(high)) * ROOM;
            return rounded(low, high, Integer.MIN_VALUE, (a.error + quotient * b.error) / divisor);
        }
    };

    /** What is in [low, high] after it was rounded, and before it was a multiple of 2^grid. */
    private static Bounded rounded(double low, double high, int grid, double error) {
        double size = Math.max(Math.abs(low), Math.abs(high));
        double least = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
        int last = Math.max(Math.getExponent(size), Double.MIN_EXPONENT) - 52;
        int first = Math.max(Math.getExponent(least), Double.MIN_EXPONENT) - 52;
        boolean isExact = grid >= last || size == 0;
        double rounding = isExact ? 0 : last == -1074 ? Double.MIN_VALUE : Math.scalb(1.0, last - 1);
        return new Bounded(low, high, Math.max(grid, first), (error + rounding) * ROOM);
    }
}
