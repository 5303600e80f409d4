package dev.chainrule.samples.documents.proofs;

import dev.chainrule.runtime.FloatKernels;
import dev.chainrule.runtime.Kernels;

/**
 * The arithmetic of a class: that of double, or that of float, whose numbers are kept as doubles.
 *
 * @param isFloat whether each result is rounded to float
 */
record Arithmetic(boolean isFloat) {
    /** The unit roundoff. */
    double unit() {
        return isFloat ? 0x1p-24 : 0x1p-53;
    }

    /** The least positive number. */
    double least() {
        return isFloat ? Float.MIN_VALUE : Double.MIN_VALUE;
    }

    double number(double value) {
        return isFloat ? (float) value : value;
    }

    double next(double value) {
        return isFloat ? Math.nextUp((float) value) : Math.nextUp(value);
    }

    double before(double value) {
        return isFloat ? Math.nextDown((float) value) : Math.nextDown(value);
    }

    double plus(double a, double b) {
        return isFloat ? (float) a + (float) b : a + b;
    }

    double times(double a, double b) {
        return isFloat ? (float) a * (float) b : a * b;
    }

    double over(double a, double b) {
        return isFloat ? (float) a / (float) b : a / b;
    }

    double fma(double a, double b, double c) {
        return isFloat ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    /** Whether a function never decreases from an argument on: KernelOrder of the processor proves it, and tests of all floats. */
    boolean rises(String name, double from) {
        return switch (name) {
            case "sqrt", "tanh" -> true;
            case "sigmoid" -> isFloat || from >= -37.5;
            case "exp", "expm1", "softplus", "erf" -> isFloat;
            default -> false;
        };
    }

    /** A function by its name; the second argument of a power is its exponent. */
    double call(String name, double x, double second) {
        float f = (float) x;
        return switch (name) {
            case "sigmoid" -> isFloat ? FloatKernels.sigmoid(f) : Kernels.sigmoid(x);
            case "tanh" -> isFloat ? FloatKernels.tanh(f) : Kernels.tanh(x);
            case "exp" -> isFloat ? FloatKernels.exp(f) : Kernels.exp(x);
            case "expm1" -> isFloat ? FloatKernels.expm1(f) : Kernels.expm1(x);
            case "softplus" -> isFloat ? FloatKernels.softplus(f) : Kernels.softplus(x);
            case "log" -> isFloat ? FloatKernels.log(f) : Kernels.log(x);
            case "log1p" -> isFloat ? FloatKernels.log1p(f) : Kernels.log1p(x);
            case "sqrt" -> isFloat ? FloatKernels.sqrt(f) : Kernels.sqrt(x);
            case "sin" -> isFloat ? FloatKernels.sin(f) : Kernels.sin(x);
            case "cos" -> isFloat ? FloatKernels.cos(f) : Kernels.cos(x);
            case "atan" -> isFloat ? FloatKernels.atan(f) : Kernels.atan(x);
            case "erf" -> isFloat ? FloatKernels.erf(f) : Kernels.erf(x);
            case "power" -> isFloat ? FloatKernels.power(f, (int) second) : Kernels.power(x, (int) second);
            default ->
                throw new IllegalArgumentException("the certificate names a function " + name + ", which there is not");
        };
    }
}
