package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.KernelTruth.Real;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far the kernels are from the truth, in ulps, at some hundred thousand arguments. */
class KernelAccuracyTest {
    /** Below this e^x loses bits to gradual underflow. */
    private static final double UNDERFLOW = -708;

    /** The largest error among some arguments, and where it is. */
    private record Worst(double ulps, double argument) {
        static Worst of(DoubleStream arguments, DoubleUnaryOperator kernel, DoubleFunction<Real> truth) {
            Worst worst = new Worst(0, Double.NaN);
            for (double x : arguments.toArray()) {
                double ulps = KernelTruth.ulps(kernel.applyAsDouble(x), truth.apply(x));
                if (!(ulps <= worst.ulps)) {
                    worst = new Worst(ulps, x);
                }
            }
            return worst;
        }

        @Override
        public String toString() {
            return String.format("%.3f ulp at %s (%s)", ulps, argument, Double.toHexString(argument));
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinItsBoundAtRandomArguments(KernelCase function) {
        assertWithin(function.ulps, function, function.randomArguments(4, 4000).filter(x -> x >= UNDERFLOW));
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinItsBoundAroundBorders(KernelCase function) {
        DoubleStream arguments = Arrays.stream(function.borders).flatMap(border -> around(border, 12));
        assertWithin(function.ulps, function, arguments.filter(x -> x != 0 && x >= UNDERFLOW && x <= function.highest));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXP", "SIGMOID", "SOFTPLUS"})
    void subnormalResultsStayWithinAnUlp(KernelCase function) {
        DoubleStream random = new SplittableRandom(5).doubles(3000, function.lowest, UNDERFLOW);
        DoubleStream borders = DoubleStream.of(UNDERFLOW, function.lowest).flatMap(border -> around(border, 1000));
        assertWithin(1.01, function, DoubleStream.concat(random, borders));
    }

    @Test
    void logCoshStaysWithinFourUlp() {
        DoubleStream ranges = DoubleStream.of(1e-150, 1e-9, 1e-3, 0.1, 2, 30, 700)
                .flatMap(range -> new SplittableRandom(7).doubles(2000, -range, range));
        DoubleStream borders = DoubleStream.of(-0.75, 0.75, 0.5, 1, 19, 22).flatMap(border -> around(border, 100));
        Worst worst = Worst.of(DoubleStream.concat(ranges, borders), Kernels::logCosh, KernelTruth::logCosh);
        assertThat(worst.ulps()).as("logCosh: %s", worst).isLessThanOrEqualTo(4);
    }

    private static void assertWithin(double ulps, KernelCase function, DoubleStream arguments) {
        Worst worst = Worst.of(arguments, function.kernel, function.truth);
        assertThat(worst.ulps()).as("%s: %s", function, worst).isLessThanOrEqualTo(ulps);
    }

    /** The doubles next to x on both sides, and some a little further away. */
    private static DoubleStream around(double x, int count) {
        long bits = Double.doubleToRawLongBits(x);
        LongStream next = LongStream.rangeClosed(-count / 2, count / 2);
        LongStream further = new SplittableRandom(bits).longs(count, -1L << 30, 1L << 30);
        return LongStream.concat(next, further).mapToDouble(n -> Double.longBitsToDouble(bits + n));
    }
}
