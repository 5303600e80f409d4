package dev.chainrule.processor.classes;

import java.util.List;

/** The value of an array field as the formatter has it: on one line, or one of its own where it fits, or an element a line. */
final class ArrayInitializer {
    private ArrayInitializer() {}

    /** {@code declaration} is what stands before the value, for its length. */
    static String of(String declaration, List<String> values) {
        String together = String.join(", ", values);
        if (declaration.length() + "{};".length() + together.length() <= ClassFrame.WIDTH) {
            return "{" + together + "}";
        }
        boolean fitsALine = "        ".length() + together.length() <= ClassFrame.WIDTH;
        return "{\n    " + (fitsALine ? together : String.join(",\n    ", values)) + "\n}";
    }
}
