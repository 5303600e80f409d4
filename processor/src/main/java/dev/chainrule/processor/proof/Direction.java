package dev.chainrule.processor.proof;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.rules.Rule;
import java.util.List;

/**
 * Whether the computed function of a unit never decreases with z, or never increases; neither where it is not known, and both where it
 * is a constant. As each operation rounds, and rounding is monotonic, a function that is made of operations that go the same way goes
 * that way as well.
 */
record Direction(boolean rises, boolean falls) {
    private static final Direction UP = new Direction(true, false);
    private static final Direction NONE = new Direction(true, true);
    private static final Direction UNKNOWN = new Direction(false, false);

    /** That of an expression in z, for z from a number on. */
    static Direction of(Expression expression, double from, FloatingPoint arithmetic) {
        if (expression instanceof Expression.Letter) {
            return UP;
        } else if (expression instanceof Expression.Constant) {
            return NONE;
        } else if (expression instanceof Expression.Sum sum) {
            return together(sum.operands(), from, arithmetic);
        } else if (expression instanceof Expression.Difference difference) {
            return of(difference.left(), from, arithmetic)
                    .and(of(difference.right(), from, arithmetic).turned());
        } else if (expression instanceof Expression.Negative negative) {
            return of(negative.operand(), from, arithmetic).turned();
        } else if (expression instanceof Expression.Quotient quotient
                && quotient.right() instanceof Expression.Constant divisor
                && divisor.value() != 0) {
            return of(quotient.left(), from, arithmetic).times(divisor.value());
        } else if (expression instanceof Expression.Product product) {
            return product(product.operands(), from, arithmetic);
        } else if (expression instanceof Expression.Call call) {
            return call(call, from, arithmetic);
        }
        return UNKNOWN;
    }

    private static Direction together(List<Expression> operands, double from, FloatingPoint arithmetic) {
        return operands.stream().map(operand -> of(operand, from, arithmetic)).reduce(NONE, Direction::and);
    }

    /** Known where all factors but one are numbers. */
    private static Direction product(List<Expression> factors, double from, FloatingPoint arithmetic) {
        Direction direction = NONE;
        double sign = 1;
        int others = 0;
        for (Expression factor : factors) {
            if (factor instanceof Expression.Constant constant) {
                sign *= Math.signum(constant.value());
            } else {
                direction = of(factor, from, arithmetic);
                others++;
            }
        }
        return others > 1 ? UNKNOWN : direction.times(sign);
    }

    private static Direction call(Expression.Call call, double from, FloatingPoint arithmetic) {
        Rule rule = (Rule) call.function();
        Expression argument = call.operands().get(0);
        if (rule == Rule.MAX || rule == Rule.MIN) {
            return together(call.operands(), from, arithmetic);
        }
        double least = argument instanceof Expression.Letter ? from : Double.NEGATIVE_INFINITY;
        return KernelOrder.rises(rule, least, arithmetic) ? of(argument, from, arithmetic) : UNKNOWN;
    }

    private Direction and(Direction other) {
        return new Direction(rises && other.rises, falls && other.falls);
    }

    private Direction turned() {
        return new Direction(falls, rises);
    }

    private Direction times(double factor) {
        return factor > 0 ? this : factor < 0 ? turned() : NONE;
    }
}
