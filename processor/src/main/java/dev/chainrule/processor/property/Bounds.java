package dev.chainrule.processor.property;

import dev.chainrule.annotations.Precision;
import java.math.BigDecimal;
import java.math.MathContext;

/** The least and the greatest number of a precision that satisfies an inequality in one variable over the real numbers. */
final class Bounds {
    private final Precision precision;

    Bounds(Precision precision) {
        this.precision = precision;
    }

    /** The least finite number v with {@code factor v + constant > 0} (or {@code >= 0}), where the factor is positive. */
    double least(BigDecimal factor, BigDecimal constant, boolean strict) {
        double value = nearest(factor, constant);
        while (value > -largest() && holds(factor, constant, strict, below(value))) {
            value = below(value);
        }
        while (value < largest() && !holds(factor, constant, strict, value)) {
            value = above(value);
        }
        return holds(factor, constant, strict, value) ? value : Double.NaN;
    }

    private double nearest(BigDecimal factor, BigDecimal constant) {
        double quotient =
                constant.negate().divide(factor, MathContext.DECIMAL128).doubleValue();
        double inPrecision = precision == Precision.FLOAT ? (float) quotient : quotient;
        return Math.max(-largest(), Math.min(largest(), inPrecision));
    }

    private static boolean holds(BigDecimal factor, BigDecimal constant, boolean strict, double value) {
        int sign = factor.multiply(new BigDecimal(value)).add(constant).signum();
        return strict ? sign > 0 : sign >= 0;
    }

    private double largest() {
        return precision == Precision.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    }

    private double above(double value) {
        return precision == Precision.FLOAT ? Math.nextUp((float) value) : Math.nextUp(value);
    }

    private double below(double value) {
        return precision == Precision.FLOAT ? Math.nextDown((float) value) : Math.nextDown(value);
    }
}
