package dev.chainrule.runtime.data;

import java.io.IOException;
import java.util.List;

/** Collects the values of rows, and hands each row on as the inputs and the targets of a record. */
final class RowCollector {
    private static final int SHOWN = 40;

    private final List<String> names;
    private final double[] input;
    private final double[] target;
    private final Destination destination;
    private long row = 1;
    private int column;

    /** Where records go. */
    interface Destination {
        /** Takes a copy of a record. */
        void add(double[] input, double[] target) throws IOException;
    }

    /**
     * @param names of the columns, those of inputs first
     */
    RowCollector(List<String> names, int inputWidth, Destination destination) {
        this.names = names;
        this.input = new double[inputWidth];
        this.target = new double[names.size() - inputWidth];
        this.destination = destination;
    }

    /** Adds the value of the row's next column; that of the last one completes the row. */
    void add(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw wrong(Double.toString(value), "a finite number");
        }
        if (column < input.length) {
            input[column] = value;
        } else {
            target[column - input.length] = value;
        }
        column++;
        if (column == names.size()) {
            destination.add(input, target);
            row++;
            column = 0;
        }
    }

    /** Adds the value of the row's next column, a text. */
    void add(String text) throws IOException {
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

    private static String shortened(String text) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return shown.replaceAll("\\p{Cntrl}", " ");
    }
}
