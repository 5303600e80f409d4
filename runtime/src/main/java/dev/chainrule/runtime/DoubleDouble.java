package dev.chainrule.runtime;

/**
 * An unevaluated sum {@code high + low} of two doubles, good for about 100 bits: the arithmetic in which the tables of the
 * {@link Kernels} are computed once, at class initialisation. The algorithms are the classical ones of Dekker and Knuth, with
 * {@link Math#fma} for the error of a product; each errs by a few units of 2^-106. See Joldes, Muller and Popescu, <i>Tight
 * and rigorous error bounds for basic building blocks of double-word arithmetic</i>, 2017. No record: generated classes lead to
 * it, and Android has none at the level that has {@link Math#fma}.
 */
final class DoubleDouble {
    static final DoubleDouble ONE = new DoubleDouble(1, 0);

    private final double high;
    private final double low;

    DoubleDouble(double high, double low) {
        this.high = high;
        this.low = low;
    }

    double high() {
        return high;
    }

    double low() {
        return low;
    }

    /** {@code e^x} for {@code |x| <= 1/4}, by its Taylor series; the first term left out is below 2^-106. */
    static DoubleDouble exp(DoubleDouble x) {
        DoubleDouble sum = ONE;
        for (int n = 20; n > 0; n--) { // Horner: 1 + x/1 (1 + x/2 (1 + x/3 (...)))
            sum = ONE.plus(x.times(sum).dividedBy(new DoubleDouble(n, 0)));
        }
        return sum;
    }

    /** The sum; where the terms cancel, a few units of 2^-106 of the terms, not of the sum. */
    DoubleDouble plus(DoubleDouble other) {
        double sum = high + other.high;
        double part = sum - other.high;
        double error = (high - part) + (other.high - (sum - part));
        return ordered(sum, error + (low + other.low));
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(new DoubleDouble(-other.high, -other.low));
    }

    DoubleDouble times(DoubleDouble other) {
        double product = high * other.high;
        double error = Math.fma(high, other.high, -product);
        return ordered(product, error + (high * other.low + low * other.high));
    }

    /** The product with a power of two or the negative of one, exact. */
    DoubleDouble scaled(double factor) {
        return new DoubleDouble(high * factor, low * factor);
    }

    DoubleDouble dividedBy(DoubleDouble other) {
        double quotient = high / other.high;
        double rest = Math.fma(-quotient, other.high, high) + (low - quotient * other.low);
        return ordered(quotient, rest / other.high);
    }

    /** {@code a + b}, without error where {@code |a| >= |b|}. */
    private static DoubleDouble ordered(double a, double b) {
        double sum = a + b;
        return new DoubleDouble(sum, b - (sum - a));
    }
}
