package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers with whole numbers against exact ones. */
class PowerTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 13, 31, 64, 100})
    void errsByNoMoreUlpThanTheExponent(int n) {
        Random random = new Random(n);
        for (int i = 0; i < 1000; i++) {
            double x = 4 * random.nextDouble() - 2;
            BigDecimal exact = new BigDecimal(x).pow(n, MathContext.DECIMAL128);
            double error =
                    new BigDecimal(Kernels.power(x, n)).subtract(exact).abs().doubleValue();
            assertThat(error).as("%s^%d", x, n).isLessThanOrEqualTo(n * Math.ulp(exact.doubleValue()));

            float single = (float) x;
            BigDecimal exactOfFloat = new BigDecimal(single).pow(n, MathContext.DECIMAL128);
            double errorOfFloat = new BigDecimal(FloatKernels.power(single, n))
                    .subtract(exactOfFloat)
                    .abs()
                    .doubleValue();
            assertThat(errorOfFloat)
                    .as("%s^%d in float", single, n)
                    .isLessThanOrEqualTo(0.51 * Math.ulp(exactOfFloat.floatValue()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 0",
        "-0.0, 5, -0.0",
        "-0.0, 6, 0",
        "1, 2147483647, 1",
        "-1, 2147483647, -1",
        "2, 1023, 8.98846567431158e307",
        "2, 1024, Infinity",
        "-2, 1025, -Infinity",
        "0.5, 2000, 0",
        "Infinity, 7, Infinity",
        "-Infinity, 7, -Infinity",
        "-Infinity, 8, Infinity",
        "NaN, 5, NaN"
    })
    void atTheEnds(double x, int n, double power) {
        assertThat(Kernels.power(x, n)).isEqualTo(Double.valueOf(power));
    }

    /** The square of what is left is not formed: it would be infinite. */
    @Test
    void nothingOverflowsOnTheWay() {
        assertThat(Kernels.power(1e100, 3)).isCloseTo(1e300, within(1e285));
    }
}
