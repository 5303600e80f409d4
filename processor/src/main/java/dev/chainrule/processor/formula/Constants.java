package dev.chainrule.processor.formula;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Call;
import dev.chainrule.processor.equations.Expression.Choice;
import dev.chainrule.processor.equations.Expression.Condition;
import dev.chainrule.processor.equations.Expression.Constant;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.rules.Derivative;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** Makes nodes above others; above numbers alone it is a number. */
final class Constants {
    private Constants() {}

    /** {@code a + b + c}, the numbers that it begins with added. */
    static Expression sum(List<Expression> terms) {
        List<Expression> rest = withFirst(terms, Double::sum);
        if (rest.size() == 1) {
            return rest.get(0);
        }
        return rest.size() == 2 && rest.get(1) instanceof Expression.Negative negative
                ? new Expression.Difference(rest.get(0), negative.operand())
                : new Expression.Sum(rest);
    }

    /** {@code a * b * c}, the numbers that it begins with multiplied. */
    static Expression product(List<Expression> factors) {
        return Expression.product(withFirst(factors, (a, b) -> a * b).toArray(Expression[]::new));
    }

    private static List<Expression> withFirst(
            List<Expression> operands, java.util.function.DoubleBinaryOperator operator) {
        List<Expression> rest = new ArrayList<>(operands);
        while (rest.size() > 1 && rest.get(0) instanceof Constant first && rest.get(1) instanceof Constant second) {
            rest.subList(0, 2).clear();
            rest.add(0, new Constant(operator.applyAsDouble(first.value(), second.value())));
        }
        return rest;
    }

    /** {@code a / b}. */
    static Expression quotient(Expression left, Expression right) {
        return left instanceof Constant dividend && right instanceof Constant divisor
                ? new Constant(dividend.value() / divisor.value())
                : right.equals(Expression.ONE) ? left : new Quotient(left, right);
    }

    /** {@code -a}. */
    static Expression negative(Expression operand) {
        return operand instanceof Constant constant
                ? new Constant(-constant.value())
                : new Expression.Negative(operand);
    }

    /** {@code a^n}. */
    static Expression power(Expression base, int exponent) {
        return base instanceof Constant constant
                ? new Constant(StrictMath.pow(constant.value(), exponent))
                : Derivative.power(base, exponent);
    }

    /** {@code a > b ? c : d}, or the one that numbers choose. */
    static Expression choice(Condition condition, Expression then, Expression otherwise) {
        return condition.left() instanceof Constant left && condition.right() instanceof Constant right
                ? condition.comparison().holds(left.value(), right.value()) ? then : otherwise
                : new Choice(condition, then, otherwise);
    }

    /** {@code f(a)}. */
    static Expression call(Rule rule, List<Expression> arguments) {
        Call call = new Call(rule, arguments);
        for (Expression argument : arguments) {
            if (!(argument instanceof Constant)) {
                return call;
            }
        }
        double x = ((Constant) arguments.get(0)).value();
        double last = ((Constant) arguments.get(arguments.size() - 1)).value();
        return switch (rule) {
            case SIGMOID -> new Constant(1 / (1 + StrictMath.exp(-x)));
            case TANH -> new Constant(StrictMath.tanh(x));
            case EXP -> new Constant(StrictMath.exp(x));
            case EXPM1 -> new Constant(StrictMath.expm1(x));
            case SOFTPLUS -> new Constant(Math.max(0, x) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));
            case LOG -> new Constant(StrictMath.log(x));
            case LOG1P -> new Constant(StrictMath.log1p(x));
            case SQRT -> new Constant(Math.sqrt(x));
            case SIN -> new Constant(StrictMath.sin(x));
            case COS -> new Constant(StrictMath.cos(x));
            case ATAN -> new Constant(StrictMath.atan(x));
            // The JDK has no error function; but a division by this zero has to be seen
            case ERF -> x == 0 ? new Constant(x) : call;
            case ABS -> new Constant(Math.abs(x));
            case SIGN -> new Constant(Math.signum(x));
            case MAX -> new Constant(Math.max(x, last));
            case MIN -> new Constant(Math.min(x, last));
            case LOG_COSH, HUBER, POWER -> call;
        };
    }
}
