package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GradientsTest {
    @Test
    void norm() {
        assertThat(Gradients.norm(new double[] {2, -3, 6})).isEqualTo(7);
        assertThat(Gradients.norm(new double[2])).isZero();
        assertThat(Gradients.norm(new double[] {1, Double.NaN})).isNaN();
    }

    @Test
    void normWhereSquaresOverflow() {
        assertThat(Gradients.norm(new double[] {3e200, -4e200})).isCloseTo(5e200, within(1e186));
        assertThat(Gradients.norm(new double[] {1, Double.NEGATIVE_INFINITY})).isInfinite();
    }

    @Test
    void clipNormKeepsTheDirectionOfAGradientWhoseSquaresOverflow() {
        double[] gradient = {3e200, -4e200};
        Gradients.clipNorm(gradient, 10);
        assertThat(gradient).containsExactly(new double[] {6, -8}, within(1e-13));
    }

    @Test
    void clippingLetsNanThrough() {
        double[] gradient = {Double.NaN, 1};
        Gradients.clipValue(gradient, 0.5);
        assertThat(gradient).containsExactly(Double.NaN, 0.5);
        Gradients.clipNorm(gradient, 0.25);
        assertThat(gradient).containsExactly(Double.NaN, 0.5);
    }

    @Test
    void firstNotFinite() {
        assertThat(Gradients.firstNotFinite(new double[] {1, 2})).isEqualTo(-1);
        assertThat(Gradients.firstNotFinite(new double[] {Double.NaN, 2})).isZero();
        assertThat(Gradients.firstNotFinite(new double[] {1, 2, Double.NEGATIVE_INFINITY, Double.NaN}))
                .isEqualTo(2);
    }

    @Test
    void firstNotFiniteAtEveryPlace() {
        for (int length = 1; length <= 9; length++) {
            for (int place = 0; place < length; place++) {
                double[] values = new double[length];
                Arrays.fill(values, -Double.MAX_VALUE);
                assertThat(Gradients.firstNotFinite(values)).isEqualTo(-1);
                values[place] = Double.POSITIVE_INFINITY;
                assertThat(Gradients.firstNotFinite(values)).isEqualTo(place);
            }
        }
    }

    /** Powers of two, where it multiplies, among them. */
    @Test
    void divides() {
        double[] values = {1, -3, 0.1, -0.0, Double.MIN_VALUE, 0x1.8p-1073, 0x1.fffffffffffffp-1022, Double.MAX_VALUE};
        double[] divisors = {
            2, 64, 3, 10, 0.5, 0x1p1022, 0x1p1023, Double.MIN_NORMAL, Double.MIN_VALUE, Double.MAX_VALUE
        };
        for (double divisor : divisors) {
            double[] gradient = values.clone();
            Gradients.divide(gradient, divisor);
            for (int i = 0; i < values.length; i++) {
                assertThat(gradient[i]).as("%s / %s", values[i], divisor).isEqualTo(values[i] / divisor);
            }
        }
    }

    @Test
    void greatestMagnitude() {
        assertThat(Gradients.greatest(new double[] {1, -3, 2, 3})).isEqualTo(1);
        assertThat(Gradients.greatest(new double[] {-4, -3})).isZero();
    }
}
