package dev.chainrule.processor.classes;

/** The text of a {@link VectorClass} and of its methods, with words in capitals for what each has of its own. */
final class VectorTemplates {
    /** A line that begins with this stands for one for each vector, its number in place of {@code #}. */
    static final String FOR_EACH_VECTOR = "@";

    /** A line that begins with this stands for one for each unit of a turn, its number in place of {@code ~}. */
    static final String FOR_EACH_UNIT = "%";

    static final String CLASS = """
            /**
             * Loops by the Vector API, for {@link NETWORK}.
             *
             * <p>Each lane does what plain Java does for one sum or value, step after step in the same order, so that the
             * results are the same bit for bit, however wide the vectors are. Of the vectors of a turn, those that would go
             * beyond the last sum end with it, and units that would go beyond the last are the last: they do the same as
             * their neighbours.
             *
             * <p>Every array comes with the index where its part begins.
             */
            final class VECTORS {
                /** The widest vectors of this processor, up to eight lanes, which the narrowest layer fills. */
                private static final VectorSpecies<Double> SPECIES =
                        DoubleVector.SPECIES_PREFERRED.length() <= 8 ? DoubleVector.SPECIES_PREFERRED : DoubleVector.SPECIES_512;

                private static final int LANES = SPECIES.length();
            FIELDS
                private VECTORS() {}

                /** Whether a vector has four lanes or more: with two, plain loops are faster. */
                static boolean isWide() {
                    return LANES >= 4;
                }
            METHODS
                private static DoubleVector load(double[] array, int index) {
                    return DoubleVector.fromArray(SPECIES, array, index);
                }

                private static DoubleVector all(double value) {
                    return DoubleVector.broadcast(SPECIES, value);
                }
            }
            """;

    static final String SUMS = """

                /** {@code z_j = b_j + sum_k a_k * w_k_j}. */
                static void NAME(double[] w, int w0, double[] a, int a0, double[] b, int b0, double[] z, int z0) {
                    int j = 0;
                    for (; j <= UNITS - LANES; j += VECTORS_A_TURN * LANES) {
            @           final int j# = Math.min(j + # * LANES, UNITS - LANES);
            @           DoubleVector s# = load(b, b0 + j#);
                        for (int k = 0; k < INPUTS; k++) {
                            final DoubleVector x = all(a[a0 + k]);
            @               s# = load(w, w0 + UNITS * k + j#).fma(x, s#);
                        }
            @           s#.intoArray(z, z0 + j#);
                    }
                    for (; j < UNITS; j++) {
                        double sum = b[b0 + j];
                        for (int k = 0; k < INPUTS; k++) {
                            sum = Math.fma(w[w0 + UNITS * k + j], a[a0 + k], sum);
                        }
                        z[z0 + j] = sum;
                    }
                }
            """;

    static final String GRADIENT = """

                /** {@code dE/dw_k_j += delta_j * a_k}. */
                static void NAME(double[] delta, int d0, double[] a, int a0, double[] g, int g0) {
                    int j = 0;
                    for (; j <= UNITS - LANES; j += VECTORS_A_TURN * LANES) {
            @           final int j# = Math.min(j + # * LANES, UNITS - LANES);
            @           final DoubleVector delta# = load(delta, d0 + j#);
                        for (int k = 0; k < INPUTS; k++) {
                            final DoubleVector x = all(a[a0 + k]);
            @               final DoubleVector before# = load(g, g0 + UNITS * k + j#);
            @               delta#.fma(x, before#).intoArray(g, g0 + UNITS * k + j#);
                        }
                    }
                    for (; j < UNITS; j++) {
                        final double deltaJ = delta[d0 + j];
                        for (int k = 0; k < INPUTS; k++) {
                            final int kj = g0 + UNITS * k + j;
                            g[kj] = Math.fma(deltaJ, a[a0 + k], g[kj]);
                        }
                    }
                }
            """;

    static final String BLOCK_SUMS = """

                /** SUM for the records of a block. */
                static void NAME(double[] a, int a0, double[] w, int w0, double[] z, int z0, int records) {
                    for (int i = 0; i < SUMS; i += UNITS_A_TURN) {
            %           final int i~ = Math.min(i + ~, SUMS - 1);
                        for (int r = 0; r < records; r += VECTORS_A_TURN * LANES) {
            %@              DoubleVector s~# = load(z, z0 + BLOCK * i~ + r + # * LANES);
                            for (int t = 0; t < TERMS; t++) {
            @                   final DoubleVector x# = load(a, a0 + BLOCK * t + r + # * LANES);
            %                   final DoubleVector y~ = all(w[w0 + WEIGHT]);
            %@                  s~# = x#.fma(y~, s~#);
                            }
            %@              s~#.intoArray(z, z0 + BLOCK * i~ + r + # * LANES);
                        }
                    }
                }
            """;

    static final String BLOCK_GRADIENT = """

                /** {@code dE/dw_k_j += sum_r delta_r_j * a_k_r} for the records of a block. */
                static void NAME(double[] delta, int d0, double[] a, int a0, double[] g, int g0, int records) {
                    for (int k = 0; k < INPUTS; k += UNITS_A_TURN) {
            %           final int k~ = Math.min(k + ~, INPUTS - 1);
                        int j = 0;
                        for (; j <= UNITS - LANES; j += VECTORS_A_TURN * LANES) {
            @               final int j# = Math.min(j + # * LANES, UNITS - LANES);
            %@              DoubleVector s~# = load(g, g0 + UNITS * k~ + j#);
                            for (int r = 0; r < Math.min(records, BLOCK); r++) {
            @                   final DoubleVector y# = load(delta, d0 + UNITS * r + j#);
            %                   final DoubleVector x~ = all(a[a0 + BLOCK * k~ + r]);
            %@                  s~# = y#.fma(x~, s~#);
                            }
            %@              s~#.intoArray(g, g0 + UNITS * k~ + j#);
                        }
                        for (; j < UNITS; j++) {
                            for (int row = k; row < Math.min(k + UNITS_A_TURN, INPUTS); row++) {
                                double sum = g[g0 + UNITS * row + j];
                                for (int r = 0; r < records; r++) {
                                    sum = Math.fma(delta[d0 + UNITS * r + j], a[a0 + BLOCK * row + r], sum);
                                }
                                g[g0 + UNITS * row + j] = sum;
                            }
                        }
                    }
                }
            """;

    static final String KERNEL = """

                /** {@code a_i = NAME(z_i)} for some neighbours, by the steps of {@link Kernels#NAME}; nodes is scratch. */
                static void NAME(double[] z, int z0, double[] a, int a0, int count, int[] nodes) {
                    final DoubleVector zero = all(0);
                    final DoubleVector one = all(1);
                    final DoubleVector spacing = all(-65.0 / 1024);
                    int i = 0;
                    for (; i <= count - LANES; i += LANES) {
                        final DoubleVector x = load(z, z0 + i);
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

    static final String RECTIFIER = """

                /** {@code a_i = max(0, z_i)}. */
                static void NAME(double[] z, int z0, double[] a, int a0, int count) {
                    final DoubleVector zero = all(0);
                    int i = 0;
                    for (; i <= count - LANES; i += LANES) {
                        zero.max(load(z, z0 + i)).intoArray(a, a0 + i);
                    }
                    for (; i < count; i++) {
                        a[a0 + i] = Math.max(0, z[z0 + i]);
                    }
                }
            """;

    static final String TIMES_IF_POSITIVE = """

                /** {@code d_i = e_i * (a_i > 0 ? then : otherwise)}. */
                static void NAME(
                        double[] e, int e0, double[] a, int a0, double then, double otherwise, double[] d, int d0, int count) {
                    final DoubleVector ifNot = all(otherwise);
                    int i = 0;
                    for (; i <= count - LANES; i += LANES) {
                        final DoubleVector factor = ifNot.blend(then, load(a, a0 + i).compare(VectorOperators.GT, 0));
                        load(e, e0 + i).mul(factor).intoArray(d, d0 + i);
                    }
                    for (; i < count; i++) {
                        d[d0 + i] = e[e0 + i] * (a[a0 + i] > 0 ? then : otherwise);
                    }
                }
            """;

    private VectorTemplates() {}
}
