package dev.chainrule.runtime;

import static dev.chainrule.runtime.ExponentialErrors.EXP;
import static dev.chainrule.runtime.ExponentialErrors.rest;
import static dev.chainrule.runtime.Pieces.U;
import static dev.chainrule.runtime.Pieces.beyond;
import static dev.chainrule.runtime.Pieces.binades;
import static dev.chainrule.runtime.Pieces.pieces;
import static dev.chainrule.runtime.Pieces.worst;

import dev.chainrule.runtime.KernelSteps.Coefficients;
import dev.chainrule.runtime.Pieces.Cells;
import java.math.BigDecimal;

/** What erf errs by, in units of u. */
final class ErfErrors {
    private static final BigDecimal SMALL = new BigDecimal("1e-26");

    static final double ERF = 2.4;

    private ErfErrors() {}

    static double erfNearZero(Coefficients coefficients) {
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

    static double erfFarOut(Coefficients coefficients) {
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
}
