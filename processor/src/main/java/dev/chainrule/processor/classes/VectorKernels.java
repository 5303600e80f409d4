package dev.chainrule.processor.classes;

import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.rules.Rule;

/** The vector methods of kernels, as text: by the steps of those of single numbers, in double but for the look-up of tables. */
final class VectorKernels {
    private static final String ROWS = """

                /** {@code a_i = NAME(z_i)} for rows of numbers, by the steps of {@link Kernels#NAMERows}. */
                static void NAMERows(double[] z, double[] a, int rows, int stride, int count, double[] low) {
                    final DoubleVector zero = DoubleVector.broadcast(SPECIES, 0);
                    final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
                    final DoubleVector distance = DoubleVector.broadcast(SPECIES, DISTANCE);
                    for (int row = 0; row < rows * stride; row += stride) {
                        final int end = row + count - count % LANES;
                        for (int i = row; i < end; i += LANES) {
                            final DoubleVector x = DoubleVector.fromArray(SPECIES, z, i);
                            x.fma(PER_UNIT, 0x1.8p52).intoArray(a, i);
                        }
                        final boolean mayBeBeyondLimit = Kernels.NAMENodes(a, low, row, end);
                        for (int i = row; i < end; i += LANES) {
                            final DoubleVector x = DoubleVector.fromArray(SPECIES, z, i);
                            final DoubleVector rounded = x.fma(PER_UNIT, 0x1.8p52);
                            final DoubleVector h = rounded.sub(0x1.8p52).fma(distance, x);
                            final DoubleVector square = h.mul(h);
                            final DoubleVector cube = square.fma(h, zero);
            SERIES                final DoubleVector t = cube.fma(square.mul(square).fma(upper, lower), h);
                            final DoubleVector value = DoubleVector.fromArray(SPECIES, a, i);
                            final DoubleVector lost = DoubleVector.fromArray(SPECIES, low, i);
            SLOPE                value.add(slope.fma(t, lost)).intoArray(a, i);
                        }
                        for (int i = row; mayBeBeyondLimit && i < end; i++) {
                            a[i] = Math.abs(z[i]) > LIMIT ? Kernels.NAME(z[i]) : a[i];
                        }
                        for (int i = end; i < row + count; i++) {
                            a[i] = Kernels.NAME(z[i]);
                        }
                    }
                }
            """;

    private static final String SIGMOID_ROWS =
            rows("37.5", "0.5 * (262144.0 / 16389)", "-2 * (16389.0 / 262144)", """
                            final DoubleVector lower = square.fma(2.0 / 15 / 16, -1.0 / 3 / 4);
                            final DoubleVector upper = square.fma(62.0 / 2835 / 256, -17.0 / 315 / 64);
            """, """
                            final DoubleVector rise = value.mul(one.sub(value).sub(lost));
                            final DoubleVector slope = rise.div(value.sub(0.5).fma(t, one));
            """);

    private static final String TANH_ROWS = rows("19.1", "262144.0 / 16389", "-16389.0 / 262144", """
                            final DoubleVector lower = square.fma(2.0 / 15, -1.0 / 3);
                            final DoubleVector upper = square.fma(62.0 / 2835, -17.0 / 315);
            """, """
                            final DoubleVector rise = value.mul(-2).fma(lost, value.neg().fma(value, one));
                            final DoubleVector slope = rise.div(value.fma(t, one));
            """);

    private static final String KERNEL = """

                /** {@code a_i = NAME(z_i)} for some neighbours, by the steps of {@link FloatKernels#NAME}. */
                static void NAME(float[] z, int z0, float[] a, int a0, int count) {
                    // The last vector ends with the last value, unless it would read what has been replaced
                    final int end = count < LANES || z == a ? count - LANES + 1 : count;
                    int i = 0;
                    for (; i < end; i += LANES) {
                        final int j = Math.min(i, count - LANES);
                        final FloatVector x = FloatVector.fromArray(SPECIES, z, z0 + j);
                        if (x.abs().compare(VectorOperators.GT, LIMIT).anyTrue()) {
                            for (int lane = j; lane < j + LANES; lane++) {
                                a[a0 + lane] = FloatKernels.NAME(z[z0 + lane]);
                            }
                            continue;
                        }
            REDUCTION

                        // 1 - e^-r
                        final FloatVector square = r.mul(r);
                        final FloatVector lower = r.fma(0x1.5554ap-3f, -1.0f / 2);
                        final FloatVector upper = r.fma(0x1.1234ccp-7f, -0x1.555444p-5f);
                        final FloatVector last = FloatVector.broadcast(SPECIES, -0x1.6e5efap-10f);
                        final FloatVector tail = square.fma(square.fma(last, upper), lower);
                        final FloatVector fall = square.fma(tail, r);

            RESULT        }
                    for (; i < count; i++) {
                        a[a0 + i] = FloatKernels.NAME(z[z0 + i]);
                    }
                }
            """;

    private static final String SIGMOID = kernel("87f", """
                        final FloatVector rounded = x.fma(0x1.715476p0f, 0x1.8p23f + 127);
                        final IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
                        final FloatVector k = rounded.sub(0x1.8p23f + 127);
                        final FloatVector high = k.fma(FloatVector.broadcast(SPECIES, -0x1.62e42ep-1f), x);
                        final FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -0x1.efa39ep-25f), high);
            """, """
                        final FloatVector larger = power.max(0x3f800000).reinterpretAsFloats();
                        final FloatVector smaller = power.min(0x3f800000).reinterpretAsFloats();
                        power.reinterpretAsFloats().div(larger.add(smaller.sub(fall))).intoArray(a, a0 + j);
            """);

    private static final String TANH = kernel("10f", """
                        final FloatVector y = x.abs().mul(2);
                        final FloatVector rounded = y.fma(-0x1.715476p0f, 0x1.8p23f + 127);
                        final FloatVector power = rounded.reinterpretAsInts()
                                .lanewise(VectorOperators.LSHL, 23)
                                .reinterpretAsFloats();
                        final FloatVector k = rounded.sub(0x1.8p23f + 127);
                        final FloatVector high = k.fma(FloatVector.broadcast(SPECIES, 0x1.62e42ep-1f), y);
                        final FloatVector r = k.fma(FloatVector.broadcast(SPECIES, 0x1.efa39ep-25f), high);
            """, """
                        final FloatVector one = FloatVector.broadcast(SPECIES, 1);
                        final FloatVector above = power.fma(fall, one.sub(power));
                        final FloatVector below = power.neg().fma(fall, power.add(1));
                        final IntVector sign = x.reinterpretAsInts().and(0x80000000);
                        above.div(below).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(a, a0 + j);
            """);

    private VectorKernels() {}

    /** The method of a kernel. */
    static String method(Function kernel) {
        return (kernel == Rule.TANH ? TANH : SIGMOID).replace("NAME", kernel.text());
    }

    /** The method of a kernel with tables. */
    static String rows(Function kernel) {
        return (kernel == Rule.TANH ? TANH_ROWS : SIGMOID_ROWS).replace("NAME", kernel.text());
    }

    private static String rows(String limit, String perUnit, String distance, String series, String slope) {
        return ROWS.replace("LIMIT", limit)
                .replace("PER_UNIT", perUnit)
                .replace("DISTANCE", distance)
                .replace("SERIES", series)
                .replace("SLOPE", slope);
    }

    private static String kernel(String limit, String reduction, String result) {
        return KERNEL.replace("LIMIT", limit).replace("REDUCTION\n", reduction).replace("RESULT", result);
    }
}
