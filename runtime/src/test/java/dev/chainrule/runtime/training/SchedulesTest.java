package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleFunction;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    static Stream<Schedule> schedules() {
        return Stream.of(
                        Schedules.constant(),
                        Schedules.step(10, 0.5),
                        Schedules.exponential(0.999),
                        Schedules.cosine(1000, 0.001),
                        Schedules.inverseTime(0.01))
                .flatMap(schedule -> Stream.of(schedule, schedule.withWarmUp(100)));
    }

    @Test
    void constant() {
        assertThat(rates(Schedules.constant(), 0.3, 1, 2, Long.MAX_VALUE)).containsExactly(0.3, 0.3, 0.3);
    }

    @Test
    void step() {
        assertThat(rates(Schedules.step(3, 0.5), 8, 1, 2, 3, 4, 6, 7, 9, 10)).containsExactly(8, 8, 8, 4, 4, 2, 2, 1);
        assertThat(rates(Schedules.step(1, 2), 3, 1, 2, 3, 4, 11)).containsExactly(3, 6, 12, 24, 3072);
    }

    @Test
    void exponential() {
        assertThat(rates(Schedules.exponential(0.5), 8, 1, 2, 3, 4, 5, 6, 12))
                .containsExactly(8, 4, 2, 1, 0.5, 0.25, 0x1p-8);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 17, 100, 1001, 54321})
    void exponentialIsAPower(int step) {
        double expected = 0.3 * StrictMath.pow(0.999, step - 1);
        assertThat(Schedules.exponential(0.999).rate(0.3, step)).isCloseTo(expected, within(1e-11 * expected));
    }

    @Test
    void exponentialGoesToZero() {
        assertThat(Schedules.exponential(0.999).rate(0.3, Long.MAX_VALUE)).isZero();
    }

    @Test
    void cosine() {
        // 1 + cos(pi k / 6) for k = 0 to 6: 2, 1 + sqrt(3)/2, 3/2, 1, 1/2, 1 - sqrt(3)/2, 0
        double root = Math.sqrt(3) / 2;
        assertThat(rates(Schedules.cosine(6, 0.1), 0.5, 1, 2, 3, 4, 5, 6, 7))
                .containsExactly(
                        new double[] {0.5, 0.1 + 0.2 * (1 + root), 0.4, 0.3, 0.2, 0.1 + 0.2 * (1 - root), 0.1},
                        within(1e-15));
    }

    @Test
    void cosineBeginsAndEndsExactlyAndStaysAtTheMinimum() {
        assertThat(rates(Schedules.cosine(7, 0.001), 0.3, 1, 8, 9, 15, Long.MAX_VALUE))
                .containsExactly(0.3, 0.001, 0.001, 0.001, 0.001);
        assertThat(rates(Schedules.cosine(1, 0), 0.3, 1, 2, 3)).containsExactly(0.3, 0, 0);
    }

    @Test
    void cosineHasTheCosineOfEveryStep() {
        Schedule schedule = Schedules.cosine(1000, 0);
        for (int step = 1; step <= 1000; step++) {
            double half = StrictMath.sin(Math.PI * (1001 - step) / 2000);
            assertThat(schedule.rate(1, step)).isCloseTo(half * half, within(2e-15 * half * half));
        }
    }

    @Test
    void inverseTime() {
        assertThat(rates(Schedules.inverseTime(0.5), 12, 1, 2, 3, 5, 11)).containsExactly(12, 8, 6, 4, 2);
        assertThat(rates(Schedules.inverseTime(0), 12, 1, 2, 3)).containsExactly(12, 12, 12);
    }

    @Test
    void warmUpGrowsLinearlyAndThenTheScheduleBegins() {
        assertThat(rates(Schedules.exponential(0.5).withWarmUp(4), 8, 1, 2, 3, 4, 5, 6, 7))
                .containsExactly(2, 4, 6, 8, 8, 4, 2);
        assertThat(rates(Schedules.constant().withWarmUp(1), 8, 1, 2, 3)).containsExactly(8, 8, 8);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 7, 49, 1_000_003})
    void warmUpEndsWithExactlyTheLearningRate(long steps) {
        assertThat(Schedules.constant().withWarmUp(steps).rate(0.1, steps)).isEqualTo(0.1);
    }

    @Test
    void ownSchedulesCanWarmUpToo() {
        Schedule own = (learningRate, step) -> learningRate + step;
        assertThat(rates(own.withWarmUp(2), 8, 1, 2, 3, 4)).containsExactly(4, 8, 9, 10);
    }

    /** From a second implementation, in Python. */
    @Test
    void ratesAreTheSameBitsEverywhere() {
        assertThat(Schedules.step(10, 0.7).rate(0.3, 1235)).isEqualTo(2.6557071110803806e-20);
        assertThat(Schedules.exponential(0.97).rate(0.3, 77)).isEqualTo(0.02963282518430051);
        assertThat(rates(Schedules.cosine(100, 0.001), 0.3, 34, 78))
                .containsExactly(0.22660169165468047, 0.038358395090246286);
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void stepsCountFromOne(Schedule schedule) {
        for (long step : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schedule.rate(0.1, step))
                    .withMessage("step is " + step + "; expected at least 1");
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void theyAllocateNothing(Schedule schedule) {
        double[] sum = new double[1];
        long[] step = new long[1];
        assertThat(AllocatedBytes.of(() -> sum[0] += schedule.rate(0.1, ++step[0])))
                .isZero();
        assertThat(sum[0]).isPositive();
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        checkCount("every", every -> Schedules.step(every, 0.5));
        checkCount("period", period -> Schedules.cosine(period, 0));
        checkCount("steps", Schedules.constant()::withWarmUp);
        checkPositive("factor", factor -> Schedules.step(1, factor));
        checkPositive("factor", Schedules::exponential);
        checkNotNegative("minimum", minimum -> Schedules.cosine(1, minimum));
        checkNotNegative("decay", Schedules::inverseTime);
    }

    private static void checkCount(String name, LongFunction<Schedule> factory) {
        for (long count : new long[] {0, -1, Long.MIN_VALUE}) {
            assertRefused(() -> factory.apply(count), name + " is " + count + "; expected at least 1");
        }
        assertThatNoException().isThrownBy(() -> factory.apply(Long.MAX_VALUE));
    }

    private static void checkPositive(String name, DoubleFunction<Schedule> factory) {
        for (double value : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertRefused(() -> factory.apply(value), name + " is " + value + "; expected a positive, finite number");
        }
    }

    private static void checkNotNegative(String name, DoubleFunction<Schedule> factory) {
        for (double value : new double[] {-Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertRefused(
                    () -> factory.apply(value), name + " is " + value + "; expected 0 or a positive, finite number");
        }
    }

    private static void assertRefused(ThrowingCallable code, String message) {
        assertThatIllegalArgumentException().isThrownBy(code).withMessage(message);
    }

    private static double[] rates(Schedule schedule, double learningRate, long... steps) {
        return LongStream.of(steps)
                .mapToDouble(step -> schedule.rate(learningRate, step))
                .toArray();
    }
}
