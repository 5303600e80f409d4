package dev.chainrule.processor.equations;

import java.util.List;

/**
 * Equations that hold for every value of some variables. Written out, all of them are given for one value before the next.
 *
 * @param over the variables, the slowest first; none for equations that stand once
 * @param equations in an order in which each uses only what stands before it
 */
public record Block(List<Index.Variable> over, List<Equation> equations) {
    /** The equations for one value of the first variable. */
    public Block at(int number) {
        Index.Variable variable = over.get(0);
        return new Block(
                over.subList(1, over.size()),
                equations.stream()
                        .map(equation -> equation.at(variable, new Index.Unit(number)))
                        .toList());
    }
}
