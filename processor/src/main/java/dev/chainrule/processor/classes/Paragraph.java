package dev.chainrule.processor.classes;

/** Text broken into lines for a method's comment. */
final class Paragraph {
    private static final int WIDTH = 110;

    private Paragraph() {}

    static String of(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split(" ")) {
            boolean breaks = length + 1 + word.length() > WIDTH;
            if (length > 0) {
                lines.append(breaks ? "\n" : " ");
            }
            lines.append(word);
            length = breaks ? word.length() : length + 1 + word.length();
        }
        return lines.toString();
    }
}
