package dev.chainrule.processor.equations;

/** A function that expressions call by name. */
public enum Function {
    SIGMOID("sigmoid"),
    TANH("tanh"),
    EXP("exp"),
    EXPM1("expm1"),
    SOFTPLUS("softplus"),
    LOG("log"),
    LOG_COSH("logCosh"),
    HUBER("huber"),
    ABS("abs"),
    SIGN("signum"),
    MAX("max"),
    MIN("min"),
    /** {@code ifPositive(c, a, b)}: a where c > 0, else b. */
    IF_POSITIVE("ifPositive");

    private final String text;

    Function(String text) {
        this.text = text;
    }

    /** The name in code and comments. */
    public String text() {
        return text;
    }
}
