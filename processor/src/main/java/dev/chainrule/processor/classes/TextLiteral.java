package dev.chainrule.processor.classes;

/** A text as the value that a method returns, on one line where it fits, and otherwise line by line as the formatter has it. */
final class TextLiteral {
    /** The text that a line holds between {@code + "} and {@code ";}, indented by 16. */
    private static final int WIDTH = 120 - 16 - 3 - 2;

    private TextLiteral() {}

    /** {@code text} has a topology, which is broken between layers, and no character that needs an escape. */
    static String of(String text) {
        StringBuilder literal = new StringBuilder("\"");
        int length = 0;
        for (String part : text.split("(?=-)|(?= [A-Z])")) {
            if (length + part.length() > WIDTH) {
                literal.append("\"\n+ \"");
                length = 0;
            }
            literal.append(part);
            length += part.length();
        }
        return literal.append('"').toString();
    }
}
