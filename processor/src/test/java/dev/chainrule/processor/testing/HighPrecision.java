package dev.chainrule.processor.testing;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions to some 50 digits, by power series: true values for activations and losses. */
public final class HighPrecision {
    static final MathContext DIGITS = new MathContext(60);

    static final BigDecimal TWO = new BigDecimal(2);

    /** Beyond this, e^x is too large or too small for anything that has a factor of a double. */
    private static final BigDecimal LARGEST_EXPONENT = new BigDecimal(1100);

    /** {@code log 2 = 2 artanh(1/3)}. */
    static final BigDecimal LN2 = log1p(ONE);

    private static final BigDecimal TWO_OVER_ROOT_PI =
            new BigDecimal("1.1283791670955125738961589031215451716881012586580");

    /** From here on erf differs from 1 by less than 1e-60. */
    private static final BigDecimal ERF_SATURATED = new BigDecimal(12);

    private HighPrecision() {}

    /** {@code e^x = (e^(x / 2^k))^(2^k)}, and nothing, or more than any double, far out. */
    static BigDecimal exp(BigDecimal x) {
        if (x.abs().compareTo(LARGEST_EXPONENT) > 0) {
            return x.signum() < 0 ? ZERO : new BigDecimal("1e2000");
        }
        int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 9);
        BigDecimal r = x.divide(TWO.pow(halvings), DIGITS);
        BigDecimal term = ONE;
        BigDecimal power = ONE;
        for (int n = 1; n <= 24; n++) {
            term = term.multiply(r, DIGITS).divide(new BigDecimal(n), DIGITS);
            power = power.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            power = power.multiply(power, DIGITS);
        }
        return power;
    }

    /** {@code e^x - 1}: near 0 by its series, so that nothing cancels. */
    static BigDecimal expm1(BigDecimal x) {
        if (x.abs().compareTo(new BigDecimal("1e-10")) > 0) {
            return exp(x).subtract(ONE, DIGITS);
        }
        BigDecimal sum = ONE;
        for (int n = 6; n > 1; n--) {
            sum = ONE.add(x.multiply(sum, DIGITS).divide(new BigDecimal(n), DIGITS), DIGITS);
        }
        return x.multiply(sum, DIGITS);
    }

    /** {@code log(1 + x) = 2 artanh(x / (2 + x))} for {@code 0 <= x <= 2}. */
    static BigDecimal log1p(BigDecimal x) {
        BigDecimal v = x.divide(TWO.add(x), DIGITS);
        BigDecimal square = v.multiply(v, DIGITS);
        BigDecimal least = v.scaleByPowerOfTen(-55);
        BigDecimal sum = ZERO;
        BigDecimal power = v;
        for (int n = 1; power.compareTo(least) > 0; n += 2) {
            sum = sum.add(power.divide(new BigDecimal(n), DIGITS), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum.multiply(TWO);
    }

    /** {@code 1 / (1 + e^-z)}. */
    static BigDecimal sigmoid(BigDecimal z) {
        return z.signum() < 0
                ? exp(z).divide(ONE.add(exp(z), DIGITS), DIGITS)
                : ONE.divide(ONE.add(exp(z.negate()), DIGITS), DIGITS);
    }

    /** {@code tanh z = (e^2z - 1) / (e^2z + 1)}, by {@code -|z|}. */
    static BigDecimal tanh(BigDecimal z) {
        BigDecimal e = expm1(z.abs().multiply(TWO).negate());
        BigDecimal size = e.negate().divide(e.add(TWO), DIGITS);
        return z.signum() < 0 ? size.negate() : size;
    }

    /** {@code erf x = 2 / sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / (3 5) + ...)}, in which nothing cancels. */
    static BigDecimal erf(BigDecimal x) {
        if (x.abs().compareTo(ERF_SATURATED) > 0) {
            return new BigDecimal(x.signum());
        }
        BigDecimal twoSquares = x.multiply(x, DIGITS).multiply(TWO, DIGITS);
        BigDecimal term = x.multiply(erfSlope(x), DIGITS);
        BigDecimal sum = term;
        for (int n = 3; term.abs().compareTo(sum.abs().scaleByPowerOfTen(-60)) > 0; n += 2) {
            term = term.multiply(twoSquares, DIGITS).divide(new BigDecimal(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    /** {@code 2 / sqrt(pi) e^(-x^2)}. */
    static BigDecimal erfSlope(BigDecimal x) {
        return exp(x.multiply(x, DIGITS).negate()).multiply(TWO_OVER_ROOT_PI, DIGITS);
    }

    /** {@code log(1 + e^z)}. */
    static BigDecimal softplus(BigDecimal z) {
        return z.max(ZERO).add(log1p(exp(z.abs().negate())), DIGITS);
    }

    /** {@code log cosh d}, near 0 {@code d^2/2 - d^4/12}. */
    static BigDecimal logCosh(BigDecimal d) {
        BigDecimal size = d.abs();
        if (size.compareTo(new BigDecimal("1e-10")) < 0) {
            BigDecimal square = size.multiply(size, DIGITS);
            return square.divide(TWO, DIGITS)
                    .subtract(square.multiply(square, DIGITS).divide(new BigDecimal(12), DIGITS), DIGITS);
        }
        return size.subtract(LN2, DIGITS).add(log1p(exp(size.multiply(TWO).negate())), DIGITS);
    }
}
