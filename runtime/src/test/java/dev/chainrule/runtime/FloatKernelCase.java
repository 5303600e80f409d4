package dev.chainrule.runtime;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kernels in {@code float}, with the truth in {@code double}, whose own error is below 2^-27 ulp of a float. */
enum FloatKernelCase {
    EXP(FloatKernels::exp, StrictMath::exp, 1.06),
    EXPM1(FloatKernels::expm1, StrictMath::expm1, 1.64),
    SIGMOID(FloatKernels::sigmoid, z -> 1 / (1 + StrictMath.exp(-z)), 2),
    TANH(FloatKernels::tanh, StrictMath::tanh, 1.97),
    SOFTPLUS(FloatKernels::softplus, z -> Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z))), 1.59),
    ERF(FloatKernels::erf, FloatKernelCase::erf, 1.93);

    /** A function from float to float. */
    interface Kernel {
        float at(float x);
    }

    /** Consecutive floats, by their positions in the order from the least to the largest; -0.0 and 0.0 are neighbours. */
    record Run(int from, int to) {
        static final Run ALL = new Run(position(Float.NEGATIVE_INFINITY), position(Float.POSITIVE_INFINITY));

        static Run around(float x, int count) {
            return new Run(Math.max(ALL.from, position(x) - count), Math.min(ALL.to, position(x) + count));
        }

        /** It in so many parts, each beginning with the last float of the one before. */
        Stream<Run> parts(int count) {
            long length = ((long) to - from) / count + 1;
            return IntStream.range(0, count)
                    .mapToObj(part -> new Run(
                            (int) Math.min(to, from + part * length), (int) Math.min(to, from + (part + 1) * length)));
        }

        static int position(float x) {
            int bits = Float.floatToRawIntBits(x);
            return bits >= 0 ? bits : Integer.MIN_VALUE - bits - 1;
        }

        static float at(int position) {
            return Float.intBitsToFloat(position >= 0 ? position : Integer.MIN_VALUE - position - 1);
        }
    }

    /** What a kernel does at worst over some floats: its errors in ulps, at which argument, and where it decreases. */
    record Worst(double normal, float normalAt, double subnormal, float subnormalAt, float decreasesAt) {
        static final Worst NONE = new Worst(0, 0, 0, 0, Float.NaN);

        Worst or(Worst other) {
            return new Worst(
                    Math.max(normal, other.normal),
                    normal >= other.normal ? normalAt : other.normalAt,
                    Math.max(subnormal, other.subnormal),
                    subnormal >= other.subnormal ? subnormalAt : other.subnormalAt,
                    Float.isNaN(decreasesAt) ? other.decreasesAt : decreasesAt);
        }
    }

    final Kernel kernel;
    final DoubleUnaryOperator truth;

    /** The largest error that the kernel's documentation admits, where the result is a normal float. */
    final double ulps;

    FloatKernelCase(Kernel kernel, DoubleUnaryOperator truth, double ulps) {
        this.kernel = kernel;
        this.truth = truth;
        this.ulps = ulps;
    }

    Worst worst(Run run) {
        return worst(kernel, run);
    }

    /** {@code 2 / sqrt(pi) e^(-x^2) (x + x^3 2/3 + x^5 2^2/(3 5) + ...)}, terms of one sign. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = 0;
        for (int n = 3; sum + term != sum; n += 2) {
            sum += term;
            term *= 2 * x * x / n;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    /** What another function than this kernel does, measured by this kernel's truth. */
    Worst worst(Kernel function, Run run) {
        double normal = 0;
        float normalAt = 0;
        double subnormal = 0;
        float subnormalAt = 0;
        float decreasesAt = Float.NaN;
        float before = Float.NEGATIVE_INFINITY;
        for (long position = run.from; position <= run.to; position++) {
            float x = Run.at((int) position);
            float y = function.at(x);
            double expected = truth.applyAsDouble(x);
            double error = ulps(y, expected);
            if (Math.abs(expected) >= Float.MIN_NORMAL) {
                if (!(error <= normal)) {
                    normal = error;
                    normalAt = x;
                }
            } else if (!(error <= subnormal)) {
                subnormal = error;
                subnormalAt = x;
            }
            if (!(before <= y)) {
                decreasesAt = x;
            }
            before = y;
        }
        return new Worst(normal, normalAt, subnormal, subnormalAt, decreasesAt);
    }

    /** How far a result is from the truth, in units of the last place that a float of the truth's size has; NaN is far. */
    static double ulps(float result, double truth) {
        if (!Float.isFinite(result)) {
            return Float.isInfinite(result) && Math.abs(truth) > Float.MAX_VALUE ? 0 : Double.POSITIVE_INFINITY;
        }
        int exponent = Math.max(Math.min(Math.getExponent(truth), Float.MAX_EXPONENT), Float.MIN_EXPONENT);
        return Math.abs(result - truth) / Math.scalb(1.0, exponent - 23);
    }

    /** Runs everywhere: some in each binade of both signs, more where the function changes. */
    Stream<Run> sample() {
        SplittableRandom random = new SplittableRandom(ordinal());
        DoubleStream binades = IntStream.rangeClosed(-149, 127)
                .boxed()
                .flatMapToDouble(exponent -> random.doubles(2, 1, 2)
                        .flatMap(x -> DoubleStream.of(Math.scalb(x, exponent), -Math.scalb(x, exponent))));
        DoubleStream ranges = DoubleStream.of(0.05, 1, 4, 20, 110).flatMap(range -> random.doubles(400, -range, range));
        return DoubleStream.concat(binades, ranges).mapToObj(x -> Run.around((float) x, 50));
    }

    /** Runs where k, or the formula, changes; that of tanh counts in halves. */
    Stream<Run> borders() {
        DoubleStream steps = IntStream.range(-152, 152)
                .mapToDouble(k -> (k + 0.5) * Math.log(2))
                .flatMap(x -> DoubleStream.of(x, x / 2));
        DoubleStream limits = DoubleStream.of(0, 1, 3.9192, 4, 9.0109, 10, 87, 88.7228, 89, 103.97, 104)
                .flatMap(limit -> DoubleStream.of(limit, -limit));
        return DoubleStream.concat(steps, limits).mapToObj(x -> Run.around((float) x, 300));
    }
}
