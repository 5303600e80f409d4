package dev.chainrule.samples.documents.proofs;

import java.io.IOException;

/** The words of a certificate, one after the other. */
final class Words {
    private final String text;
    private int at;

    Words(String text) {
        this.text = text;
    }

    /** The next word. */
    String next() throws IOException {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ') {
            at++;
        }
        if (from == at) {
            throw new IOException("the certificate ends too early");
        }
        return text.substring(from, at);
    }

    /** Whether no word is left. */
    boolean isAtEnd() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at == text.length();
    }

    /** Whether a word is next; it is taken then. */
    boolean takes(String word) throws IOException {
        int before = at;
        if (!isAtEnd() && next().equals(word)) {
            return true;
        }
        at = before;
        return false;
    }

    /** Takes the word that has to be next. */
    void expect(String word) throws IOException {
        String found = next();
        if (!found.equals(word)) {
            throw new IOException("the certificate has \"" + found + "\" where \"" + word + "\" is expected");
        }
    }

    String restOfLine() {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end).strip();
        at = end < 0 ? text.length() : end;
        return line;
    }

    double number() throws IOException {
        String word = next();
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IOException("\"" + word + "\" is no number", e);
        }
    }

    /** A whole number from 0 to one below an end. */
    int integer(int end) throws IOException {
        String word = next();
        try {
            int number = Integer.parseInt(word);
            if (number >= 0 && number < end) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same is wrong
        }
        throw new IOException(word + " is no whole number from 0 to " + (end - 1));
    }

    double[] numbers(int count) throws IOException {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number();
        }
        return numbers;
    }

    /** The whole numbers in the rest of the line. */
    int[] integers(int end) throws IOException {
        Words line = new Words(restOfLine());
        int count = line.text.isEmpty() ? 0 : line.text.split("\\s+").length;
        int[] integers = new int[count];
        for (int i = 0; i < count; i++) {
            integers[i] = line.integer(end);
        }
        return integers;
    }
}
