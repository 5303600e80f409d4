package dev.chainrule.processor.classes;

import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Statement.VectorCall;
import dev.chainrule.processor.code.VectorMethod;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.schedule.Limits;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The class beside a network's that holds its vector instructions, apart because not every JVM can load it. */
public final class VectorClass {
    /** The lanes of the widest vectors that the class uses. */
    static final int LANES_AT_MOST = 8;

    /**
     * How many units, or rows of a gradient, a turn deals with in a block, and how many vectors of each: eight sums hide the
     * latency of an addition, with fewer loads than additions; twice as many take the JIT compiler seconds.
     */
    private static final int UNITS_A_TURN = 4;

    private static final int VECTORS_WITH_UNITS = 2;

    private static final Pattern CLASS_NAME = Pattern.compile("\\b(VECTORS|NETWORK)\\b");

    private VectorClass() {}

    /** Its name: that of the network's class, then Vector. */
    public static GeneratedType of(GeneratedType network) {
        return new GeneratedType(network.packageName(), network.name() + "Vector", network.name(), false, false);
    }

    /** Its text: a method for each size that the program calls. */
    public static String text(GeneratedType type, Program program, JavaNumbers numbers) {
        List<VectorCall> calls = program.vectorCalls().toList();
        String methods =
                calls.stream().map(call -> method(call, numbers)).distinct().collect(Collectors.joining());
        List<VectorMethod> kernels = calls.stream()
                .map(VectorCall::method)
                .filter(VectorMethod::isKernel)
                .distinct()
                .toList();
        String text = VectorTemplates.CLASS
                .replace("FIELDS\n", numbers == JavaNumbers.FLOAT ? "\n" : fields(kernels))
                .replace("METHODS\n", methods + "\n");
        Imports imports = new Imports(type);
        String code = imports.addAllOf(numbers == JavaNumbers.FLOAT ? inFloat(text) : text, VectorClass::qualified);
        String named = CLASS_NAME
                .matcher(code)
                .replaceAll(match ->
                        Matcher.quoteReplacement(match.group().equals("VECTORS") ? type.name() : type.declaredName()));
        return SourceText.inAscii(SourceText.linked(type, imports.file(named)));
    }

    /** What is written for double, with twice the lanes. */
    private static String inFloat(String text) {
        return text.replace("double", "float")
                .replace("Double", "Float")
                .replace("length() <= 8", "length() <= 16")
                .replace("up to eight lanes", "up to sixteen lanes");
    }

    private static String qualified(String type) {
        return switch (type) {
            case "FloatKernels", "Kernels", "KernelTables" -> "dev.chainrule.runtime." + type;
            default -> (type.contains("Vector") ? "jdk.incubator.vector." : "java.lang.") + type;
        };
    }

    private static String fields(List<VectorMethod> kernels) {
        // On a processor whose vectors have a single lane they are not used, but there has to be a shape of that width
        String shape = "\n    /** Half as wide, and no narrower than any shape: the places of nodes, as integers. */\n"
                + "    private static final VectorSpecies<Integer> ROWS =\n"
                + "            VectorSpecies.of(int.class, VectorShape.forBitSize(Math.max(64, Integer.SIZE * LANES)));\n";
        return kernels.isEmpty()
                ? "\n"
                : shape
                        + kernels.stream()
                                .map(kernel -> "\n    private static final double[] " + table(kernel)
                                        + " = KernelTables." + kernel.text() + "();\n")
                                .collect(Collectors.joining("", "", "\n"));
    }

    private static String table(VectorMethod kernel) {
        return kernel.text().toUpperCase(Locale.ROOT) + "_NODES";
    }

    private static String method(VectorCall call, JavaNumbers numbers) {
        VectorMethod method = call.method();
        List<Integer> sizes = call.sizes();
        String text = switch (method) {
            case SUMS -> sized(filled(VectorTemplates.SUMS, vectors(sizes.get(1), numbers)), sizes);
            case GRADIENT -> sized(filled(VectorTemplates.GRADIENT, vectors(sizes.get(1), numbers)), sizes);
            case BLOCK_SUMS -> blockSums("z_j_r += sum_k a_k_r * w_k_j", "SUMS * t + i~", sizes);
            case BLOCK_SUMS_BACK -> blockSums("z_k_r += sum_j a_j_r * w_k_j", "TERMS * i~ + t", sizes);
            case BLOCK_GRADIENT -> sized(filled(VectorTemplates.BLOCK_GRADIENT, VECTORS_WITH_UNITS), sizes);
            case RECTIFIER -> VectorTemplates.RECTIFIER;
            case TIMES_IF_POSITIVE -> VectorTemplates.TIMES_IF_POSITIVE;
            case SIGMOID -> numbers == JavaNumbers.FLOAT ? FloatVectorTemplates.SIGMOID : sigmoid();
            case TANH -> numbers == JavaNumbers.FLOAT ? FloatVectorTemplates.TANH : tanh();
        };
        return text.replace("TABLE", table(method))
                .replace("NAME", call.name())
                .replace("BLOCK", Integer.toString(Limits.BLOCK_RECORDS))
                .replace("UNITS_A_TURN", Integer.toString(UNITS_A_TURN));
    }

    private static String sigmoid() {
        return VectorTemplates.KERNEL
                .replace("LIMIT", "37.5")
                .replace("NODES_PER_UNIT", "0.5 * (1024.0 / 65)")
                .replace("DISTANCE", "x.mul(0.5)")
                .replace("SLOPE", "value.mul(2).mul(one.sub(value).sub(low))")
                .replace("DIVISOR", "value.fma(2, -1)");
    }

    private static String tanh() {
        return VectorTemplates.KERNEL
                .replace("LIMIT", "19.1")
                .replace("NODES_PER_UNIT", "1024.0 / 65")
                .replace("DISTANCE", "x")
                .replace("SLOPE", "value.mul(-2).fma(low, value.neg().fma(value, one))")
                .replace("DIVISOR", "value");
    }

    private static String blockSums(String sum, String weight, List<Integer> sizes) {
        return filled(
                        VectorTemplates.BLOCK_SUMS
                                .replace("SUM ", "{@code " + sum + "} ")
                                .replace("WEIGHT", weight),
                        VECTORS_WITH_UNITS)
                .replace("TERMS", sizes.get(0).toString())
                .replace("SUMS", sizes.get(1).toString());
    }

    private static String sized(String text, List<Integer> sizes) {
        return text.replace("INPUTS", sizes.get(0).toString())
                .replaceAll("UNITS(?!_A_TURN)", sizes.get(1).toString());
    }

    /** How many vectors a turn deals with, so that their chains of additions hide each other's latency. */
    private static int vectors(int units, JavaNumbers numbers) {
        int inDouble = numbers == JavaNumbers.FLOAT ? (units + 1) / 2 : units;
        return inDouble > 32 ? 8 : inDouble > 16 ? 4 : 2;
    }

    private static String filled(String template, int vectors) {
        return template.lines()
                .flatMap(line -> forEach(VectorTemplates.FOR_EACH_UNIT, "~", UNITS_A_TURN, "", line))
                .flatMap(line -> forEach(VectorTemplates.FOR_EACH_VECTOR, "#", vectors, " * LANES", line))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .replace("VECTORS_A_TURN", Integer.toString(vectors));
    }

    /** A line, or if it begins with a marker one for each number. */
    private static Stream<String> forEach(String marker, String place, int count, String factor, String line) {
        if (!line.startsWith(marker)) {
            return Stream.of(line);
        }
        String rest = line.substring(marker.length());
        String indented = rest.startsWith(VectorTemplates.FOR_EACH_VECTOR)
                ? VectorTemplates.FOR_EACH_VECTOR + " " + rest.substring(1)
                : " " + rest;
        return IntStream.range(0, count)
                .mapToObj(number -> indented.replace(
                                " + " + place + factor,
                                number == 0
                                        ? ""
                                        : " + " + (number == 1 && !factor.isEmpty() ? "LANES" : number + factor))
                        .replace(place, Integer.toString(number)));
    }
}
