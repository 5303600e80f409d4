package dev.chainrule.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A real number between two decimals; each operation rounds its ends outward, to 60 digits. */
record Enclosed(BigDecimal low, BigDecimal high) {
    private static final MathContext DOWN = new MathContext(60, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(60, RoundingMode.CEILING);

    static final Enclosed ZERO = of(0);
    static final Enclosed ONE = of(1);

    /** {@code 2 / sqrt(pi)}, with Machin's {@code pi = 16 arctan(1/5) - 4 arctan(1/239)}. */
    static final Enclosed TWO_BY_ROOT_OF_PI = of(2).over(arctanOfInverse(5)
            .times(of(16))
            .minus(arctanOfInverse(239).times(of(4)))
            .root());

    /** {@code log 2 = 2 (1/3 + 1/(3 3^3) + 1/(5 3^5) + ...)}; the terms after one are less than 1/8 of it together. */
    static final Enclosed LN2 = ln2();

    /** The exact value of a double. */
    static Enclosed of(double value) {
        BigDecimal exact = new BigDecimal(value);
        return new Enclosed(exact, exact);
    }

    static Enclosed ratio(double dividend, double divisor) {
        return of(dividend).over(of(divisor));
    }

    private static Enclosed ln2() {
        Enclosed sum = ZERO;
        Enclosed power = ratio(2, 3);
        for (int n = 1; n < 140; n += 2) {
            sum = sum.plus(power.over(of(n)));
            power = power.over(of(9));
        }
        return sum.within(power.high());
    }

    /** {@code 1/n - 1/(3 n^3) + 1/(5 n^5) - ...}: the error is less than the first term left out. */
    private static Enclosed arctanOfInverse(int n) {
        Enclosed sum = ZERO;
        Enclosed power = ratio(1, n);
        for (int k = 1; k < 90; k += 2) {
            Enclosed term = power.over(of(k));
            sum = k % 4 == 1 ? sum.plus(term) : sum.minus(term);
            power = power.over(of((double) n * n));
        }
        return sum.within(power.high());
    }

    private Enclosed root() {
        BigDecimal margin = new BigDecimal("1e-55");
        Enclosed root =
                new Enclosed(low.sqrt(DOWN).subtract(margin), high.sqrt(UP).add(margin));
        if (root.low.pow(2).compareTo(low) > 0 || root.high.pow(2).compareTo(high) < 0) {
            throw new ArithmeticException("No root of " + this);
        }
        return root;
    }

    Enclosed plus(Enclosed other) {
        return new Enclosed(low.add(other.low, DOWN), high.add(other.high, UP));
    }

    Enclosed minus(Enclosed other) {
        return plus(other.negated());
    }

    Enclosed negated() {
        return new Enclosed(high.negate(), low.negate());
    }

    Enclosed times(Enclosed other) {
        BigDecimal[] corners = {
            low.multiply(other.low), low.multiply(other.high), high.multiply(other.low), high.multiply(other.high)
        };
        return around(corners);
    }

    Enclosed over(Enclosed other) {
        if (other.low.signum() * other.high.signum() <= 0) {
            throw new ArithmeticException("Division by what may be zero");
        }
        return new Enclosed(
                least(
                        low.divide(other.low, DOWN),
                        low.divide(other.high, DOWN),
                        high.divide(other.low, DOWN),
                        high.divide(other.high, DOWN)),
                greatest(
                        low.divide(other.low, UP),
                        low.divide(other.high, UP),
                        high.divide(other.low, UP),
                        high.divide(other.high, UP)));
    }

    private static Enclosed around(BigDecimal... values) {
        return new Enclosed(least(values).round(DOWN), greatest(values).round(UP));
    }

    private static BigDecimal least(BigDecimal... values) {
        BigDecimal least = values[0];
        for (BigDecimal value : values) {
            least = least.min(value);
        }
        return least;
    }

    private static BigDecimal greatest(BigDecimal... values) {
        BigDecimal greatest = values[0];
        for (BigDecimal value : values) {
            greatest = greatest.max(value);
        }
        return greatest;
    }

    /** This, known to be off by as much. */
    Enclosed within(BigDecimal error) {
        return new Enclosed(low.subtract(error, DOWN), high.add(error, UP));
    }

    Enclosed power(int n) {
        Enclosed power = ONE;
        for (int i = 0; i < n; i++) {
            power = power.times(this);
        }
        return power;
    }

    /** {@code e^x = (e^(x / 2^s))^(2^s)}. */
    Enclosed exp() {
        Enclosed reduced = this;
        int squarings = 0;
        while (reduced.size().compareTo(new BigDecimal("0.0625")) > 0) {
            reduced = reduced.times(of(0.5));
            squarings++;
        }
        Enclosed power = ONE.plus(reduced.smallExpm1());
        for (int i = 0; i < squarings; i++) {
            power = power.times(power);
        }
        return power;
    }

    /** {@code e^x - 1}, to as many digits near 0. */
    Enclosed expm1() {
        return size().compareTo(new BigDecimal("0.0625")) > 0 ? exp().minus(ONE) : smallExpm1();
    }

    /** {@code x (1 + x/2 (1 + x/3 (...)))} for {@code |x| <= 1/16}: what follows in the innermost bracket is small. */
    private Enclosed smallExpm1() {
        Enclosed sum = ONE.within(new BigDecimal("0.0025"));
        for (int n = 32; n > 1; n--) {
            sum = ONE.plus(times(sum).over(of(n)));
        }
        return times(sum);
    }

    BigDecimal size() {
        return low.abs().max(high.abs());
    }

    /** An upper bound of the magnitude, as a double. */
    double magnitude() {
        double near = size().doubleValue();
        return size().signum() == 0 ? 0 : Math.nextUp(near);
    }

    /** An upper bound of how far a double is from this. */
    double distance(double value) {
        return minus(of(value)).magnitude();
    }
}
