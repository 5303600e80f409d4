package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.training.Curve.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the closed form of the straight line. */
class CurveFitTest {
    private static final Model LINE = (x, b) -> b[0].plus(b[1].times(x[0]));
    private static final double[] X = {1, 2, 3, 4, 6};
    private static final double[] Y = {1.5, 1.75, 3.5, 4, 5.25};

    private static Curve fitted(Model model, String loss, RecordStore records, double... first) {
        Curve curve = new Curve(1, model, loss, first);
        Trainer.builder().fullBatch(LevenbergMarquardt.forCurves()).build().train(curve, records);
        return curve;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUM_OF_SQUARES", "HALF_SUM_OF_SQUARES", "MEAN_SQUARED_ERROR"})
    void straightLine(String loss) {
        Records records = Records.wrap(X, 1, Y, 1);
        Curve line = fitted(LINE, loss, records, 0, 0);
        CurveFit fit = CurveFit.of(line, records);

        double meanX = 16 / 5.0;
        double meanY = 16 / 5.0;
        double squares = 0;
        double products = 0;
        for (int i = 0; i < 5; i++) {
            squares += (X[i] - meanX) * (X[i] - meanX);
            products += (X[i] - meanX) * (Y[i] - meanY);
        }
        double slope = products / squares;
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += Math.pow(Y[i] - meanY - slope * (X[i] - meanX), 2);
        }
        double variance = sum / 3;
        assertThat(line.parameters()[1]).isCloseTo(slope, within(1e-9));
        assertThat(line.parameters()[0]).isCloseTo(meanY - slope * meanX, within(1e-9));
        assertThat(fit.sumOfSquares()).isCloseTo(sum, within(1e-14));
        assertThat(fit.degreesOfFreedom()).isEqualTo(3);
        assertThat(fit.residualStandardDeviation()).isCloseTo(Math.sqrt(variance), within(1e-14));
        assertThat(fit.standardError(1)).isCloseTo(Math.sqrt(variance / squares), within(1e-14));
        assertThat(fit.standardError(0))
                .isCloseTo(Math.sqrt(variance * (1 / 5.0 + meanX * meanX / squares)), within(1e-14));
        assertThat(fit.covariance(0, 1)).isCloseTo(-variance * meanX / squares, within(1e-14));
        assertThat(fit.covariance(1, 0)).isEqualTo(fit.covariance(0, 1));
        assertThat(fit.correlation(0, 1)).isCloseTo(-meanX / Math.sqrt(squares / 5 + meanX * meanX), within(1e-14));
        for (double x : new double[] {-1, 3.2, 10}) {
            assertThat(fit.standardError(new double[] {x}, 0))
                    .isCloseTo(Math.sqrt(variance * (1 / 5.0 + (x - meanX) * (x - meanX) / squares)), within(1e-14));
        }
    }

    /** A weight is the inverse of a variance: as if x and y of the record were multiplied by its root. */
    @Test
    void weightsAreInverseVariances() {
        double[] weights = {1, 4, 9, 0.25, 0};
        Records records = Records.wrap(X, 1, Y, 1);
        Curve line = fitted(LINE, "SUM_OF_SQUARES", records.weighted(weights), 0, 0);
        CurveFit fit = CurveFit.of(line, records.weighted(weights));
        double[] scaled = new double[8];
        double[] y = new double[4];
        for (int i = 0; i < 4; i++) {
            scaled[2 * i] = Math.sqrt(weights[i]);
            scaled[2 * i + 1] = Math.sqrt(weights[i]) * X[i];
            y[i] = Math.sqrt(weights[i]) * Y[i];
        }
        Model plane = (x, b) -> b[0].times(x[0]).plus(b[1].times(x[1]));
        Curve curve = new Curve(2, plane, "SUM_OF_SQUARES", line.parameters());
        CurveFit expected = CurveFit.of(curve, Records.wrap(scaled, 2, y, 1));
        assertThat(fit.degreesOfFreedom()).isEqualTo(2);
        assertThat(fit.residualStandardDeviation()).isCloseTo(expected.residualStandardDeviation(), within(1e-14));
        for (int i = 0; i < 2; i++) {
            assertThat(fit.standardError(i)).isCloseTo(expected.standardError(i), within(1e-13));
        }
    }

    @Test
    void tells() {
        Records records = Records.wrap(X, 1, Y, 1);
        assertThat(CurveFit.of(fitted(LINE, "SUM_OF_SQUARES", records, 0, 0), records))
                .hasToString("""
                        p1_b1_0 0.6486 +- 0.3920
                        p1_b2_0 0.7973 +- 0.1079
                        residual standard deviation 0.4151, 3 degrees of freedom""");
    }

    @Test
    void refusesWhatTheRecordsDoNotTell() {
        Records records = Records.wrap(X, 1, Y, 1);
        Model twice = (x, b) -> b[0].plus(b[1].times(x[0])).plus(b[2].times(2 * x[0]));
        assertThatThrownBy(() -> CurveFit.of(new Curve(1, twice, "SUM_OF_SQUARES", new double[3]), records))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the records do not tell parameter p1_b3_0: other values of it, and of those before it,"
                        + " fit as well (J'J is singular)");
        Model without = (x, b) -> b[0].plus(b[1].times(0));
        assertThatThrownBy(() -> CurveFit.of(new Curve(1, without, "SUM_OF_SQUARES", new double[2]), records))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the records do not tell parameter p1_b2_0");
        Records two = Records.wrap(new double[] {1, 2}, 1, new double[] {1, 2}, 1);
        assertThatThrownBy(() -> CurveFit.of(new Curve(1, LINE, "SUM_OF_SQUARES", new double[2]), two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are 2 residuals for 2 parameters; expected more");
    }
}
