package dev.chainrule.processor.testing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Supplier;

/**
 * A value to some 50 digits, and how far from it a computed one may be.
 *
 * @param what names it
 * @param terms what rounding errors are relative to: the value, or where it is a sum whose terms cancel, these
 * @param epsilons how many times 2^-52 of {@code terms} the error may be, or 2^-23 in float
 * @param least how many times the least positive number it may be besides
 */
public record TrueValue(Supplier<String> what, BigDecimal value, BigDecimal terms, double epsilons, double least) {
    private static final MathContext SHOWN = new MathContext(20);

    /** One that nothing cancels in. */
    static TrueValue of(Supplier<String> what, BigDecimal value, double epsilons) {
        return new TrueValue(what, value, value, epsilons, 1);
    }

    /** With a tolerance that is wider by a factor. */
    public TrueValue loosened(double factor) {
        return new TrueValue(what, value, terms, factor * epsilons, factor * least);
    }

    /** Asserts that a double is near enough. */
    public void assertIsNear(double actual) {
        assertIsNear(actual, Math.ulp(1.0), Double.MIN_VALUE, Double.MAX_VALUE);
    }

    /** Asserts that a float is near enough. */
    public void assertIsNear(float actual) {
        assertIsNear(actual, Math.ulp(1f), Float.MIN_VALUE, Float.MAX_VALUE);
    }

    private void assertIsNear(double actual, double epsilon, double leastNumber, double greatestNumber) {
        BigDecimal tolerance = terms.abs()
                .multiply(new BigDecimal(epsilons * epsilon))
                .add(new BigDecimal(least).multiply(new BigDecimal(leastNumber, SHOWN)));
        boolean isNear = Double.isInfinite(actual)
                ? (value.signum() > 0) == actual > 0
                        && value.abs().add(tolerance).compareTo(new BigDecimal(greatestNumber)) > 0
                : !Double.isNaN(actual)
                        && new BigDecimal(actual).subtract(value).abs().compareTo(tolerance) <= 0;
        if (!isNear) {
            throw new AssertionError("%s is %s; expected %s, within %s"
                    .formatted(what.get(), actual, value.round(SHOWN), tolerance.round(new MathContext(2))));
        }
    }
}
