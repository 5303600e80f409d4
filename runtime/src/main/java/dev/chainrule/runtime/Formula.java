package dev.chainrule.runtime;

import java.util.List;

/**
 * What a network makes of the sum z of a unit, its activation, or of its outputs and targets, its loss, as a tree: for tools
 * that write networks down in another form.
 *
 * @see LayerDescription#formula()
 * @see OutputDescription#formula()
 */
public sealed interface Formula {
    /**
     * Reads a formula, such as {@code max(0, z) + p * min(0, z)}.
     *
     * @param text numbers, {@code z}, the names of trainable letters, {@code + - * /}, parentheses, calls, and choices such as
     *     {@code z > 0 ? z : 0}
     * @return the formula
     * @throws IllegalArgumentException if the text is none
     */
    static Formula of(String text) {
        return new FormulaReader(text, false).read();
    }

    /**
     * Reads the formula of a loss, such as {@code mean((y - t) * (y - t))}.
     *
     * @param text as for {@link #of}, but without trainable letters, and with the output {@code y} and the target {@code t}
     *     within calls of {@code sum} or {@code mean}, which are over all outputs
     * @return the formula
     * @throws IllegalArgumentException if the text is none
     */
    static Formula ofLoss(String text) {
        return new FormulaReader(text, true).read();
    }

    /**
     * {@code 0.5}.
     *
     * @param value the number
     */
    record Number(double value) implements Formula {}

    /** {@code z}, the sum of the unit; in a loss, that of the unit whose value an output is. */
    record Unit() implements Formula {}

    /** {@code y}, an output, in a loss. */
    record Output() implements Formula {}

    /** {@code t}, what an output is to be, in a loss. */
    record Target() implements Formula {}

    /**
     * {@code p}, of which each unit has one.
     *
     * @param letter its name
     */
    record Trainable(String letter) implements Formula {}

    /**
     * {@code tanh(z)}, or {@code a + b}. The function {@code softmax} is over the units of a layer,
     * {@code sum} and {@code mean} are over all outputs that a loss is of.
     *
     * @param function the name of a function, or one of {@code + - * /}; {@code -} may have one argument
     * @param arguments what it is called with
     */
    record Call(String function, List<Formula> arguments) implements Formula {
        /**
         * With a copy of the arguments.
         *
         * @param function the function's name
         * @param arguments what it is called with
         */
        public Call {
            arguments = List.copyOf(arguments);
        }

        /**
         * A call.
         *
         * @param function the function's name
         * @param arguments what it is called with
         */
        public Call(String function, Formula... arguments) {
            this(function, List.of(arguments));
        }
    }

    /**
     * {@code a > b ? c : d}.
     *
     * @param left what is compared
     * @param comparison one of {@code < <= > >= == !=}
     * @param right what it is compared with
     * @param then the value where the comparison holds
     * @param otherwise the value elsewhere
     */
    record Choice(Formula left, String comparison, Formula right, Formula then, Formula otherwise) implements Formula {}
}
