package dev.chainrule.runtime;

import static dev.chainrule.runtime.ErfErrors.ERF;
import static dev.chainrule.runtime.ErfErrors.erfFarOut;
import static dev.chainrule.runtime.ErfErrors.erfNearZero;
import static dev.chainrule.runtime.ExponentialErrors.EXP;
import static dev.chainrule.runtime.ExponentialErrors.EXPM1;
import static dev.chainrule.runtime.ExponentialErrors.exp;
import static dev.chainrule.runtime.ExponentialErrors.expm1;
import static dev.chainrule.runtime.NodeErrors.SIGMOID;
import static dev.chainrule.runtime.NodeErrors.SOFTPLUS;
import static dev.chainrule.runtime.NodeErrors.TANH;
import static dev.chainrule.runtime.NodeErrors.sigmoid;
import static dev.chainrule.runtime.NodeErrors.softplus;
import static dev.chainrule.runtime.NodeErrors.tanh;
import static dev.chainrule.runtime.Pieces.U;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.KernelSteps.Coefficients;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * The finite part of the proof that kernels err by less than 4.5 u of the true value, which is written down with the
 * prover's {@code KernelErrors}, in the order that it has here. Errors are parts of the true value, in units of
 * u = 2^-53; tables and coefficients are looked at in decimals that are rounded outward, errors of operations are added
 * up by {@link Bounded}.
 */
class KernelProofTest {
    private static final Coefficients CODE = Coefficients.ofTheCode();

    @Test
    void exponentialsErrBySmallParts() {
        assertThat(exp(PowersOfTwo.TABLE, CODE)).isBetween(1.0, EXP);
        assertThat(expm1(PowersOfTwo.TABLE, CODE)).isBetween(1.0, EXPM1);
    }

    @Test
    void functionsWithNodesErrBySmallParts() {
        assertThat(tanh(Nodes.Tanh.TABLE, CODE)).isBetween(1.0, TANH);
        assertThat(sigmoid(Nodes.Sigmoid.TABLE, CODE)).isBetween(1.0, SIGMOID);
        assertThat(softplus(Nodes.Softplus.TABLE, CODE)).isBetween(1.0, SOFTPLUS);
    }

    @Test
    void negativeNodesOfTanhAreTheOthersTurned() {
        for (int k = 1; k <= Nodes.LAST; k++) {
            int row = Nodes.row(k);
            int turned = Nodes.row(-k);
            assertThat(Nodes.Tanh.TABLE[turned]).isEqualTo(-Nodes.Tanh.TABLE[row]);
            assertThat(Nodes.Tanh.TABLE[turned + 1]).isEqualTo(-Nodes.Tanh.TABLE[row + 1]);
            assertThat(Nodes.Tanh.TABLE[turned + 2]).isEqualTo(Nodes.Tanh.TABLE[row + 2]);
        }
        assertThat(Nodes.Tanh.TABLE).startsWith(-0.0, -0.0, 1);
    }

    @Test
    void errorFunctionErrsBySmallParts() {
        assertThat(erfNearZero(CODE)).isBetween(1.0, ERF);
        assertThat(erfFarOut(CODE)).isBetween(0.5, ERF);
    }

    /** Beyond their limits functions are 1, z or the exponential function, but for less than half an u. */
    @Test
    void limitsAreFarEnoughOut() {
        Enclosed half = Enclosed.of(U / 2);
        assertThat(Enclosed.of(-37.5).exp().high()).isLessThan(half.low());
        assertThat(Enclosed.of(-2 * 19.1).exp().times(Enclosed.of(2)).high()).isLessThan(half.low());
        // 1 - erf(x) < e^(-x^2) / (x sqrt(pi))
        Enclosed part = Enclosed.TWO_BY_ROOT_OF_PI.over(Enclosed.of(2 * 5.9));
        assertThat(Enclosed.of(-5.9).times(Enclosed.of(5.9)).exp().times(part).high())
                .isLessThan(Enclosed.of(U).low());
        assertThat(Enclosed.of(-745.2).exp().high())
                .isLessThan(Enclosed.of(Double.MIN_VALUE).low().divide(BigDecimal.valueOf(2)));
        assertThat(Enclosed.of(709.8).exp().low())
                .isGreaterThan(Enclosed.of(Double.MAX_VALUE).high());
    }

    @Test
    void aDamagedTableIsNoticed() {
        double ulp = 1 + 0x1p-52;
        assertThat(exp(damaged(PowersOfTwo.TABLE, 2 * 77, ulp), CODE)).isGreaterThan(EXP);
        double[] lacks = PowersOfTwo.TABLE.clone();
        lacks[2 + 1] += U / 8;
        assertThat(exp(lacks, CODE)).isGreaterThan(EXP);
        int row = Nodes.row(1);
        assertThat(tanh(damaged(Nodes.Tanh.TABLE, row, ulp), CODE)).isGreaterThan(TANH);
        assertThat(tanh(damaged(Nodes.Tanh.TABLE, row + 2, 1 + 0x1p-51), CODE)).isGreaterThan(TANH);
        assertThat(sigmoid(damaged(Nodes.Sigmoid.TABLE, Nodes.row(-200), ulp), CODE))
                .isGreaterThan(SIGMOID);
        assertThat(sigmoid(damaged(Nodes.Sigmoid.TABLE, row + 2, 1 + 0x1p-46), CODE))
                .isGreaterThan(SIGMOID);
        assertThat(softplus(damaged(Nodes.Softplus.TABLE, row, ulp), CODE)).isGreaterThan(SOFTPLUS);
    }

    @Test
    void aDamagedCoefficientIsNoticed() {
        double more = 1 + 0x1p-30;
        Coefficients exp = new Coefficients(damaged(CODE.exp(), 1, more), null, null, null, null);
        assertThat(exp(PowersOfTwo.TABLE, exp)).isGreaterThan(EXP);
        assertThat(expm1(PowersOfTwo.TABLE, exp)).isGreaterThan(EXPM1);
        Coefficients tanh = new Coefficients(null, damaged(CODE.tanh(), 0, more), null, null, null);
        assertThat(tanh(Nodes.Tanh.TABLE, tanh)).isGreaterThan(TANH);
        Coefficients artanh = new Coefficients(null, CODE.tanh(), damaged(CODE.artanh(), 0, 1 + 0x1p-20), null, null);
        assertThat(softplus(Nodes.Softplus.TABLE, artanh)).isGreaterThan(SOFTPLUS);
        double factor = 1 + 0x1p-9;
        Coefficients erf = new Coefficients(null, null, null, damaged(CODE.erf(), 11, factor), null);
        assertThat(erfNearZero(erf)).isGreaterThan(ERF);
        Coefficients erfc = new Coefficients(null, null, null, null, damaged(CODE.erfc(), 12, factor));
        assertThat(erfFarOut(erfc)).isGreaterThan(ERF);
    }

    private static final double ROUND = 0x1.8p52;

    private static final KernelSteps<Double> STEPS = new KernelSteps<>(Arithmetic.DOUBLES, CODE);

    @Test
    void stepsAreThoseOfTheCode() {
        assertSameBits(
                KernelCase.EXP,
                708,
                x -> ofRest(x, (power, lack, r) -> {
                    return Math.fma(power, STEPS.expm1OfRest(r, lack), power);
                }));
        assertSameBits(
                KernelCase.EXPM1,
                708,
                x -> ofRest(x, (power, lack, r) -> {
                    double base = 1 - power;
                    return (STEPS.expm1Step(power, lack, r) - ((1 - base) - power)) - base;
                }));
        assertSameBits(
                KernelCase.TANH,
                19.1,
                x -> ofNode(x, Nodes.Tanh.TABLE, (value, low, slope, t) -> {
                    return value + STEPS.tanhBeyondNode(value, low, slope, t);
                }));
        assertSameBits(
                KernelCase.SIGMOID,
                37.5,
                x -> ofNode(0.5 * x, Nodes.Sigmoid.TABLE, (value, low, slope, t) -> {
                    return value + STEPS.sigmoidBeyondNode(value, low, slope, t);
                }));
        assertSameBits(
                KernelCase.SOFTPLUS,
                37.5,
                x -> ofNode(0.5 * x, Nodes.Softplus.TABLE, (value, low, slope, t) -> {
                    return value + STEPS.softplusBeyondNode(low, slope, t);
                }));
        assertSameBits(KernelCase.ERF, 5.9, x -> {
            double size = Math.abs(x);
            return size <= 0.84
                    ? Math.fma(x, STEPS.erfBeyondArgument(Math.fma(x, x, -0.5)), x)
                    : Math.copySign(Math.fma(-Kernels.exp(-size * size), STEPS.scaledErfc(size), 1), x);
        });
    }

    private interface AfterRest {
        double of(double power, double lack, double r);
    }

    private static double ofRest(double x, AfterRest steps) {
        double k = Math.fma(x, PowersOfTwo.STEPS / PowersOfTwo.LN2_HIGH, ROUND) - ROUND;
        int j = (int) k & PowersOfTwo.STEPS - 1;
        double exact = Math.fma(k, -PowersOfTwo.LN2_HIGH / PowersOfTwo.STEPS, x);
        double r = Math.fma(k, -PowersOfTwo.LN2_LOW / PowersOfTwo.STEPS, exact);
        double power = Math.scalb(PowersOfTwo.TABLE[2 * j], (int) k >> 7);
        return steps.of(power, PowersOfTwo.TABLE[2 * j + 1], r);
    }

    private interface AfterNode {
        double of(double value, double low, double slope, double t);
    }

    private static double ofNode(double x, double[] table, AfterNode steps) {
        double k = Math.fma(x, 1 / Nodes.SPACING, ROUND) - ROUND;
        int row = Nodes.row((int) k);
        double t = STEPS.tanhNearZero(Math.fma(k, -Nodes.SPACING, x));
        return steps.of(table[row], table[row + 1], table[row + 2], t);
    }

    private static void assertSameBits(KernelCase function, double limit, DoubleUnaryOperator steps) {
        DoubleStream borders = Arrays.stream(function.borders)
                .flatMap(border -> DoubleStream.of(Math.nextDown(border), border, Math.nextUp(border)));
        DoubleStream.concat(function.randomArguments(2, 10_000), borders)
                .filter(x -> Math.abs(x) <= limit)
                .forEach(x -> {
                    double expected = function.kernel.applyAsDouble(x);
                    if (Double.doubleToLongBits(steps.applyAsDouble(x)) != Double.doubleToLongBits(expected)) {
                        throw new AssertionError(
                                function + "(" + x + ") = " + expected + ", and not " + steps.applyAsDouble(x));
                    }
                });
    }

    private static double[] damaged(double[] values, int at, double factor) {
        double[] damaged = values.clone();
        damaged[at] *= factor;
        return damaged;
    }
}
