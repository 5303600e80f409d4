package dev.chainrule.processor.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A class of the runtime as text, cut into its members. It is formatted by the project's formatter, so that a member begins and
 * ends where the indentation says.
 */
final class KernelSource {
    private static final Pattern STATIC_IMPORT =
            Pattern.compile("(?m)^import static dev\\.chainrule\\.runtime\\.(\\w+)\\.(\\w+);$");

    /** The first line of a static member, from its name on. */
    private static final Pattern SIGNATURE =
            Pattern.compile("(?m)^    (?:public |private )?static (?:final )?[\\w\\[\\]]+ (\\w+)(\\(| =)");

    private final String name;
    private final Map<String, String> imports = new LinkedHashMap<>();

    /** The texts by name; a method's says how many parameters it has, {@code exp(2)}. */
    private final Map<String, String> members = new LinkedHashMap<>();

    private KernelSource(String name, String text) {
        this.name = name;
        Matcher imported = STATIC_IMPORT.matcher(text);
        while (imported.find()) {
            imports.put(imported.group(2), imported.group(1));
        }
        for (String member : text.substring(text.indexOf("{\n") + 2).split("\n\n(?=    [^ ])|\n}\n?$")) {
            Matcher signature = SIGNATURE.matcher(member);
            if (signature.find()) {
                boolean isMethod = signature.group(2).equals("(");
                String key = isMethod ? method(signature.group(1), member, signature.end()) : signature.group(1);
                members.put(key, member.replaceFirst("^\n+", "").stripTrailing());
            }
        }
    }

    /** The source of a class of the runtime, if it is one. */
    static Optional<KernelSource> of(String className) {
        try (InputStream stream = KernelSource.class.getResourceAsStream("source/" + className + ".java")) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(
                            new KernelSource(className, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How a method is told from others of its name.
     *
     * @param arguments where in the text its parameters, or the arguments of a call, begin
     */
    static String method(String name, String text, int arguments) {
        int count = 1;
        int depth = 1;
        for (int i = arguments; depth > 0; i++) {
            switch (text.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> count += depth == 1 ? 1 : 0;
                default -> {}
            }
        }
        return name + "(" + count + ")";
    }

    String name() {
        return name;
    }

    /** The methods of a name. */
    Stream<String> methods(String method) {
        return members.keySet().stream().filter(member -> member.startsWith(method + "("));
    }

    /** Whether it has such a member. */
    boolean has(String member) {
        return members.containsKey(member);
    }

    /** The text of a member. */
    String member(String member) {
        return members.get(member);
    }

    /** The class that a name is imported from. */
    Optional<String> importedFrom(String member) {
        return Optional.ofNullable(imports.get(member));
    }
}
