package dev.chainrule.processor.proof;

/**
 * How far a kernel is from the function: at most {@code 4.5 u |f| + 2 eta}, where u is the unit roundoff (2^-53 in
 * double, 2^-24 in float) and eta the least positive number. This is the proof.
 *
 * <p><b>In float</b> nothing is left to paper. {@code exp}, {@code expm1}, {@code sigmoid}, {@code tanh}, {@code
 * softplus} and {@code erf} are compared for each of the 2^32 floats: they err by 2 ulp at most, which is {@code 4 u
 * |f|}, and never decrease ({@code FloatKernelAccuracyTest.holdsForEveryFloat}, in the profile {@code long}). The
 * others round a double that errs by less than 2^-28 ulp of a float.
 *
 * <p><b>In double</b> each kernel is a reduction of its argument, a table, a polynomial and a last sum. Below, all
 * errors are parts of the true value in units of u, unless it says otherwise. An operation whose result is normal errs
 * by half its last bit, at most u of its result (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed.,
 * section 2.2). Errors of operands are carried on as there in chapter 3: {@code |ab + c - (AB + C)| <= |a| |b - B| +
 * |B| |a - A| + |c - C|} and {@code |a/b - A/B| <= (|a - A| + |a/b| |b - B|) / |B|} before the rounding. {@code
 * KernelProofTest} of the runtime does this for each row of a table over all arguments that belong to it, piece by
 * piece, and so adds up what is stated here; the steps that it bounds are compared with the kernels bit by bit. What
 * tables and coefficients are is compared with decimals that are rounded outward. The methods are those of Tang
 * ("Table-driven implementation of the exponential function in IEEE floating-point arithmetic", 1989; "Table-driven
 * implementation of the expm1 function", 1992) and of Muller and others, "Handbook of Floating-Point Arithmetic", 2nd
 * ed., chapter 10.
 *
 * <pre>
 *   kernel     in total   most of it
 *   exp        1.02       the last fma
 *   expm1      3.4        the last sum, the fma and the product before it, where x is near log 2 / 256
 *   sigmoid    1.5        the last sum, and half an ulp of a correction that is below 1/15 of it
 *   tanh       3.3        six roundings of half a u each, and the slope of node 1, where z is near half a node
 *   softplus   1.6        the last sum, 2 linear
 *   erf        2.4        the last fma and the polynomial, where x is near 0.84
 * </pre>
 *
 * <p><b>exp.</b> {@code k} is the integer next to {@code 128 x / log 2}: fma rounds to an integer, as it adds 1.5
 * 2^52, and the factor errs by a part of 2^-52, which at |k| below 2^18 moves the border between two k by less than
 * 2^-34. So {@code |r| <= (log 2) / 256 (1 + 2^-33) = R}. The inner fma of r is exact: for k = 0 it is x. Else |x| is
 * above 2^-9 and a multiple of 2^-61, LN2_HIGH / 128 is one of 2^-60, and so is the difference a multiple of 2^-61
 * below 2^-8: it has 53 bits (the argument of Cody and Waite). The outer one rounds once, and {@code log 2 - LN2_HIGH
 * - LN2_LOW} times k / 128 is below 2^-100. The table has {@code 2^(j/128) = p (1 - lack)}, tested by raising p (1 -
 * lack) to the 128th power. The polynomial q is compared with the Taylor series coefficient by coefficient; the
 * difference of {@code e^r - 1} is bounded over cells of [-R, R] by its own Taylor series about their middles, to
 * which comes Lagrange's remainder 2 R^13 / 13!. Then {@code 2^(j/128) e^r = p (1 + (e^r - 1 - lack) - lack (e^r -
 * 1))}, whose last term is below {@code 2 R |lack|}. As p is a double and powers of two are exact, it is the same for
 * all k. Between -745.2 and -708, and from 708 on, the result is scaled by 2^64: where it is subnormal it is rounded
 * twice, by eta / 2 more. Beyond: e^709.8 overflows, e^-745.2 is below eta / 2.
 *
 * <p><b>expm1</b> = {@code (step - lost) - base}. With the power {@code P = 2^n p}, {@code 1 - P = base + lost}:
 * exactly for P up to 1 (Dekker's sum of two numbers in order), up to 2 (Sterbenz) and up to 2^53 (P - 1 is a multiple
 * of the last bit of P, and smaller); beyond, it errs by 1 at most. The test forms what is left for each j and n from
 * -60 to 60; outside of these the result is -1 or P with what is below 2^-59 of it. {@code step = P (e^r (1 - lack) -
 * 1)}, but for {@code P lack r^2}. Where P = 1 it is {@code r + r^2 tail} with r = x: pieces down to 2^-60 are
 * computed; below, {@code |e^x - 1 - x| <= x^2} is nothing next to the one rounding. Where the square underflows, x is
 * returned. Beyond 708, {@code e^x} differs by 1, and below -708 -1 by e^-708.
 *
 * <p><b>tanh, sigmoid, softplus.</b> The node {@code c = k 16389/2^18} is exact, {@code |k|} at most 306 and 300, and
 * {@code h = z - c} (or {@code z / 2 - c}) is exact: for k = 0 it is z; else z is a multiple of 2^-57 above 2^-5, c
 * one of 2^-18, and h is below 2^-4. As above, {@code |h| <= (16389/2^19) (1 + 2^-40)}. {@code t = tanh h} is compared
 * with its Taylor series, whose terms alternate and fall, so that what is left out is less than the first term of it.
 * The addition theorems give
 * <pre>
 *   tanh z      = T + (1 - T^2) t / (1 + T t)                      T = tanh c
 *   sigmoid z   = S + 2 S (1 - S) t / (1 + (2 S - 1) t)            S = sigmoid 2c
 *   softplus z  = log(1 + e^2c) + 2 artanh v                       v = S t / (1 - (1 - S) t)
 * </pre>
 * exactly; the code computes them with the table's T, S, slopes and low parts, each of which errs by what the test
 * finds: e^(-2c) is a power of an enclosed e^(-65/512), and a value w of softplus is as far from it, as a part, as e^w
 * - 1 from e^2c. For {@code 2 artanh v} what is left out of the series is below {@code 2 v^17}. The last sum is of a
 * double V and a correction; where their common last bit is that of the result it is exact, and the test takes a
 * correction below and above a power of two apart. For tanh the worst is next to half a node: z near 0.0313 is V =
 * 0.0624 and a correction of -0.0312, which like t and the result is just below a power of two. Of z itself there err,
 * in u: the last sum, t, the correction, its denominator and the quotient 0.5 each, and the slope of node 1, a double
 * that was rounded twice, the rest: 3.26 together. (1.75 is the most that was ever found.) Node 0 of tanh has
 * the slope 1 and yields t. Negative rows of tanh are the positive ones turned. Below -37.5 sigmoid and softplus are
 * {@code e^z}, and tanh beyond 19.1 and sigmoid beyond 37.5 are 1, and softplus z: all but for half an u, to that of
 * exp.
 *
 * <p><b>erf.</b> Up to 0.84 it is {@code x + x q(w)}, {@code w = x^2 - 1/2}: q is compared with the Taylor series of
 * {@code erf(x) / x - 1}, moved to w, to 26 terms, the rest of which is below 2^-88 as terms alternate and fall.
 * Pieces down to 2^-60 are computed; below, w is -1/2 and the result x times a constant. Beyond, it is {@code 1 -
 * e^(-x^2) p(v)}, {@code v = (x - 1) / (x + 2)}: {@code x^2} rounds, which is an error of the exponential as large as
 * that of its argument, and exp adds its own. How far the same of real numbers is from erf: in the middles of pieces
 * it is formed in decimals, by a series of positive terms, and from there it changes by at most its slope,
 * <pre>
 *   (1 - e^(-x^2) p(v) - erf(x))' = e^(-x^2) (2 x p(v) - p'(v) (1 - v)^2 / 3 - 2 / sqrt(pi))
 * </pre>
 * whose bracket times 1 - v is a polynomial in v, bounded over the piece as above. Beyond 5.9, 1 - erf is below {@code
 * e^(-x^2) / (x sqrt(pi))}, and that below u.
 *
 * <p><b>NaN and infinities.</b> NaN fails each comparison with a limit and goes through the sums. Infinite arguments
 * are beyond the limits; the prover calls kernels on finite ones. Signs: tanh and erf of -x have the bits of the other
 * sign.
 *
 * <p><b>What is not proved here:</b> log, log1p, sin, cos and atan are those of {@link StrictMath}, which is specified
 * as fdlibm, bit for bit; the sources of fdlibm state an error below 1 ulp (2 u) of each, with the analysis of their
 * authors. The square root is rounded correctly.
 */
final class KernelErrors {
    /** In unit roundoffs; computed values, which it is taken of, and true ones differ by less than the room in it. */
    private static final double MOST = 4.5;

    private KernelErrors() {}

    /** The largest error of a kernel whose computed values are at most as large. */
    static double of(double size, FloatingPoint arithmetic) {
        return Outward.addUp(Outward.timesUp(size, MOST * arithmetic.unit()), 2 * arithmetic.least());
    }
}
