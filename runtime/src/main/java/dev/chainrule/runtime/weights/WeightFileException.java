package dev.chainrule.runtime.weights;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file that is not what was expected: not of the safetensors format, damaged, or of another network. The message names the
 * file, the tensor where there is one at fault, what was found and what was expected.
 */
public final class WeightFileException extends IOException {
    private static final long serialVersionUID = 1;

    /** Text of a file that a message shows at most: a file can hold names of megabytes. */
    private static final int LONGEST_QUOTE = 200;

    /** Dimensions that a message shows at most. */
    private static final int MOST_DIMENSIONS = 8;

    /**
     * A problem of a file, in the form {@code what was found; expected what}.
     *
     * @param file its name
     * @param problem what was found and what was expected
     */
    public WeightFileException(String file, String problem) {
        super(file + ": " + problem);
    }

    /** Text of a file as a message shows it: printable, on one line, not too long. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().limit(LONGEST_QUOTE).forEach(c -> {
            if (c >= ' ' && c < 127) {
                quoted.append((char) c);
            } else {
                quoted.append(String.format("\\u%04x", c));
            }
        });
        return quoted.append(text.length() > LONGEST_QUOTE ? "...\"" : "\"").toString();
    }

    /** A shape as a message shows it. */
    static String quoted(List<Long> shape) {
        return shape.stream().limit(MOST_DIMENSIONS).map(String::valueOf).collect(Collectors.joining(", ", "[", ""))
                + (shape.size() > MOST_DIMENSIONS ? ", ...]" : "]");
    }
}
