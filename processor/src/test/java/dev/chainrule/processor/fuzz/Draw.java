package dev.chainrule.processor.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is drawn for a seed, the same on every JVM. */
final class Draw {
    private final Random random;

    Draw(long seed) {
        // Scrambled, for the first numbers of neighbouring seeds are alike
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** True once in so many times. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** From 0 to below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    double gaussian() {
        return random.nextGaussian();
    }

    @SafeVarargs
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Damages bytes at some places: others in their place, more, fewer, or none from there on. */
    byte[] damaged(byte[] bytes) {
        List<Byte> damaged = new ArrayList<>();
        for (byte value : bytes) {
            damaged.add(value);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.size() + 1);
            int end = Math.min(at + random.nextInt(12), damaged.size());
            switch (random.nextInt(5)) {
                case 0 -> damaged.subList(at, end).clear();
                case 1 -> damaged.addAll(at, new ArrayList<>(damaged.subList(at, end)));
                case 2 -> damaged.subList(at, end).replaceAll(value -> (byte) random.nextInt(256));
                case 3 -> damaged.subList(at, end).replaceAll(value -> (byte) (value ^ (1 << random.nextInt(8))));
                default -> damaged.subList(at, damaged.size()).clear();
            }
        }
        byte[] result = new byte[damaged.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = damaged.get(i);
        }
        return result;
    }

    byte[] noise() {
        byte[] noise = new byte[random.nextInt(100)];
        random.nextBytes(noise);
        return noise;
    }
}
