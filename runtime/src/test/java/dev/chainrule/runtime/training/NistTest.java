package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 27 nonlinear problems of NIST's reference data sets, each from both of its starting points. */
@EnabledIf(value = "isThere", disabledReason = "there is no shared/data/nist beside the checkout")
class NistTest {
    private static final Trainer TRAINER = Trainer.builder()
            .fullBatch(LevenbergMarquardt.forCurves())
            .epochs(10_000)
            .build();

    /** Its residuals are 1e-13 of y, so that doubles have no more than three digits of them. */
    private static final double LANCZOS1 = 3;

    static boolean isThere() {
        return NistProblem.folder() != null;
    }

    static Stream<String> names() {
        return NistProblem.MODELS.keySet().stream();
    }

    /** How many digits agree, at least, as NIST counts them: -log10 of the greatest relative error; 11 are certified. */
    private static double digits(double[] found, double[] certified) {
        double digits = 11;
        for (int i = 0; i < found.length; i++) {
            double digitsOfOne = -Math.log10(Math.abs(found[i] - certified[i]) / Math.abs(certified[i]));
            digits = Double.isNaN(digitsOfOne) ? 0 : Math.min(digits, digitsOfOne);
        }
        return digits;
    }

    /** All runs to the digits that are asked of them; the table of samples is made likewise. */
    @ParameterizedTest
    @MethodSource("names")
    void certifiedDigits(String name) throws IOException {
        NistProblem problem = NistProblem.read(name);
        for (int start = 0; start < 2; start++) {
            Curve curve = problem.curve(start, "SUM_OF_SQUARES");
            Training training = TRAINER.on(curve, problem.records());
            History history = training.run();
            CurveFit fit = CurveFit.of(curve, problem.records());
            double[] errors = IntStream.range(0, curve.parameters().length)
                    .mapToDouble(fit::standardError)
                    .toArray();
            double ofParameters = digits(curve.parameters(), problem.certified());
            double ofErrors = digits(errors, problem.standardErrors());
            double ofResiduals = digits(
                    new double[] {fit.residualStandardDeviation()}, new double[] {problem.residualStandardDeviation()});
            String row = String.format(
                    Locale.ROOT,
                    "%-9s %d %5d steps, digits: %4.1f parameters, %4.1f standard errors, %4.1f residual deviation",
                    name,
                    start + 1,
                    history.epochs(),
                    ofParameters,
                    ofErrors,
                    ofResiduals);
            System.out.println(row);
            double expected = name.equals("Lanczos1") ? LANCZOS1 : 4;
            assertThat(training.end()).as(row).isEqualTo(Training.End.CONVERGED);
            assertThat(ofParameters).as(row).isGreaterThan(6);
            assertThat(ofErrors).as(row).isGreaterThan(expected);
            assertThat(ofResiduals).as(row).isGreaterThan(expected);
        }
    }
}
