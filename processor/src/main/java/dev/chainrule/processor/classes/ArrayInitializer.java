package dev.chainrule.processor.classes;

import java.util.List;

/** The value of an array field, on one line where it fits, and otherwise filling lines as the formatter does. */
final class ArrayInitializer {
    private static final int WIDTH = 120;
    private static final String INDENT = "        ";

    private ArrayInitializer() {}

    /** {@code declaration} is what stands before the value, for its length. */
    static String of(String declaration, List<String> values) {
        String together = "{" + String.join(", ", values) + "}";
        if (declaration.length() + together.length() + ";".length() <= WIDTH) {
            return together;
        }
        StringBuilder lines = new StringBuilder("{\n");
        StringBuilder line = new StringBuilder(INDENT);
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i) + (i == values.size() - 1 ? "" : ",");
            boolean isFirst = line.length() == INDENT.length();
            if (!isFirst && line.length() + 1 + value.length() > WIDTH) {
                lines.append(line.substring(4)).append('\n');
                line = new StringBuilder(INDENT);
                isFirst = true;
            }
            line.append(isFirst ? "" : " ").append(value);
        }
        return lines.append(line.substring(4)).append("\n}").toString();
    }
}
