package dev.chainrule.runtime;

/** The polynomials that {@link Kernels#erf} is made of. */
final class ErfPolynomials {
    private ErfPolynomials() {}

    /**
     * {@code erf(x) / x - 1} for {@code |x| <= 0.84} as a polynomial in {@code w = x^2 - 1/2}: found by the algorithm
     * of Remez, to 2^-59. It lies between -0.1 and 0.13, so that its rounding hardly counts next to 1.
     */
    static double beyondArgument(double w) {
        double square = w * w;
        return Math.fma(w, Math.fma(w, odd(square), even(square)), -0x1.1ae14dc34815ap-5);
    }

    private static double even(double square) {
        return polynomial(
                square,
                -0x1.1fd16292151fep-2,
                -0x1.2b902b7b2eb25p-6,
                -0x1.263991bb67bbfp-11,
                -0x1.429e80881feb3p-17,
                -0x1.bfcdbc18796a5p-24,
                -0x1.0beb0939cce84p-30);
    }

    private static double odd(double square) {
        return polynomial(
                square,
                0x1.454368017b066p-4,
                0x1.c82aa249cb81ep-9,
                0x1.486638db4072bp-14,
                0x1.1ad6b3c628e27p-20,
                0x1.3bfff4560cdb4p-27);
    }

    /**
     * {@code e^(x^2) (1 - erf(x))} for {@code 0.84 < x <= 5.9} as a polynomial in {@code v = (x - 1) / (x + 2)}, which
     * is small where the last bit counts: found by the algorithm of Remez so that erf errs by at most 2^-56.8.
     */
    static double scaledErfc(double x) {
        return scaledErfcAt((x - 1) / (x + 2));
    }

    private static double scaledErfcAt(double v) {
        double square = v * v;
        return Math.fma(v, Math.fma(v, oddOfScaled(square), evenOfScaled(square)), 0x1.b5d8780f956b2p-2);
    }

    private static double evenOfScaled(double square) {
        return polynomial(
                square,
                -0x1.a3a755ea3a087p-1,
                -0x1.70cbbd271df62p-3,
                0x1.c38f216ad2fb9p-6,
                -0x1.22427870ad777p-8,
                0x1.0fd3fe824ffdbp-12,
                0x1.e931130ee7cd9p-12);
    }

    private static double oddOfScaled(double square) {
        return polynomial(
                square,
                0x1.23b0c49d384e9p-1,
                -0x1.a3f5fc76c24fdp-6,
                0x1.a5184c298e23ap-8,
                -0x1.4d5cbe25c486ap-9,
                0x1.5c03eadd2b684p-11,
                -0x1.6e4e17d6c2f3cp-12);
    }

    /** {@code c0 + c1 x + c2 x^2 + ... + c5 x^5}, by Horner's rule. */
    private static double polynomial(double x, double c0, double c1, double c2, double c3, double c4, double c5) {
        return Math.fma(x, polynomial(x, c1, c2, c3, c4, c5), c0);
    }

    private static double polynomial(double x, double c0, double c1, double c2, double c3, double c4) {
        return Math.fma(x, Math.fma(x, Math.fma(x, Math.fma(x, c4, c3), c2), c1), c0);
    }
}
