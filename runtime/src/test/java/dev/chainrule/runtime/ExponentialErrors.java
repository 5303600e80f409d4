package dev.chainrule.runtime;

import static dev.chainrule.runtime.Pieces.beyond;
import static dev.chainrule.runtime.Pieces.binades;
import static dev.chainrule.runtime.Pieces.worst;

import dev.chainrule.runtime.KernelSteps.Coefficients;
import dev.chainrule.runtime.Pieces.Cells;

/** What exp and expm1 err by, in units of u. */
final class ExponentialErrors {
    private static final double R = 0x1.62e43p-1 / 256;

    static final double EXP = 1.02;

    static final double EXPM1 = 3.4;

    private ExponentialErrors() {}

    /** What rounding leaves of x: {@code k (log 2 - LN2_HIGH - LN2_LOW) / 128} and the last fma. */
    static Bounded rest(double from, double to) {
        Enclosed lack = Enclosed.LN2.minus(Enclosed.of(PowersOfTwo.LN2_HIGH)).minus(Enclosed.of(PowersOfTwo.LN2_LOW));
        double reduction = lack.magnitude() * 0x1p18 / 128;
        double rounding = Math.scalb(1.0, Math.getExponent(Math.max(Math.abs(from), Math.abs(to))) - 53);
        return new Bounded(from, to, -1074, reduction + rounding);
    }

    static double exp(double[] table, Coefficients coefficients) {
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

    static double expm1(double[] table, Coefficients coefficients) {
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

    static double expm1(double power, Bounded step) {
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
}
