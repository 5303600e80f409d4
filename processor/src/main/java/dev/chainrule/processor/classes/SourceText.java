package dev.chainrule.processor.classes;

import com.palantir.javapoet.JavaFile;
import dev.chainrule.processor.network.GeneratedType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a Java file, the same whatever the compiler's encoding. */
public final class SourceText {
    private SourceText() {}

    /** The file's text in the formatter's layout, with characters outside ASCII as Unicode escapes: any encoding can write and read it. */
    public static String of(GeneratedType type, JavaFile file) {
        return inAscii(linked(type, Layout.of(file.toString())));
    }

    /** The text with its link to the declaring type, unless the link would lead to another type, which is imported. */
    static String linked(GeneratedType type, String text) {
        String name = type.declaredName();
        String outermost = name.replaceFirst("\\..*", "");
        // Hardly any file imports one, and the pattern tries every place of a text that may be megabytes long
        if (!text.contains("." + outermost + ";")) {
            return text;
        }
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
        // Nearly every text is, and whole arrays are faster copied and compared than characters looked at
        if (text.equals(new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII))) {
            return text;
        }
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
