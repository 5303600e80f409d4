package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernels in {@code float} promise exactly: zeros and their signs, infinities, NaN, tiny arguments, symmetry. */
class FloatKernelSpecialValuesTest {
    @ParameterizedTest
    @CsvSource({
        "EXP,      -Infinity, 0",
        "EXP,      Infinity,  Infinity",
        "EXP,      0,         1",
        "EXP,      -0.0,      1",
        "EXP,      -104,      0",
        "EXP,      -1e30,     0",
        "EXP,      1e30,      Infinity",
        "EXPM1,    -Infinity, -1",
        "EXPM1,    Infinity,  Infinity",
        "EXPM1,    0,         0",
        "EXPM1,    -0.0,      -0.0",
        "EXPM1,    -1e30,     -1",
        "SIGMOID,  -Infinity, 0",
        "SIGMOID,  Infinity,  1",
        "SIGMOID,  0,         0.5",
        "SIGMOID,  -0.0,      0.5",
        "SIGMOID,  -1e30,     0",
        "SIGMOID,  1e30,      1",
        "TANH,     -Infinity, -1",
        "TANH,     Infinity,  1",
        "TANH,     0,         0",
        "TANH,     -0.0,      -0.0",
        "TANH,     -1e30,     -1",
        "TANH,     1e30,      1",
        "SOFTPLUS, -Infinity, 0",
        "SOFTPLUS, Infinity,  Infinity",
        "SOFTPLUS, -1e30,     0",
        "SOFTPLUS, 1e30,      1e30",
        "SOFTPLUS, 0,         0.6931472",
        "SOFTPLUS, -0.0,      0.6931472",
        "ERF,      -Infinity, -1",
        "ERF,      Infinity,  1",
        "ERF,      0,         0",
        "ERF,      -0.0,      -0.0",
        "ERF,      -1e30,     -1",
        "ERF,      1e30,      1"
    })
    void hasItsSpecialValues(FloatKernelCase function, float argument, float expected) {
        Float result = function.kernel.at(argument);
        assertThat(result).isEqualTo(Float.valueOf(expected)); // as objects, where 0.0 is not -0.0
    }

    @ParameterizedTest
    @EnumSource
    void letsNanThrough(FloatKernelCase function) {
        for (int bits : new int[] {0x7fc00000, 0xffc00000, 0x7fffffff, 0x7fc0beef}) {
            assertThat(function.kernel.at(Float.intBitsToFloat(bits))).isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPM1", "TANH"})
    void returnsATinyArgument(FloatKernelCase function) {
        assertThat(arguments(Float.MIN_VALUE, 0x1p-140, Float.MIN_NORMAL, 0x1p-30))
                .allSatisfy(x -> {
                    assertThat(function.kernel.at(x)).isEqualTo(x);
                    assertThat(function.kernel.at(-x)).isEqualTo(-x);
                });
    }

    @Test
    void expOverflowsAndUnderflowsWhereItShould() {
        float largest = 88.72283f; // the last float below log(2^128)
        assertThat(FloatKernels.exp(largest)).isFinite();
        assertThat(FloatKernels.exp(Math.nextUp(largest))).isInfinite();
        assertThat(FloatKernels.expm1(largest)).isFinite();
        assertThat(FloatKernels.expm1(Math.nextUp(largest))).isInfinite();

        float smallest = -103.972076f; // the last float above log(2^-150)
        assertThat(FloatKernels.exp(smallest)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatKernels.exp(Math.nextDown(smallest))).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "ERF"})
    void isOdd(FloatKernelCase function) {
        assertThat(arguments(Float.MIN_VALUE, 1e-8, 0.03, 0.1, 1, 4, 20, 1e9))
                .allSatisfy(x -> assertThat(function.kernel.at(-x)).isEqualTo(-function.kernel.at(x)));
    }

    /** Those functions that are the double ones, rounded, as mpmath has them. */
    @ParameterizedTest
    @CsvSource({
        "0.5, -0.6931472, 0.4054651, 0.70710677, 0.47942555, 0.87758255, 0.4636476",
        "3,   1.0986123,  1.3862944, 1.7320508,  0.14112,    -0.9899925, 1.2490457"
    })
    void othersAreRoundedOnce(float x, float log, float log1p, float sqrt, float sin, float cos, float atan) {
        assertThat(FloatKernels.log(x)).isEqualTo(log);
        assertThat(FloatKernels.log1p(x)).isEqualTo(log1p);
        assertThat(FloatKernels.sqrt(x)).isEqualTo(sqrt);
        assertThat(FloatKernels.sin(x)).isEqualTo(sin);
        assertThat(FloatKernels.cos(x)).isEqualTo(cos);
        assertThat(FloatKernels.atan(x)).isEqualTo(atan);
    }

    @Test
    void staysInRange() {
        assertThat(arguments(1, 20, 40, 110)).allSatisfy(x -> {
            assertThat(FloatKernels.sigmoid(x)).isBetween(0.5f, 1f);
            assertThat(FloatKernels.sigmoid(-x)).isBetween(0f, 0.5f);
            assertThat(FloatKernels.tanh(x)).isBetween(0f, 1f);
            assertThat(FloatKernels.erf(x)).isBetween(0f, 1f);
            assertThat(FloatKernels.expm1(-x)).isBetween(-1f, 0f);
            assertThat(FloatKernels.softplus(x)).isGreaterThanOrEqualTo(x);
        });
    }

    /** Positive arguments, up to each of some limits. */
    private static Float[] arguments(double... limits) {
        SplittableRandom random = new SplittableRandom(11);
        return DoubleStream.of(limits)
                .flatMap(limit -> DoubleStream.concat(
                        DoubleStream.of(limit), random.doubles(2000).map(u -> u * limit)))
                .mapToObj(x -> (float) x)
                .toArray(Float[]::new);
    }
}
