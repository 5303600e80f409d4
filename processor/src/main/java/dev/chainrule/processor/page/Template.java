package dev.chainrule.processor.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The files that pages are made of, and how their places are filled. */
final class Template {
    /** The style of all pages. */
    static final String STYLE = stripped("page.css");

    private Template() {}

    /** The template with a part in the place of each <code>{{name}}</code>. */
    static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder(1 << 18);
        int from = 0;
        for (int start = template.indexOf("{{"); start >= 0; start = template.indexOf("{{", from)) {
            int end = template.indexOf("}}", start);
            page.append(template.substring(from, start)).append(parts.get(template.substring(start + 2, end)));
            from = end + 2;
        }
        return page.append(template.substring(from)).toString();
    }

    /** Several scripts, one after the other. */
    static String scripts(List<String> names) {
        return names.stream().map(Template::script).collect(Collectors.joining());
    }

    /** Without comments, which only their authors read. */
    static String script(String name) {
        return stripped(name, line -> !isComment(line));
    }

    /** Without indents and empty lines, which only authors read: with comments, they are a quarter of the text. */
    static String stripped(String name) {
        return stripped(name, line -> true);
    }

    private static String stripped(String name, Predicate<String> isKept) {
        return resource(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && isKept.test(line))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isComment(String line) {
        return line.startsWith("//") || line.startsWith("/*") || line.startsWith("*");
    }

    /** What is in ASCII is in Latin-1 as well, as which strings take bytes in as they are. */
    static String resource(String name) {
        try (InputStream stream = Template.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Doubles, big-endian, in Base64. */
    static String encoded(double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
        for (double number : numbers) {
            bytes.putDouble(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
