package dev.chainrule.runtime;

/**
 * The table behind {@link Kernels#exp} and {@link Kernels#expm1}: {@code 2^(j/128)} for {@code j} from 0 to 127, the j-th in
 * two entries, at {@code 2j} the power as a double and at {@code 2j + 1} the relative error of that double, so that
 * {@code 2^(j/128) = TABLE[2j] (1 - TABLE[2j + 1])} to about 100 bits.
 *
 * <p>Initialised when first used, by 127 multiplications in {@link DoubleDouble}.
 */
final class PowersOfTwo {
    /** The number of steps from one power of two to the next. */
    static final int STEPS = 128;

    /** log 2 as the sum of two doubles, the first of them the nearest. */
    static final double LN2_HIGH = 0x1.62e42fefa39efp-1;

    static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

    static final double[] TABLE = table();

    private PowersOfTwo() {}

    /** Where the table holds {@code 2^(k/128)}, up to a power of 2, for the k in the last bits of {@code rounded}. */
    static int entry(double rounded) {
        return 2 * ((int) Double.doubleToRawLongBits(rounded) & STEPS - 1);
    }

    /**
     * {@code 2^(k/128)}: the table's power times {@code 2^n}, made by moving {@code n = k >> 7}, to which the bias has been
     * added already, to where a double has its exponent.
     */
    static double power(double rounded, int entry) {
        return TABLE[entry] * Double.longBitsToDouble(Double.doubleToRawLongBits(rounded) >>> 7 << 52);
    }

    private static double[] table() {
        double[] table = new double[2 * STEPS];
        DoubleDouble step = DoubleDouble.exp(new DoubleDouble(LN2_HIGH, LN2_LOW).scaled(1.0 / STEPS));
        DoubleDouble power = DoubleDouble.ONE;
        for (int j = 0; j < STEPS; j++) {
            table[2 * j] = power.high();
            table[2 * j + 1] = (0 - power.low()) / power.high(); // never -0.0, for the sake of expm1(-0.0)
            power = power.times(step);
        }
        return table;
    }
}
