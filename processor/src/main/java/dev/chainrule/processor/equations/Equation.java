package dev.chainrule.processor.equations;

import java.util.Optional;

/**
 * {@code left = right}; a derivative by a parameter or an input is added to: {@code dE/dw1_0_1 += right}.
 *
 * @param rule how to differentiate it, where that is not by its right side
 */
public record Equation(Symbol left, Expression right, Optional<LocalRule> rule) {
    /** One that is differentiated by its right side. */
    public Equation(Symbol left, Expression right) {
        this(left, right, Optional.empty());
    }

    /** The equation with {@code index} put in for {@code variable}. */
    public Equation at(Index.Variable variable, Index index) {
        return new Equation(
                left.at(variable, index), right.at(variable, index), rule.map(own -> own.at(variable, index)));
    }
}
