package dev.chainrule.processor.proof;

import dev.chainrule.processor.rules.Rule;
import dev.chainrule.runtime.Kernels;
import java.util.function.DoubleUnaryOperator;

/** The slopes of functions over ranges of real arguments. */
final class Slopes {
    /**
     * Far more than what a kernel and the few operations with its value err by, as a part of the result: most where an exponential
     * is almost 0, as {@code -z^2} of 745 errs by 2^-44.
     */
    private static final double PART = 0x1p-38;

    private static final double TWO_BY_ROOT_OF_PI = 1.1283791670955126;

    private Slopes() {}

    /** The derivatives of a function over a range; all numbers, where it has none somewhere. */
    static Range of(Rule rule, Range x) {
        return switch (rule) {
            case SIGMOID -> falling(x, 0.25, z -> Kernels.sigmoid(z) * Kernels.sigmoid(-z));
            case TANH -> falling(x, 1, z -> 4 * Kernels.sigmoid(2 * z) * Kernels.sigmoid(-2 * z));
            case ERF -> falling(x, TWO_BY_ROOT_OF_PI, z -> TWO_BY_ROOT_OF_PI * Kernels.exp(-z * z));
            case ATAN -> falling(x, 1, z -> 1 / (1 + z * z));
            case EXP, EXPM1 -> widened(Kernels.exp(x.low()), Kernels.exp(x.high()));
            case SOFTPLUS -> widened(Kernels.sigmoid(x.low()), Kernels.sigmoid(x.high()));
            case LOG -> x.low() > 0 ? widened(1 / x.high(), 1 / x.low()) : Range.ALL;
            case LOG1P -> x.low() > -1 ? Range.ONE.dividedBy(x.plus(Range.ONE)) : Range.ALL;
            case SQRT -> x.low() > 0 ? widened(0.5 / Math.sqrt(x.high()), 0.5 / Math.sqrt(x.low())) : Range.ALL;
            case SIN -> cosines(x);
            case COS -> sines(x).negative();
            default -> throw new IllegalArgumentException("No kernel of one argument: " + rule);
        };
    }

    private static Range widened(double low, double high) {
        return Range.of(Outward.below(low, PART), Outward.above(high, PART));
    }

    /** Of a derivative that is even, and falls from the one at 0 on. */
    private static Range falling(Range x, double atZero, DoubleUnaryOperator derivative) {
        double near = x.hasZero() ? 0 : Math.min(Math.abs(x.low()), Math.abs(x.high()));
        double least = Math.max(0, Outward.below(derivative.applyAsDouble(x.size()), PART));
        double greatest = near == 0 ? atZero : derivative.applyAsDouble(near);
        return Range.of(least, Outward.above(greatest, PART));
    }

    static Range cosines(Range x) {
        return within(x, Kernels::cos);
    }

    static Range sines(Range x) {
        return within(x, Kernels::sin);
    }

    /** A function whose slope is 1 at most is within half the width of its value in the middle. */
    private static Range within(Range x, DoubleUnaryOperator function) {
        double middle = 0.5 * x.low() + 0.5 * x.high();
        double around = Outward.addUp(Math.max(middle - x.low(), x.high() - middle), Math.abs(middle) * 0x1p-50);
        if (!(around < 2)) {
            return new Range(-1, 1);
        }
        double value = function.applyAsDouble(middle);
        return Range.of(
                Math.max(-1, Outward.addDown(value, -around) - 0x1p-50),
                Math.min(1, Outward.addUp(value, around) + 0x1p-50));
    }
}
