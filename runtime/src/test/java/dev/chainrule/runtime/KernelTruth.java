package dev.chainrule.runtime;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * True values of the kernels' functions, to some 40 digits, in plain integer arithmetic and by algorithms other than the
 * kernels': power series of e^x, log x and the error function, and definitions through these.
 */
final class KernelTruth {
    /** A rounded binary number, {@code digits * 2^exponent}, with {@link #PRECISION} bits. */
    record Real(BigInteger digits, int exponent) {
        private static final int PRECISION = 160;

        static final Real ZERO = new Real(BigInteger.ZERO, 0);
        static final Real ONE = new Real(BigInteger.ONE, 0);
        static final Real TWO = new Real(BigInteger.TWO, 0);

        Real {
            int excess = digits.bitLength() - PRECISION;
            if (excess > 0) {
                digits = digits.shiftRight(excess);
                exponent += excess;
            }
        }

        /** The exact value of a double. */
        static Real of(double x) {
            int exponent = Math.max(Math.getExponent(x), Double.MIN_EXPONENT) - 52;
            return new Real(BigInteger.valueOf((long) Math.scalb(x, -exponent)), exponent);
        }

        Real plus(Real other) {
            if (digits.signum() == 0 || other.digits.signum() == 0) {
                return digits.signum() == 0 ? other : this;
            }
            if (exponent < other.exponent) {
                return other.plus(this);
            }
            if (magnitude() - other.magnitude() > PRECISION + 2) {
                return this;
            }
            return new Real(digits.shiftLeft(exponent - other.exponent).add(other.digits), other.exponent);
        }

        Real minus(Real other) {
            return plus(other.negated());
        }

        Real negated() {
            return new Real(digits.negate(), exponent);
        }

        Real times(Real other) {
            return new Real(digits.multiply(other.digits), exponent + other.exponent);
        }

        Real dividedBy(Real other) {
            int shift = Math.max(0, PRECISION + other.digits.bitLength() - digits.bitLength());
            return new Real(digits.shiftLeft(shift).divide(other.digits), exponent - shift - other.exponent);
        }

        Real scaled(int powerOfTwo) {
            return new Real(digits, exponent + powerOfTwo);
        }

        /** The n with {@code 2^(n-1) <= |this| < 2^n}. */
        int magnitude() {
            return exponent + digits.abs().bitLength();
        }

        /** A double near by, for measuring and for first approximations. */
        double near() {
            int excess = Math.max(0, digits.bitLength() - 60);
            return Math.scalb(digits.shiftRight(excess).doubleValue(), exponent + excess);
        }
    }

    /** log 2 = 2 artanh(1/3). */
    private static final Real LN2 = ln2();

    /** 1, 1/2, 1/3, ... */
    private static final Real[] INVERSES = IntStream.rangeClosed(1, 18)
            .mapToObj(n -> Real.ONE.dividedBy(Real.of(n)))
            .toArray(Real[]::new);

    private static final Real TWO_OVER_SQRT_PI = Real.TWO.dividedBy(sqrtPi());

    /** From here on erf is 1 to more digits than a {@link Real} has: {@code 1 - erf(11) < 2^-178}. */
    private static final double ERF_IS_1 = 11;

    private KernelTruth() {}

    private static Real ln2() {
        Real sum = Real.ZERO;
        Real power = Real.TWO.dividedBy(Real.of(3));
        for (int n = 1; n < 110; n += 2) {
            sum = sum.plus(power.dividedBy(Real.of(n)));
            power = power.dividedBy(Real.of(9));
        }
        return sum;
    }

    /** With Machin's {@code pi = 16 arctan(1/5) - 4 arctan(1/239)}. */
    private static Real sqrtPi() {
        Real pi = arctanOfInverse(5).scaled(4).minus(arctanOfInverse(239).scaled(2));
        int shift = 200 + (pi.exponent() & 1); // so that half of the exponent is a whole number
        return new Real(pi.digits().shiftLeft(shift).sqrt(), (pi.exponent() - shift) / 2);
    }

    /** {@code 1/n - 1/(3 n^3) + 1/(5 n^5) - ...} */
    private static Real arctanOfInverse(int n) {
        Real sum = Real.ZERO;
        Real power = Real.ONE.dividedBy(Real.of(n));
        for (int k = 1; power.magnitude() > -170; k += 2) {
            Real term = power.dividedBy(Real.of(k));
            sum = k % 4 == 1 ? sum.plus(term) : sum.minus(term);
            power = power.dividedBy(Real.of((double) n * n));
        }
        return sum;
    }

    /** How far a result is from the truth, in units in the last place of a double as large as the truth. */
    static double ulps(double result, Real truth) {
        int ulp = Math.max(truth.magnitude() - 1, Double.MIN_EXPONENT) - 52;
        return Math.abs(Real.of(result).minus(truth).scaled(-ulp).near());
    }

    static Real exp(double x) {
        return exp(Real.of(x));
    }

    /** {@code e^x = 2^n (e^(r / 256))^256} where {@code x = n log 2 + r}. */
    private static Real exp(Real x) {
        int n = (int) Math.rint(x.near() / Math.log(2));
        Real power = Real.ONE.plus(expm1Series(x.minus(LN2.times(Real.of(n))).scaled(-8)));
        for (int i = 0; i < 8; i++) {
            power = power.times(power);
        }
        return power.scaled(n);
    }

    static Real expm1(double x) {
        return expm1(Real.of(x));
    }

    private static Real expm1(Real x) {
        return x.magnitude() < -6 ? expm1Series(x) : exp(x).minus(Real.ONE);
    }

    /** {@code x (1 + x/2 (1 + x/3 (...)))}, for {@code |x| < 2^-7}; the terms left out are below {@code x / 2^160}. */
    private static Real expm1Series(Real x) {
        Real sum = Real.ONE;
        for (int n = INVERSES.length; n > 1; n--) {
            sum = Real.ONE.plus(x.times(INVERSES[n - 1]).times(sum));
        }
        return x.times(sum);
    }

    static Real sigmoid(double z) {
        return Real.ONE.dividedBy(Real.ONE.plus(exp(-z)));
    }

    static Real tanh(double z) {
        Real e = expm1(Real.of(z).scaled(1));
        return e.dividedBy(e.plus(Real.TWO));
    }

    static Real softplus(double z) {
        return z > 0 ? Real.of(z).plus(log1p(exp(-z))) : log1p(exp(z));
    }

    /** {@code 2 / sqrt(pi) e^(-x^2) (x + x^3 2/3 + x^5 2^2/(3 5) + ...)}: terms of one sign, no digits cancel. */
    static Real erf(double x) {
        if (Math.abs(x) > ERF_IS_1) {
            return Real.of(Math.signum(x));
        }
        Real square = Real.of(x).times(Real.of(x));
        Real term = Real.of(x);
        Real sum = term;
        for (int n = 3; term.magnitude() > sum.magnitude() - 170; n += 2) {
            term = term.times(square).scaled(1).dividedBy(Real.of(n));
            sum = sum.plus(term);
        }
        return TWO_OVER_SQRT_PI.times(exp(square.negated())).times(sum);
    }

    /** {@code log(1 + (cosh d - 1))}, near 0 {@code d^2/2 - d^4/12}. */
    static Real logCosh(double d) {
        if (Math.abs(d) < 0x1p-30) {
            Real square = Real.of(d).times(Real.of(d));
            return square.scaled(-1).minus(square.times(square).dividedBy(Real.of(12)));
        }
        Real coshMinus1 = expm1(d).plus(expm1(-d)).scaled(-1);
        return log1p(coshMinus1);
    }

    /** {@code log(1 + x)} for {@code x >= 0}: a double's worth, then {@code log c = 2 artanh((c - 1) / (c + 1))} for the rest. */
    private static Real log1p(Real x) {
        if (x.magnitude() < -70) {
            Real square = x.times(x);
            return x.minus(square.scaled(-1)).plus(square.times(x).dividedBy(Real.of(3)));
        }
        double approximate = Math.log1p(x.near());
        Real e = expm1(Real.of(approximate));
        Real rest = x.minus(e).scaled(1).dividedBy(x.plus(e).plus(Real.TWO));
        return Real.of(approximate).plus(rest);
    }
}
