package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernels promise exactly: zeros and their signs, infinities, NaN, tiny arguments, symmetry, range. */
class KernelSpecialValuesTest {
    @ParameterizedTest
    @CsvSource({
        "exp,       -Infinity, 0",
        "exp,       Infinity,  Infinity",
        "exp,       0,         1",
        "exp,       -0.0,      1",
        "exp,       -745.14,   0",
        "exp,       -1e300,    0",
        "exp,       1e300,     Infinity",
        "expm1,     -Infinity, -1",
        "expm1,     Infinity,  Infinity",
        "expm1,     0,         0",
        "expm1,     -0.0,      -0.0",
        "expm1,     -1e300,    -1",
        "sigmoid,   -Infinity, 0",
        "sigmoid,   Infinity,  1",
        "sigmoid,   0,         0.5",
        "sigmoid,   -0.0,      0.5",
        "sigmoid,   -1e300,    0",
        "sigmoid,   1e300,     1",
        "tanh,      -Infinity, -1",
        "tanh,      Infinity,  1",
        "tanh,      0,         0",
        "tanh,      -0.0,      -0.0",
        "tanh,      -1e300,    -1",
        "tanh,      1e300,     1",
        "softplus,  -Infinity, 0",
        "softplus,  Infinity,  Infinity",
        "softplus,  -1e300,    0",
        "softplus,  1e300,     1e300",
        "softplus,  0,         0.6931471805599453",
        "log,       0,         -Infinity",
        "log,       1,         0",
        "log,       Infinity,  Infinity",
        "log,       -1,        NaN",
        "logCosh,   -Infinity, Infinity",
        "logCosh,   Infinity,  Infinity",
        "logCosh,   0,         0",
        "logCosh,   -0.0,      0",
        "logCosh,   1e300,     1e300",
        "huber,     -Infinity, Infinity",
        "huber,     Infinity,  Infinity",
        "huber,     0,         0",
        "huber,     -0.0,      0",
        "huber,     0.5,       0.125",
        "huber,     -1,        0.5",
        "huber,     1,         0.5",
        "huber,     -3,        2.5",
        "erf,       -Infinity, -1",
        "erf,       Infinity,  1",
        "erf,       0,         0",
        "erf,       -0.0,      -0.0",
        "erf,       -1e300,    -1",
        "erf,       1e300,     1",
        "log1p,     -1,        -Infinity",
        "log1p,     -2,        NaN",
        "log1p,     0,         0",
        "log1p,     -0.0,      -0.0",
        "log1p,     1e-20,     1e-20",
        "log1p,     Infinity,  Infinity",
        "sqrt,      2.25,      1.5",
        "sqrt,      -1,        NaN",
        "sqrt,      -0.0,      -0.0",
        "sqrt,      Infinity,  Infinity",
        "sin,       0.5,       0.479425538604203",
        "sin,       -0.0,      -0.0",
        "sin,       Infinity,  NaN",
        "cos,       0.5,       0.8775825618903728",
        "cos,       0,         1",
        "cos,       Infinity,  NaN",
        "atan,      0.5,       0.4636476090008061",
        "atan,      -0.0,      -0.0",
        "atan,      Infinity,  1.5707963267948966"
    })
    void hasItsSpecialValues(String kernel, double argument, double expected) {
        Double result = kernel(kernel).applyAsDouble(argument);
        assertThat(result).isEqualTo(Double.valueOf(expected)); // as objects, where 0.0 is not -0.0 and NaN is NaN
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exp",
                "expm1",
                "sigmoid",
                "tanh",
                "softplus",
                "log",
                "logCosh",
                "huber",
                "erf",
                "log1p",
                "sqrt",
                "sin",
                "cos",
                "atan"
            })
    void letsNanThrough(String kernel) {
        long[] patterns = {0x7ff8000000000000L, 0xfff8000000000000L, 0x7fffffffffffffffL, 0x7ff80000deadbeefL};
        for (long bits : patterns) {
            assertThat(kernel(kernel).applyAsDouble(Double.longBitsToDouble(bits)))
                    .isNaN();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expm1", "tanh"})
    void returnsATinyArgument(String kernel) {
        assertThat(arguments(Double.MIN_VALUE, 0x1p-1060, Double.MIN_NORMAL, 0x1p-60))
                .allSatisfy(x -> {
                    assertThat(kernel(kernel).applyAsDouble(x)).isEqualTo(x);
                    assertThat(kernel(kernel).applyAsDouble(-x)).isEqualTo(-x);
                });
    }

    @Test
    void expOverflowsAndUnderflowsWhereItShould() {
        double largest = 709.782712893384; // the last double below log(2^1024)
        assertThat(Kernels.exp(largest)).isFinite();
        assertThat(Kernels.exp(Math.nextUp(largest))).isInfinite();
        assertThat(Kernels.expm1(largest)).isFinite();
        assertThat(Kernels.expm1(Math.nextUp(largest))).isInfinite();

        double smallest = -745.1332191019411; // the last double above log(2^-1075)
        assertThat(Kernels.exp(smallest)).isEqualTo(Double.MIN_VALUE);
        assertThat(Kernels.exp(Math.nextDown(smallest))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tanh", "erf"})
    void isOdd(String kernel) {
        assertThat(arguments(Double.MIN_VALUE, 1e-8, 0.03, 0.1, 1, 6, 20, 1e9))
                .allSatisfy(x -> assertThat(kernel(kernel).applyAsDouble(-x))
                        .isEqualTo(-kernel(kernel).applyAsDouble(x)));
    }

    @Test
    void lossesAreEven() {
        assertThat(arguments(1e-8, 0.5, 2, 30, 1e9)).allSatisfy(x -> {
            assertThat(Kernels.logCosh(-x)).isEqualTo(Kernels.logCosh(x));
            assertThat(Kernels.huber(-x)).isEqualTo(Kernels.huber(x));
        });
    }

    @Test
    void staysInRange() {
        assertThat(arguments(1, 20, 40, 800)).allSatisfy(x -> {
            assertThat(Kernels.sigmoid(x)).isBetween(0.5, 1.0);
            assertThat(Kernels.sigmoid(-x)).isBetween(0.0, 0.5);
            assertThat(Kernels.tanh(x)).isBetween(0.0, 1.0);
            assertThat(Kernels.erf(x)).isBetween(0.0, 1.0);
            assertThat(Kernels.expm1(-x)).isBetween(-1.0, 0.0);
            assertThat(Kernels.softplus(x)).isGreaterThanOrEqualTo(x);
        });
    }

    /** Positive arguments, up to each of some limits. */
    private static Double[] arguments(double... limits) {
        SplittableRandom random = new SplittableRandom(11);
        return DoubleStream.of(limits)
                .flatMap(limit -> DoubleStream.concat(
                        DoubleStream.of(limit), random.doubles(2000).map(u -> u * limit)))
                .boxed()
                .toArray(Double[]::new);
    }

    private static DoubleUnaryOperator kernel(String name) {
        return switch (name) {
            case "exp" -> Kernels::exp;
            case "expm1" -> Kernels::expm1;
            case "sigmoid" -> Kernels::sigmoid;
            case "tanh" -> Kernels::tanh;
            case "softplus" -> Kernels::softplus;
            case "log" -> Kernels::log;
            case "logCosh" -> Kernels::logCosh;
            case "huber" -> Kernels::huber;
            case "erf" -> Kernels::erf;
            case "log1p" -> Kernels::log1p;
            case "sqrt" -> Kernels::sqrt;
            case "sin" -> Kernels::sin;
            case "cos" -> Kernels::cos;
            case "atan" -> Kernels::atan;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
