package dev.chainrule.runtime;

/**
 * {@code a * b + c} rounded once, with the bits of {@link Math#fma(double, double, double)}, for platforms that have no such
 * method, as Android before API level 33, or where it is slow, as the processor has no instruction for it.
 *
 * <p>The product, and each sum, is split into two doubles without error, by the classical algorithms of Dekker, Veltkamp and
 * Knuth. What is left to be added in the end is a double and a small rest, which is rounded to odd: the rounding that keeps, in
 * the last bit, whether anything was lost, so that the one rounding that follows is that of the exact sum. See Boldo and
 * Melquiond, <i>Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd</i>, IEEE Transactions on
 * Computers 57, 2008. No allocation.
 */
public final class ExactFma {
    /** Between these, and their inverses, factors can be split, and what follows from them neither under- nor overflows. */
    private static final double GREATEST_FACTOR = 0x1p450;

    private static final double GREATEST_SUMMAND = 0x1p900;

    /** {@code 2^27 + 1}: times a double it splits off the upper half of its bits. */
    private static final double SPLITTER = 0x1p27 + 1;

    /** A product of factors from 1 to 2 is a multiple of 2^-104: of less than this, as a summand, the sign alone counts. */
    private static final int LEAST_EXPONENT = -110;

    private static final double LEAST = 0x1p-110;

    private ExactFma() {}

    /**
     * {@code a * b + c}, rounded once.
     *
     * @param a the first factor
     * @param b the second factor
     * @param c the summand
     * @return the bits of {@link Math#fma(double, double, double)}, or NaN where that gives NaN
     */
    public static double fma(double a, double b, double c) {
        return isOrdinary(a, 1 / GREATEST_FACTOR, GREATEST_FACTOR)
                        && isOrdinary(b, 1 / GREATEST_FACTOR, GREATEST_FACTOR)
                        && isOrdinary(c, 1 / GREATEST_SUMMAND, GREATEST_SUMMAND)
                ? fma(a, b, c, 0)
                : fmaOfAny(a, b, c);
    }

    private static boolean isOrdinary(double value, double least, double greatest) {
        double size = Math.abs(value);
        return size > least && size < greatest;
    }

    private static double fmaOfAny(double a, double b, double c) {
        if (a == 0 || b == 0 || a - a != 0 || b - b != 0) { // zero, infinite or NaN
            return a * b + c;
        } else if (c == 0) {
            return a * b;
        } else if (c - c != 0) {
            return c;
        }
        int exponentOfA = exponent(a);
        int exponentOfB = exponent(b);
        int exponent = exponentOfA + exponentOfB;
        int distance = exponent(c) - exponent;
        if (distance > 56) {
            return c; // the product is less than a quarter of its last place
        }
        double summand = distance < LEAST_EXPONENT ? Math.copySign(LEAST, c) : Math.scalb(c, -exponent);
        return fma(Math.scalb(a, -exponentOfA), Math.scalb(b, -exponentOfB), summand, exponent);
    }

    /** The exponent of a finite double that is not 0, also of a subnormal one. */
    private static int exponent(double value) {
        int exponent = Math.getExponent(value);
        return exponent < Double.MIN_EXPONENT ? Math.getExponent(value * 0x1p54) - 54 : exponent;
    }

    /** {@code (a * b + c) 2^exponent}, where nothing that is added underflows or overflows. */
    private static double fma(double a, double b, double c, int exponent) {
        double product = a * b;
        double productLow = errorOfProduct(a, b, product);
        double low = c + productLow;
        double high = product + low;
        double rest = roundedToOdd(errorOfSum(c, productLow, low), errorOfSum(product, low, high));
        double sum = high + rest;
        if (exponent == 0) {
            return sum;
        }
        int exponentOfSum = Math.getExponent(sum) + exponent;
        return sum == 0 || exponentOfSum >= Double.MIN_EXPONENT
                ? Math.scalb(sum, exponent)
                : subnormal(high, rest, sum, exponent);
    }

    /**
     * {@code (high + rest) 2^exponent} where that is subnormal, for {@code sum = high + rest} rounded. Added to a number whose last
     * place is 2^-1074 at that scale, it is rounded there, once.
     */
    private static double subnormal(double high, double rest, double sum, int exponent) {
        double shift = Math.copySign(Math.scalb(Double.MIN_NORMAL, -exponent), sum);
        double shifted = shift + sum;
        double error = roundedToOdd(errorOfSum(shift, sum, shifted), errorOfSum(high, rest, sum));
        return Math.copySign(Math.scalb(shifted + error - shift, exponent), sum);
    }

    /** {@code a * b - product}, for the rounded product, by splitting the factors into halves whose products are exact. */
    private static double errorOfProduct(double a, double b, double product) {
        double aHigh = a * SPLITTER - (a * SPLITTER - a);
        double bHigh = b * SPLITTER - (b * SPLITTER - b);
        double aLow = a - aHigh;
        double bLow = b - bHigh;
        return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
    }

    /** {@code a + b - sum}, for the rounded sum. */
    private static double errorOfSum(double a, double b, double sum) {
        double part = sum - a;
        return (a - (sum - part)) + (b - part);
    }

    /** {@code a + b}: where that is no double, that of the two neighbours whose last bit is 1. */
    private static double roundedToOdd(double a, double b) {
        double sum = a + b;
        double error = errorOfSum(a, b, sum);
        if (error == 0) {
            return sum;
        }
        // Where the sum was rounded away from 0, one step back; then the last bit is set
        long bits = Double.doubleToRawLongBits(sum);
        long back = (bits ^ Double.doubleToRawLongBits(error)) >> 63;
        return Double.longBitsToDouble(bits + back | 1);
    }
}
