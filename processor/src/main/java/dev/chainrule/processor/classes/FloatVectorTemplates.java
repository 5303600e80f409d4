package dev.chainrule.processor.classes;

/** The text of the methods of a {@link VectorClass} that are other in float than in double: kernels, without tables. */
final class FloatVectorTemplates {
    private static final String LOOP = """

                /** {@code a_i = NAME(z_i)} for some neighbours, by the steps of {@link FloatKernels#NAME}. */
                static void NAME(float[] z, int z0, float[] a, int a0, int count) {
                    // The last vector ends with the last value, unless it would read what has been replaced
                    final int end = count < LANES || z == a ? count - LANES + 1 : count;
                    int i = 0;
                    for (; i < end; i += LANES) {
                        final int j = Math.min(i, count - LANES);
                        final FloatVector x = load(z, z0 + j);
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
                        final FloatVector tail = square.fma(square.fma(all(-0x1.6e5efap-10f), upper), lower);
                        final FloatVector fall = square.fma(tail, r);

            RESULT        }
                    for (; i < count; i++) {
                        a[a0 + i] = FloatKernels.NAME(z[z0 + i]);
                    }
                }
            """;

    static final String SIGMOID = filled("87f", """
                        final FloatVector rounded = x.fma(0x1.715476p0f, 0x1.8p23f + 127);
                        final IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
                        final FloatVector k = rounded.sub(0x1.8p23f + 127);
                        final FloatVector r = k.fma(all(-0x1.efa39ep-25f), k.fma(all(-0x1.62e42ep-1f), x));
            """, """
                        final FloatVector larger = power.max(0x3f800000).reinterpretAsFloats();
                        final FloatVector smaller = power.min(0x3f800000).reinterpretAsFloats();
                        power.reinterpretAsFloats().div(larger.add(smaller.sub(fall))).intoArray(a, a0 + j);
            """);

    static final String TANH = filled("10f", """
                        final FloatVector y = x.abs().mul(2);
                        final FloatVector rounded = y.fma(-0x1.715476p0f, 0x1.8p23f + 127);
                        final FloatVector power = rounded.reinterpretAsInts()
                                .lanewise(VectorOperators.LSHL, 23)
                                .reinterpretAsFloats();
                        final FloatVector k = rounded.sub(0x1.8p23f + 127);
                        final FloatVector r = k.fma(all(0x1.efa39ep-25f), k.fma(all(0x1.62e42ep-1f), y));
            """, """
                        final FloatVector above = power.fma(fall, all(1).sub(power));
                        final FloatVector below = power.neg().fma(fall, power.add(1));
                        final IntVector sign = x.reinterpretAsInts().and(0x80000000);
                        above.div(below).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(a, a0 + j);
            """);

    private FloatVectorTemplates() {}

    private static String filled(String limit, String reduction, String result) {
        return LOOP.replace("LIMIT", limit).replace("REDUCTION\n", reduction).replace("RESULT", result);
    }
}
