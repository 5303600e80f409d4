package dev.chainrule.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the formulas that generated networks tell of themselves. */
final class FormulaReader {
    /** A number, a name, or a sign. */
    private static final Pattern TOKEN = Pattern.compile("\\s*([0-9.]+(?:E-?[0-9]+)?|\\w+|[<>=!]=|[-+*/()?:,<>])\\s*");

    private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==", "!=");

    private final String text;
    private final boolean isLoss;
    private final Matcher tokens;
    private String next;

    FormulaReader(String text, boolean isLoss) {
        this.text = text;
        this.isLoss = isLoss;
        this.tokens = TOKEN.matcher(text);
        advance();
    }

    Formula read() {
        Formula formula = choice();
        if (!next.isEmpty()) {
            throw wrong();
        }
        return formula;
    }

    /** Goes on to the next token; empty at the end. */
    private void advance() {
        if (tokens.regionStart() == text.length()) {
            next = "";
        } else if (tokens.lookingAt()) {
            next = tokens.group(1);
            tokens.region(tokens.end(), text.length());
        } else {
            next = text.substring(tokens.regionStart());
            throw wrong();
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("\"" + text + "\" is no formula: \"" + next + "\" is not expected there");
    }

    private boolean take(String token) {
        boolean isNext = next.equals(token);
        if (isNext) {
            advance();
        }
        return isNext;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw wrong();
        }
    }

    /** {@code a > b ? c : d}, or a sum. */
    private Formula choice() {
        Formula left = sum();
        if (!COMPARISONS.contains(next)) {
            return left;
        }
        String comparison = next;
        advance();
        Formula right = sum();
        expect("?");
        Formula then = choice();
        expect(":");
        return new Formula.Choice(left, comparison, right, then, choice());
    }

    private Formula sum() {
        Formula sum = product();
        while (next.equals("+") || next.equals("-")) {
            String sign = next;
            advance();
            sum = new Formula.Call(sign, sum, product());
        }
        return sum;
    }

    private Formula product() {
        Formula product = factor();
        while (next.equals("*") || next.equals("/")) {
            String sign = next;
            advance();
            product = new Formula.Call(sign, product, factor());
        }
        return product;
    }

    private Formula factor() {
        if (take("-")) {
            Formula factor = factor();
            return factor instanceof Formula.Number number
                    ? new Formula.Number(-number.value())
                    : new Formula.Call("-", factor);
        } else if (take("(")) {
            Formula inner = choice();
            expect(")");
            return inner;
        }
        String token = next;
        if (token.isEmpty() || !Character.isLetterOrDigit(token.charAt(0)) && token.charAt(0) != '.') {
            throw wrong();
        }
        advance();
        if (!Character.isLetter(token.charAt(0))) {
            return new Formula.Number(Double.parseDouble(token));
        }
        return take("(") ? call(token) : variable(token);
    }

    private Formula variable(String name) {
        if (name.equals("z")) {
            return new Formula.Unit();
        } else if (!isLoss) {
            return new Formula.Trainable(name);
        } else if (name.equals("y")) {
            return new Formula.Output();
        } else if (name.equals("t")) {
            return new Formula.Target();
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no formula of a loss: \"" + name + "\" is neither y, t nor z");
    }

    private Formula call(String function) {
        List<Formula> arguments = new ArrayList<>();
        do {
            arguments.add(choice());
        } while (take(","));
        expect(")");
        return new Formula.Call(function, arguments);
    }
}
