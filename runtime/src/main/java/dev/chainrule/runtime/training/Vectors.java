package dev.chainrule.runtime.training;

/** Small algebra of arrays, each sum a chain of fma from the first element on. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    /** Adds {@code factor * a} to {@code b}. */
    static void add(double factor, double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            b[i] = Math.fma(factor, a[i], b[i]);
        }
    }

    static void multiply(double factor, double[] a) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }
}
