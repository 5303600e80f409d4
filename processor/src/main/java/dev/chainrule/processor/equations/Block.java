package dev.chainrule.processor.equations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Equations that hold for every value of some variables. All of them may be computed for one value before the next.
 *
 * @param over the variables, the slowest first; none for equations that stand once
 * @param equations in an order in which each uses only what stands before it
 */
public record Block(List<Index.Variable> over, List<Equation> equations) {
    /** The equations, with those that add to the same left side as one. */
    public List<Equation> together() {
        Map<Symbol, List<Expression>> terms = new LinkedHashMap<>();
        for (Equation equation : equations) {
            terms.computeIfAbsent(equation.left(), left -> new ArrayList<>()).add(equation.right());
        }
        return terms.size() == equations.size()
                ? equations
                : terms.entrySet().stream()
                        .map(sum -> new Equation(
                                sum.getKey(),
                                sum.getValue().size() == 1
                                        ? sum.getValue().get(0)
                                        : new Expression.Sum(sum.getValue())))
                        .toList();
    }

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
