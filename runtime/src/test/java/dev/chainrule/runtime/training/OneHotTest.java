package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneHotTest {
    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void manyCategories() {
        assertThat(OneHot.encode(new int[] {2, 0, 1}, 3)).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0);
        assertThat(OneHot.encode(new int[0], 3)).isEmpty();
    }

    @Test
    void oneCategoryAmongOtherValues() {
        double[] values = {9, 9, 9, 9, 9};
        OneHot.encode(1, 3, values, 1);
        assertThat(values).containsExactly(9, 0, 1, 0, 9);
        OneHot.encode(2, 3, values, 2);
        assertThat(values).containsExactly(9, 0, 0, 0, 1);
        OneHot.encode(0, 3, values, 0);
        assertThat(values).containsExactly(1, 0, 0, 0, 1);
    }

    @Test
    void smoothed() {
        OneHot.Smoothed smoothed = OneHot.smoothed(0.25);
        assertThat(smoothed.encode(new int[] {2, 0}, 4))
                .containsExactly(0.0625, 0.0625, 0.8125, 0.0625, 0.8125, 0.0625, 0.0625, 0.0625);
        double[] values = {9, 9, 9, 9};
        smoothed.encode(1, 2, values, 1);
        assertThat(values).containsExactly(9, 0.125, 0.875, 9);
        assertThat(OneHot.smoothed(0).encode(new int[] {1}, 3)).containsExactly(0, 1, 0);
        refuses(() -> smoothed.encode(new int[] {0, 4}, 4), "the category of record 1 is 4; expected 0 to 3");
        refuses(() -> smoothed.encode(-1, 2, values, 0), "the category is -1; expected 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void smoothingOutOfRange(double s) {
        refuses(() -> OneHot.smoothed(s), "the smoothing is " + s + "; expected at least 0 and less than 1");
    }

    @Test
    void outOfRange() {
        refuses(() -> OneHot.encode(new int[] {0, 3}, 3), "the category of record 1 is 3; expected 0 to 2");
        refuses(() -> OneHot.encode(new int[] {-1, 0}, 3), "the category of record 0 is -1; expected 0 to 2");
        refuses(() -> OneHot.encode(new int[0], 0), "the number of categories is 0; expected at least 1");
        double[] values = {9, 9};
        refuses(() -> OneHot.encode(2, 2, values, 0), "the category is 2; expected 0 to 1");
        refuses(() -> OneHot.encode(-1, 2, values, 0), "the category is -1; expected 0 to 1");
        assertThat(values).containsExactly(9, 9);
    }

    @Test
    void moreThanAnArrayHolds() {
        refuses(
                () -> OneHot.encode(new int[3_000_000], 1_000),
                "3000000 records of 1000 categories are 3000000000 values; one array holds at most 2147483639");
    }

    @Test
    void noRoom() {
        double[] values = {9, 9};
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> OneHot.encode(0, 2, values, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> OneHot.encode(0, 2, values, -1));
        assertThat(values).containsExactly(9, 9);
    }
}
