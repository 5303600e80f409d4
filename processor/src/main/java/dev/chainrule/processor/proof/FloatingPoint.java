package dev.chainrule.processor.proof;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.rules.Rule;
import dev.chainrule.runtime.FloatKernels;
import dev.chainrule.runtime.Kernels;

/** The arithmetic of frozen classes: what their operations and functions return, to the bit. Floats are kept as doubles. */
enum FloatingPoint {
    /** {@code double}. */
    DOUBLE(0x1p-53, Double.MIN_VALUE) {
        @Override
        double literal(double value) {
            return value;
        }

        @Override
        double sum(double a, double b) {
            return a + b;
        }

        @Override
        double product(double a, double b) {
            return a * b;
        }

        @Override
        double quotient(double a, double b) {
            return a / b;
        }

        @Override
        double fma(double a, double b, double c) {
            return Math.fma(a, b, c);
        }

        @Override
        double above(double value) {
            return Math.nextUp(value);
        }

        @Override
        double below(double value) {
            return Math.nextDown(value);
        }

        @Override
        double atLeast(double value) {
            return value;
        }

        @Override
        double atMost(double value) {
            return value;
        }

        @Override
        double kernel(Rule rule, double x) {
            return switch (rule) {
                case SIGMOID -> Kernels.sigmoid(x);
                case TANH -> Kernels.tanh(x);
                case EXP -> Kernels.exp(x);
                case EXPM1 -> Kernels.expm1(x);
                case SOFTPLUS -> Kernels.softplus(x);
                case LOG -> Kernels.log(x);
                case LOG1P -> Kernels.log1p(x);
                case SQRT -> Kernels.sqrt(x);
                case SIN -> Kernels.sin(x);
                case COS -> Kernels.cos(x);
                case ATAN -> Kernels.atan(x);
                case ERF -> Kernels.erf(x);
                default -> throw new IllegalArgumentException("No kernel of one argument: " + rule);
            };
        }

        @Override
        double power(double x, int n) {
            return Kernels.power(x, n);
        }
    },
    /** {@code float}. */
    FLOAT(0x1p-24, Float.MIN_VALUE) {
        @Override
        double literal(double value) {
            return (float) value;
        }

        @Override
        double sum(double a, double b) {
            return (float) a + (float) b;
        }

        @Override
        double product(double a, double b) {
            return (float) a * (float) b;
        }

        @Override
        double quotient(double a, double b) {
            return (float) a / (float) b;
        }

        @Override
        double fma(double a, double b, double c) {
            return Math.fma((float) a, (float) b, (float) c);
        }

        @Override
        double above(double value) {
            return Math.nextUp((float) value);
        }

        @Override
        double below(double value) {
            return Math.nextDown((float) value);
        }

        @Override
        double atLeast(double value) {
            return (float) value < value ? Math.nextUp((float) value) : (float) value;
        }

        @Override
        double atMost(double value) {
            return (float) value > value ? Math.nextDown((float) value) : (float) value;
        }

        @Override
        double kernel(Rule rule, double x) {
            float value = (float) x;
            return switch (rule) {
                case SIGMOID -> FloatKernels.sigmoid(value);
                case TANH -> FloatKernels.tanh(value);
                case EXP -> FloatKernels.exp(value);
                case EXPM1 -> FloatKernels.expm1(value);
                case SOFTPLUS -> FloatKernels.softplus(value);
                case LOG -> FloatKernels.log(value);
                case LOG1P -> FloatKernels.log1p(value);
                case SQRT -> FloatKernels.sqrt(value);
                case SIN -> FloatKernels.sin(value);
                case COS -> FloatKernels.cos(value);
                case ATAN -> FloatKernels.atan(value);
                case ERF -> FloatKernels.erf(value);
                default -> throw new IllegalArgumentException("No kernel of one argument: " + rule);
            };
        }

        @Override
        double power(double x, int n) {
            return FloatKernels.power((float) x, n);
        }
    };

    private final double unit;
    private final double least;

    FloatingPoint(double unit, double least) {
        this.unit = unit;
        this.least = least;
    }

    static FloatingPoint of(Precision precision) {
        return precision == Precision.FLOAT ? FLOAT : DOUBLE;
    }

    /** The unit roundoff: the largest relative error of an operation whose result is normal. */
    double unit() {
        return unit;
    }

    /** The least positive number: an operation whose result is subnormal errs by half of it at most. */
    double least() {
        return least;
    }

    /** A number of the declaration, as code has it. */
    abstract double literal(double value);

    /** {@code a + b}. */
    abstract double sum(double a, double b);

    /** {@code a * b}. */
    abstract double product(double a, double b);

    /** {@code a / b}. */
    abstract double quotient(double a, double b);

    /** {@code fma(a, b, c)}. */
    abstract double fma(double a, double b, double c);

    /** The next larger number. */
    abstract double above(double value);

    /** The next smaller number. */
    abstract double below(double value);

    /** The least number that is not below a double. */
    abstract double atLeast(double value);

    /** The greatest number that is not above a double. */
    abstract double atMost(double value);

    /** A function of one argument. */
    abstract double kernel(Rule rule, double x);

    /** {@code power(x, n)}. */
    abstract double power(double x, int n);
}
