package dev.chainrule.processor.writing;

import dev.chainrule.processor.model.GeneratedType;
import dev.chainrule.processor.routine.Limits;
import dev.chainrule.processor.routine.Program;
import dev.chainrule.processor.routine.Statement.VectorCall;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The class beside a network's that holds its vector instructions, apart because not every JVM can load it. */
public final class VectorClass {
    /** In the templates below, a line that begins with this stands for one for each vector, its number in place of {@code #}. */
    private static final String FOR_EACH_VECTOR = "@";

    private static final String CLASS = """
            import jdk.incubator.vector.DoubleVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Sums of products by the Vector API, for {@link NETWORK}.
             *
             * <p>Each lane does what plain Java does for one sum, term after term in the same order, so that the results are the
             * same bit for bit, however wide the vectors are. Of the vectors of a turn, those that would go beyond the last sum
             * end with it: they do the same as their neighbours.
             *
             * <p>Every array comes with the index where its part begins.
             */
            final class VECTORS {
                /** The widest vectors of this processor, up to eight lanes, which the narrowest layer fills twice. */
                private static final VectorSpecies<Double> SPECIES =
                        DoubleVector.SPECIES_PREFERRED.length() <= 8 ? DoubleVector.SPECIES_PREFERRED : DoubleVector.SPECIES_512;

                private static final int LANES = SPECIES.length();

                private VECTORS() {}
            METHODS
                private static DoubleVector load(double[] array, int index) {
                    return DoubleVector.fromArray(SPECIES, array, index);
                }

                private static DoubleVector all(double value) {
                    return DoubleVector.broadcast(SPECIES, value);
                }
            }
            """;

    private static final String SUMS = """

                /** {@code z_j += sum_k a_k * w_k_j}. */
                static void NAME(double[] w, int w0, double[] a, int a0, double[] z, int z0) {
                    int j = 0;
                    for (; j <= UNITS - LANES; j += VECTORS_A_TURN * LANES) {
            @           final int j# = Math.min(j + # * LANES, UNITS - LANES);
            @           DoubleVector s# = load(z, z0 + j#);
                        for (int k = 0; k < INPUTS; k++) {
                            final DoubleVector x = all(a[a0 + k]);
            @               s# = load(w, w0 + UNITS * k + j#).fma(x, s#);
                        }
            @           s#.intoArray(z, z0 + j#);
                    }
                    for (; j < UNITS; j++) {
                        double sum = z[z0 + j];
                        for (int k = 0; k < INPUTS; k++) {
                            sum = Math.fma(w[w0 + UNITS * k + j], a[a0 + k], sum);
                        }
                        z[z0 + j] = sum;
                    }
                }
            """;

    private static final String GRADIENT = """

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

    private static final String BLOCK_SUMS = """

                /** {@code z_r += sum_k a_k_r * w_k} for every record r of a block. */
                static void NAME(double[] a, int a0, double[] w, int w0, double[] z, int z0) {
                    for (int r = 0; r < BLOCK; r += VECTORS_A_TURN * LANES) {
            @           DoubleVector s# = load(z, z0 + r + # * LANES);
                        for (int k = 0; k < TERMS; k++) {
                            final DoubleVector x = all(w[w0 + WEIGHTS_APART]);
            @               s# = load(a, a0 + BLOCK * k + r + # * LANES).fma(x, s#);
                        }
            @           s#.intoArray(z, z0 + r + # * LANES);
                    }
                }
            """;

    private static final String BLOCK_GRADIENT = """

                /** {@code dE/dw_j += sum_r delta_r_j * a_r} for one row of weights, over some records. */
                static void NAME(double[] delta, int d0, int records, double[] a, int a0, double[] g, int g0) {
                    int j = 0;
                    for (; j <= UNITS - LANES; j += VECTORS_A_TURN * LANES) {
            @           final int j# = Math.min(j + # * LANES, UNITS - LANES);
            @           DoubleVector s# = load(g, g0 + j#);
                        for (int r = 0; r < Math.min(records, BLOCK); r++) {
                            final DoubleVector x = all(a[a0 + FACTORS_APART]);
            @               s# = load(delta, d0 + UNITS * r + j#).fma(x, s#);
                        }
            @           s#.intoArray(g, g0 + j#);
                    }
                    for (; j < UNITS; j++) {
                        double sum = g[g0 + j];
                        for (int r = 0; r < records; r++) {
                            sum = Math.fma(delta[d0 + UNITS * r + j], a[a0 + FACTORS_APART], sum);
                        }
                        g[g0 + j] = sum;
                    }
                }
            """;

    private VectorClass() {}

    /** Its name: that of the network's class, then Vector. */
    public static GeneratedType of(GeneratedType network) {
        return new GeneratedType(
                network.packageName(), network.name() + "Vector", network.name(), false, Set.of(), false);
    }

    /** Its text: a method for each size that the program calls. */
    public static String text(GeneratedType type, Program program) {
        String packageLine = type.packageName().isEmpty() ? "" : "package " + type.packageName() + ";\n\n";
        String methods =
                program.vectorCalls().map(VectorClass::method).distinct().collect(Collectors.joining());
        return SourceText.inAscii(packageLine
                + CLASS.replace("VECTORS", type.name())
                        .replace("NETWORK", type.declaredName())
                        .replace("METHODS\n", methods + "\n"));
    }

    private static String method(VectorCall call) {
        List<Integer> sizes = call.sizes();
        int first = sizes.get(0);
        int second = sizes.get(1);
        String text = switch (call.method()) {
            case SUMS -> filled(SUMS, vectors(second), "INPUTS", first, "UNITS", second);
            case GRADIENT -> filled(GRADIENT, vectors(second), "INPUTS", first, "UNITS", second);
            case BLOCK_SUMS -> filled(BLOCK_SUMS, 8, "TERMS", first, "WEIGHTS_APART", apart(second, "k"));
            case BLOCK_GRADIENT ->
                filled(BLOCK_GRADIENT, vectors(first), "UNITS", first, "FACTORS_APART", apart(second, "r"));
        };
        return text.replace("NAME", call.name()).replace("BLOCK", Integer.toString(Limits.BLOCK_RECORDS));
    }

    /** How many vectors a turn deals with, so that their chains of additions hide each other's latency. */
    private static int vectors(int units) {
        return units > 32 ? 8 : 4;
    }

    private static String apart(int stride, String index) {
        return stride == 1 ? index : stride + " * " + index;
    }

    private static String filled(
            String template, int vectors, String name, Object value, String other, Object otherValue) {
        return template.lines()
                .flatMap(line -> line.startsWith(FOR_EACH_VECTOR) ? forEach(vectors, line) : Stream.of(line))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .replace("VECTORS_A_TURN", Integer.toString(vectors))
                .replace(name, value.toString())
                .replace(other, otherValue.toString());
    }

    private static Stream<String> forEach(int vectors, String line) {
        String indented = " ".repeat(FOR_EACH_VECTOR.length()) + line.substring(FOR_EACH_VECTOR.length());
        return IntStream.range(0, vectors)
                .mapToObj(number -> indented.replace(
                                " + # * LANES",
                                number == 0 ? "" : number == 1 ? " + LANES" : " + " + number + " * LANES")
                        .replace("#", Integer.toString(number)));
    }
}
