package dev.chainrule.processor.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as JSON, in ASCII, that can stand in a script of a page. */
final class Json {
    private Json() {}

    /** An object of names and values, in this order. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return object;
    }

    /** A map with keys of text, a list, a text, a number or a boolean. */
    static String of(Object value) {
        StringBuilder json = new StringBuilder();
        append(json, value);
        return json.toString();
    }

    private static void append(StringBuilder json, Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.append(separator);
                text(json, entry.getKey().toString());
                append(json.append(':'), entry.getValue());
                separator = ",\n";
            }
            json.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                append(json.append(separator), element);
                separator = ",";
            }
            json.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            text(json, value.toString());
        }
    }

    /** {@code <} is escaped, as it could end the script. */
    private static void text(StringBuilder json, String text) {
        json.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '<' || c == '"' || c == '\\') {
                json.append(text.substring(from, i)).append(escaped(c));
                from = i + 1;
            }
        }
        json.append(text.substring(from)).append('"');
    }

    private static String escaped(char c) {
        if (c == '<') {
            return "\\u003c"; // by far the most, as equations are full of them
        } else if (c == '"' || c == '\\') {
            return "\\" + c;
        }
        String digits = Integer.toHexString(c);
        return "\\u" + "0".repeat(4 - digits.length()) + digits;
    }
}
