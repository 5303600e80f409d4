package dev.chainrule.processor.formula;

/**
 * A word of a formula: {@code tanh}, {@code 0.5} or {@code <=}.
 *
 * @param column where it begins, from 0
 */
record Token(Kind kind, String text, int column) {
    /** What it is. */
    enum Kind {
        NUMBER,
        NAME,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** As a message names it. */
    String words() {
        return kind == Kind.END ? "the end" : Mistake.quoted(text);
    }
}
