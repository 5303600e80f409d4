package dev.chainrule.runtime;

/**
 * {@code a * b + c} in {@code float}, rounded once, with the bits of {@link Math#fma(float, float, float)}: what {@link ExactFma} is
 * in {@code double}, and in a class of its own for generated classes that have it in them.
 *
 * <p>A product of two floats is a double. Its sum with the third is rounded to odd, the rounding that keeps in the last bit
 * whether anything was lost, so that rounding it to a float is rounding the exact sum. No allocation.
 */
public final class FloatExactFma {
    private FloatExactFma() {}

    /**
     * {@code a * b + c}, rounded once.
     *
     * @param a the first factor
     * @param b the second factor
     * @param c the summand
     * @return the bits of {@link Math#fma(float, float, float)}, or NaN where that gives NaN
     */
    public static float fma(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double part = sum - product;
        double error = (product - (sum - part)) + (c - part);
        if (error < 0 || error > 0) { // not NaN, as where something is infinite
            // Where the sum was rounded away from 0, one step back; then the last bit is set
            long bits = Double.doubleToRawLongBits(sum);
            long back = (bits ^ Double.doubleToRawLongBits(error)) >> 63;
            return (float) Double.longBitsToDouble(bits + back | 1);
        }
        return (float) sum;
    }
}
