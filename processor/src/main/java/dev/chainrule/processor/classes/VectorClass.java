package dev.chainrule.processor.classes;

import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.java.JavaFunctions;
import dev.chainrule.processor.java.JavaMethodRenderer;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.notation.TextRenderer;
import dev.chainrule.processor.rewrite.PartialSums;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The class beside a network's that holds its vector instructions, apart because not every JVM can load it. */
public final class VectorClass {
    /** The lanes of the widest vectors that the class uses. */
    static final int LANES_AT_MOST = 8;

    /** In capitals what depends on the network and on the type of its numbers. */
    private static final String CLASS = """
            /**
             * Loops by the Vector API, for {@link NETWORK}.
             *
             * <p>Each lane does what plain Java does for one sum or value, step after step in the same order, so that the
             * results are the same bit for bit, however wide the vectors are. Of the vectors of a turn, those that would go
             * beyond the last sum end with it, and units that would go beyond the last are the last: they do the same as
             * their neighbours.
             */
            final class VECTORS {
                /** The widest vectors of this processor, up to AT_MOST lanes, which the narrowest layer fills. */
                private static final VectorSpecies<BOXED> SPECIES =
                        BOXEDVector.SPECIES_PREFERRED.length() <= AT_MOST ? BOXEDVector.SPECIES_PREFERRED : BOXEDVector.SPECIES_512;

                private static final int LANES = SPECIES.length();
            CONSTANTS
                private VECTORS() {}

                /** Whether a vector has four lanes or more: with two, plain loops are faster. */
                static boolean isWide() {
                    return LANES >= 4;
                }
            METHODS}
            """;

    /** Where sums in parts are added. */
    private static final String ONE = """

                /** {@code a.fma(ONE, b)} is {@code a.add(b)}, of which HotSpot 17 makes objects where a method has many. */
                private static final BOXEDVector ONE = BOXEDVector.broadcast(SPECIES, 1);
            """;

    /**
     * Sums along rows, in eight parts, by vectors of the species that all others have: where the JIT compiler has met two, it makes
     * objects of vectors, and methods take ten times as long. Of sixteen lanes, eight are idle, and read what follows; what they
     * write, the next row overwrites.
     */
    private static final String SUMS = """

                /**
                 * {@code y_j = start + sum_k w_j_k x_k} for ROWS rows of TERMS terms, by eight sums of every eighth term, in the
                 * lanes of one vector, or of two where these have four.
                 */
            SIGNATURE        final BOXEDVector nothing = BOXEDVector.broadcast(SPECIES, NOTHING);
                    final BOXEDVector first = nothing.withLane(0, start);
                    for (int j = 0; j < ROWS; j += TOGETHER) {
            BEGIN            for (int k = 0; k <= TERMS - LANES; k += 8) {
                            final BOXEDVector x_k = BOXEDVector.fromArray(SPECIES, x, x0 + k);
            ADD                if (LANES == 4) {
                                final BOXEDVector x_k4 = BOXEDVector.fromArray(SPECIES, x, x0 + k + 4);
            ADD_FOUR                }
                        }
                        if (LANES == 4) {
            SUM_FOUR            } else {
            STORE            }
                    }
                    // Eight parts are added from memory: to take them out of a vector one by one takes longer
                    for (int j = 0; LANES > 4 && j < ROWS; j++) {
            REST            final NUMBER pair0 = parts[8 * j] + parts[8 * j + 4];
                        final NUMBER pair1 = parts[8 * j + 1] + parts[8 * j + 5];
                        final NUMBER pair2 = parts[8 * j + 2] + parts[8 * j + 6];
                        final NUMBER pair3 = parts[8 * j + 3] + parts[8 * j + 7];
                        y[y0 + j] = pair0 + pair2 + (pair1 + pair3);
                    }
                }
            """;

    private static final String SUM_OF_FOUR =
            "                final BOXEDVector pairs_%1$s = sums4_%1$s.fma(ONE, sums_%1$s);\n"
                    + "                y[y0 + %1$s] = pairs_%1$s.lane(0) + pairs_%1$s.lane(2) + "
                    + "(pairs_%1$s.lane(1) + pairs_%1$s.lane(3));";

    /** As many rows of a turn read a factor once. */
    private static final int ROWS_TOGETHER = 2;

    /** Of sixteen lanes: the last eight terms, beyond which a vector would read. */
    private static final String REST = """
                        for (int i = 0; LANES == 16 && i < 8; i++) {
                            parts[8 * j + i] = Math.fma(w[w0 + TERMS * j + LAST + i], x[x0 + LAST + i], parts[8 * j + i]);
                        }
            """;

    private static final Pattern CLASS_NAME = Pattern.compile("\\b(VECTORS|NETWORK)\\b");

    private VectorClass() {}

    /** Its name: that of the network's class, then Vector. */
    public static GeneratedType of(GeneratedType network) {
        return new GeneratedType(network.packageName(), network.name() + "Vector", network.name(), false, false);
    }

    /**
     * Its text, a method for each loop nest and each function that a program calls; none where it calls none.
     *
     * @param storage where the values of the network are kept
     */
    public static Optional<String> text(
            GeneratedType network, Program program, java.util.function.Function<RecordAccess, Storage> storage) {
        JavaNumbers numbers = JavaNumbers.of(storage.apply(RecordAccess.ALONE).precision());
        GeneratedType type = of(network);
        Imports imports = new Imports(type);
        Set<String> methods = new LinkedHashSet<>();
        for (Routine step : program.allSteps().toList()) {
            Program.vectorCalls(step.body()).forEach(call -> {
                if (call instanceof Statement.LoopNest nest) {
                    imports.addFunctions(JavaFunctions.calledBy(List.of(nest.loop()), numbers));
                    methods.add(method(nest, storage.apply(step.access()), step.access()));
                } else if (call instanceof Statement.Kernel kernel) {
                    methods.add(VectorKernels.method(kernel.function()));
                } else if (call instanceof Statement.VectorKernelRows rows) {
                    methods.add(VectorKernels.rows(rows.kernel().function()));
                } else if (call instanceof Statement.Rows rows) {
                    methods.add(sums(rows, numbers));
                }
            });
        }
        int lanes = numbers == JavaNumbers.FLOAT ? 2 * LANES_AT_MOST : LANES_AT_MOST;
        String all = String.join("", methods);
        String text = CLASS.replace("METHODS", all)
                .replace("CONSTANTS", all.contains("(ONE, ") ? ONE : "")
                .replace("NOTHING", numbers.literal(-0.0))
                .replace("BOXED", numbers.boxed())
                .replace("NUMBER", numbers.type().getName())
                .replace("AT_MOST", Integer.toString(lanes));
        String code = imports.addAllOf(text, VectorClass::qualified);
        String named = CLASS_NAME
                .matcher(code)
                .replaceAll(match ->
                        Matcher.quoteReplacement(match.group().equals("VECTORS") ? type.name() : type.declaredName()));
        return methods.isEmpty()
                ? Optional.empty()
                : Optional.of(SourceText.inAscii(SourceText.linked(type, imports.file(named))));
    }

    private static String sums(Statement.Rows rows, JavaNumbers numbers) {
        int together = Math.min(rows.rows(), ROWS_TOGETHER);
        int last = rows.rows() - 1;
        int terms = rows.sum().over().size();
        String parameters = "NUMBER[] w, int w0, NUMBER[] x, int x0, NUMBER start, NUMBER[] y, int y0, NUMBER[] parts"
                .replace("NUMBER", numbers.type().getName());
        return SUMS.replace("SIGNATURE", signature(rows.name(), parameters))
                .replace(
                        "BEGIN",
                        eachRow(1, together, "            final int %1$s = Math.min(j + %2$d, " + last + ");")
                                + eachRow(0, together, "            BOXEDVector sums_%1$s = first;")
                                + eachRow(0, together, "            BOXEDVector sums4_%1$s = nothing;"))
                .replace("ADD_FOUR", eachRow(0, together, addition("                    ", "4", " + 4")))
                .replace("ADD", eachRow(0, together, addition("                ", "", "")))
                .replace("SUM_FOUR", eachRow(0, together, SUM_OF_FOUR))
                .replace("STORE", eachRow(0, together, "                sums_%1$s.intoArray(parts, 8 * %1$s);"))
                .replace("REST", numbers == JavaNumbers.FLOAT ? REST : "")
                .replace("ROWS", Integer.toString(rows.rows()))
                .replace("TERMS", Integer.toString(terms))
                .replace("LAST", Integer.toString(terms - PartialSums.PARTS))
                .replace("TOGETHER", Integer.toString(together));
    }

    private static String addition(String indent, String number, String offset) {
        String weight = "w_%1$s_k" + number;
        String sum = "sums" + number + "_%1$s";
        return indent + "final BOXEDVector " + weight + " = BOXEDVector.fromArray(SPECIES, w, w0 + TERMS * %1$s + k"
                + offset + ");\n" + indent + sum + " = " + weight + ".fma(x_k" + number + ", " + sum + ");";
    }

    /** Lines for each row of a turn: of its name, j or j1, and its number. */
    private static String eachRow(int first, int together, String line) {
        return IntStream.range(first, together)
                .mapToObj(number -> line.formatted(number == 0 ? "j" : "j" + number, number) + "\n")
                .collect(Collectors.joining());
    }

    private static String qualified(String type) {
        return switch (type) {
            case "FloatKernels", "Kernels" -> "dev.chainrule.runtime." + type;
            default -> (type.contains("Vector") ? "jdk.incubator.vector." : "java.lang.") + type;
        };
    }

    private static String method(Statement.LoopNest nest, Storage storage, RecordAccess access) {
        String parameters = JavaMethodRenderer.parameters(nest, storage, access).entrySet().stream()
                .map(parameter -> parameter.getValue().getSimpleName() + " " + parameter.getKey())
                .collect(Collectors.joining(", "));
        String lines = JavaMethodRenderer.lines(nest, storage, access).stream()
                .map(line -> "        " + line + "\n")
                .collect(Collectors.joining());
        return "\n    /** {@code " + TextRenderer.equation(nest.equation()) + "}"
                + (nest.isInBlock() ? ", for a block of records" : "") + ". */\n" + signature(nest.name(), parameters)
                + lines
                + "    }\n";
    }

    private static String signature(String name, String parameters) {
        String start = "    static void " + name + "(";
        String rest = parameters + ") {\n";
        return start + (start.length() + rest.length() > ClassFrame.WIDTH + 1 ? "\n            " : "") + rest;
    }
}
