package dev.chainrule.processor.proof;

import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.rules.Rule;
import java.util.List;

/**
 * Encloses expressions in z over intervals of numbers of the precision, one rule a node. The operations of IEEE arithmetic are
 * monotonic in each argument, so that those of the ends hold the computed values without directed rounding.
 */
final class Enclosures {
    private final FloatingPoint arithmetic;

    Enclosures(FloatingPoint arithmetic) {
        this.arithmetic = arithmetic;
    }

    /** The enclosure of an expression for z from one number to another. */
    Enclosure of(Expression expression, Range z) {
        if (expression instanceof Expression.Letter) {
            return new Enclosure(z, Range.ONE, 0);
        } else if (expression instanceof Expression.Constant constant) {
            double value = arithmetic.literal(constant.value());
            return new Enclosure(new Range(value, value), Range.ZERO, 0);
        } else if (expression instanceof Expression.Sum sum) {
            Enclosure value = of(sum.operands().get(0), z);
            for (Expression term : sum.operands().subList(1, sum.operands().size())) {
                value = sum(value, of(term, z));
            }
            return value;
        } else if (expression instanceof Expression.Difference difference) {
            return sum(of(difference.left(), z), negative(of(difference.right(), z)));
        } else if (expression instanceof Expression.Negative negative) {
            return negative(of(negative.operand(), z));
        } else if (expression instanceof Expression.Product product) {
            return product(product.operands(), z);
        } else if (expression instanceof Expression.Quotient quotient) {
            return quotient(of(quotient.left(), z), of(quotient.right(), z));
        } else if (expression instanceof Expression.Choice choice) {
            return choice(choice, z);
        } else if (expression instanceof Expression.Call call) {
            return call(call, z);
        }
        throw new IllegalArgumentException("Not in the function of a unit: " + expression);
    }

    /** What an operation's rounding adds to the error of its result. */
    private double rounding(Range computed) {
        return Outward.addUp(Outward.timesUp(computed.size(), arithmetic.unit()), arithmetic.least());
    }

    private Enclosure rounded(Range computed, Range slope, double error) {
        double all = Outward.addUp(error, rounding(computed));
        return Double.isFinite(all) ? new Enclosure(computed, slope, all) : Enclosure.jumping(computed);
    }

    private static Enclosure negative(Enclosure of) {
        return new Enclosure(of.computed().negative(), of.slope().negative(), of.error());
    }

    private Enclosure sum(Enclosure a, Enclosure b) {
        Range computed = Range.of(
                arithmetic.sum(a.computed().low(), b.computed().low()),
                arithmetic.sum(a.computed().high(), b.computed().high()));
        return rounded(computed, a.slope().plus(b.slope()), Outward.addUp(a.error(), b.error()));
    }

    private Enclosure product(List<Expression> factors, Range z) {
        Enclosure value = of(factors.get(0), z);
        for (int i = 1; i < factors.size(); i++) {
            Enclosure product = product(value, of(factors.get(i), z));
            boolean isSquare = i == 1 && factors.get(0).equals(factors.get(1));
            Range computed = product.computed();
            value = isSquare
                    ? new Enclosure(
                            Range.of(Math.max(0, computed.low()), computed.high()), product.slope(), product.error())
                    : product;
        }
        return value;
    }

    private Enclosure product(Enclosure a, Enclosure b) {
        Range x = a.computed();
        Range y = b.computed();
        double[] corners = {
            arithmetic.product(x.low(), y.low()),
            arithmetic.product(x.low(), y.high()),
            arithmetic.product(x.high(), y.low()),
            arithmetic.product(x.high(), y.high())
        };
        Range slope = a.real().times(b.slope()).plus(b.real().times(a.slope()));
        double error = Outward.addUp(
                Outward.timesUp(x.size(), b.error()), Outward.timesUp(Outward.addUp(y.size(), b.error()), a.error()));
        return rounded(around(corners), slope, error);
    }

    private static Range around(double[] values) {
        double low = values[0];
        double high = values[0];
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return Range.of(low, high);
    }

    private Enclosure quotient(Enclosure a, Enclosure b) {
        Range x = a.computed();
        Range y = b.computed();
        Range divisor = b.real();
        if (divisor.hasZero() || y.hasZero()) {
            return Enclosure.jumping(Range.ALL);
        }
        double[] corners = {
            arithmetic.quotient(x.low(), y.low()),
            arithmetic.quotient(x.low(), y.high()),
            arithmetic.quotient(x.high(), y.low()),
            arithmetic.quotient(x.high(), y.high())
        };
        Range computed = around(corners);
        Range real = a.real().dividedBy(divisor);
        Range slope = a.slope().plus(real.negative().times(b.slope())).dividedBy(divisor);
        double least = Math.min(Math.abs(divisor.low()), Math.abs(divisor.high()));
        double quotients = Outward.addUp(computed.size(), rounding(computed));
        double error = Outward.divideUp(Outward.addUp(a.error(), Outward.timesUp(quotients, b.error())), least);
        return rounded(computed, slope, error);
    }

    /** Where it is not known which one is taken, the function is the computed one. */
    private Enclosure choice(Expression.Choice choice, Range z) {
        Expression.Condition condition = choice.condition();
        Range left = of(condition.left(), z).computed();
        Range right = of(condition.right(), z).computed();
        if (!left.isFinite() || !right.isFinite()) {
            return Enclosure.jumping(Range.ALL);
        }
        if (alwaysHolds(left, condition.comparison(), right)) {
            return of(choice.then(), z);
        } else if (neverHolds(left, condition.comparison(), right)) {
            return of(choice.otherwise(), z);
        }
        return Enclosure.jumping(
                of(choice.then(), z).computed().with(of(choice.otherwise(), z).computed()));
    }

    private static boolean alwaysHolds(Range left, Comparison comparison, Range right) {
        return switch (comparison) {
            case LESS -> left.high() < right.low();
            case AT_MOST -> left.high() <= right.low();
            case GREATER -> left.low() > right.high();
            case AT_LEAST -> left.low() >= right.high();
            case EQUAL -> left.low() == left.high() && right.low() == right.high() && left.low() == right.low();
            case DIFFERENT -> left.high() < right.low() || left.low() > right.high();
        };
    }

    private static boolean neverHolds(Range left, Comparison comparison, Range right) {
        return switch (comparison) {
            case LESS -> alwaysHolds(left, Comparison.AT_LEAST, right);
            case AT_MOST -> alwaysHolds(left, Comparison.GREATER, right);
            case GREATER -> alwaysHolds(left, Comparison.AT_MOST, right);
            case AT_LEAST -> alwaysHolds(left, Comparison.LESS, right);
            case EQUAL -> alwaysHolds(left, Comparison.DIFFERENT, right);
            case DIFFERENT -> alwaysHolds(left, Comparison.EQUAL, right);
        };
    }

    private Enclosure call(Expression.Call call, Range z) {
        Enclosure x = of(call.operands().get(0), z);
        if (!x.computed().isFinite()) {
            return Enclosure.jumping(Range.ALL);
        }
        Rule rule = (Rule) call.function();
        return switch (rule) {
            case ABS -> absolute(x);
            case SIGN -> sign(x);
            case MAX -> greater(x, of(call.operands().get(1), z));
            case MIN ->
                negative(greater(negative(x), negative(of(call.operands().get(1), z))));
            case POWER -> power(x, Bits.exponent(call));
            default -> kernel(rule, x);
        };
    }

    private static Enclosure absolute(Enclosure x) {
        Range of = x.computed();
        Range real = x.real();
        double low = of.hasZero() ? 0 : Math.min(Math.abs(of.low()), Math.abs(of.high()));
        Range slope = real.low() >= 0
                ? x.slope()
                : real.high() <= 0
                        ? x.slope().negative()
                        : x.slope().with(x.slope().negative());
        return new Enclosure(Range.of(low, of.size()), slope, x.error());
    }

    private static Enclosure sign(Enclosure x) {
        Range of = x.computed();
        Range signs = new Range(Math.signum(of.low()), Math.signum(of.high()));
        return signs.low() == signs.high() ? new Enclosure(signs, Range.ZERO, 0) : Enclosure.jumping(signs);
    }

    private static Enclosure greater(Enclosure a, Enclosure b) {
        Range x = a.computed();
        Range y = b.computed();
        if (!y.isFinite()) {
            return Enclosure.jumping(Range.ALL);
        }
        Range computed = Range.of(Math.max(x.low(), y.low()), Math.max(x.high(), y.high()));
        Range slope = a.real().low() >= b.real().high()
                ? a.slope()
                : b.real().low() >= a.real().high() ? b.slope() : a.slope().with(b.slope());
        return new Enclosure(computed, slope, Math.max(a.error(), b.error()));
    }

    /** Of a number that is not negative each multiplication is monotonic, and so is the computed power. */
    private Enclosure power(Enclosure x, int n) {
        Range of = x.computed();
        double atLow = arithmetic.power(of.low(), n);
        double atHigh = arithmetic.power(of.high(), n);
        boolean isEven = n % 2 == 0;
        Range computed = !isEven
                ? Range.of(atLow, atHigh)
                : Range.of(of.hasZero() ? 0 : Math.min(atLow, atHigh), Math.max(atLow, atHigh));
        // Fewer than 2 log2 n roundings, of which the first is multiplied n times over
        double part = (n + 4.0) * 0x1p-52;
        Range real = x.real();
        if (part > 0x1p-10 || !computed.isFinite()) {
            return Enclosure.jumping(computed);
        }
        Range slope = realPower(real, n - 1).times(new Range(n, n));
        double own = Outward.addUp(
                Outward.timesUp(computed.size(), part + 2 * arithmetic.unit()), (n + 4.0) * arithmetic.least());
        double error = Outward.addUp(Outward.timesUp(slope.size(), x.error()), own);
        return Double.isFinite(error)
                ? new Enclosure(computed, slope.times(x.slope()), error)
                : Enclosure.jumping(computed);
    }

    private static Range realPower(Range x, int n) {
        if (n == 0) {
            return Range.ONE;
        }
        double part = (n + 4.0) * 0x1p-51;
        double low = FloatingPoint.DOUBLE.power(x.low(), n);
        double high = FloatingPoint.DOUBLE.power(x.high(), n);
        double least = n % 2 == 0 ? x.hasZero() ? 0 : Math.min(low, high) : low;
        return Range.of(Outward.below(least, part), Outward.above(n % 2 == 0 ? Math.max(low, high) : high, part));
    }

    /** Where it is not proved that a kernel is monotonic, a value between is at most twice its error beyond the values at the ends. */
    private Enclosure kernel(Rule rule, Enclosure x) {
        Range of = x.computed();
        Range computed;
        if (rule == Rule.SIN || rule == Rule.COS) {
            computed = rule == Rule.COS ? Slopes.cosines(of) : Slopes.sines(of);
            computed = computed.wider(KernelErrors.of(1, arithmetic));
        } else {
            double low = arithmetic.kernel(rule, of.low());
            double high = arithmetic.kernel(rule, of.high());
            boolean isMonotonic = arithmetic == FloatingPoint.FLOAT || KernelOrder.rises(rule, of.low(), arithmetic);
            computed = isMonotonic
                    ? Range.of(low, high)
                    : Range.of(
                            Outward.addDown(low, -2 * KernelErrors.of(Math.abs(low), arithmetic)),
                            Outward.addUp(high, 2 * KernelErrors.of(Math.abs(high), arithmetic)));
            if (of.low() == of.high()) {
                computed = Range.of(low, high);
            }
        }
        if (!computed.isFinite()) {
            return Enclosure.jumping(Range.ALL);
        }
        Range slope = Slopes.of(rule, x.real());
        double error =
                Outward.addUp(Outward.timesUp(slope.size(), x.error()), KernelErrors.of(computed.size(), arithmetic));
        return Double.isFinite(error) && slope.isFinite()
                ? new Enclosure(computed, slope.times(x.slope()), error)
                : Enclosure.jumping(computed);
    }
}
