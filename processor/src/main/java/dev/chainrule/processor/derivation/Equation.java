package dev.chainrule.processor.derivation;

/** {@code left = right}. */
public record Equation(Symbol left, Expression right) {
    Equation at(Index.Variable variable, int number) {
        return new Equation(left.at(variable, number), right.at(variable, number));
    }
}
