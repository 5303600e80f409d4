package dev.chainrule.processor.java;

import dev.chainrule.annotations.Precision;
import java.lang.invoke.MethodType;

/** The type of the numbers in generated code, and what of the code's text depends on it. */
public enum JavaNumbers {
    /** {@code double}. */
    DOUBLE(double.class, double[].class, "Kernels", "ExactFma") {
        @Override
        public String literal(double value) {
            return Double.toString(value);
        }
    },
    /** {@code float}. */
    FLOAT(float.class, float[].class, "FloatKernels", "FloatExactFma") {
        @Override
        public String literal(double value) {
            return (float) value + "f";
        }
    };

    private final Class<?> type;
    private final Class<?> array;
    private final String kernels;
    private final String exactFma;

    JavaNumbers(Class<?> type, Class<?> array, String kernels, String exactFma) {
        this.type = type;
        this.array = array;
        this.kernels = kernels;
        this.exactFma = exactFma;
    }

    /** The numbers of a precision. */
    public static JavaNumbers of(Precision precision) {
        return switch (precision) {
            case DOUBLE -> DOUBLE;
            case FLOAT -> FLOAT;
        };
    }

    /** {@code 0.7310585786300049}, {@code 0.7310586f}. */
    public abstract String literal(double value);

    /** {@code double}. */
    public Class<?> type() {
        return type;
    }

    /** {@code double[]}. */
    public Class<?> array() {
        return array;
    }

    /** {@code Double}. */
    public String boxed() {
        return MethodType.methodType(type).wrap().returnType().getSimpleName();
    }

    /** The simple name of the class of the runtime that has an fma of the bits of Math.fma. */
    public String exactFma() {
        return exactFma;
    }

    /** {@code double[][]}. */
    public Class<?> arrays() {
        return array.arrayType();
    }

    /** The class of the runtime that has the activations' functions. */
    String kernels() {
        return "dev.chainrule.runtime." + kernels;
    }
}
