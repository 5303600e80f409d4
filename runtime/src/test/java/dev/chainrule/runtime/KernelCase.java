package dev.chainrule.runtime;

import dev.chainrule.runtime.KernelTruth.Real;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The kernels with a bound in ulps: the function, the truth, and the arguments at which something may go wrong. */
enum KernelCase {
    EXP(Kernels::exp, KernelTruth::exp, 0.51, -745.13, 709.78, exponentialBorders()),
    EXPM1(Kernels::expm1, KernelTruth::expm1, 1.7, -745.13, 709.78, exponentialBorders()),
    SIGMOID(Kernels::sigmoid, KernelTruth::sigmoid, 1, -745.13, 1e9, logisticBorders()),
    TANH(Kernels::tanh, KernelTruth::tanh, 1.8, -1e8, 1e8, nodeBorders(1)),
    SOFTPLUS(Kernels::softplus, KernelTruth::softplus, 0.8, -745.13, 1e300, logisticBorders()),
    ERF(Kernels::erf, KernelTruth::erf, 1, -1e8, 1e8, -5.9, -5.8636, -0.84, 0, 0.84, 5.8636, 5.9);

    final DoubleUnaryOperator kernel;
    final DoubleFunction<Real> truth;

    /** The largest error that is admitted: not above that of the documentation. */
    final double ulps;

    /** Where a result is neither an infinity nor rounded to 0. */
    final double lowest;

    final double highest;

    /** The arguments where the kernel goes from one table entry, or from one formula, to the next; within rounding. */
    final double[] borders;

    KernelCase(
            DoubleUnaryOperator kernel,
            DoubleFunction<Real> truth,
            double ulps,
            double lowest,
            double highest,
            double... borders) {
        this.kernel = kernel;
        this.truth = truth;
        this.ulps = ulps;
        this.lowest = lowest;
        this.highest = highest;
        this.borders = borders;
    }

    /** Every binade from the subnormal numbers up, both signs, and evenly over the ranges in which the function changes. */
    DoubleStream randomArguments(int perBinade, int perRange) {
        SplittableRandom random = new SplittableRandom(ordinal());
        DoubleStream binades = IntStream.range(-1075, 1024)
                .boxed()
                .flatMapToDouble(exponent -> DoubleStream.generate(
                                () -> Math.scalb(random.nextDouble(1, 2) * (random.nextBoolean() ? 1 : -1), exponent))
                        .limit(perBinade));
        DoubleStream ranges =
                DoubleStream.of(0.05, 1, 4, 40, 750).flatMap(range -> random.doubles(perRange, -range, range));
        return DoubleStream.concat(binades, ranges).filter(x -> x != 0 && x >= lowest && x <= highest);
    }

    /** Half-way between the powers of two in the table: all near 0, some of the rest; and where the formula changes. */
    private static double[] exponentialBorders() {
        IntStream nearZero = IntStream.range(-300, 300);
        IntStream farOut = new SplittableRandom(1).ints(300, -137_000, 131_000);
        DoubleStream steps = IntStream.concat(nearZero, farOut).mapToDouble(k -> (k + 0.5) * Math.log(2) / 128);
        return DoubleStream.concat(steps, DoubleStream.of(0, -708, 708, -745.13, 709.78))
                .toArray();
    }

    private static double[] logisticBorders() {
        return DoubleStream.concat(Arrays.stream(nodeBorders(2)), DoubleStream.of(-37.5, 37.5, -708, -745.13))
                .toArray();
    }

    /** Half-way between the nodes, and the limits beyond. */
    private static double[] nodeBorders(double scale) {
        DoubleStream steps =
                IntStream.range(-Nodes.LAST, Nodes.LAST).mapToDouble(k -> scale * (k + 0.5) * Nodes.SPACING);
        return DoubleStream.concat(steps, DoubleStream.of(0, -0x1p27, 0x1p27)).toArray();
    }
}
