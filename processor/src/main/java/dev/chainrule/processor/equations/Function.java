package dev.chainrule.processor.equations;

import java.util.List;

/** A function that expressions call, {@code sigmoid(z)}. What each one is stands in a table of rules. */
public interface Function {
    /** Its name in code and in plain text. */
    String text();

    /** Whether it is one of the runtime's kernels, and not of {@code java.lang.Math}. */
    boolean isKernel();

    /** A call of it in a notation, with {@code %1} and {@code %2} for its arguments, or {@code %*} for all of them. */
    String form(Notation notation);

    /**
     * The derivative of a call.
     *
     * @param call the call, which stands for its value
     * @param derivatives those of its arguments, at least one of which is not 0
     */
    Expression derivative(Expression.Call call, List<Expression> derivatives);
}
