package dev.chainrule.processor.equations;

/** {@code left = right}. */
public record Equation(Symbol left, Expression right) {
    public Equation at(Index.Variable variable, Index index) {
        return new Equation(left.at(variable, index), right.at(variable, index));
    }
}
