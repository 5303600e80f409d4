package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bits of {@code Math.fma}, at random numbers and at those where an emulation could go wrong. */
class ExactFmaTest {
    private static final double[] SPECIAL = {
        0.0,
        1,
        Double.MIN_VALUE,
        3 * Double.MIN_VALUE,
        Double.MIN_NORMAL - Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MIN_NORMAL + Double.MIN_VALUE,
        Math.nextDown(1.0),
        Math.nextUp(1.0),
        0x1p450,
        0x1p-450,
        0x1p900,
        0x1p-900,
        0x1p1023,
        Math.nextDown(0x1p1023),
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN
    };

    private static final float[] SPECIAL_FLOATS = {
        0f,
        1f,
        Float.MIN_VALUE,
        3 * Float.MIN_VALUE,
        Float.MIN_NORMAL - Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MIN_NORMAL + Float.MIN_VALUE,
        Math.nextDown(1f),
        Math.nextUp(1f),
        0x1p127f,
        Math.nextDown(0x1p127f),
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN
    };

    @Test
    void twoMillionTriples() {
        assertSameBits(81, 2_000_000);
        assertSameBitsOfFloats(82, 2_000_000);
    }

    @Test
    @Tag("long")
    void aHundredMillionTriples() {
        assertSameBits(83, 100_000_000);
        assertSameBitsOfFloats(84, 100_000_000);
    }

    @Test
    void specialNumbers() {
        for (int signs = 0; signs < 8; signs++) {
            int ofA = (signs & 1) == 0 ? 1 : -1;
            int ofB = (signs & 2) == 0 ? 1 : -1;
            int ofC = (signs & 4) == 0 ? 1 : -1;
            for (double a : SPECIAL) {
                for (double b : SPECIAL) {
                    for (double c : SPECIAL) {
                        assertSameBits(ofA * a, ofB * b, ofC * c);
                    }
                }
            }
            for (float a : SPECIAL_FLOATS) {
                for (float b : SPECIAL_FLOATS) {
                    for (float c : SPECIAL_FLOATS) {
                        assertSameBits(ofA * a, ofB * b, ofC * c);
                    }
                }
            }
        }
    }

    /** The triples find emulations that are simpler: some that round twice, or do so where results are subnormal. */
    @Test
    void simplerEmulationsWouldBeFound() {
        FmaTriples triples = new FmaTriples(85);
        int roundedTwice = 0;
        int restRounded = 0;
        int intoSubnormal = 0;
        int infinite = 0;
        for (int i = 0; i < 200_000; i++) {
            triples.next();
            double exact = Math.fma(triples.a, triples.b, triples.c);
            double product = triples.a * triples.b;
            roundedTwice += exact != product + triples.c && Double.isFinite(exact) ? 1 : 0;
            restRounded += exact != withRoundedRest(triples) && Double.isFinite(exact) ? 1 : 0;
            double shift = 0x1p200;
            double shifted = Math.fma(triples.a * shift, triples.b * shift, triples.c * shift * shift) / shift / shift;
            boolean isSubnormal = exact != 0 && Math.abs(exact) < Double.MIN_NORMAL;
            intoSubnormal += isSubnormal && exact != shifted ? 1 : 0;
            infinite += Double.isInfinite(exact) ? 1 : 0;
        }
        assertThat(List.of(roundedTwice, restRounded, intoSubnormal, infinite)).allMatch(count -> count > 500);

        FmaTriples ofFloats = new FmaTriples(86);
        int floatsRoundedTwice = 0;
        for (int i = 0; i < 200_000; i++) {
            ofFloats.nextOfFloats();
            float exact = Math.fma((float) ofFloats.a, (float) ofFloats.b, (float) ofFloats.c);
            float inDouble = (float) (ofFloats.a * ofFloats.b + ofFloats.c);
            floatsRoundedTwice += exact != inDouble && Float.isFinite(exact) ? 1 : 0;
        }
        assertThat(floatsRoundedTwice).isGreaterThan(500);
    }

    /** The exact product as two doubles, added up with the third in three roundings. */
    private static double withRoundedRest(FmaTriples triples) {
        double product = triples.a * triples.b;
        double low = Math.fma(triples.a, triples.b, -product);
        double sum = product + triples.c;
        double part = sum - product;
        return sum + ((product - (sum - part)) + (triples.c - part) + low);
    }

    private static void assertSameBits(long seed, int count) {
        FmaTriples triples = new FmaTriples(seed);
        for (int i = 0; i < count; i++) {
            triples.next();
            assertSameBits(triples.a, triples.b, triples.c);
        }
    }

    private static void assertSameBitsOfFloats(long seed, int count) {
        FmaTriples triples = new FmaTriples(seed);
        for (int i = 0; i < count; i++) {
            triples.nextOfFloats();
            assertSameBits((float) triples.a, (float) triples.b, (float) triples.c);
        }
    }

    private static void assertSameBits(double a, double b, double c) {
        double expected = Math.fma(a, b, c);
        double actual = ExactFma.fma(a, b, c);
        if (Double.doubleToLongBits(actual) != Double.doubleToLongBits(expected)) {
            throw new AssertionError("fma(%a, %a, %a) is %a; expected %a".formatted(a, b, c, actual, expected));
        }
    }

    private static void assertSameBits(float a, float b, float c) {
        float expected = Math.fma(a, b, c);
        float actual = FloatExactFma.fma(a, b, c);
        if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
            throw new AssertionError("fma(%a, %a, %a) is %a; expected %a".formatted(a, b, c, actual, expected));
        }
    }
}
