package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.network.ActivationFunction.Named;
import dev.chainrule.processor.rules.Activations;
import dev.chainrule.processor.rules.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells which activation an expression in z is, however it is written: the one that has its value everywhere. Both are
 * computed at many z, with bounds of all that rounding can do, to the constants of a model too; where the bounds leave
 * no room for the two to be the same, they are not.
 *
 * @param tolerance the relative error of constants that are no simple fractions
 */
record Recognition(double tolerance) {
    /** Dense where activations bend, and of all magnitudes. */
    private static final double[] PLACES = DoubleStream.concat(
                    IntStream.rangeClosed(-320, 320).mapToDouble(i -> i / 19.0),
                    IntStream.rangeClosed(-75, 75)
                            .mapToDouble(i -> Math.pow(10, i / 2.0))
                            .flatMap(z -> DoubleStream.of(z, -z)))
            .toArray();

    /** Bounds that are wider, as parts of 1 + |z|, tell nothing. */
    private static final double WIDEST = 1e-3;

    /** The last bits of a double; without them it is an exact number, such as 1 or 0.5. */
    private static final long LAST_BITS = (1L << 40) - 1;

    /**
     * The activation that an expression of a model is, with its setting.
     *
     * @param tolerance the relative error of its constants
     * @param settings what the setting may be, besides what it is by default
     */
    static Optional<Named> of(Expression expression, double tolerance, List<Double> settings) {
        Recognition model = new Recognition(tolerance);
        List<Named> byDefault = Stream.of(Activation.values())
                .map(Named::of)
                .filter(named -> !named.isSoftmax())
                .toList();
        Stream<Named> bySetting = byDefault.stream()
                .filter(named -> named.setting() != Named.NO_SETTING)
                .flatMap(named -> settings.stream().map(setting -> new Named(named.activation(), setting)));
        return Stream.concat(byDefault.stream(), bySetting)
                .filter(named -> model.areSame(expression, Activations.formula(named)))
                .findFirst();
    }

    private boolean areSame(Expression expression, Expression activation) {
        Recognition exact = new Recognition(0);
        for (double z : PLACES) {
            Interval value = at(z, expression);
            boolean isKnown = value.greatest() - value.least() <= WIDEST * (1 + Math.abs(z));
            if (!isKnown || !value.meets(exact.at(z, activation))) {
                return false;
            }
        }
        return true;
    }

    private Interval at(double z, Expression expression) {
        if (expression.equals(Activations.Z)) {
            return new Interval(z, z);
        } else if (expression instanceof Expression.Constant constant) {
            boolean isExact = (Double.doubleToLongBits(constant.value()) & LAST_BITS) == 0;
            return Interval.around(constant.value(), isExact ? 0 : tolerance);
        } else if (expression instanceof Expression.Sum) {
            return joined(z, expression, Interval::plus);
        } else if (expression instanceof Expression.Difference) {
            return joined(z, expression, (one, two) -> one.plus(two.negative()));
        } else if (expression instanceof Expression.Negative negative) {
            return at(z, negative.operand()).negative();
        } else if (expression instanceof Expression.Product) {
            return joined(z, expression, Interval::times);
        } else if (expression instanceof Expression.Quotient) {
            return joined(z, expression, (one, two) -> one.times(two.inverse()));
        } else if (expression instanceof Expression.Choice choice) {
            return choice(z, choice);
        } else if (expression instanceof Expression.Call call && call.function() instanceof Rule rule) {
            return call(z, rule, call);
        }
        return Interval.ALL;
    }

    private Interval joined(double z, Expression expression, BinaryOperator<Interval> operator) {
        List<Expression> operands = expression.operands();
        Interval joined = at(z, operands.get(0));
        for (Expression operand : operands.subList(1, operands.size())) {
            joined = operator.apply(joined, at(z, operand));
        }
        return joined;
    }

    private Interval choice(double z, Expression.Choice choice) {
        Interval difference = joined(z, choice.condition(), (one, two) -> one.plus(two.negative()));
        Interval side = switch (choice.condition().comparison()) {
            case GREATER, AT_LEAST -> difference;
            case LESS, AT_MOST -> difference.negative();
            case EQUAL, DIFFERENT -> Interval.ALL;
        };
        if (side.least() > 0) {
            return at(z, choice.then());
        }
        Interval otherwise = at(z, choice.otherwise());
        return side.greatest() < 0 ? otherwise : otherwise.hull(at(z, choice.then()));
    }

    private Interval call(double z, Rule rule, Expression.Call call) {
        Interval x = at(z, call.operands().get(0));
        return switch (rule) {
            case ABS -> x.max(x.negative()).max(new Interval(0, 0));
            case ATAN -> x.under(Math::atan);
            case COS -> x.underFlat(Math::cos);
            case ERF -> x.under(Recognition::erf);
            case EXP -> x.under(Math::exp);
            case EXPM1 -> x.under(Math::expm1);
            case LOG -> x.under(Math::log);
            case LOG1P -> x.under(Math::log1p);
            case MAX -> joined(z, call, Interval::max);
            case MIN ->
                joined(z, call, (one, two) -> one.negative().max(two.negative()).negative());
            case SIGMOID -> x.under(v -> 1 / (1 + Math.exp(-v)));
            case SIGN -> x.under(Math::signum);
            case SIN -> x.underFlat(Math::sin);
            case SOFTPLUS -> x.under(v -> Math.max(0, v) + Math.log1p(Math.exp(-Math.abs(v))));
            case SQRT -> x.under(Math::sqrt);
            case TANH -> x.under(Math::tanh);
            case HUBER, LOG_COSH, POWER -> Interval.ALL;
        };
    }

    /** {@code 2 / sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / (3 5) + ...)}, in which nothing cancels. */
    private static double erf(double x) {
        double term = 2 / Math.sqrt(Math.PI) * x * Math.exp(-x * x);
        double sum = 0;
        for (int n = 3; Math.abs(x) < 6 && n < 300; n += 2) {
            sum += term;
            term *= 2 * x * x / n;
        }
        return Math.abs(x) < 6 ? sum : Math.signum(x);
    }
}
