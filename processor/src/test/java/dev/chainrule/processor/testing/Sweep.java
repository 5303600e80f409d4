package dev.chainrule.processor.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Arguments from the least to the greatest double, of both signs. */
public final class Sweep {
    /** Where something could begin or end: zeros, kinks, limits of functions, of squares and cubes, and of numbers. */
    private static final double[] SPECIAL = {
        0.0,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1e-308,
        1e-200,
        1e-162,
        1e-154,
        1e-20,
        1e-16,
        0.5,
        1,
        2,
        10,
        18.7,
        19.1,
        21,
        22,
        30,
        36,
        37.5,
        40,
        100,
        708,
        709.7,
        709.8,
        745,
        745.2,
        1e10,
        1e16,
        1e100,
        1.3e154,
        1.4e154,
        1e155,
        1e162,
        8.9e307,
        9e307,
        1e308,
        1.75e308,
        Double.MAX_VALUE
    };

    private Sweep() {}

    /** The special ones, as many of random size, as many near 0, and half as many in between. */
    public static double[] arguments(long seed, int count) {
        Random random = new Random(seed);
        DoubleStream special = DoubleStream.of(SPECIAL).flatMap(x -> DoubleStream.of(x, -x));
        DoubleStream ofAnySize =
                random.doubles(count, -324, 308.25).map(x -> Math.pow(10, x) * (random.nextBoolean() ? 1 : -1));
        return Stream.of(special, ofAnySize, random.doubles(count, -50, 50), random.doubles(count / 2, -800, 800))
                .flatMapToDouble(x -> x)
                .toArray();
    }

    /** The same in another order. */
    static double[] shuffled(double[] values, long seed) {
        List<Double> list = new ArrayList<>(Arrays.stream(values).boxed().toList());
        Collections.shuffle(list, new Random(seed));
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
