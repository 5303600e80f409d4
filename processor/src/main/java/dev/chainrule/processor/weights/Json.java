package dev.chainrule.processor.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a text in JSON: objects as maps, arrays as lists, and numbers as doubles. */
final class Json {
    /** Deeper ones are none of a model. */
    private static final int DEEPEST = 64;

    private final String text;
    private int place;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** The value of a text; null for null. */
    static Object read(String text) throws JsonException {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.place < text.length()) {
            throw json.unexpected("the end");
        }
        return value;
    }

    private Object value() throws JsonException {
        space();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() throws JsonException {
        Map<String, Object> object = new LinkedHashMap<>();
        open();
        while (!closes('}', object.isEmpty())) {
            space();
            if (peek() != '"') {
                throw unexpected("a name");
            }
            String name = string();
            space();
            expect(':');
            if (object.containsKey(name)) {
                throw new JsonException("has the name \"" + name + "\" twice", place);
            }
            object.put(name, value());
        }
        depth--;
        return object;
    }

    private List<Object> array() throws JsonException {
        List<Object> array = new ArrayList<>();
        open();
        while (!closes(']', array.isEmpty())) {
            array.add(value());
        }
        depth--;
        return array;
    }

    private void open() throws JsonException {
        place++;
        depth++;
        if (depth > DEEPEST) {
            throw new JsonException("has more than " + DEEPEST + " values within each other", place);
        }
    }

    /** Whether an object or array ends here; else goes on to its next value. */
    private boolean closes(char end, boolean isFirst) throws JsonException {
        space();
        if (peek() == end) {
            place++;
            return true;
        }
        if (!isFirst) {
            expect(',');
        }
        return false;
    }

    private String string() throws JsonException {
        StringBuilder string = new StringBuilder();
        place++;
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw unexpected("a letter");
            }
            place++;
            string.append(c == '\\' ? escaped() : c);
        }
        place++;
        return string.toString();
    }

    private char escaped() throws JsonException {
        char c = peek();
        place++;
        int known = "\"\\/bfnrt".indexOf(c);
        if (known >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(known);
        }
        boolean isCode = c == 'u'
                && place + 4 <= text.length()
                && text.substring(place, place + 4).matches("[0-9a-fA-F]{4}");
        if (!isCode) {
            place--;
            throw unexpected("what can follow \\");
        }
        place += 4;
        return (char) Integer.parseInt(text.substring(place - 4, place), 16);
    }

    private Object word(String word, Object value) throws JsonException {
        if (!text.startsWith(word, place)) {
            throw unexpected(word);
        }
        place += word.length();
        return value;
    }

    private Double number() throws JsonException {
        int end = place;
        while (end < text.length() && "+-.0123456789eE".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        String number = text.substring(place, end);
        if (!number.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw unexpected("a value");
        }
        place = end;
        return Double.valueOf(number);
    }

    private void expect(char c) throws JsonException {
        if (peek() != c) {
            throw unexpected("'" + c + "'");
        }
        place++;
    }

    /** What stands here; a control character at the end. */
    private char peek() {
        return place < text.length() ? text.charAt(place) : 0;
    }

    private void space() {
        while (" \t\r\n".indexOf(peek()) >= 0) {
            place++;
        }
    }

    private JsonException unexpected(String expected) {
        return new JsonException("ends or has something else where " + expected + " is expected", place);
    }

    /** What is wrong with a text, and where. */
    static final class JsonException extends Exception {
        private static final long serialVersionUID = 1;

        JsonException(String message, int place) {
            super(message + ", at character " + (place + 1));
        }
    }
}
