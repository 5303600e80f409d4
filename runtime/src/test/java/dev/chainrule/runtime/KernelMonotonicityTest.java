package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semi-monotonic, as {@link Math} promises for its own: from one double to the next larger one, no kernel decreases. */
class KernelMonotonicityTest {
    @ParameterizedTest
    @EnumSource
    void neverDecreasesAcrossABorder(KernelCase function) {
        for (double border : function.borders) {
            assertNoDecrease(function.kernel, border, 1000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverDecreasesAroundRandomArguments(KernelCase function) {
        function.randomArguments(2, 1000).forEach(x -> assertNoDecrease(function.kernel, x, 200));
    }

    @ParameterizedTest
    @EnumSource
    void neverDecreasesOverTheWholeLine(KernelCase function) {
        double[] arguments = function.randomArguments(40, 20_000).sorted().toArray();
        for (int i = 1; i < arguments.length; i++) {
            assertNoDecrease(function.kernel, arguments[i - 1], arguments[i]);
        }
        assertNoDecrease(function.kernel, Double.NEGATIVE_INFINITY, arguments[0]);
        assertNoDecrease(function.kernel, arguments[arguments.length - 1], Double.POSITIVE_INFINITY);
    }

    @Test
    void theTestNoticesADecrease() {
        assertThat(catchDecrease(x -> x < 1 ? x : 0.5)).contains("1.0");
    }

    private static String catchDecrease(DoubleUnaryOperator kernel) {
        try {
            assertNoDecrease(kernel, 1, 3);
            return "";
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    /** Checks consecutive doubles, as many below x as above. */
    private static void assertNoDecrease(DoubleUnaryOperator kernel, double x, int count) {
        double below = x;
        for (int i = 0; i < count; i++) {
            below = Math.nextDown(below);
        }
        for (int i = 0; i < 2 * count; i++) {
            double next = Math.nextUp(below);
            assertNoDecrease(kernel, below, next);
            below = next;
        }
    }

    private static void assertNoDecrease(DoubleUnaryOperator kernel, double below, double above) {
        double first = kernel.applyAsDouble(below);
        double second = kernel.applyAsDouble(above);
        if (!(first <= second)) {
            fail("f(%s) = %s, but f(%s) = %s", below, first, above, second);
        }
    }
}
