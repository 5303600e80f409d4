package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMix64Test {
    /** What Vigna's splitmix64.c gives, as unsigned numbers. */
    @Test
    void theNumbersAreThoseOfTheReference() {
        SplitMix64 random = new SplitMix64(1234567);
        assertThat(LongStream.generate(random::nextLong).limit(5).mapToObj(Long::toUnsignedString))
                .containsExactly(
                        "6457827717110365317",
                        "3203168211198807973",
                        "9817491932198370423",
                        "4593380528125082431",
                        "16408922859458223821");
    }

    /** The JDK has the same algorithm, without a promise to keep it. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE})
    void theNumbersAreThoseOfSplittableRandom(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        SplittableRandom expected = new SplittableRandom(seed);
        for (int i = 0; i < 1000; i++) {
            assertThat(random.nextLong()).isEqualTo(expected.nextLong());
            assertThat(random.nextDouble()).isEqualTo((expected.nextLong() >>> 11) / 0x1p53);
        }
    }

    /** From a second implementation, in Python. */
    @Test
    void normalNumbersAreTheSameBitsEverywhere() {
        assertThat(DoubleStream.generate(new SplitMix64(42)::nextGaussian).limit(6))
                .containsExactly(
                        0.49295065581737485,
                        -1.2810773478777024,
                        -0.6018779810957331,
                        -1.5423606818352653,
                        -1.4515103855695575,
                        1.9375059271254913);
        assertThat(DoubleStream.generate(new SplitMix64(-1)::nextGaussian).limit(3))
                .containsExactly(-1.4273327179379607, 0.5489303293527856, -1.0622441651289258);
    }

    @Test
    void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
        int count = 1_000_000;
        double[] numbers = DoubleStream.generate(new SplitMix64(7)::nextGaussian)
                .limit(count)
                .toArray();
        // Within five standard errors: the moments of x are 0, 1, 0, 3, and x^2k has (4k - 1)!!
        assertThat(mean(numbers, 1)).isCloseTo(0, within(5 * Math.sqrt(1.0 / count)));
        assertThat(mean(numbers, 2)).isCloseTo(1, within(5 * Math.sqrt(2.0 / count)));
        assertThat(mean(numbers, 3)).isCloseTo(0, within(5 * Math.sqrt(15.0 / count)));
        assertThat(mean(numbers, 4)).isCloseTo(3, within(5 * Math.sqrt(96.0 / count)));
    }

    @Test
    void neighbouringSeedsGiveUnrelatedNumbers() {
        double[] first = LongStream.range(0, 10_000)
                .mapToDouble(seed -> new SplitMix64(seed).nextDouble() - 0.5)
                .toArray();
        assertThat(mean(first, 1)).isCloseTo(0, within(5 * Math.sqrt(1.0 / 12 / 10_000)));
        assertThat(mean(first, 2)).isCloseTo(1.0 / 12, within(5 * Math.sqrt(1.0 / 180 / 10_000)));
    }

    private static double mean(double[] numbers, int power) {
        return DoubleStream.of(numbers).map(x -> Math.pow(x, power)).average().getAsDouble();
    }
}
