package dev.chainrule.processor.formula;

import dev.chainrule.processor.resources.Quoted;

/**
 * What is wrong with a formula.
 *
 * @param formula its text
 * @param column where it is wrong, from 0
 * @param what what is wrong there, and what to do
 */
public record Mistake(String formula, int column, String what) {
    /** What is shown of a long formula before and after the column. */
    private static final int AROUND = 50;

    /** What is wrong, and the formula, with a caret under the column. */
    public String text() {
        int from = column <= AROUND ? 0 : column - AROUND;
        int to = Math.min(formula.length(), Math.max(column, 0) + AROUND);
        String start = from == 0 ? "" : "...";
        String end = to == formula.length() ? "" : "...";
        String shown = formula.substring(from, to).replaceAll("[^ -~]", " ");
        return what + "\n  " + start + shown + end + "\n  " + " ".repeat(start.length() + column - from) + "^";
    }

    /** A part of a formula as messages name it. */
    static String quoted(String part) {
        return Quoted.of(part);
    }
}
