package dev.chainrule.processor.testing;

import static dev.chainrule.processor.testing.HighPrecision.DIGITS;
import static dev.chainrule.processor.testing.HighPrecision.TWO;
import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import dev.chainrule.annotations.Loss;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A loss of one record and its derivatives by the sums of the output units, from its definition, to some 50 digits. */
public final class LossTruth {
    /** Where this would be the exponent, the exponential of a rounded difference is 0. */
    private static final BigDecimal FARTHEST = new BigDecimal(750);

    private final String name;
    private final Loss loss;
    private final BigDecimal[] z;
    private final BigDecimal[] t;
    private final BigDecimal max;

    /** The sum of all {@code e^(z - max)} but that of a greatest, which is 1. */
    private final BigDecimal sumOfOthers;

    /**
     * The loss of a record.
     *
     * @param z the sums of up to three units, of which the outputs are, for a cross-entropy, the sigmoids or the softmax, else
     *     themselves
     * @param t the targets
     */
    public LossTruth(Loss loss, double[] z, double[] t) {
        this.name = loss + " at " + Arrays.toString(z) + ", targets " + Arrays.toString(t);
        this.loss = loss;
        this.z = Arrays.stream(z).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
        this.t = Arrays.stream(t).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
        this.max = Arrays.stream(this.z).reduce(BigDecimal::max).orElseThrow();
        this.sumOfOthers = Arrays.stream(this.z)
                .map(each -> HighPrecision.exp(each.subtract(max)))
                .reduce(ONE.negate(), (a, b) -> a.add(b, DIGITS));
    }

    /** What the loss is a half or a mean of, within a few roundings: where this is too large for a double, so is the loss. */
    public TrueValue sum() {
        return divided(1);
    }

    /**
     * The loss, within a few roundings; the categorical cross-entropy, whose logarithm is of a number rounded from 1 up, within a
     * few of 1.
     */
    public TrueValue value() {
        return divided(
                switch (loss) {
                    case SUM_OF_SQUARES, CATEGORICAL_CROSS_ENTROPY -> 1;
                    case HALF_SUM_OF_SQUARES -> 2;
                    default -> z.length;
                });
    }

    private TrueValue divided(int divisor) {
        BigDecimal sum = IntStream.range(0, z.length).mapToObj(this::term).reduce(ZERO, (a, b) -> a.add(b, DIGITS));
        BigDecimal value = sum.divide(new BigDecimal(divisor), DIGITS);
        BigDecimal terms = loss == Loss.CATEGORICAL_CROSS_ENTROPY ? value.add(ONE) : value;
        return new TrueValue(name, value, terms, 6, 2);
    }

    /**
     * The derivative by a unit's sum, within a few roundings; of a cross-entropy, {@code a - t}, of its terms. Where the double of an
     * error is too large, so is the derivative of a mean of squares.
     */
    public TrueValue slope(int unit) {
        String what = "derivative of " + name + " by unit " + unit;
        BigDecimal d = z[unit].subtract(t[unit]);
        BigDecimal n = new BigDecimal(z.length);
        return switch (loss) {
            case SUM_OF_SQUARES -> TrueValue.of(what, d.multiply(TWO), 2);
            case HALF_SUM_OF_SQUARES -> TrueValue.of(what, d, 2);
            case MEAN_SQUARED_ERROR -> {
                BigDecimal product = d.multiply(TWO);
                boolean isTooLarge = Double.isInfinite(product.doubleValue());
                yield TrueValue.of(what, isTooLarge ? product : product.divide(n, DIGITS), 2);
            }
            case MEAN_ABSOLUTE_ERROR -> TrueValue.of(what, new BigDecimal(d.signum()).divide(n, DIGITS), 2);
            case HUBER -> TrueValue.of(what, d.min(ONE).max(ONE.negate()).divide(n, DIGITS), 2);
            case LOG_COSH -> TrueValue.of(what, HighPrecision.tanh(d).divide(n, DIGITS), 4);
            case BINARY_CROSS_ENTROPY -> difference(what, HighPrecision.sigmoid(z[unit]), unit, n, 3);
            case CATEGORICAL_CROSS_ENTROPY -> {
                BigDecimal below = max.subtract(z[unit]);
                BigDecimal a = HighPrecision.exp(below.negate()).divide(sumOfOthers.add(ONE), DIGITS);
                yield difference(what, a, unit, ONE, 4 + below.min(FARTHEST).doubleValue());
            }
        };
    }

    /** {@code (a - t) / n}. */
    private TrueValue difference(String what, BigDecimal a, int unit, BigDecimal n, double epsilons) {
        BigDecimal target = t[unit];
        return new TrueValue(
                what, a.subtract(target).divide(n, DIGITS), a.add(target).divide(n, DIGITS), epsilons, 2);
    }

    private BigDecimal term(int unit) {
        BigDecimal x = z[unit];
        BigDecimal target = t[unit];
        BigDecimal d = x.subtract(target);
        return switch (loss) {
            case SUM_OF_SQUARES, HALF_SUM_OF_SQUARES, MEAN_SQUARED_ERROR -> d.pow(2, DIGITS);
            case MEAN_ABSOLUTE_ERROR -> d.abs();
            case HUBER ->
                d.abs().compareTo(ONE) <= 0
                        ? d.pow(2, DIGITS).divide(TWO, DIGITS)
                        : d.abs().subtract(new BigDecimal("0.5"));
            case LOG_COSH -> HighPrecision.logCosh(d);
            case BINARY_CROSS_ENTROPY ->
                target.multiply(HighPrecision.softplus(x.negate()))
                        .add(ONE.subtract(target).multiply(HighPrecision.softplus(x)), DIGITS);
            case CATEGORICAL_CROSS_ENTROPY ->
                target.multiply(HighPrecision.log1p(sumOfOthers).add(max.subtract(x)), DIGITS);
        };
    }
}
