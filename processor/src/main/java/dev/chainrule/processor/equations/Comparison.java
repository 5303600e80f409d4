package dev.chainrule.processor.equations;

/** How two values compare; with NaN only {@link #DIFFERENT} holds. */
public enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    EQUAL("=="),
    DIFFERENT("!=");

    private final String text;

    Comparison(String text) {
        this.text = text;
    }

    /** As it is written in Java. */
    public String text() {
        return text;
    }

    /** Whether it holds of two numbers. */
    public boolean holds(double left, double right) {
        return switch (this) {
            case LESS -> left < right;
            case AT_MOST -> left <= right;
            case GREATER -> left > right;
            case AT_LEAST -> left >= right;
            case EQUAL -> left == right;
            case DIFFERENT -> left != right;
        };
    }
}
