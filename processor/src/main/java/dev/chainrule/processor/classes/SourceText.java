package dev.chainrule.processor.classes;

import com.palantir.javapoet.JavaFile;
import dev.chainrule.processor.network.GeneratedType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a Java file, the same whatever the compiler's encoding. */
public final class SourceText {
    private SourceText() {}

    /** JavaPoet breaks the parameters of a method at 100 columns; the formatter's limit is 120. */
    private static final Pattern BROKEN_PARAMETERS = Pattern.compile("([,(])\n +(?=[\\w\\[\\] ,\n]*\\) \\{\n)");

    /** The parameters of a method whose first line is longer than the formatter's limit stand on one of their own. */
    private static final Pattern LONG_PARAMETERS = Pattern.compile("\n(?=.{121})(    \\w[^(\n]*\\()(.*\\) \\{)(?=\n)");

    /** Fields without a comment of their own; JavaPoet puts an empty line after each. */
    private static final Pattern FIELD =
            Pattern.compile("\n(    private (?!static)[^()\n]*;)\n(?=\n    private (?!static)[^()\n]*;\n)");

    private static final Pattern ONE_LINE_COMMENT = Pattern.compile("/\\*\\*\n +\\* ([^\n]*)\n +\\*/");

    private static final Pattern EMPTY_BODY = Pattern.compile("\\) \\{\n +(?=\\}\n)");

    private static final Pattern TRAILING_SPACE = Pattern.compile("(?<! ) ++(?=\n)");

    /** The file's text, with characters outside ASCII as Unicode escapes: any encoding can write and read it. */
    public static String of(GeneratedType type, JavaFile file) {
        String text = file.toString();
        text = BROKEN_PARAMETERS
                .matcher(text)
                .replaceAll(broken -> broken.group(1).equals(",") ? ", " : "(");
        text = LONG_PARAMETERS.matcher(text).replaceAll("\n$1\n            $2");
        text = FIELD.matcher(text).replaceAll("\n$1");
        text = EMPTY_BODY.matcher(text).replaceAll(") {");
        text = ONE_LINE_COMMENT.matcher(text).replaceAll("/** $1 */");
        if (text.contains(" \n")) {
            text = TRAILING_SPACE.matcher(text).replaceAll("");
        }
        return inAscii(linked(type, text));
    }

    /** The text with its link to the declaring type, unless the link would lead to another type, which is imported. */
    static String linked(GeneratedType type, String text) {
        String name = type.declaredName();
        String outermost = name.replaceFirst("\\..*", "");
        return Pattern.compile("(?m)^import [\\w.]+\\." + Pattern.quote(outermost) + ";$")
                        .matcher(text)
                        .find()
                ? text.replace("{@link " + name + "}", "{@code " + name + "}")
                : text;
    }

    /**
     * The first part of the qualified name of a type that has the class's own simple name, if the class names one: it cannot be
     * imported.
     *
     * @param text the file of the class
     */
    public static Optional<String> packageInCode(GeneratedType type, String text) {
        // Hardly any class names one, and the pattern tries every word of a text that may be megabytes long
        if (!text.contains("." + type.name())) {
            return Optional.empty();
        }
        Matcher matcher = Pattern.compile(
                        "(?<!import static |[\\w.])(\\w+)(\\.\\w+)*\\." + Pattern.quote(type.name()) + "\\b")
                .matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static String inAscii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128) {
                ascii.append(c);
            } else {
                ascii.append("\\u");
                String digits = Integer.toHexString(c);
                ascii.append("0".repeat(4 - digits.length())).append(digits);
            }
        }
        return ascii.toString();
    }
}
