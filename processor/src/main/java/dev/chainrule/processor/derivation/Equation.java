package dev.chainrule.processor.derivation;

/** {@code left = right}. */
public record Equation(Symbol left, Expression right) {
    Equation at(Index.Variable variable, Index index) {
        return new Equation(left.at(variable, index), right.at(variable, index));
    }
}
