package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.KernelSteps.Coefficients;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final double U = 0x1p-53;
    private static final double R = 0x1.62e43p-1 / 256;
    private static final double HALF_SPACING = Nodes.SPACING / 2 * (1 + 0x1p-40);
    /** Where {@code |z| <= 37.5}. */
    private static final int SIGMOID_NODES = 296;

    private static final BigDecimal SMALL = new BigDecimal("1e-26");

    private static final Coefficients CODE = Coefficients.ofTheCode();

    // ---- The sums of the errors

    private static final double EXP = 1.02;
    private static final double EXPM1 = 3.4;
    private static final double TANH = 4.3;
    private static final double SIGMOID = 1.5;
    private static final double SOFTPLUS = 1.6;
    private static final double ERF = 2.4;

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

    // ---- The steps are those of the code

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

    // ---- The exponential functions

    /** What rounding leaves of x: {@code k (log 2 - LN2_HIGH - LN2_LOW) / 128} and the last fma. */
    private static Bounded rest(double from, double to) {
        Enclosed lack = Enclosed.LN2.minus(Enclosed.of(PowersOfTwo.LN2_HIGH)).minus(Enclosed.of(PowersOfTwo.LN2_LOW));
        double reduction = lack.magnitude() * 0x1p18 / 128;
        double rounding = Math.scalb(1.0, Math.getExponent(Math.max(Math.abs(from), Math.abs(to))) - 53);
        return new Bounded(from, to, -1074, reduction + rounding);
    }

    private static double exp(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Cells series = new Cells(beyond(expSeries(), coefficients.exp(), 2, 1), 0x1p-140, -R, R, 16);
        double worst = 0;
        for (int j = 0; j < PowersOfTwo.STEPS; j++) {
            Bounded power = Bounded.exactly(table[2 * j]);
            Bounded lack = Bounded.exactly(table[2 * j + 1]);
            double ofTable = lack.size() * 2 * R + powerError(table, j);
            worst = Math.max(worst, worst(-R, R, 1.01, (from, to) -> {
                Bounded beyond = steps.expm1OfRest(rest(from, to), lack).with(series.bound(from, to) + ofTable);
                return Bounded.ARITHMETIC.fma(power, beyond, power).relativeError();
            }));
        }
        return worst;
    }

    /** {@code |2^(j/128) / (p (1 - lack)) - 1|}, by the 128th power: that is 128 times as far from 1. */
    private static double powerError(double[] table, int j) {
        Enclosed raised = Enclosed.of(table[2 * j]).times(Enclosed.ONE.minus(Enclosed.of(table[2 * j + 1])));
        for (int i = 1; i < PowersOfTwo.STEPS; i *= 2) {
            raised = raised.times(raised);
        }
        double apart =
                raised.over(Enclosed.of(Math.scalb(1.0, j))).minus(Enclosed.ONE).magnitude();
        return j == 0 && apart == 0 ? 0 : apart / 127;
    }

    private static double expm1(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Polynomial tail = beyond(expSeries(), coefficients.exp(), 2, 1);
        Cells series = new Cells(tail, 0x1p-140, -R, R, 64);
        double worst = 0;
        for (int j = 0; j < PowersOfTwo.STEPS; j++) {
            double lack = table[2 * j + 1];
            double ofTable = Math.abs(lack) * R * R + powerError(table, j);
            for (int n = -60; n <= 60; n++) {
                double power = Math.scalb(table[2 * j], n);
                if (power != 1) {
                    worst = Math.max(worst, worst(-R, R, EXPM1, (from, to) -> {
                        double more = power * (series.bound(from, to) + ofTable);
                        Bounded r = rest(from, to);
                        return expm1(
                                power,
                                steps.expm1Step(Bounded.exactly(power), Bounded.exactly(lack), r)
                                        .with(more));
                    }));
                }
            }
        }
        // Next to 0 there is no power, and r is x
        for (double[] piece : binades(R)) {
            worst = Math.max(worst, worst(piece[0], piece[1], EXPM1, (from, to) -> {
                Bounded r = new Bounded(from, to, -1074, 0);
                return steps.expm1Step(Bounded.exactly(1), Bounded.exactly(table[1]), r)
                        .with(tail.bound(from, to) + Math.pow(Math.max(Math.abs(from), Math.abs(to)), 13))
                        .relativeError();
            }));
        }
        return worst;
    }

    private static double expm1(double power, Bounded step) {
        double base = 1 - power;
        double lost = (1 - base) - power;
        Enclosed exact = Enclosed.of(1).minus(Enclosed.of(power));
        double error = exact.minus(Enclosed.of(base)).distance(lost);
        double worst = 0;
        for (Bounded part : step.binades()) {
            Bounded more = Bounded.ARITHMETIC.plus(part, Bounded.exactly(-lost));
            Bounded result =
                    Bounded.ARITHMETIC.plus(more, Bounded.exactly(-base)).with(error);
            worst = Math.max(worst, result.relativeError());
        }
        return worst;
    }

    /** {@code e^r} up to {@code r^12}; what follows is below {@code 2 R^13 / 13!}, less than 2^-141. */
    private static Polynomial expSeries() {
        Enclosed[] series = new Enclosed[13];
        series[0] = Enclosed.ONE;
        for (int n = 1; n < series.length; n++) {
            series[n] = series[n - 1].over(Enclosed.of(n));
        }
        return Polynomial.of(series);
    }

    private interface Piece {
        double error(double from, double to);
    }

    /** The largest error, in u: of pieces that are halved where it is above what is wanted. */
    private static double worst(double from, double to, double wanted, Piece piece) {
        return worst(from, to, wanted, piece, 12);
    }

    private static double worst(double from, double to, double wanted, Piece piece, int depth) {
        double error = piece.error(from, to) / U;
        if (error <= wanted || depth == 0) {
            return error;
        }
        double middle = 0.5 * from + 0.5 * to;
        double left = worst(from, middle, wanted, piece, depth - 1);
        return left > wanted ? left : Math.max(left, worst(middle, to, wanted, piece, depth - 1));
    }

    /** Bounds of a polynomial and what is left out of it, in cells of equal width. */
    private static final class Cells {
        private final double from;
        private final double width;
        private final double[] bounds;

        Cells(Polynomial polynomial, double leftOut, double from, double to, int count) {
            this.from = from;
            this.width = (to - from) / count;
            this.bounds = new double[count];
            for (int i = 0; i < count; i++) {
                // A little wider, as ends are rounded
                bounds[i] = polynomial.bound(from + (i - 0x1p-20) * width, from + (i + 1 + 0x1p-20) * width) + leftOut;
            }
        }

        double bound(double low, double high) {
            int last = Math.min(bounds.length - 1, (int) ((high - from) / width));
            double bound = 0;
            for (int i = Math.max(0, (int) ((low - from) / width)); i <= last; i++) {
                bound = Math.max(bound, bounds[i]);
            }
            return bound;
        }
    }

    // ---- The functions with nodes

    /** {@code e^(-2 c_k)}. */
    private static final Enclosed[] DECAYS = decays();

    private static Enclosed[] decays() {
        Enclosed[] decays = new Enclosed[Nodes.LAST + 1];
        Enclosed step = Enclosed.of(-2 * Nodes.SPACING).exp();
        decays[0] = Enclosed.ONE;
        for (int k = 1; k < decays.length; k++) {
            decays[k] = decays[k - 1].times(step);
        }
        return decays;
    }

    /** {@code sigmoid(2 c_k)}. */
    private static Enclosed sigmoidOfNode(int k) {
        Enclosed e = DECAYS[Math.abs(k)];
        return (k < 0 ? e : Enclosed.ONE).over(Enclosed.ONE.plus(e));
    }

    /** {@code tanh h} for h of a piece: h errs by nothing, and the series by what its cells say. */
    private static Bounded tanhNearZero(KernelSteps<Bounded> steps, Cells series, double from, double to) {
        return steps.tanhNearZero(new Bounded(from, to, -1074, 0)).with(series.bound(from, to));
    }

    private static Cells tanhCells(Coefficients coefficients) {
        return new Cells(tanhBeyond(coefficients), 0x1p-80, -HALF_SPACING, HALF_SPACING, 64);
    }

    /** What the series lacks, up to {@code h^13}; terms alternate and fall, the factor of {@code h^15} is below 1/600. */
    private static Polynomial tanhBeyond(Coefficients coefficients) {
        Enclosed zero = Enclosed.ZERO;
        Polynomial series = Polynomial.of(
                zero,
                Enclosed.ONE,
                zero,
                Enclosed.ratio(-1, 3),
                zero,
                Enclosed.ratio(2, 15),
                zero,
                Enclosed.ratio(-17, 315),
                zero,
                Enclosed.ratio(62, 2835),
                zero,
                Enclosed.ratio(-1382, 155925),
                zero,
                Enclosed.ratio(21844, 6081075));
        return beyond(series, coefficients.tanh(), 3, 2);
    }

    private static double tanh(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Cells series = tanhCells(coefficients);
        Polynomial tail = tanhBeyond(coefficients);
        double worst = 0;
        for (double[] piece : binades(HALF_SPACING)) {
            // Node 0 has the slope 1 and no value: the quotient and the last sum are exact
            worst = Math.max(
                    worst,
                    worst(
                            piece[0],
                            piece[1],
                            TANH,
                            (from, to) -> steps.tanhNearZero(new Bounded(from, to, -1074, 0))
                                    .with(tail.bound(from, to) + Math.pow(Math.max(Math.abs(from), Math.abs(to)), 15))
                                    .relativeError()));
        }
        for (int k = 1; k <= Nodes.LAST; k++) {
            Enclosed value = Enclosed.ONE.minus(DECAYS[k]).over(Enclosed.ONE.plus(DECAYS[k]));
            Node node = Node.of(table, k, value, Enclosed.ONE.minus(value.times(value)));
            worst = Math.max(worst, worst(-HALF_SPACING, HALF_SPACING, TANH, (from, to) -> {
                Bounded t = tanhNearZero(steps, series, from, to);
                return node.error(steps.tanhBeyondNode(node.near, node.low, node.slope, t));
            }));
        }
        return worst;
    }

    private static double sigmoid(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Cells series = tanhCells(coefficients);
        double worst = 0;
        for (int k = -SIGMOID_NODES; k <= SIGMOID_NODES; k++) {
            Enclosed value = sigmoidOfNode(k);
            Enclosed slope = value.times(sigmoidOfNode(-k)).times(Enclosed.of(2));
            Node node = Node.of(table, k, value, slope);
            worst = Math.max(worst, worst(-HALF_SPACING, HALF_SPACING, SIGMOID, (from, to) -> {
                Bounded t = tanhNearZero(steps, series, from, to);
                return node.error(steps.sigmoidBeyondNode(node.near, node.low, node.slope, t));
            }));
        }
        return worst;
    }

    private static double softplus(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Cells series = tanhCells(coefficients);
        Cells artanh = new Cells(artanhBeyond(coefficients), 0x1p-78, -0.033, 0.033, 64);
        double worst = 0;
        for (int k = -SIGMOID_NODES; k <= SIGMOID_NODES; k++) {
            double high = table[Nodes.row(k)];
            double low = table[Nodes.row(k) + 1];
            // log(1 + y) = v where e^v = 1 + y: v errs by no larger part than e^v - 1
            Enclosed y = k < 0 ? DECAYS[-k] : Enclosed.ONE.over(DECAYS[k]);
            Enclosed ofTable = Enclosed.of(high).plus(Enclosed.of(low));
            double part = ofTable.expm1().over(y).minus(Enclosed.ONE).magnitude();
            double valueError = 1.01 * part * high;
            Enclosed slope = sigmoidOfNode(k);
            double computedSlope = table[Nodes.row(k) + 2];
            Bounded s = Bounded.exactly(computedSlope).with(slope.distance(computedSlope));
            worst = Math.max(worst, worst(-HALF_SPACING, HALF_SPACING, SOFTPLUS, (from, to) -> {
                Bounded t = tanhNearZero(steps, series, from, to);
                Bounded beyond = steps.softplusBeyondNode(Bounded.exactly(low).with(valueError), s, t);
                // |v| <= S |t| / (1 - |t|), and |t| <= |h|
                double v = Math.max(Math.abs(from), Math.abs(to)) * 1.034;
                Bounded more = beyond.with(2 * v * (computedSlope + s.error()) * artanh.bound(-v, v));
                return Bounded.ARITHMETIC.plus(Bounded.exactly(high), more).relativeError();
            }));
        }
        return worst;
    }

    /** What the series of artanh lacks, by v, up to {@code v^14}; what follows is below {@code v^16} and 2^-78. */
    private static Polynomial artanhBeyond(Coefficients coefficients) {
        Enclosed[] series = new Enclosed[15];
        for (int n = 0; n < series.length; n++) {
            series[n] = n % 2 == 0 ? Enclosed.ratio(1, n + 1) : Enclosed.ZERO;
        }
        return beyond(Polynomial.of(series), coefficients.artanh(), 2, 2);
    }

    /**
     * A row of a table.
     *
     * @param near the first part of the value, for the value
     * @param high the same for what it is
     * @param low the second part, for what the first one lacks
     */
    private record Node(Bounded near, Bounded high, Bounded low, Bounded slope) {
        static Node of(double[] table, int k, Enclosed value, Enclosed slope) {
            int row = Nodes.row(k);
            Bounded high = Bounded.exactly(table[row]);
            double lack = value.minus(Enclosed.of(table[row])).distance(table[row + 1]);
            return new Node(
                    high.with(value.distance(table[row])),
                    high,
                    Bounded.exactly(table[row + 1]).with(lack),
                    Bounded.exactly(table[row + 2]).with(slope.distance(table[row + 2])));
        }

        /** The relative error after the last sum, whose term is cut where its last bit is worth more. */
        double error(Bounded beyond) {
            double worst = 0;
            for (Bounded part : beyond.binades()) {
                worst = Math.max(worst, Bounded.ARITHMETIC.plus(high, part).relativeError());
            }
            return worst;
        }
    }

    // ---- The error function

    private static double erfNearZero(Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Enclosed[] series = new Enclosed[26];
        Enclosed power = Enclosed.TWO_BY_ROOT_OF_PI;
        for (int n = 0; n < series.length; n++) {
            series[n] = power.over(Enclosed.of(2 * n + 1));
            power = power.negated().over(Enclosed.of(n + 1));
        }
        Polynomial truth = Polynomial.of(series).shifted(0.5).minus(Polynomial.of(1.0));
        Cells cells = new Cells(truth.minus(Polynomial.of(coefficients.erf())), 0x1p-88, -0.5, 0.2057, 64);
        double worst = 0;
        for (double[] piece : binades(0.84)) {
            worst = Math.max(worst, worst(piece[0], piece[1], ERF, (from, to) -> {
                Bounded x = new Bounded(from, to, -1074, 0);
                Bounded w = Bounded.ARITHMETIC.fma(x, x, Bounded.exactly(-0.5));
                Bounded beyond = steps.erfBeyondArgument(w).with(cells.bound(w.low(), w.high()));
                return Bounded.ARITHMETIC.fma(x, beyond, x).relativeError();
            }));
        }
        return worst;
    }

    private static double erfFarOut(Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Polynomial p = Polynomial.of(coefficients.erfc());
        Polynomial residual = residual(p);
        double worst = 0;
        for (double[] piece : pieces(0.84, 5.9, 128)) {
            double method = erfcError(p, residual, piece[0], piece[1]);
            Bounded x = new Bounded(piece[0], piece[1], -1074, 0);
            Bounded square = Bounded.ARITHMETIC.times(Bounded.ARITHMETIC.negated(x), x);
            // e^y where y errs, and the kernel by 1.1 u at most: proved above
            double largest = Kernels.exp(square.high()) * (1 + 0x1p-50);
            double part = (square.error() + EXP * U) * (1 + 0x1p-30);
            Bounded power = new Bounded(Kernels.exp(square.low()) * (1 - 0x1p-50), largest, -1074, largest * part);
            Bounded result =
                    Bounded.ARITHMETIC.fma(Bounded.ARITHMETIC.negated(power), steps.scaledErfc(x), Bounded.exactly(1));
            worst = Math.max(worst, result.with(method).relativeError() / U);
        }
        return worst;
    }

    /**
     * {@code N(v)} of {@code (1 - e^(-x^2) p(v) - erf(x))' = e^(-x^2) N(v) / (1 - v)}, where
     * {@code x = (1 + 2v) / (1 - v)} and {@code v' = (1 - v)^2 / 3}.
     */
    private static Polynomial residual(Polynomial p) {
        Polynomial rest = Polynomial.of(1, -1);
        return p.times(Polynomial.of(2, 4))
                .minus(p.derivative().times(rest).times(rest).times(rest).times(Polynomial.of(Enclosed.ratio(1, 3))))
                .minus(rest.times(Polynomial.of(Enclosed.TWO_BY_ROOT_OF_PI)));
    }

    /** How far {@code 1 - e^(-x^2) p(v)} is from erf: as in the middle, and what it changes by to the ends at most. */
    private static double erfcError(Polynomial p, Polynomial residual, double from, double to) {
        double middle = 0.5 * from + 0.5 * to;
        Enclosed x = Enclosed.of(middle);
        Enclosed square = x.times(x);
        Enclosed v = x.minus(Enclosed.ONE).over(x.plus(Enclosed.of(2)));
        // erf(x) = 2 / sqrt(pi) e^(-x^2) (x + x^3 2/3 + x^5 2^2 / (3 5) + ...), whose terms fall by half or more in the
        // end
        Enclosed term = x;
        Enclosed sum = x;
        for (int n = 3; term.high().compareTo(SMALL) > 0 || n < 4 * middle * middle; n += 2) {
            term = term.times(square).times(Enclosed.ratio(2, n));
            sum = sum.plus(term);
        }
        Enclosed erf = sum.within(term.high()).times(Enclosed.TWO_BY_ROOT_OF_PI);
        double inMiddle = Enclosed.ONE
                .minus(square.negated().exp().times(p.at(v).plus(erf)))
                .magnitude();
        double change = residual.bound((from - 1) / (from + 2) - 0x1p-50, (to - 1) / (to + 2) + 0x1p-50)
                / (1 - (to - 1) / (to + 2))
                * Kernels.exp(-from * from)
                * (to - from)
                / 2;
        return inMiddle + change * 1.01;
    }

    // ---- Tables and series

    private static Polynomial beyond(Polynomial series, double[] coefficients, int from, int step) {
        Enclosed[] ofCode = new Enclosed[from + step * coefficients.length];
        Arrays.fill(ofCode, Enclosed.ZERO);
        List<Enclosed> rest = new ArrayList<>(series.coefficients());
        for (int n = 0; n < from; n++) {
            ofCode[n] = rest.get(n);
        }
        for (int i = 0; i < coefficients.length; i++) {
            ofCode[from + step * i] = Enclosed.of(coefficients[i]);
        }
        return series.minus(Polynomial.of(ofCode));
    }

    private static double bound(Polynomial polynomial, double[] piece) {
        return polynomial.bound(piece[0], piece[1]);
    }

    private static List<double[]> pieces(double from, double to, int count) {
        List<double[]> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(new double[] {from + (to - from) * i / count, from + (to - from) * (i + 1) / count});
        }
        return pieces;
    }

    /** Pieces of both signs, the last down to 2^-60. */
    private static List<double[]> binades(double to) {
        List<double[]> pieces = new ArrayList<>();
        for (double high = to; high > 0x1p-60; high /= 2) {
            pieces.add(new double[] {high / 2, high});
            pieces.add(new double[] {-high, -high / 2});
        }
        return pieces;
    }

    private static double[] damaged(double[] values, int at, double factor) {
        double[] damaged = values.clone();
        damaged[at] *= factor;
        return damaged;
    }
}
