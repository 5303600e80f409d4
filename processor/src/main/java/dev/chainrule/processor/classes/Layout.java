package dev.chainrule.processor.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JavaPoet's text in the formatter's layout. It goes through the lines once, for a text may be megabytes long. */
final class Layout {
    /** JavaPoet breaks the parameters of a method at 100 columns; this is the formatter's limit. */
    private static final int LONGEST_LINE = 120;

    private static final Pattern LAST_PARAMETERS = Pattern.compile(" +[\\w\\[\\] ,]*\\) \\{");

    private static final Pattern METHOD = Pattern.compile("( {4}\\w[^(]*\\()(.*)");

    private static final Pattern FIELD = Pattern.compile(" {4}private (?!static)[^()]*;");

    private final List<String> lines = new ArrayList<>();

    private Layout() {}

    static String of(String text) {
        Layout layout = new Layout();
        text.lines().forEach(line -> layout.add(line.endsWith(" ") ? line.stripTrailing() : line));
        return String.join("\n", layout.lines) + "\n";
    }

    private void add(String line) {
        if (line.endsWith(") {")) {
            addHead(line);
        } else if (line.endsWith(" }")
                && last(1).endsWith(") {")
                && line.strip().length() == 1) {
            lines.add(removeLast() + "}");
        } else if (line.endsWith(" */") && last(2).endsWith("/**") && last(1).contains(" * ")) {
            String words = removeLast().strip().substring(1);
            lines.add(removeLast() + words + " */");
        } else if (isField(line) && last(1).isEmpty() && isField(last(2))) {
            removeLast();
            lines.add(line);
        } else {
            lines.add(line);
        }
    }

    /** The first line of a method, or of a statement with a block: parameters stand on it, or all on one of their own. */
    private void addHead(String line) {
        String head = line;
        while (isBroken(last(1)) && LAST_PARAMETERS.matcher(head).matches()) {
            String before = removeLast();
            head = before + (before.endsWith(",") ? " " : "") + head.stripLeading();
        }
        Matcher method = METHOD.matcher(head);
        if (head.length() > LONGEST_LINE && method.matches()) {
            lines.add(method.group(1));
            lines.add(" ".repeat(12) + method.group(2));
        } else {
            lines.add(head);
        }
    }

    private static boolean isBroken(String line) {
        return line.endsWith(",") || line.endsWith("(");
    }

    /** A field that is not static and has no comment of its own. */
    private static boolean isField(String line) {
        return line.startsWith("    private ") && FIELD.matcher(line).matches();
    }

    /** The line so many before the one that is added. */
    private String last(int before) {
        return before <= lines.size() ? lines.get(lines.size() - before) : "";
    }

    private String removeLast() {
        return lines.remove(lines.size() - 1);
    }
}
