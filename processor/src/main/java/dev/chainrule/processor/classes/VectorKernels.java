package dev.chainrule.processor.classes;

import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.rules.Rule;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The vector methods of functions, as text: by the steps of the kernels of single numbers, but with the look-ups of vectors. */
final class VectorKernels {
    private static final String ROWS = """

                /** Half as wide, and no narrower than any shape: the places of nodes, as integers. */
                private static final VectorSpecies<Integer> ROWS =
                        VectorSpecies.of(int.class, VectorShape.forBitSize(Math.max(64, Integer.SIZE * LANES)));
            """;

    private static final String IN_DOUBLE = """

                /** {@code a_i = NAME(z_i)} for some neighbours, by the steps of {@link Kernels#NAME}; nodes is scratch. */
                static void NAME(double[] z, int z0, double[] a, int a0, int count, int[] nodes) {
                    final DoubleVector zero = DoubleVector.broadcast(SPECIES, 0);
                    final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
                    final DoubleVector spacing = DoubleVector.broadcast(SPECIES, -16389.0 / 262144);
                    int i = 0;
                    for (; i <= count - LANES; i += LANES) {
                        final DoubleVector x = DoubleVector.fromArray(SPECIES, z, z0 + i);
                        if (x.abs().compare(VectorOperators.GT, LIMIT).anyTrue()) {
                            for (int j = i; j < i + LANES; j++) {
                                a[a0 + j] = Kernels.NAME(z[z0 + j]);
                            }
                            continue;
                        }
                        final DoubleVector rounded = x.fma(NODES_PER_UNIT, 0x1.8p52);
                        final DoubleVector h = rounded.sub(0x1.8p52).fma(spacing, DISTANCE);
                        rounded.reinterpretAsLongs()
                                .and(1023)
                                .lanewise(VectorOperators.LSHL, 2)
                                .castShape(ROWS, 0)
                                .reinterpretAsInts()
                                .intoArray(nodes, 0);
                        final DoubleVector value = DoubleVector.fromArray(SPECIES, TABLE, 0, nodes, 0);
                        final DoubleVector low = DoubleVector.fromArray(SPECIES, TABLE, 1, nodes, 0);
                        final DoubleVector slope = SLOPE;

                        // t = tanh h
                        final DoubleVector square = h.mul(h);
                        final DoubleVector cube = square.fma(h, zero);
                        final DoubleVector lower = square.fma(2.0 / 15, -1.0 / 3);
                        final DoubleVector upper = square.fma(62.0 / 2835, -17.0 / 315);
                        final DoubleVector t = cube.fma(square.mul(square).fma(upper, lower), h);
                        final DoubleVector quotient = slope.div(DIVISOR.fma(t, one));
                        value.add(quotient.fma(t, low)).intoArray(a, a0 + i);
                    }
                    for (; i < count; i++) {
                        a[a0 + i] = Kernels.NAME(z[z0 + i]);
                    }
                }
            """;

    private static final String IN_FLOAT = """

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

    private static final String SIGMOID = inDouble(
            "37.5",
            "0.5 * (262144.0 / 16389)",
            "x.mul(0.5)",
            "value.mul(2).mul(one.sub(value).sub(low))",
            "value.fma(2, -1)");

    private static final String TANH =
            inDouble("19.1", "262144.0 / 16389", "x", "value.mul(-2).fma(low, value.neg().fma(value, one))", "value");

    private static final String SIGMOID_IN_FLOAT = inFloat("87f", """
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

    private static final String TANH_IN_FLOAT = inFloat("10f", """
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

    /** The fields that some methods need in double: their tables, and the shape of the places in them. */
    static String fields(Set<Function> kernels) {
        // On a processor whose vectors have a single lane they are not used, but there has to be a shape of that width
        return kernels.stream()
                .map(kernel -> "\n    private static final double[] " + table(kernel) + " = KernelTables."
                        + kernel.text() + "();\n")
                .collect(Collectors.joining("", kernels.isEmpty() ? "" : ROWS, ""));
    }

    private static String table(Function kernel) {
        return kernel.text().toUpperCase(Locale.ROOT) + "_NODES";
    }

    /** The method of a kernel. */
    static String method(Function kernel, JavaNumbers numbers) {
        String text = numbers == JavaNumbers.FLOAT
                ? kernel == Rule.TANH ? TANH_IN_FLOAT : SIGMOID_IN_FLOAT
                : kernel == Rule.TANH ? TANH : SIGMOID;
        return text.replace("TABLE", table(kernel)).replace("NAME", kernel.text());
    }

    private static String inDouble(String limit, String nodesPerUnit, String distance, String slope, String divisor) {
        return IN_DOUBLE
                .replace("LIMIT", limit)
                .replace("NODES_PER_UNIT", nodesPerUnit)
                .replace("DISTANCE", distance)
                .replace("SLOPE", slope)
                .replace("DIVISOR", divisor);
    }

    private static String inFloat(String limit, String reduction, String result) {
        return IN_FLOAT.replace("LIMIT", limit)
                .replace("REDUCTION\n", reduction)
                .replace("RESULT", result);
    }
}
