package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.FloatKernelCase.Run;
import dev.chainrule.runtime.FloatKernelCase.Worst;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How far the kernels in {@code float} are from the truth, and that none ever decreases from one float to the next larger one:
 * on a sample, and in the profile {@code long} for every float.
 */
class FloatKernelAccuracyTest {
    @ParameterizedTest
    @EnumSource
    void holdsOnASample(FloatKernelCase function) {
        assertHolds(function, function.sample());
    }

    @ParameterizedTest
    @EnumSource
    void holdsAroundBorders(FloatKernelCase function) {
        assertHolds(function, function.borders());
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void holdsForEveryFloat(FloatKernelCase function) {
        assertHolds(function, Run.ALL.parts(1 << 12).parallel());
    }

    private static void assertHolds(FloatKernelCase function, Stream<Run> runs) {
        Worst worst = runs.map(function::worst).reduce(Worst.NONE, Worst::or);
        assertThat(worst.normal()).as("%s: %s", function, worst).isLessThanOrEqualTo(function.ulps);
        assertThat(worst.subnormal()).as("%s: %s", function, worst).isLessThanOrEqualTo(0.76);
        assertThat(worst.decreasesAt()).as("%s: %s", function, worst).isNaN();
    }

    @Test
    void theScanNoticesADecreaseAndAnError() {
        Run run = Run.around(1, 3);
        Worst worst = FloatKernelCase.EXP.worst(x -> x == 1 ? 2.7f : (float) Math.exp(x), run);
        assertThat(worst.normal()).isGreaterThan(10_000);
        assertThat(worst.normalAt()).isEqualTo(1f);
        assertThat(worst.decreasesAt()).isEqualTo(1f);
        assertThat(FloatKernelCase.EXP.worst(x -> (float) Math.exp(x), run).normal())
                .isBetween(0.01, 0.51);
    }

    @Test
    void theRunOfAllFloatsMissesNone() {
        long nans = 2 * 0x7fffff;
        assertThat((long) Run.ALL.to() - Run.ALL.from() + 1).isEqualTo((1L << 32) - nans);
        assertThat(Run.at(-1)).isEqualTo(-0.0f);
        assertThat(Run.at(Run.ALL.from())).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Run.at(Run.ALL.from() + 1)).isEqualTo(-Float.MAX_VALUE);
        Run[] parts = Run.ALL.parts(7).toArray(Run[]::new);
        for (int i = 1; i < parts.length; i++) {
            assertThat(parts[i].from()).isEqualTo(parts[i - 1].to());
        }
        assertThat(parts[0].from()).isEqualTo(Run.ALL.from());
        assertThat(parts[6].to()).isEqualTo(Run.ALL.to());
    }

    @Test
    void measuresInUnitsInTheLastPlaceOfTheTruth() {
        assertThat(FloatKernelCase.ulps(Math.nextUp(1f), 1)).isEqualTo(1);
        assertThat(FloatKernelCase.ulps(Math.nextDown(1f), 1)).isEqualTo(0.5);
        assertThat(FloatKernelCase.ulps(-3, -3 - 0x1p-24)).isEqualTo(0.25);
        assertThat(FloatKernelCase.ulps(0, Float.MIN_VALUE)).isEqualTo(1);
        assertThat(FloatKernelCase.ulps(Float.POSITIVE_INFINITY, 0x1p128)).isZero();
        assertThat(FloatKernelCase.ulps(Float.POSITIVE_INFINITY, Float.MAX_VALUE))
                .isInfinite();
        assertThat(FloatKernelCase.ulps(Float.MAX_VALUE, 0x1p128)).isEqualTo(1);
        assertThat(FloatKernelCase.ulps(Float.NaN, 1)).isInfinite();
    }
}
