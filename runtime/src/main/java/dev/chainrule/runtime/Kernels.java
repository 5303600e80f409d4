package dev.chainrule.runtime;

import static dev.chainrule.runtime.PowersOfTwo.LN2_HIGH;
import static dev.chainrule.runtime.PowersOfTwo.LN2_LOW;

/**
 * The elementary functions in activations and losses: fast, within 3.3 ulp (1.75 found), and the same bits
 * everywhere.
 *
 * <p><b>Same bits.</b> Nothing but IEEE arithmetic, {@link Math#fma}, comparisons, bit casts and table look-ups, so
 * that a result depends neither on the JDK nor on the processor, nor on whether the interpreter or a compiler runs it.
 * ({@link Math#exp} and {@link Math#tanh} may differ in all of these.) The logarithms, sine, cosine and arc tangent
 * come from {@link StrictMath}, and the square root from {@link Math#sqrt}, which is exact but for one rounding.
 *
 * <p><b>Accuracy.</b> Errors are given in ulps of the true value: first a bound, by counting half an ulp a rounding, then the
 * largest error found. The tests compare some hundred thousand arguments, random ones from all binades and the neighbours of
 * every border in the algorithms, with values of 40 digits. That {@code exp}, {@code expm1}, {@code sigmoid}, {@code tanh},
 * {@code softplus} and {@code erf} err by less than 4.5 2^-53 of the true value is proved: the text is that of the processor's
 * {@code KernelErrors}, and {@code KernelProofTest} beside the tests of this class checks its numbers.
 *
 * <p><b>Monotonic.</b> From one double to the next larger one, {@code tanh} and, from -37.5 on, {@code sigmoid} never
 * decrease: this is proved, in the processor's {@code KernelOrder}. No decrease of {@code exp}, {@code expm1} and {@code erf}
 * was ever found, as each ends with the sum of a constant, or the argument, and a small correction; across the borders of
 * their algorithms the tests walk double by double. {@code softplus} does decrease, by an ulp at about one in 10^8 doubles
 * near 0.065.
 *
 * <p><b>Special values.</b> NaN gives NaN, everywhere.
 *
 * <p><b>Speed.</b> No allocation, and no branch but those that sort out extreme arguments. An exponential costs a table
 * look-up and a short polynomial, the others a division more, which is 1.2 to 7 times faster than the same with {@link Math};
 * {@code KernelBenchmark} among the samples measures it. What comes from {@link StrictMath} is slower.
 *
 * <p>What tanh, sigmoid, exp and erf are made of are methods of at most 35 bytes of bytecode ({@code MaxInlineSize}): HotSpot inlines these
 * wherever they are called, larger ones only where its profile tells that a call is frequent, and it may have none. One call that is
 * left makes a small network take 1.5 times as long.
 */
public final class Kernels {
    /** Adding 1.5 2^52 rounds to an integer, which then stands in the last bits of the sum; subtracting leaves its value. */
    private static final double ROUND = 0x1.8p52;

    /** Beyond this exp and expm1 overflow, or exp loses bits to gradual underflow; at -708 it is still normal. */
    private static final double EXP_LIMIT = 708;

    /** {@code ROUND} for the exponential: the integer then starts from the bias of a double's exponent. */
    private static final double EXP_ROUND = ROUND + PowersOfTwo.STEPS * Double.MAX_EXPONENT;

    private static final double STEPS_PER_LN2 = PowersOfTwo.STEPS / LN2_HIGH;

    /** Beyond this {@code e^-|z|} is less than half an ulp of 1. */
    private static final double LOGISTIC_LIMIT = 37.5;

    /** Beyond this tanh rounds to 1; up to here the nearest node is in the table. */
    private static final double TANH_LIMIT = 19.1;

    private static final double NODES_PER_UNIT = 1 / Nodes.SPACING;

    /** How many nodes, half of them on each side of 0, are all within the limits: a power of two. */
    private static final int INNER_NODES = 512;

    /** {@code ROUND} with the number of the first of these in its last bits. */
    private static final long FIRST_INNER_NODE = Double.doubleToRawLongBits(ROUND) - INNER_NODES / 2;

    /** The numbers that are taken through all steps at a time: few enough for the first-level cache. */
    private static final int RANGE = 512;

    /**
     * Up to here erf is x plus a part of x, beyond it 1 minus a part of 1. It lies where both are small, and where
     * {@code e^(-x^2)} is below 1/2, so that its last bit counts less than a step of erf.
     */
    private static final double ERF_BORDER = 0.84;

    /** Beyond this erf rounds to 1: from 5.8636 on. */
    private static final double ERF_LIMIT = 5.9;

    private Kernels() {}

    /**
     * {@return {@code e^x}} Error: at most 0.51 ulp, found 0.505; where the result is subnormal at most 1.01, found 0.76.
     *
     * <p>{@code exp(0) = 1}, {@code exp(-infinity) = 0}, {@code exp(infinity) = infinity}.
     *
     * <p>With {@code x = (k / 128) log 2 + r}, where {@code |r| <= log 2 / 256}, it is {@code 2^(k/128) e^r}.
     *
     * @param x the exponent
     */
    public static double exp(double x) {
        return Math.abs(x) > EXP_LIMIT ? expBeyondLimit(x) : exp(x, EXP_ROUND);
    }

    private static double expBeyondLimit(double x) {
        if (x > 709.8) { // log of the largest double: 709.78
            return Double.POSITIVE_INFINITY;
        }
        if (x < -745.2) { // log of half the smallest: -745.13
            return 0;
        }
        // Computed as a normal number, then scaled: the second rounding costs half an ulp.
        double scaleDown = 64 * PowersOfTwo.STEPS;
        return x > 0 ? exp(x, EXP_ROUND - scaleDown) * 0x1p64 : exp(x, EXP_ROUND + scaleDown) * 0x1p-64;
    }

    /** {@code e^x 2^n} where {@code round = EXP_ROUND + 128 n}. */
    private static double exp(double x, double round) {
        double rounded = Math.fma(x, STEPS_PER_LN2, round);
        return expBesidePower(rounded, expRest(x, rounded - round));
    }

    /** {@code 2^(k/128) e^r} for the k in the last bits of {@code rounded}. */
    private static double expBesidePower(double rounded, double r) {
        int entry = PowersOfTwo.entry(rounded);
        double power = PowersOfTwo.power(rounded, entry);
        return Math.fma(power, expm1NearZero(r, PowersOfTwo.TABLE[entry + 1]), power);
    }

    /** {@code e^r - 1}, less what a power of two in the table lacks, as a part of it. */
    private static double expm1NearZero(double r, double lack) {
        return Math.fma(r * r, expTail(r), r - lack);
    }

    /**
     * {@code x - k (log 2) / 128}. The inner sum is exact: for k = 0 it is x, else a multiple of 2^-61, as x and LN2_HIGH / 128
     * are, and below 2^-8.
     */
    private static double expRest(double x, double k) {
        double exact = Math.fma(k, -LN2_HIGH / PowersOfTwo.STEPS, x);
        return Math.fma(k, -LN2_LOW / PowersOfTwo.STEPS, exact);
    }

    /**
     * {@code (e^r - 1 - r) / r^2} for {@code |r| <= R = log 2 / 256}: the Taylor series {@code 1/2 + r/6 + r^2/24 + r^3/120 +
     * r^4/720}, where {@code 0.869 R^2 r^2} stands for {@code r^4}: of all multiples of {@code r^2} the one with which
     * {@code e^r - 1} has the least relative error, {@code max |r^5 - 0.869 R^2 r^3| / 720 = 0.131 R^5 / 720 < 2^-55}.
     */
    private static double expTail(double r) {
        double lower = Math.fma(r, 1.0 / 6, 1.0 / 2);
        double upper = Math.fma(r, 1.0 / 120, 1.0 / 24 + 0.869 / 720 * (LN2_HIGH / 256) * (LN2_HIGH / 256));
        return Math.fma(r * r, upper, lower);
    }

    /**
     * {@return {@code e^x - 1}, without cancellation near 0} Error: at most 1.7 ulp, found 1.56.
     *
     * <p>{@code expm1(-0.0) = -0.0}, {@code expm1(-infinity) = -1}, {@code expm1(infinity) = infinity}; a subnormal argument
     * is returned.
     *
     * @param x the exponent
     */
    public static double expm1(double x) {
        if (Math.abs(x) > EXP_LIMIT) {
            return x > 0 ? expBeyondLimit(x) : -1;
        }
        double rounded = Math.fma(x, STEPS_PER_LN2, EXP_ROUND);
        int entry = PowersOfTwo.entry(rounded);
        double power = PowersOfTwo.power(rounded, entry);
        double r = expRest(x, rounded - EXP_ROUND);

        // power - 1 = -base - lost; nothing is lost from power = 1/2 to 2, where it would tell.
        double base = 1 - power;
        double lost = (1 - base) - power;

        // Written so that each term is -0.0 when x is: hence what goes below 0 is subtracted, and the square has the
        // sign of a zero turned.
        double error = power * PowersOfTwo.TABLE[entry + 1];
        double square = -Math.fma(-r, r, 0.0);
        double linear = Math.fma(power, r, -Math.fma(error, r, error));
        double step = Math.fma(power * square, expTail(r), linear);
        return (step - lost) - base;
    }

    /**
     * {@return the logistic function {@code 1 / (1 + e^-z)}} Error: at most 1 ulp, found 0.94, and 0.71 above -37.5.
     *
     * <p>{@code sigmoid(0) = 0.5}, {@code sigmoid(-infinity) = 0}, {@code sigmoid(infinity) = 1}. Below about -709 the result is
     * subnormal.
     *
     * <p>With the nearest node c and {@code t = tanh((z - c) / 2)} the addition theorem gives
     * <pre>  sigmoid(z) = sigmoid(c) + 2 sigmoid'(c) t / (1 + (2 sigmoid(c) - 1) t)</pre>
     *
     * @param z the argument
     */
    public static double sigmoid(double z) {
        if (Math.abs(z) > LOGISTIC_LIMIT) {
            return z > 0 ? 1 : exp(z);
        }
        double rounded = Math.fma(z, 0.5 * NODES_PER_UNIT, ROUND);
        double t = tanhNearZero(Math.fma(rounded - ROUND, -Nodes.SPACING, 0.5 * z));
        int row = row(rounded);
        double value = Nodes.Sigmoid.TABLE[row];
        double slope = Nodes.Sigmoid.TABLE[row + 2] / Math.fma(Math.fma(2, value, -1), t, 1);
        return value + Math.fma(slope, t, Nodes.Sigmoid.TABLE[row + 1]);
    }

    /**
     * {@return the hyperbolic tangent} Error: at most 3.3 ulp, found 1.75. Odd: {@code tanh(-z) = -tanh(z)}, bit for bit.
     *
     * <p>{@code tanh(-0.0) = -0.0}, {@code tanh(infinity) = 1}; a subnormal argument is returned.
     *
     * <p>With the nearest node c and {@code t = tanh(z - c)} the addition theorem gives
     * <pre>  tanh z = tanh c + tanh'(c) t / (1 + t tanh c)</pre>
     *
     * @param z the argument
     */
    public static double tanh(double z) {
        if (Math.abs(z) > TANH_LIMIT) {
            return z > 0 ? 1 : -1;
        }
        double rounded = Math.fma(z, NODES_PER_UNIT, ROUND);
        double t = tanhNearZero(Math.fma(rounded - ROUND, -Nodes.SPACING, z));
        int row = row(rounded);
        double value = Nodes.Tanh.TABLE[row];
        double slope = Nodes.Tanh.TABLE[row + 2] / Math.fma(value, t, 1);
        return value + Math.fma(slope, t, Nodes.Tanh.TABLE[row + 1]);
    }

    /**
     * {@code a_i = sigmoid(z_i)} for rows of numbers, with the bits of {@link #sigmoid}: in a loop for each of the steps before
     * the table, in it and after it, as HotSpot makes vector instructions of those without look-ups. Much less time for
     * 32 numbers or more that stand side by side.
     *
     * @param z the arguments
     * @param a receives the values, each at the place of its argument; another array
     * @param rows how many rows there are, from the beginning of the arrays on
     * @param stride how far apart rows begin
     * @param count how many numbers of each row are wanted, at most {@code stride}
     * @param low for values on the way; another array, as long as these
     */
    public static void sigmoidRows(double[] z, double[] a, int rows, int stride, int count, double[] low) {
        // Without gaps it does not matter where a row ends
        int length = count == stride ? RANGE : count;
        int end = rows * stride;
        for (int from = 0; from < end; from += count == stride ? RANGE : stride) {
            sigmoidRange(z, a, from, Math.min(from + length, end), low);
        }
    }

    private static void sigmoidRange(double[] z, double[] a, int from, int to, double[] low) {
        boolean mayBeBeyondLimit = lookUp(z, 0.5 * NODES_PER_UNIT, Nodes.Sigmoid.TABLE, a, low, from, to);
        for (int i = from; i < to; i++) {
            double rounded = Math.fma(z[i], 0.5 * NODES_PER_UNIT, ROUND);
            double t = twiceTanhOfHalf(Math.fma(rounded - ROUND, -2 * Nodes.SPACING, z[i]));
            double value = a[i];
            double slope = value * (1 - value - low[i]) / Math.fma(value - 0.5, t, 1);
            a[i] = value + Math.fma(slope, t, low[i]);
        }
        for (int i = from; mayBeBeyondLimit && i < to; i++) {
            a[i] = Math.abs(z[i]) > LOGISTIC_LIMIT ? sigmoid(z[i]) : a[i];
        }
    }

    /**
     * {@code a_i = tanh(z_i)} for rows of numbers, with the bits of {@link #tanh}, as {@link #sigmoidRows} goes about it.
     *
     * @param z the arguments
     * @param a receives the values, each at the place of its argument; another array
     * @param rows how many rows there are, from the beginning of the arrays on
     * @param stride how far apart rows begin
     * @param count how many numbers of each row are wanted, at most {@code stride}
     * @param low for values on the way; another array, as long as these
     */
    public static void tanhRows(double[] z, double[] a, int rows, int stride, int count, double[] low) {
        // Without gaps it does not matter where a row ends
        int length = count == stride ? RANGE : count;
        int end = rows * stride;
        for (int from = 0; from < end; from += count == stride ? RANGE : stride) {
            tanhRange(z, a, from, Math.min(from + length, end), low);
        }
    }

    private static void tanhRange(double[] z, double[] a, int from, int to, double[] low) {
        boolean mayBeBeyondLimit = lookUp(z, NODES_PER_UNIT, Nodes.Tanh.TABLE, a, low, from, to);
        for (int i = from; i < to; i++) {
            double rounded = Math.fma(z[i], NODES_PER_UNIT, ROUND);
            double t = tanhNearZero(Math.fma(rounded - ROUND, -Nodes.SPACING, z[i]));
            double value = a[i];
            double slope = Math.fma(-2 * value, low[i], Math.fma(-value, value, 1)) / Math.fma(value, t, 1);
            a[i] = value + Math.fma(slope, t, low[i]);
        }
        for (int i = from; mayBeBeyondLimit && i < to; i++) {
            a[i] = Math.abs(z[i]) > TANH_LIMIT ? tanh(z[i]) : a[i];
        }
    }

    /**
     * The part of {@link #sigmoidRows} that is none for vector instructions, for classes that do the others by the Vector API.
     *
     * @param a has {@code 1.5 2^52 + k} for the node k of a number, and receives the value there
     * @param low receives what it lacks
     * @param from the first place in both arrays
     * @param to the place after the last
     * @return whether some number may be beyond 37.5, in absolute terms, which has to be computed by {@link #sigmoid}
     */
    public static boolean sigmoidNodes(double[] a, double[] low, int from, int to) {
        return nodes(Nodes.Sigmoid.TABLE, a, low, from, to);
    }

    /**
     * The same part of {@link #tanhRows}.
     *
     * @param a has {@code 1.5 2^52 + k} for the node k of a number, and receives the value there
     * @param low receives what it lacks
     * @param from the first place in both arrays
     * @param to the place after the last
     * @return whether some number may be beyond 19.1, in absolute terms, which has to be computed by {@link #tanh}
     */
    public static boolean tanhNodes(double[] a, double[] low, int from, int to) {
        return nodes(Nodes.Tanh.TABLE, a, low, from, to);
    }

    /**
     * What a table has of the nearest nodes, the values into {@code a} and what these lack into {@code low}; of numbers beyond the
     * limit, anything. All arrays have the same index, and a loop stores to one but for the look-ups: else HotSpot 17 finds no vector
     * instructions. The slope at a node is computed from the value, sooner than it is looked up.
     *
     * @return whether some number may be beyond the limit, as its node is none of the inner ones: integers tell sooner than doubles
     */
    private static boolean lookUp(
            double[] z, double nodesPerUnit, double[] table, double[] a, double[] low, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = Math.fma(z[i], nodesPerUnit, ROUND);
        }
        return nodes(table, a, low, from, to);
    }

    private static boolean nodes(double[] table, double[] a, double[] low, int from, int to) {
        long nodes = 0;
        for (int i = from; i < to; i++) {
            long bits = Double.doubleToRawLongBits(a[i]);
            nodes |= bits - FIRST_INNER_NODE;
            int row = Nodes.row((int) bits);
            a[i] = table[row];
            low[i] = table[row + 1];
        }
        return (nodes & -INNER_NODES) != 0;
    }

    /**
     * {@return {@code log(1 + e^z)}} Error: at most 0.8 ulp, found 0.72.
     *
     * <p>{@code softplus(-infinity) = 0}, {@code softplus(infinity) = infinity}. Below about -708 the result is subnormal.
     *
     * <p>With the nearest node c, {@code S = sigmoid(c)} and {@code t = tanh((z - c) / 2)} it is
     * <pre>  softplus(z) = softplus(c) + 2 artanh v   where   v = S t / (1 - (1 - S) t)</pre>
     *
     * @param z the argument
     */
    public static double softplus(double z) {
        if (Math.abs(z) > LOGISTIC_LIMIT) {
            return z > 0 ? z : exp(z);
        }
        double rounded = Math.fma(z, 0.5 * NODES_PER_UNIT, ROUND);
        double t = tanhNearZero(Math.fma(rounded - ROUND, -Nodes.SPACING, 0.5 * z));
        int row = row(rounded);

        // v as linear + linear w: the last bit of w does not count, that of S t / (...) could make a step down as z
        // goes up.
        double slope = Nodes.Softplus.TABLE[row + 2];
        double linear = slope * t;
        double w = (1 - slope) * t / Math.fma(slope - 1, t, 1);
        double v = Math.fma(linear, w, linear);

        // 2 artanh v = 2 (v + v^3/3 + v^5/5 + v^7/7 + v^9/9), the parts added from the smallest up
        double square = v * v;
        double lower = Math.fma(square, 1.0 / 5, 1.0 / 3);
        double upper = Math.fma(square, 1.0 / 9, 1.0 / 7);
        double series = Math.fma(square * square, upper, lower);
        double low = Math.fma(2 * linear, w, Nodes.Softplus.TABLE[row + 1]);
        return Nodes.Softplus.TABLE[row] + (2 * linear + Math.fma(2 * v * square, series, low));
    }

    /**
     * {@return the error function, {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} from 0 to x} Error: at
     * most 1 ulp, found 0.82. Odd: {@code erf(-x) = -erf(x)}, bit for bit.
     *
     * <p>{@code erf(-0.0) = -0.0}, {@code erf(infinity) = 1}.
     *
     * @param x the argument
     */
    public static double erf(double x) {
        double size = Math.abs(x);
        if (size > ERF_BORDER) {
            double scaled = ErfPolynomials.scaledErfc(size);
            return Math.copySign(size > ERF_LIMIT ? 1 : Math.fma(-exp(-size * size), scaled, 1), x);
        }
        return Math.fma(x, ErfPolynomials.beyondArgument(Math.fma(x, x, -0.5)), x);
    }

    /** Where a table has its entries for the node whose number stands in the last bits of {@code rounded}. */
    private static int row(double rounded) {
        return Nodes.row((int) Double.doubleToRawLongBits(rounded));
    }

    /**
     * {@code tanh h} for {@code |h| <= SPACING / 2}, by the Taylor series
     * {@code h - h^3/3 + 2h^5/15 - 17h^7/315 + 62h^9/2835}; the next term is below {@code 2^-56 h}. Adding 0.0 to h^3 keeps the
     * sign of {@code h = -0.0}.
     */
    private static double tanhNearZero(double h) {
        double square = h * h;
        return Math.fma(Math.fma(square, h, 0.0), tanhTail(square), h);
    }

    /** {@code (tanh h - h) / h^3} for the square of h. */
    private static double tanhTail(double square) {
        double lower = Math.fma(square, 2.0 / 15, -1.0 / 3);
        return Math.fma(square * square, Math.fma(square, 62.0 / 2835, -17.0 / 315), lower);
    }

    /**
     * {@code 2 tanh(h / 2)}: by the same steps, and so twice the bits of {@code tanhNearZero(h / 2)}. Two multiplications less than
     * with these, and HotSpot 17 finds vector instructions in a loop of that size.
     */
    private static double twiceTanhOfHalf(double h) {
        double square = h * h;
        double cube = Math.fma(square, h, 0.0);
        double lower = Math.fma(square, 2.0 / 15 / 16, -1.0 / 3 / 4);
        double upper = Math.fma(square, 62.0 / 2835 / 256, -17.0 / 315 / 64);
        return Math.fma(cube, Math.fma(square * square, upper, lower), h);
    }

    /**
     * {@return the natural logarithm, that of {@link StrictMath#log}} Error: below 1 ulp.
     *
     * @param x the argument; below 0 the result is NaN
     */
    public static double log(double x) {
        return StrictMath.log(x);
    }

    /**
     * {@return {@code log(1 + x)}, that of {@link StrictMath#log1p}} Error: below 1 ulp.
     *
     * @param x the argument; below -1 the result is NaN
     */
    public static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    /**
     * {@return the square root, that of {@link Math#sqrt}} Error: at most half an ulp.
     *
     * @param x the argument; below 0 the result is NaN
     */
    public static double sqrt(double x) {
        return Math.sqrt(x);
    }

    /**
     * {@return the sine, that of {@link StrictMath#sin}} Error: below 1 ulp.
     *
     * @param x the angle in radians; where it is infinite the result is NaN
     */
    public static double sin(double x) {
        return StrictMath.sin(x);
    }

    /**
     * {@return the cosine, that of {@link StrictMath#cos}} Error: below 1 ulp.
     *
     * @param x the angle in radians; where it is infinite the result is NaN
     */
    public static double cos(double x) {
        return StrictMath.cos(x);
    }

    /**
     * {@return the arc tangent in radians, that of {@link StrictMath#atan}} Error: below 1 ulp.
     *
     * @param x the argument
     */
    public static double atan(double x) {
        return StrictMath.atan(x);
    }

    /**
     * {@return {@code x^n}, by squaring and multiplying: the same bits everywhere} Each multiplication rounds, fewer than 2 log2 n of
     * them, and what they err by grows with the power: by n ulp at most.
     *
     * @param x the base
     * @param n the exponent, at least 1
     */
    public static double power(double x, int n) {
        double square = x;
        double power = 1;
        for (int rest = n; rest > 1; rest >>= 1) {
            if ((rest & 1) != 0) {
                power *= square;
            }
            square *= square;
        }
        return power * square;
    }

    /**
     * {@return {@code log cosh d}, the log-cosh loss of one error d} Error: at most 4 ulp, found 2.3. Even; 0 at 0, infinity
     * at both infinities.
     *
     * <p>Far out it is {@code |d| - log 2 + log(1 + e^(-2|d|))}, with no overflow; near 0, where this would cancel,
     * {@code log(1 + (cosh d - 1))} with the Taylor series {@code d^2/2! + d^4/4! + ... + d^18/18!}; what is left
     * out is below 2^-67 of it.
     *
     * @param d the error of one output, {@code y - t}
     */
    public static double logCosh(double d) {
        double size = Math.abs(d);
        if (size > 0.75) {
            return (size - LN2_HIGH) + (StrictMath.log1p(exp(-2 * size)) - LN2_LOW);
        }
        double square = d * d;
        double sum = 0;
        for (int n = 18; n > 2; n -= 2) { // Horner: d^2/2 (1 + d^2/12 (1 + d^2/30 (...)))
            sum = square / (n * (n - 1)) * (1 + sum);
        }
        return StrictMath.log1p(Math.fma(0.5 * square, sum, 0.5 * square));
    }

    /**
     * {@return {@code d^2 / 2} where {@code |d| <= 1}, else {@code |d| - 1/2}: the Huber loss of one error d, to half an
     * ulp}
     *
     * @param d the error of one output, {@code y - t}
     */
    public static double huber(double d) {
        return Math.abs(d) <= 1 ? 0.5 * d * d : Math.abs(d) - 0.5;
    }
}
