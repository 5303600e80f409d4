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

    /** As it stands in Java. */
    public String text() {
        return text;
    }
}
