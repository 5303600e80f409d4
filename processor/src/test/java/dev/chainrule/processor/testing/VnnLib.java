package dev.chainrule.processor.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A property as VNN-LIB has it, as the texts of an {@code @Ensure}: bounds of inputs, and an unsafe set of outputs, all of whose
 * inequalities would have to hold.
 */
public record VnnLib(String when, String then) {
    private static final Pattern ASSERTION =
            Pattern.compile("^\\(assert \\((<=|>=) (\\S+) (\\S+?)\\)\\)", Pattern.MULTILINE);
    private static final Map<String, String> NEGATED = Map.of("<=", ">", ">=", "<");

    /** Reads a file. */
    public static VnnLib read(Path file) throws IOException {
        List<String> when = new ArrayList<>();
        List<String> then = new ArrayList<>();
        Matcher matcher = ASSERTION.matcher(Files.readString(file));
        while (matcher.find()) {
            String left = matcher.group(2).toLowerCase(java.util.Locale.ROOT);
            String right = matcher.group(3).toLowerCase(java.util.Locale.ROOT);
            if (left.startsWith("x")) {
                when.add(left + " " + matcher.group(1) + " " + right);
            } else {
                then.add(left + " " + NEGATED.get(matcher.group(1)) + " " + right);
            }
        }
        return new VnnLib(String.join(" && ", when), String.join(" || ", then));
    }
}
