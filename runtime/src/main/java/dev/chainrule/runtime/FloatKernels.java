package dev.chainrule.runtime;

/**
 * The elementary functions in activations, in {@code float}, for frozen networks: fast, within 2 ulp, and the same bits
 * everywhere.
 *
 * <p><b>Same bits.</b> Nothing but IEEE arithmetic in {@code float}, {@link Math#fma(float, float, float)}, comparisons
 * and bit casts, so that a result depends neither on the JDK nor on the processor, nor on whether the interpreter or a
 * compiler runs it. There is no table and, but for extreme arguments, no branch: the lanes of a vector can do the same,
 * with the same bits. The logarithms, sine, cosine and arc tangent are those of {@link StrictMath}, and the square root
 * that of {@link Math#sqrt}, rounded to {@code float}.
 *
 * <p><b>Accuracy.</b> Errors are given in ulps of the true value: the largest of all, as a test compares each of the
 * 2<sup>32</sup> floats with values in double.
 *
 * <p><b>Monotonic.</b> From one float to the next larger one, no function decreases; the same test shows it for all.
 *
 * <p><b>Special values.</b> NaN gives NaN, everywhere.
 *
 * <p><b>Speed.</b> No allocation. Each function but those of {@link StrictMath} is one exponential,
 * {@code e^-y = 2^-k e^-r} with {@code y = k log 2 + r} and {@code |r| <= (log 2) / 2}, from a power of two by its bits
 * and {@code 1 - e^-r} by a polynomial; what else it takes is exact or rounded once or twice.
 * {@code FloatKernelBenchmark} among the samples measures it.
 */
public final class FloatKernels {
    /** Beyond this e^x is no longer a normal float, or soon infinite, and the logistic function 1 or e^z. */
    private static final float EXP_LIMIT = 87;

    /** Beyond this tanh rounds to 1: from 9.0109 on. */
    private static final float TANH_LIMIT = 10;

    /** Beyond this erf rounds to 1: from 3.9192 on. */
    private static final float ERF_LIMIT = 4;

    /**
     * Adding 1.5 2^23 rounds to an integer, which then stands in the last bits of the sum, here counted from the bias of a
     * float's exponent; subtracting leaves its value.
     */
    private static final float ROUND = 0x1.8p23f + Float.MAX_EXPONENT;

    /** log 2, rounded down to a float, and what is missing: positive, as the sign of a zero in {@link #rest} needs. */
    private static final float LN2_HIGH = 0x1.62e42ep-1f;

    private static final float LN2_LOW = 0x1.efa39ep-25f;

    private static final float LOG2_E = 0x1.715476p0f;

    /** The bits of 1; those of positive floats have the order of the floats. */
    private static final int ONE = Float.floatToRawIntBits(1);

    private FloatKernels() {}

    /**
     * {@return {@code e^x}} Error: at most 1.06 ulp; where the result is subnormal at most 0.76.
     *
     * <p>{@code exp(0) = 1}, {@code exp(-infinity) = 0}, {@code exp(infinity) = infinity}.
     *
     * @param x the exponent
     */
    public static float exp(float x) {
        return Math.abs(x) > EXP_LIMIT ? expBeyondLimit(x) : expOfMinus(-x, ROUND);
    }

    private static float expBeyondLimit(float x) {
        if (x > 89) { // log of the largest float: 88.72
            return Float.POSITIVE_INFINITY;
        }
        if (x < -104) { // log of half the smallest: -103.97
            return 0;
        }
        // Computed as a normal number, then scaled: the second rounding costs half an ulp.
        return x > 0 ? expOfMinus(-x, ROUND - 64) * 0x1p64f : expOfMinus(-x, ROUND + 64) * 0x1p-64f;
    }

    /** {@code e^-y 2^n} where {@code round = ROUND + n}. */
    private static float expOfMinus(float y, float round) {
        float rounded = Math.fma(y, -LOG2_E, round);
        float power = power(rounded);
        return Math.fma(-power, oneMinusExpOfMinus(rest(y, round - rounded)), power);
    }

    /** {@code 2^k}, where {@code rounded = ROUND + k}: the last bits become the exponent's. */
    private static float power(float rounded) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << 23);
    }

    /**
     * {@code y - k log 2}. The inner sum is exact: for k = 0 it is y, else a multiple of 2^-25, as y and LN2_HIGH are, and
     * below 1/2.
     */
    private static float rest(float y, float k) {
        return Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, y));
    }

    /**
     * {@code 1 - e^-r} for {@code |r| <= (log 2) / 2}: {@code r - r^2/2} and then that polynomial up to {@code r^6} which has the
     * least relative error, 2^-25.9; found by the algorithm of Remez. It is -0.0 for {@code r = -0.0}.
     */
    private static float oneMinusExpOfMinus(float r) {
        return Math.fma(r * r, expTail(r), r);
    }

    /** {@code (1 - e^-r - r) / r^2}. */
    private static float expTail(float r) {
        float square = r * r;
        float lower = Math.fma(r, 0x1.5554ap-3f, -1.0f / 2);
        float upper = Math.fma(r, 0x1.1234ccp-7f, -0x1.555444p-5f);
        return Math.fma(square, Math.fma(square, -0x1.6e5efap-10f, upper), lower);
    }

    /**
     * {@return {@code e^x - 1}, without cancellation near 0} Error: at most 1.64 ulp.
     *
     * <p>{@code expm1(-0.0) = -0.0}, {@code expm1(-infinity) = -1}, {@code expm1(infinity) = infinity}; a subnormal argument
     * is returned.
     *
     * @param x the exponent
     */
    public static float expm1(float x) {
        if (Math.abs(x) > EXP_LIMIT) {
            return x > 0 ? expBeyondLimit(x) : -1;
        }
        // -2^-k (1 - e^-r) - (1 - 2^-k); the last difference must be subtracted, so that a sum of zeros has the sign of
        // x
        float rounded = Math.fma(x, LOG2_E, ROUND);
        float power = power(rounded);
        return Math.fma(-power, oneMinusExpOfMinus(rest(-x, ROUND - rounded)), -(1 - power));
    }

    /**
     * {@return the logistic function {@code 1 / (1 + e^-z)}} Error: at most 2 ulp.
     *
     * <p>{@code sigmoid(0) = 0.5}, {@code sigmoid(-infinity) = 0}, {@code sigmoid(infinity) = 1}. Below about -87 the result is
     * subnormal.
     *
     * <p>With {@code e^-z = 2^-k e^-r} it is {@code 2^k / (2^k + e^-r)}; the larger of 1 and {@code 2^k} is added last.
     *
     * @param z the argument
     */
    public static float sigmoid(float z) {
        if (Math.abs(z) > EXP_LIMIT) {
            return z > 0 ? 1 : exp(z);
        }
        float rounded = Math.fma(z, LOG2_E, ROUND);
        float power = power(rounded);
        int bits = Float.floatToRawIntBits(power);
        float larger = Float.intBitsToFloat(Math.max(bits, ONE));
        float smaller = Float.intBitsToFloat(Math.min(bits, ONE));
        return power / (larger + (smaller - oneMinusExpOfMinus(rest(z, rounded - ROUND))));
    }

    /**
     * {@return the hyperbolic tangent} Error: at most 1.97 ulp. Odd: {@code tanh(-z) = -tanh(z)}, bit for bit.
     *
     * <p>{@code tanh(-0.0) = -0.0}, {@code tanh(infinity) = 1}; a subnormal argument is returned.
     *
     * <p>For {@code z >= 0} it is {@code (1 - e^-2z) / (1 + e^-2z)}.
     *
     * @param z the argument
     */
    public static float tanh(float z) {
        if (Math.abs(z) > TANH_LIMIT) {
            return z > 0 ? 1 : -1;
        }
        float y = 2 * Math.abs(z);
        float rounded = Math.fma(y, -LOG2_E, ROUND);
        float power = power(rounded);
        float fall = oneMinusExpOfMinus(rest(y, ROUND - rounded));
        float sign = Math.copySign(1f, z);
        return Math.fma(sign * power, fall, sign * (1 - power)) / Math.fma(-power, fall, 1 + power);
    }

    /**
     * {@return {@code log(1 + e^z)}} Error: at most 1.59 ulp.
     *
     * <p>{@code softplus(-infinity) = 0}, {@code softplus(infinity) = infinity}. Below about -87 the result is subnormal.
     *
     * <p>For {@code |z| < 1} it is {@code log 2 + z/2 + log cosh(z/2)}, else {@code max(0, z) + log(1 + e^-|z|)}; both are
     * computed, and the bits of one taken.
     *
     * @param z the argument
     */
    public static float softplus(float z) {
        if (Math.abs(z) > EXP_LIMIT) {
            return z > 0 ? z : exp(z);
        }
        float size = Math.abs(z);
        float far = 0.5f * (z + size) + log1pOfPart(expOfMinus(size, ROUND));
        float square = z * z;
        float near = LN2_HIGH + LN2_LOW + Math.fma(square, logCoshTail(square), 0.5f * z);
        int takeNear = Float.floatToRawIntBits(size) - ONE >> 31; // all ones where |z| < 1, else zeros
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(near) & takeNear | Float.floatToRawIntBits(far) & ~takeNear);
    }

    /**
     * {@code log(1 + x)} for {@code 0 <= x <= 1/e}: x and then that polynomial up to {@code x^7} which has the least relative
     * error, 2^-27.
     */
    private static float log1pOfPart(float x) {
        float square = x * x;
        float lower = Math.fma(x, 0x1.554878p-2f, -0x1.ffffc4p-2f);
        float middle = Math.fma(x, 0x1.89a93cp-3f, -0x1.fe27a8p-3f);
        float upper = Math.fma(x, 0x1.b4fb18p-5f, -0x1.0c6866p-3f);
        float tail = Math.fma(square, Math.fma(square, upper, middle), lower);
        return Math.fma(square, tail, x);
    }

    /**
     * {@code (log cosh(z/2)) / z^2} for {@code z^2 <= 1}: that polynomial up to {@code z^6} which has the least error as part of
     * softplus, 2^-27 of it.
     */
    private static float logCoshTail(float square) {
        float lower = Math.fma(square, -0x1.55418cp-8f, 0x1.ffffep-4f);
        float upper = Math.fma(square, -0x1.6d9824p-16f, 0x1.6841b2p-12f);
        return Math.fma(square * square, upper, lower);
    }

    /**
     * {@return the error function, {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} from 0 to x} Error: at
     * most 1.93 ulp. Odd: {@code erf(-x) = -erf(x)}, bit for bit.
     *
     * <p>{@code erf(-0.0) = -0.0}, {@code erf(infinity) = 1}.
     *
     * <p>For {@code x >= 0} it is {@code 1 - e^-y} where {@code y = -log(1 - erf(x))}.
     *
     * @param x the argument
     */
    public static float erf(float x) {
        float size = Math.abs(x);
        if (size > ERF_LIMIT) {
            return x > 0 ? 1 : -1;
        }
        float y = minusLogErfc(size);
        float rounded = Math.fma(y, -LOG2_E, ROUND);
        float power = power(rounded);
        float sign = Math.copySign(1f, x);
        return Math.fma(sign * power, oneMinusExpOfMinus(rest(y, ROUND - rounded)), sign * (1 - power));
    }

    /**
     * {@code -log(1 - erf(x))} for {@code 0 <= x <= 4}: x and that polynomial up to {@code x^9} with which erf has the
     * least relative error, 2^-27.8; found by the algorithm of Remez.
     */
    private static float minusLogErfc(float x) {
        float square = x * x;
        float even = 0x1.f28528p-14f;
        even = Math.fma(square, even, 0x1.b7439p-10f);
        even = Math.fma(square, even, -0x1.39b7ccp-6f);
        even = Math.fma(square, even, 0x1.45f3p-1f);
        float odd = -0x1.3afce2p-17f;
        odd = Math.fma(square, odd, -0x1.4e279cp-11f);
        odd = Math.fma(square, odd, -0x1.6374bp-13f);
        odd = Math.fma(square, odd, 0x1.a4f8c4p-4f);
        return Math.fma(x, Math.fma(x, Math.fma(x, odd, even), 0x1.06eba8p-3f), x);
    }

    /**
     * {@return the natural logarithm, that of {@link StrictMath#log}, rounded} Error: at most 0.51 ulp.
     *
     * @param x the argument; below 0 the result is NaN
     */
    public static float log(float x) {
        return (float) StrictMath.log(x);
    }

    /**
     * {@return {@code log(1 + x)}, that of {@link StrictMath#log1p}, rounded} Error: at most 0.51 ulp.
     *
     * @param x the argument; below -1 the result is NaN
     */
    public static float log1p(float x) {
        return (float) StrictMath.log1p(x);
    }

    /**
     * {@return the square root, that of {@link Math#sqrt}, rounded} Error: at most half an ulp.
     *
     * @param x the argument; below 0 the result is NaN
     */
    public static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    /**
     * {@return the sine, that of {@link StrictMath#sin}, rounded} Error: at most 0.51 ulp.
     *
     * @param x the angle in radians; where it is infinite the result is NaN
     */
    public static float sin(float x) {
        return (float) StrictMath.sin(x);
    }

    /**
     * {@return the cosine, that of {@link StrictMath#cos}, rounded} Error: at most 0.51 ulp.
     *
     * @param x the angle in radians; where it is infinite the result is NaN
     */
    public static float cos(float x) {
        return (float) StrictMath.cos(x);
    }

    /**
     * {@return the arc tangent in radians, that of {@link StrictMath#atan}, rounded} Error: at most 0.51 ulp.
     *
     * @param x the argument
     */
    public static float atan(float x) {
        return (float) StrictMath.atan(x);
    }

    /**
     * {@return {@code x^n}, that of {@link Kernels#power} rounded to a float} So it is exact to half an ulp as long as n is at most
     * some millions.
     *
     * @param x the base
     * @param n the exponent, at least 1
     */
    public static float power(float x, int n) {
        // Written again, as a class in float is not to need that of Kernels, and with it the fma of doubles
        double square = x;
        double power = 1;
        for (int rest = n; rest > 1; rest >>= 1) {
            if ((rest & 1) != 0) {
                power *= square;
            }
            square *= square;
        }
        return (float) (power * square);
    }
}
