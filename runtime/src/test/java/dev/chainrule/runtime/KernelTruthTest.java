package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.KernelTruth.Real;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth against which kernels are tested, itself tested against values by mpmath 1.3, computed with 100 digits. */
class KernelTruthTest {
    @ParameterizedTest
    @CsvSource({
        "exp, 1.0, 2.71828182845904523536028747135266249775725",
        "exp, -0.001, 9.99000499833374991647259481732773735157579e-1",
        "exp, -744.5, 4.65326968270512698256778388216139289634658e-324",
        "exp, 709.5, 1.35498631931463283087663227405360333829897e+308",
        "expm1, 1e-09, 1.00000000050000006244825818676978124115939e-9",
        "expm1, -0.004, -3.99201065600852773062793860654545039385229e-3",
        "expm1, 0.3, 3.49858807576003088997301031688634032141753e-1",
        "expm1, -30.0, -9.99999999999906423770311598253950841677766e-1",
        "sigmoid, 0.75, 6.79178699175392973159680115776579021234221e-1",
        "sigmoid, -40.25, 3.30862162078582456778751872285980118954047e-18",
        "sigmoid, 30.0, 9.99999999999906423770311607010461604373467e-1",
        "tanh, 1e-09, 1.00000000000000006194825812444652302341548e-9",
        "tanh, 0.03125, 3.12398314460312567681786791091369505649636e-2",
        "tanh, 0.75, 6.35148952387287319214434357312496495092482e-1",
        "tanh, -15.0, -9.99999999999812847540623214020923208746934e-1",
        "softplus, 0.5, 9.74076984180106680872997355081170749755596e-1",
        "softplus, -25.0, 1.38879438648675831022644607359232498286983e-11",
        "softplus, -0.001, 6.92647305559940101073842873634847179621384e-1",
        "softplus, 40.0, 4.0000000000000000004248354255291588986305e+1",
        "logCosh, 0.001, 4.999999166666889096988176321603622566897e-7",
        "logCosh, 0.5, 1.2011450695827752463176337350967907383978e-1",
        "logCosh, 100.0, 9.93068528194400546905827678785418234319245e+1",
        "logCosh, 1e-12, 4.99999999999999979886647545922282236192989e-25",
        "erf, 1e-09, 1.12837916709551264379728280860233273870789e-9",
        "erf, 0.3, 3.28626759459127416189617985318203033258472e-1",
        "erf, -0.84, -7.65142711454994517342058999254627699389771e-1",
        "erf, 1.5, 9.6610514647531072706697626164594785868141e-1",
        "erf, 5.5, 9.99999999999992642152082025601936931637601e-1"
    })
    void isTrueToThirtyDigits(String function, double argument, BigDecimal expected) {
        BigDecimal error = decimal(truth(function, argument))
                .subtract(expected)
                .divide(expected, MathContext.DECIMAL64)
                .abs();
        assertThat(error).isLessThan(new BigDecimal("1e-30"));
    }

    @Test
    void measuresInUnitsInTheLastPlaceOfTheTruth() {
        assertThat(KernelTruth.ulps(Math.nextUp(1.0), Real.of(1.0))).isEqualTo(1);
        assertThat(KernelTruth.ulps(Math.nextDown(1.0), Real.of(1.0))).isEqualTo(0.5);
        assertThat(KernelTruth.ulps(-3, Real.of(-3.0).plus(Real.of(-0x1p-53)))).isEqualTo(0.25);
        assertThat(KernelTruth.ulps(Double.MIN_VALUE, Real.of(4 * Double.MIN_VALUE)))
                .isEqualTo(3);
        assertThat(KernelTruth.ulps(0, Real.of(Double.MIN_VALUE).scaled(-2))).isEqualTo(0.25);
    }

    private static Real truth(String function, double x) {
        return switch (function) {
            case "exp" -> KernelTruth.exp(x);
            case "expm1" -> KernelTruth.expm1(x);
            case "sigmoid" -> KernelTruth.sigmoid(x);
            case "tanh" -> KernelTruth.tanh(x);
            case "softplus" -> KernelTruth.softplus(x);
            case "logCosh" -> KernelTruth.logCosh(x);
            case "erf" -> KernelTruth.erf(x);
            default -> throw new IllegalArgumentException(function);
        };
    }

    private static BigDecimal decimal(Real value) {
        BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(value.exponent())));
        BigDecimal digits = new BigDecimal(value.digits());
        return value.exponent() > 0 ? digits.multiply(power) : digits.divide(power, new MathContext(50));
    }
}
