package dev.chainrule.runtime.data;

import dev.chainrule.runtime.training.Records;
import java.util.List;

/** Collects the values of rows, each with its inputs first, as records. */
final class RowCollector {
    private static final int SHOWN = 40;

    private final List<String> names;
    private final int inputWidth;
    private final GrowingArray inputs = new GrowingArray();
    private final GrowingArray targets = new GrowingArray();
    private long row;
    private int column;

    RowCollector(List<String> names, int inputWidth) {
        this.names = names;
        this.inputWidth = inputWidth;
    }

    void startRow() {
        row++;
        column = 0;
    }

    /** Adds the value of the row's next column. */
    void add(double value) {
        if (!Double.isFinite(value)) {
            throw wrong(Double.toString(value), "a finite number");
        }
        GrowingArray values = column < inputWidth ? inputs : targets;
        if (!values.add(value)) {
            throw new IllegalArgumentException("the table has more than " + (row - 1) + " rows of " + names.size()
                    + " columns, and an array holds no more; take fewer rows at a time");
        }
        column++;
    }

    /** Adds the value of the row's next column, a text. */
    void add(String text) {
        if (text == null) {
            throw wrong("null", "a number");
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong("'" + shortened(text) + "'", "a number");
        }
        add(value);
    }

    /** What is wrong with the row's next column. */
    IllegalArgumentException wrong(String found, String expected) {
        return new IllegalArgumentException(
                "row " + row + ", column " + names.get(column) + ": the value is " + found + "; expected " + expected);
    }

    Records records() {
        if (row == 0) {
            throw new IllegalArgumentException("the table has no rows; expected at least 1");
        }
        return Records.wrap(inputs.take(), inputWidth, targets.take(), names.size() - inputWidth);
    }

    private static String shortened(String text) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return shown.replaceAll("\\p{Cntrl}", " ");
    }
}
