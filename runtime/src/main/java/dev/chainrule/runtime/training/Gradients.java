package dev.chainrule.runtime.training;

/** What a step does to a gradient before the optimiser gets it, and how it looks for what is not finite. */
final class Gradients {
    private Gradients() {}

    static void divide(double[] gradient, double divisor) {
        if (hasExactInverse(divisor)) {
            // The same bits in half the time.
            double inverse = 1 / divisor;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= inverse;
            }
            return;
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= divisor;
        }
    }

    /** Whether it is a power of two, and the inverse neither overflows nor is subnormal. */
    private static boolean hasExactInverse(double divisor) {
        int exponent = Math.getExponent(divisor);
        return exponent >= Double.MIN_EXPONENT
                && exponent <= -Double.MIN_EXPONENT
                && divisor == Math.scalb(1.0, exponent);
    }

    /** The Euclidean norm; right also where the squares overflow. */
    static double norm(double[] gradient) {
        double squares = sumOfSquares(gradient, 1);
        return squares < Double.POSITIVE_INFINITY
                ? Math.sqrt(squares)
                : Math.sqrt(sumOfSquares(gradient, 0x1p-600)) * 0x1p600;
    }

    static void clipValue(double[] gradient, double limit) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
        }
    }

    static void clipNorm(double[] gradient, double limit) {
        double norm = norm(gradient);
        if (norm > limit) {
            double factor = limit / norm;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
        }
    }

    /** Where the first value that is not finite stands; -1 if all are finite. */
    static int firstNotFinite(double[] values) {
        return areFinite(values, 0, values.length) ? -1 : firstNotFiniteOf(values);
    }

    /** A product with 0 is 0, or not a number. Eight sums at a time do not wait for one another. */
    static boolean areFinite(double[] values, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        double sum4 = 0;
        double sum5 = 0;
        double sum6 = 0;
        double sum7 = 0;
        int i = from;
        for (; i < to - 7; i += 8) {
            sum0 += values[i] * 0;
            sum1 += values[i + 1] * 0;
            sum2 += values[i + 2] * 0;
            sum3 += values[i + 3] * 0;
            sum4 += values[i + 4] * 0;
            sum5 += values[i + 5] * 0;
            sum6 += values[i + 6] * 0;
            sum7 += values[i + 7] * 0;
        }
        for (; i < to; i++) {
            sum0 += values[i] * 0;
        }
        return sum0 + sum1 + sum2 + sum3 + (sum4 + sum5 + sum6 + sum7) == 0;
    }

    private static int firstNotFiniteOf(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Where the first value that is not above 0 stands; -1 if all are. */
    static int firstNotPositive(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] > 0)) {
                return i;
            }
        }
        return -1;
    }

    /** Where the value of the greatest magnitude stands. */
    static int greatest(double[] values) {
        int greatest = 0;
        for (int i = 1; i < values.length; i++) {
            if (Math.abs(values[i]) > Math.abs(values[greatest])) {
                greatest = i;
            }
        }
        return greatest;
    }

    private static double sumOfSquares(double[] values, double scale) {
        double sum = 0;
        for (double value : values) {
            sum += value * scale * (value * scale);
        }
        return sum;
    }
}
