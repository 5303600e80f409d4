package dev.chainrule.processor.resources;

import java.util.List;
import java.util.stream.Collectors;

/** Text of files and declarations as messages show it: printable, on one line, and not too long. */
public final class Quoted {
    /** A file can hold names of megabytes. */
    private static final int LONGEST = 200;

    /** As many stand in a list. */
    private static final int MOST = 10;

    private Quoted() {}

    /** A text in quotes. */
    public static String of(String text) {
        return "\"" + plain(text) + "\"";
    }

    /** A text without quotes. */
    public static String plain(String text) {
        return printable(text, LONGEST);
    }

    /** Texts in quotes, separated by commas: the first few of many. */
    public static String of(List<String> texts) {
        return texts.stream().limit(MOST).map(Quoted::of).collect(Collectors.joining(", "))
                + (texts.size() > MOST ? " and " + (texts.size() - MOST) + " more" : "");
    }

    /** A text with all but ASCII as escapes, cut where it is longer. */
    public static String printable(String text, int longest) {
        StringBuilder printable = new StringBuilder();
        text.chars().limit(longest).forEach(c -> {
            if (c >= ' ' && c < 127) {
                printable.append((char) c);
            } else {
                printable.append(String.format("\\u%04x", c));
            }
        });
        return printable.append(text.length() > longest ? "..." : "").toString();
    }
}
