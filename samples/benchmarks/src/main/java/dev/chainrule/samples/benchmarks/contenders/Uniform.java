package dev.chainrule.samples.benchmarks.contenders;

import java.util.function.DoubleSupplier;

/** Numbers from 0 to 1, by Knuth's MMIX generator: a line in C as in Java. */
final class Uniform implements DoubleSupplier {
    private long state = 1;

    @Override
    public double getAsDouble() {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (state >>> 11) * 0x1p-53;
    }
}
