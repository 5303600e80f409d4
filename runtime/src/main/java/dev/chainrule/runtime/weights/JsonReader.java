package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.WeightFileException.quoted;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the JSON that headers are made of, strictly: objects without duplicate keys, strings, and lists of whole numbers. What
 * nests is up to the caller, so no text makes the stack deep.
 */
final class JsonReader {
    /** The digits of {@link Long#MAX_VALUE}. */
    private static final int MOST_DIGITS = 19;

    private final String file;
    private final String text;
    private int at;

    JsonReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Reads the value of a key. */
    interface Member {
        void read(String key) throws WeightFileException;
    }

    /** An object; {@code member} is called for each key, in order, to read its value. */
    void object(Member member) throws WeightFileException {
        expect('{');
        if (accept('}')) {
            return;
        }
        Set<String> keys = new HashSet<>();
        do {
            String key = string();
            if (!keys.add(key)) {
                throw wrong("has the key " + quoted(key) + " twice in one object; expected it once");
            }
            expect(':');
            member.read(key);
        } while (accept(','));
        expect('}');
    }

    /** A list of whole numbers, none of them negative. */
    List<Long> wholeNumbers() throws WeightFileException {
        List<Long> numbers = new ArrayList<>();
        expect('[');
        if (accept(']')) {
            return numbers;
        }
        do {
            numbers.add(wholeNumber());
        } while (accept(','));
        expect(']');
        return numbers;
    }

    private long wholeNumber() throws WeightFileException {
        skipSpace();
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw unexpected("a whole number that is not negative");
        }
        if (at - from > 1 && text.charAt(from) == '0') {
            throw wrong("has a number with a leading zero at character " + from + "; expected none");
        }
        try {
            return Long.parseLong(text.substring(from, Math.min(at, from + MOST_DIGITS + 1)));
        } catch (NumberFormatException e) {
            throw wrong("has a number at character " + from + " that overflows; expected at most " + Long.MAX_VALUE);
        }
    }

    String string() throws WeightFileException {
        expect('"');
        StringBuilder string = new StringBuilder();
        boolean hasEscapes = false;
        while (true) {
            char c = next();
            if (c == '"') {
                break;
            } else if (c < ' ') {
                at--;
                throw unexpected("no control character in a string");
            } else if (c == '\\') {
                hasEscapes = true;
                string.append(escaped());
            } else {
                string.append(c);
            }
        }
        // Only escapes can make half a surrogate pair, as the text comes from valid UTF-8.
        if (hasEscapes && !StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
            throw wrong("has half a surrogate pair in a string before character " + at + "; expected both halves");
        }
        return string.toString();
    }

    private char escaped() throws WeightFileException {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hexDigit() << 12 | hexDigit() << 8 | hexDigit() << 4 | hexDigit());
            default -> {
                at--;
                throw unexpected("one of \"\\/bfnrtu after a backslash");
            }
        };
    }

    private int hexDigit() throws WeightFileException {
        char c = next();
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            at--;
            throw unexpected("four hexadecimal digits");
        }
        return digit;
    }

    /** Nothing but white space may follow. */
    void end() throws WeightFileException {
        skipSpace();
        if (at < text.length()) {
            throw unexpected("nothing but spaces after the last brace");
        }
    }

    private char next() throws WeightFileException {
        if (at == text.length()) {
            throw unexpected("the rest of a string");
        }
        return text.charAt(at++);
    }

    private void expect(char expected) throws WeightFileException {
        if (!accept(expected)) {
            throw unexpected("'" + expected + "'");
        }
    }

    private boolean accept(char accepted) {
        skipSpace();
        boolean isThere = at < text.length() && text.charAt(at) == accepted;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private WeightFileException unexpected(String expected) {
        String found = at < text.length() ? quoted(text.substring(at, at + 1)) : "its end";
        return wrong("has " + found + " at character " + at + "; expected " + expected);
    }

    private WeightFileException wrong(String problem) {
        return new WeightFileException(file, "the header " + problem);
    }
}
