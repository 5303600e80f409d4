package dev.chainrule.processor.classes;

import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.kernels.KernelMembers;
import dev.chainrule.processor.network.GeneratedType;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The text of a class with the functions that it imports, of the runtime and at will Math.fma, as members of its own. */
public final class StandaloneText {
    /** A function of the runtime that computes, with the name of its class. */
    private static final Pattern FUNCTION = Pattern.compile("dev\\.chainrule\\.runtime\\.((?!Shapes\\.)\\w+\\.\\w+)");

    private static final Pattern FMA = Pattern.compile("java\\.lang\\.(Math\\.fma)");

    /** Doubles a line of a table's text. */
    private static final int LINE = 9;

    private static final String DECODE = """

                /** Puts numbers where they stand in a table; the text is Base64 of doubles, big-endian. */
                private static void decodeTable(double[] table, int from, String text) {
                    final ByteBuffer bytes = ByteBuffer.wrap(Base64.getMimeDecoder().decode(text));
                    for (int i = from; bytes.hasRemaining(); i++) {
                        table[i] = bytes.getDouble();
                    }
                }
            """;

    private StandaloneText() {}

    /**
     * The class by itself: what it names of the runtime are functions, by static imports.
     *
     * @param text the file of the class
     */
    public static String of(GeneratedType type, String text) {
        Imports imports = new Imports(type);
        String classText = imports.addAll(text);
        return with(type, imports, classText, imports.remove(FUNCTION), Map.of());
    }

    /**
     * The class without Math.fma: with a function of the same bits in its place, and with the functions of the runtime, which
     * call that in their turn. What checks arguments is of the runtime still.
     *
     * @param text the file of the class
     */
    public static String withExactFma(GeneratedType type, String text, JavaNumbers numbers) {
        Imports imports = new Imports(type);
        String classText = imports.addAll(text);
        Set<String> functions = imports.remove(FUNCTION);
        if (!imports.remove(FMA).isEmpty()) {
            functions.add(numbers.exactFma() + ".fma");
        }
        return with(type, imports, classText, functions, Map.of("Math.fma", numbers.exactFma()));
    }

    private static String with(
            GeneratedType type, Imports imports, String classText, Set<String> functions, Map<String, String> instead) {
        KernelMembers kernels = KernelMembers.of(functions, instead);
        StringBuilder members = new StringBuilder();
        kernels.tables().forEach((name, table) -> table(members, name, table));
        if (!kernels.tables().isEmpty()) {
            members.append(imports.addAllOf(DECODE, StandaloneText::qualified));
        }
        for (String member : kernels.texts()) {
            members.append('\n')
                    .append(imports.addAllOf(member, StandaloneText::qualified))
                    .append('\n');
        }
        String opened = classText.substring(0, classText.lastIndexOf('}'));
        return SourceText.linked(type, imports.file(opened + SourceText.inAscii(members.toString()) + "}\n"));
    }

    /** An array, and what fills it: of a table, the lines that are not zeros alone. */
    private static void table(StringBuilder members, String name, double[] table) {
        members.append("\n    private static final double[] %s = new double[%s];\n\n    static {\n"
                .formatted(name, table.length));
        int from = 0;
        while (from < table.length) {
            int to = from;
            while (to < table.length && !isZero(table, to)) {
                to = Math.min(to + LINE, table.length);
            }
            if (to > from) {
                String block = EncodedParameters.textBlock(EncodedParameters.encoded(table, from, to, false));
                members.append(
                        "        decodeTable(%s, %s, %s);\n".formatted(name, from, block.replace("\n", "\n        ")));
            }
            from = Math.max(to, from + LINE);
        }
        members.append("    }\n");
    }

    private static boolean isZero(double[] table, int from) {
        for (int i = from; i < Math.min(from + LINE, table.length); i++) {
            if (Double.doubleToRawLongBits(table[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String qualified(String type) {
        return switch (type) {
            case "Base64" -> "java.util.Base64";
            case "ByteBuffer" -> "java.nio.ByteBuffer";
            default -> "java.lang." + type;
        };
    }
}
