package dev.chainrule.runtime;

/**
 * What {@link Kernels} compute after their arguments are reduced, in any arithmetic: in doubles to the bits of the
 * code, which a test compares, and in {@link Bounded} what is known of their errors.
 */
record KernelSteps<T>(Arithmetic<T> a, KernelSteps.Coefficients c) {
    /**
     * The coefficients of the polynomials, from the constant one up.
     *
     * @param exp of {@code (e^r - 1 - r) / r^2}
     * @param tanh of {@code (tanh h - h) / h^3} in {@code h^2}
     * @param artanh of {@code (artanh v - v) / v^3} in {@code v^2}
     * @param erf of {@code erf(x) / x - 1} in {@code x^2 - 1/2}
     * @param erfc of {@code e^(x^2) (1 - erf(x))} in {@code (x - 1) / (x + 2)}
     */
    record Coefficients(double[] exp, double[] tanh, double[] artanh, double[] erf, double[] erfc) {
        static Coefficients ofTheCode() {
            double step = PowersOfTwo.LN2_HIGH / 256;
            return new Coefficients(
                    new double[] {1.0 / 2, 1.0 / 6, 1.0 / 24 + 0.869 / 720 * step * step, 1.0 / 120},
                    new double[] {-1.0 / 3, 2.0 / 15, -17.0 / 315, 62.0 / 2835},
                    new double[] {1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9},
                    new double[] {
                        -0x1.1ae14dc34815ap-5,
                        -0x1.1fd16292151fep-2,
                        0x1.454368017b066p-4,
                        -0x1.2b902b7b2eb25p-6,
                        0x1.c82aa249cb81ep-9,
                        -0x1.263991bb67bbfp-11,
                        0x1.486638db4072bp-14,
                        -0x1.429e80881feb3p-17,
                        0x1.1ad6b3c628e27p-20,
                        -0x1.bfcdbc18796a5p-24,
                        0x1.3bfff4560cdb4p-27,
                        -0x1.0beb0939cce84p-30
                    },
                    new double[] {
                        0x1.b5d8780f956b2p-2,
                        -0x1.a3a755ea3a087p-1,
                        0x1.23b0c49d384e9p-1,
                        -0x1.70cbbd271df62p-3,
                        -0x1.a3f5fc76c24fdp-6,
                        0x1.c38f216ad2fb9p-6,
                        0x1.a5184c298e23ap-8,
                        -0x1.22427870ad777p-8,
                        -0x1.4d5cbe25c486ap-9,
                        0x1.0fd3fe824ffdbp-12,
                        0x1.5c03eadd2b684p-11,
                        0x1.e931130ee7cd9p-12,
                        -0x1.6e4e17d6c2f3cp-12
                    });
        }
    }

    T expTail(T r) {
        T lower = a.fma(r, a.of(c.exp[1]), a.of(c.exp[0]));
        T upper = a.fma(r, a.of(c.exp[3]), a.of(c.exp[2]));
        return a.fma(a.times(r, r), upper, lower);
    }

    /** {@code e^r (1 - lack) - 1}. */
    T expm1OfRest(T r, T lack) {
        return a.fma(a.times(r, r), expTail(r), a.minus(r, lack));
    }

    /** {@code power (e^r (1 - lack) - 1)}. */
    T expm1Step(T power, T lack, T r) {
        T error = a.times(power, lack);
        T square = a.negated(a.fma(a.negated(r), r, a.of(0)));
        T linear = a.fma(power, r, a.negated(a.fma(error, r, error)));
        return a.fma(a.times(power, square), expTail(r), linear);
    }

    T tanhNearZero(T h) {
        T square = a.times(h, h);
        T cube = a.fma(square, h, a.of(0));
        T lower = a.fma(square, a.of(c.tanh[1]), a.of(c.tanh[0]));
        T upper = a.fma(square, a.of(c.tanh[3]), a.of(c.tanh[2]));
        return a.fma(cube, a.fma(a.times(square, square), upper, lower), h);
    }

    /** What is added to the value at a node. */
    T tanhBeyondNode(T value, T low, T slope, T t) {
        return a.fma(a.over(slope, a.fma(value, t, a.of(1))), t, low);
    }

    T sigmoidBeyondNode(T value, T low, T slope, T t) {
        return a.fma(a.over(slope, a.fma(a.fma(a.of(2), value, a.of(-1)), t, a.of(1))), t, low);
    }

    /** {@code v / (S t) - 1} of softplus. */
    T softplusW(T slope, T t) {
        return a.over(a.times(a.minus(a.of(1), slope), t), a.fma(a.minus(slope, a.of(1)), t, a.of(1)));
    }

    /** {@code (artanh v - v) / v^3}. */
    T artanhTail(T square) {
        T lower = a.fma(square, a.of(c.artanh[1]), a.of(c.artanh[0]));
        T upper = a.fma(square, a.of(c.artanh[3]), a.of(c.artanh[2]));
        return a.fma(a.times(square, square), upper, lower);
    }

    T softplusBeyondNode(T low, T slope, T t) {
        T linear = a.times(slope, t);
        T w = softplusW(slope, t);
        T v = a.fma(linear, w, linear);
        T square = a.times(v, v);
        T twice = a.times(a.of(2), linear);
        T rest = a.fma(twice, w, low);
        return a.plus(twice, a.fma(a.times(a.times(a.of(2), v), square), artanhTail(square), rest));
    }

    T erfBeyondArgument(T w) {
        return evenAndOdd(c.erf, w);
    }

    T scaledErfc(T x) {
        T v = a.over(a.minus(x, a.of(1)), a.plus(x, a.of(2)));
        return evenAndOdd(c.erfc, v);
    }

    /** A polynomial: its even and its odd powers by Horner's rule, the constant coefficient last. */
    private T evenAndOdd(double[] coefficients, T x) {
        T square = a.times(x, x);
        int last = coefficients.length - 1;
        int lastEven = last - 1 + last % 2;
        int lastOdd = last - last % 2;
        T even = a.of(coefficients[lastEven]);
        for (int n = lastEven - 2; n > 0; n -= 2) {
            even = a.fma(square, even, a.of(coefficients[n]));
        }
        T odd = a.of(coefficients[lastOdd]);
        for (int n = lastOdd - 2; n > 0; n -= 2) {
            odd = a.fma(square, odd, a.of(coefficients[n]));
        }
        return a.fma(x, a.fma(x, odd, even), a.of(coefficients[0]));
    }
}
