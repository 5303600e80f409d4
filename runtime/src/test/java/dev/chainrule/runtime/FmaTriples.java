package dev.chainrule.runtime;

import java.util.SplittableRandom;

/** Triples {@code a, b, c} at which an emulation of {@code fma(a, b, c)} could go wrong, the same for a seed on every JVM. */
final class FmaTriples {
    private final SplittableRandom random;

    /** The triple that was made last. */
    double a;

    double b;
    double c;

    FmaTriples(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Makes the next triple of doubles. */
    void next() {
        switch (random.nextInt(8)) {
            case 0 -> set(anyBits(), anyBits(), anyBits());
            case 1 -> set(scaled(30), scaled(30), scaled(60));
            case 2 -> { // nearly all cancels
                set(scaled(530), scaled(530), 0);
                c = -a * b;
                c += random.nextInt(-2, 3) * Math.ulp(c);
            }
            case 3 -> { // what is left after that
                set(scaled(500), scaled(500), 0);
                c = signed(Math.fma(a, b, -a * b) * (1 + random.nextInt(-1, 2) * 0x1p-52));
            }
            case 4 -> { // one is small next to the other
                set(scaled(530), scaled(530), 0);
                c = Math.scalb(signed(a * b), random.nextInt(-120, 60));
            }
            case 5 -> { // a product close to half the last place of a sum, normal, subnormal, or the greatest
                int kind = random.nextInt(8);
                int exponent = kind < 3 ? random.nextInt(-1074, -1020) : random.nextInt(-1020, 1024);
                double summand = Math.scalb(random.nextDouble(1, 2), exponent);
                halfOf(signed(kind == 7 ? Double.MAX_VALUE : summand));
            }
            case 6 -> { // a product halfway between two doubles, and something that decides
                int up = random.nextInt(-520, 450);
                int down = random.nextInt(-520, 450);
                set(Math.scalb((double) oddOf27Bits(), up), Math.scalb((double) oddOf27Bits(), down), 0);
                c = Math.scalb(signed(1), random.nextInt(-1074, Math.max(-1073, up + down)));
            }
            default -> // into subnormal numbers, or beyond the greatest
                set(
                        scaled(20) * 0x1p500,
                        scaled(20) * (random.nextBoolean() ? 0x1p510 : Double.MIN_NORMAL * 0x1p-490),
                        random.nextBoolean() ? anyBits() : Math.scalb(scaled(3), random.nextBoolean() ? -1060 : 1020));
        }
    }

    /** Makes the next triple of floats. */
    void nextOfFloats() {
        switch (random.nextInt(4)) {
            case 0 -> set(anyFloatBits(), anyFloatBits(), anyFloatBits());
            case 1 -> {
                set((float) scaled(60), (float) scaled(60), 0);
                c = (float) Math.scalb(signed(a * b), random.nextInt(-80, 30));
            }
            case 2 -> {
                set((float) scaled(60), (float) scaled(60), 0);
                c = -(float) (a * b);
                c += random.nextInt(-2, 3) * Math.ulp((float) c);
            }
            default -> {
                c = Math.scalb(signed(random.nextInt(1 << 23, 1 << 24)), random.nextInt(-172, 105));
                c = (float) c;
                double near = Math.scalb(1, -random.nextInt(1, 24));
                double half = Math.ulp((float) c) / 2;
                int exponent = random.nextInt(-60, 0);
                set(Math.scalb(1 + near, exponent), Math.scalb(signed(1 - near) * half, -exponent), c);
            }
        }
    }

    private void set(double a, double b, double c) {
        this.a = a;
        this.b = b;
        this.c = c;
    }

    /** {@code 1 - near^2} halves of the last place of a number. */
    private void halfOf(double summand) {
        double near = Math.scalb(1, -random.nextInt(1, 53));
        int exponent = Math.getExponent(Math.ulp(summand)) < -1022 ? -1074 : Math.getExponent(Math.ulp(summand));
        int part = random.nextInt(-520, 500);
        set(Math.scalb(1 + near, part), Math.scalb(signed(1 - near), exponent - 1 - part), summand);
    }

    private double scaled(int exponents) {
        return Math.scalb(signed(random.nextDouble(1, 2)), random.nextInt(-exponents, exponents));
    }

    private double signed(double value) {
        return random.nextBoolean() ? value : -value;
    }

    private long oddOf27Bits() {
        return random.nextLong(1L << 26, 1L << 27) | 1;
    }

    private double anyBits() {
        return Double.longBitsToDouble(random.nextLong());
    }

    private float anyFloatBits() {
        return Float.intBitsToFloat(random.nextInt());
    }
}
