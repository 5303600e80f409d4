package dev.chainrule.processor.formula;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.network.ActivationFunction;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the formula of a layer: an expression in z and letters, and the first values of letters. */
final class ActivationParser extends Parser {
    private static final String Z = "z";

    /** Names that mean something else in formulas of losses, or in the files of parameters. */
    private static final Set<String> RESERVED =
            Set.of("x", "y", "t", "E", "sum", "mean", "weight", "bias", "shift", "scale");

    private final SortedMap<String, Double> letters = new TreeMap<>();

    ActivationParser(String text) {
        super(text);
    }

    ActivationFunction.Formula formula() {
        Expression value = number(peek().column(), expression());
        String text = text();
        if (takes(";")) {
            firstValues();
        }
        if (peek().kind() != Token.Kind.END) {
            throw unexpected("an operator, \";\" before first values or the end");
        }
        ActivationFunction.Formula formula = new ActivationFunction.Formula(text, value, letters);
        Size.check(formula);
        return formula;
    }

    @Override
    Expression name(Token name) {
        if (RESERVED.contains(name.text())) {
            throw new FormulaException(
                    name.column(),
                    name.text()
                            + " cannot stand in the formula of a layer: the sum of a unit is z, and a parameter takes"
                            + " another name than those of inputs, outputs, targets, losses and tensors.");
        }
        if (!name.text().equals(Z)) {
            letters.putIfAbsent(name.text(), 0.0);
        }
        return new Expression.Letter(name.text());
    }

    /** {@code a = 1, b = -2}. */
    private void firstValues() {
        Set<String> given = new HashSet<>();
        do {
            Token name = take();
            if (!letters.containsKey(name.text())) {
                throw new FormulaException(
                        name.column(),
                        "Expected a parameter of the formula and its first value, as in p = 0.25, but found "
                                + name.words() + "; "
                                + (letters.isEmpty()
                                        ? "the formula has no parameters."
                                        : "its parameters: " + String.join(", ", letters.keySet()) + "."));
            } else if (!given.add(name.text())) {
                throw new FormulaException(name.column(), name.text() + " has a first value already; remove one.");
            }
            expect("=", "and the first value of " + name.text());
            letters.put(name.text(), firstValue());
        } while (takes(","));
    }

    private double firstValue() {
        boolean isNegative = takes("-");
        Token number = take();
        if (number.kind() != Token.Kind.NUMBER) {
            throw new FormulaException(
                    number.column(), "Expected a number as first value, but found " + number.words() + ".");
        }
        double value = ((Expression.Constant) literal(number)).value();
        return isNegative ? -value : value;
    }
}
