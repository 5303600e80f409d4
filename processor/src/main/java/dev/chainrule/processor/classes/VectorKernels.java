package dev.chainrule.processor.classes;

import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.rules.Rule;

/** The vector methods of the kernels in float, as text: by the steps of those of single numbers. Those in double look up tables. */
final class VectorKernels {
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

    private static String kernel(String limit, String reduction, String result) {
        return KERNEL.replace("LIMIT", limit).replace("REDUCTION\n", reduction).replace("RESULT", result);
    }
}
