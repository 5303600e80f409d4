package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    void greatestMagnitude() {
        assertThat(Gradients.greatest(new double[] {1, -3, 2, 3})).isEqualTo(1);
        assertThat(Gradients.greatest(new double[] {-4, -3})).isZero();
    }
}
