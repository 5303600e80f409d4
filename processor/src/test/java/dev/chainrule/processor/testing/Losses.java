package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Loss;

/**
 * The error {@code E} of one record and its derivatives, from outputs {@code y} and targets {@code t}; the cross-entropies
 * from the pre-activations {@code z} of the outputs.
 */
final class Losses {
    private Losses() {}

    /** Whether {@code E} is a function of {@code z}, not of {@code y}. */
    static boolean isCrossEntropy(Loss loss) {
        return loss == Loss.BINARY_CROSS_ENTROPY || loss == Loss.CATEGORICAL_CROSS_ENTROPY;
    }

    static double value(Loss loss, double[] z, double[] y, double[] t) {
        int n = y.length;
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double d = y[j] - t[j];
            sum += switch (loss) {
                case SUM_OF_SQUARES -> d * d;
                case HALF_SUM_OF_SQUARES -> d * d / 2;
                case MEAN_SQUARED_ERROR -> d * d / n;
                case MEAN_ABSOLUTE_ERROR -> Math.abs(d) / n;
                case HUBER -> (Math.abs(d) <= 1 ? d * d / 2 : Math.abs(d) - 0.5) / n;
                case LOG_COSH -> logCosh(d) / n;
                case BINARY_CROSS_ENTROPY ->
                    (Math.max(z[j], 0) - t[j] * z[j] + StrictMath.log1p(StrictMath.exp(-Math.abs(z[j])))) / n;
                case CATEGORICAL_CROSS_ENTROPY -> -t[j] * logSoftmax(z, j);
            };
        }
        return sum;
    }

    /** {@code dE/dy_j}, or for the cross-entropies {@code dE/dz_j}. */
    static double[] gradient(Loss loss, double[] z, double[] y, double[] t) {
        int n = y.length;
        double[] gradient = new double[n];
        for (int j = 0; j < n; j++) {
            double d = y[j] - t[j];
            gradient[j] = switch (loss) {
                case SUM_OF_SQUARES -> 2 * d;
                case HALF_SUM_OF_SQUARES -> d;
                case MEAN_SQUARED_ERROR -> 2 * d / n;
                case MEAN_ABSOLUTE_ERROR -> Math.signum(d) / n;
                case HUBER -> Math.max(-1, Math.min(d, 1)) / n;
                case LOG_COSH -> StrictMath.tanh(d) / n;
                case BINARY_CROSS_ENTROPY -> (1 / (1 + StrictMath.exp(-z[j])) - t[j]) / n;
                case CATEGORICAL_CROSS_ENTROPY -> StrictMath.exp(logSoftmax(z, j)) - t[j];
            };
        }
        return gradient;
    }

    /**
     * The absolute values of {@link #gradient}; of both terms of {@code y - t} in the cross-entropies, where {@code y} is
     * computed in another way.
     */
    static double[] gradientMagnitude(Loss loss, double[] z, double[] y, double[] t) {
        double[] magnitude = gradient(loss, z, y, t);
        for (int j = 0; j < magnitude.length; j++) {
            magnitude[j] = switch (loss) {
                case BINARY_CROSS_ENTROPY -> (y[j] + t[j]) / y.length;
                case CATEGORICAL_CROSS_ENTROPY -> y[j] + t[j];
                default -> Math.abs(magnitude[j]);
            };
        }
        return magnitude;
    }

    /** {@code log cosh d}, near 0 as {@code log(1 + 2 sinh^2(d/2))}. */
    private static double logCosh(double d) {
        if (Math.abs(d) < 1) {
            double s = StrictMath.sinh(d / 2);
            return StrictMath.log1p(2 * s * s);
        }
        return Math.abs(d) + StrictMath.log1p(StrictMath.exp(-2 * Math.abs(d))) - StrictMath.log(2);
    }

    /** {@code log(e^z_j / sum_i e^z_i)}. */
    private static double logSoftmax(double[] z, int j) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : z) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (double value : z) {
            sum += StrictMath.exp(value - max);
        }
        return z[j] - max - StrictMath.log(sum);
    }
}
