package dev.chainrule.processor.proof;

import dev.chainrule.processor.rules.Rule;

/**
 * Which kernels never decrease as they are computed: {@code f(x) <= f(x')} for any two numbers {@code x < x'}. This is the proof.
 *
 * <p><b>In float</b> {@code FloatKernelAccuracyTest.holdsForEveryFloat} walks through all floats. The square root is rounded
 * correctly, in both precisions.
 *
 * <p><b>tanh and sigmoid in double.</b> It is enough to look at neighbours {@code x < x'}. The node of an argument is found by a
 * rounded product, which never decreases; {@code KernelOrderTest} of the runtime finds for each two nodes the last argument of
 * the one and the first of the other, and compares the values there. Beyond the limits tanh is -1 and 1 and sigmoid 1, which no
 * computed value is beyond. Sigmoid below -37.5 is {@code e^x}, of which nothing is said. What is left are neighbours of one node
 * {@code c = k s}, where s is the spacing. With x in place of x / 2 for sigmoid, which halves exactly but for subnormal numbers,
 * both compute
 * <pre>
 *   h = x - c                 exactly                     (KernelErrors)
 *   t = h + h^3 q             by fma                      q is about -1/3
 *   D = 1 + A t               by fma                      A = T, or 2 S - 1
 *   f = V + (L + (s_0 / D) t)  the last product by fma    V, L and the slope s_0 from the table
 * </pre>
 * A sum and an fma never decrease with an operand. So f never decreases if the product {@code P = slope t} of the computed slope
 * and t does not. Let u be 2^-53, and primes be at x'.
 *
 * <p><em>t never decreases.</em> {@code |h| < 2^-4.99}, and two doubles are at least u times the larger one apart. The sum that t is
 * rounded from has a real part of slope above {@code 1 - 2^-9.9}, and what is rounded in {@code h^3 q}, five times, is below 2 u
 * |h|^3, that is 0.002 u |h|. So it rises by more than 0.99 u |h|. (Where h^3 underflows it is far below half an ulp of h.)
 *
 * <p><em>On the side of a node where A t is negative</em>, t and the slope together make P rise: to the right there D falls in
 * magnitude of what is taken away from 1, and so |slope| falls, or rises, with |t|. For {@code A > 0} and {@code t <= t' <= 0}: D <=
 * D', slope >= slope', and {@code slope' t' >= slope' t >= slope t}. For A below 0 it is the same turned. For node 0 A is 0 and the
 * slope a constant.
 *
 * <p><em>On the other side</em> let {@code 0 < t < t'}, {@code A > 0} (turned, it is the same), {@code d = x' - x} and {@code r = t' -
 * t}. As t' is below 2^-5, each t is rounded by 2^-59 at most, so that {@code r >= 0.999 d - 2^-58 - 2^-65}. D does not fall,
 * {@code 1 <= D < 1 + 2^-5}, and {@code P' - P = slope' r - (slope - slope') t}.
 * <ul>
 *   <li>Node 2 and beyond: there x is above 2^-3, d at least 2^-55, and r above 1.7 2^-56. D' - D is at most r + 2^-52, so that slope -
 *       slope' is at most {@code s_0 (r + 2^-52) + 2 u s_0}. With slope' above 0.968 s_0, P' - P is at least {@code s_0 (0.968 r - 2^-5
 *       r - 2^-56)}, which is positive.
 *   <li>Node 1, t' up to 2^-6: x is above 2^-4, d is 2^-56, t is rounded by 2^-60, and r is above 0.87 2^-56. A is below 2^-4, and as
 *       above {@code P' - P >= s_0 (0.998 r - 2^-10 r - 2^-57)}, which is positive.
 *   <li>Node 1, t' from 2^-6 on: r is above 2.98 2^-58, and so at least 3 2^-58, as t' is a multiple of 2^-58, and t is one or, below
 *       2^-6, is rounded by less. A r is below 2^-52, so that D goes up by 2^-52 or not at all. As s_0 is below 1 and the slope above
 *       1/2 (tanh), the real quotient falls by less than two of its last bits 2^-53, and the computed one by two of them at most,
 *       {@code (slope - slope') t <= 2^-52 2^-5 = 2^-57}. With slope' above 0.99, {@code slope' r} is above 2.97 2^-58, which is more. For
 *       sigmoid all of this is half as large.
 * </ul>
 * The last one is why t has to be below 2^-5 and nodes just above a power of two. With nodes 65/1024 apart t went up to 0.0317, where
 * its last bit is 2^-57, and both functions fell by an ulp at one of some million steps of D.
 *
 * <p><b>What is not proved:</b> exp, expm1 and erf in double, of which no decrease is known; softplus does decrease.
 */
final class KernelOrder {
    private static final double SIGMOID_FROM = -37.5;

    private KernelOrder() {}

    /** Whether a kernel never decreases from an argument on. */
    static boolean rises(Rule rule, double from, FloatingPoint arithmetic) {
        return switch (rule) {
            case SQRT -> true;
            case TANH -> true;
            case SIGMOID -> arithmetic == FloatingPoint.FLOAT || from >= SIGMOID_FROM;
            case EXP, EXPM1, SOFTPLUS, ERF -> arithmetic == FloatingPoint.FLOAT;
            default -> false;
        };
    }
}
