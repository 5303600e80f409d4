package dev.chainrule.runtime;

/** The choice between two values, as a function: generated code stays free of branches and of the stack maps they need. */
public final class Piecewise {
    private Piecewise() {}

    /**
     * {@return {@code then} where {@code value > 0}, else {@code otherwise}, also for NaN}
     *
     * @param value what decides
     * @param then the result where it is positive
     * @param otherwise the result where it is not
     */
    public static double ifPositive(double value, double then, double otherwise) {
        return value > 0 ? then : otherwise;
    }
}
