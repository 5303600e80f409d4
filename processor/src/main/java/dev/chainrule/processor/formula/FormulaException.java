package dev.chainrule.processor.formula;

/** A text is not a formula. */
final class FormulaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int column;

    FormulaException(int column, String message) {
        super(message);
        this.column = column;
    }

    int column() {
        return column;
    }
}
