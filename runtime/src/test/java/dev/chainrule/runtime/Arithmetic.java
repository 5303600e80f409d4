package dev.chainrule.runtime;

/** What the kernels are computed with: doubles, or what is known of them. */
interface Arithmetic<T> {
    T of(double constant);

    T plus(T a, T b);

    T over(T a, T b);

    T fma(T a, T b, T c);

    default T negated(T a) {
        return times(of(-1), a);
    }

    default T minus(T a, T b) {
        return plus(a, negated(b));
    }

    /** A product is fma from a zero that changes nothing. */
    default T times(T a, T b) {
        return fma(a, b, of(-0.0));
    }

    /** That of the code. */
    Arithmetic<Double> DOUBLES = new Arithmetic<>() {
        @Override
        public Double of(double constant) {
            return constant;
        }

        @Override
        public Double plus(Double a, Double b) {
            return a + b;
        }

        @Override
        public Double over(Double a, Double b) {
            return a / b;
        }

        @Override
        public Double fma(Double a, Double b, Double c) {
            return Math.fma(a, b, c);
        }

        @Override
        public Double times(Double a, Double b) {
            return a * b;
        }
    };
}
