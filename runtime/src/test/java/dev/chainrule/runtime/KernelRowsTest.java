package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels for rows of numbers have the bits of those for one, interpreted and compiled. */
class KernelRowsTest {
    /** Enough for compiled loops, with vectors. */
    private static final int ROUNDS = 3_000;

    private static final double UNTOUCHED = 7;

    @FunctionalInterface
    private interface Rows {
        void at(double[] z, double[] a, int rows, int stride, int count, double[] low);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 33, 33", "5, 64, 64", "5, 64, 63", "9, 64, 64", "2, 600, 599", "3, 64, 1", "2, 9, 0"})
    void sameBits(int rows, int stride, int count) {
        for (int round = 0; round < ROUNDS; round++) {
            double[] z = arguments(round, rows * stride);
            assertSameBits(Kernels::tanhRows, Kernels::tanh, z, rows, stride, count);
            assertSameBits(Kernels::sigmoidRows, Kernels::sigmoid, z, rows, stride, count);
        }
    }

    /** In most rounds of usual size, as in networks; else any bits at all, or around the borders of the algorithms. */
    private static double[] arguments(int round, int length) {
        Random random = new Random(round);
        double[] borders = {16, 19.1, 32, 37.5, 709, Double.POSITIVE_INFINITY, Double.NaN, 0, Double.MIN_VALUE};
        double[] arguments = new double[length];
        Arrays.setAll(arguments, i -> switch (round % 5) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 ->
                (random.nextBoolean() ? 1 : -1)
                        * borders[random.nextInt(borders.length)]
                        * (1 + 0x1p-50 * random.nextInt(-2, 3));
            default -> 3 * random.nextGaussian();
        });
        return arguments;
    }

    private static void assertSameBits(
            Rows rowsKernel, DoubleUnaryOperator kernel, double[] z, int rows, int stride, int count) {
        double[] values = new double[z.length];
        Arrays.fill(values, UNTOUCHED);
        rowsKernel.at(z, values, rows, stride, count, new double[z.length]);
        for (int i = 0; i < z.length; i++) {
            double expected = i % stride < count ? kernel.applyAsDouble(z[i]) : UNTOUCHED;
            if (Double.doubleToLongBits(values[i]) != Double.doubleToLongBits(expected)) {
                assertThat(values[i]).as("at %s, which is number %d", z[i], i).isEqualTo(expected);
            }
        }
    }
}
