package dev.chainrule.processor.writing;

import dev.chainrule.processor.kernels.KernelMembers;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a class with the functions of the runtime that it imports as members of its own. */
public final class StandaloneText {
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import static dev\\.chainrule\\.runtime\\.(\\w+\\.\\w+);\n");

    /** Empty lines that are left where there was nothing but such imports. */
    private static final Pattern NO_IMPORTS = Pattern.compile("\n\n\n+(?=import |/\\*\\*)");

    /** Doubles a line of a table's text. */
    private static final int LINE = 9;

    private static final String DECODE = """

                /** Puts numbers where they stand in a table; the text is Base64 of doubles, big-endian. */
                private static void decodeTable(double[] table, int from, String text) {
                    final java.nio.ByteBuffer bytes =
                            java.nio.ByteBuffer.wrap(java.util.Base64.getMimeDecoder().decode(text));
                    for (int i = from; bytes.hasRemaining(); i++) {
                        table[i] = bytes.getDouble();
                    }
                }
            """;

    private StandaloneText() {}

    /**
     * The class by itself.
     *
     * @param text a class that names nothing of the runtime but functions, by static imports
     * @param shadowed the simple names of {@code java.lang} that its package gives another meaning
     */
    public static String of(String text, Set<String> shadowed) {
        Set<String> functions = new LinkedHashSet<>();
        Matcher imports = IMPORT.matcher(text);
        while (imports.find()) {
            functions.add(imports.group(1));
        }
        KernelMembers kernels = KernelMembers.of(functions);
        StringBuilder members = new StringBuilder();
        kernels.tables().forEach((name, table) -> table(members, name, table));
        if (!kernels.tables().isEmpty()) {
            members.append(qualified(DECODE, shadowed));
        }
        for (String member : kernels.texts()) {
            members.append('\n').append(qualified(member, shadowed)).append('\n');
        }
        String without = NO_IMPORTS.matcher(imports.replaceAll("")).replaceAll("\n\n");
        return without.substring(0, without.lastIndexOf('}')) + SourceText.inAscii(members.toString()) + "}\n";
    }

    /** An array, and what fills it: of a table, the lines that are not zeros alone. */
    private static void table(StringBuilder members, String name, double[] table) {
        members.append("\n    private static final double[] %s = new double[%d];\n\n    static {\n"
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
                        "        decodeTable(%s, %d, %s);\n".formatted(name, from, block.replace("\n", "\n        ")));
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

    private static String qualified(String member, Set<String> shadowed) {
        String text = member;
        for (String name : shadowed) {
            text = text.replaceAll("(?<![\\w.])" + name + "(?=[. ])", "java.lang." + name);
        }
        return text;
    }
}
