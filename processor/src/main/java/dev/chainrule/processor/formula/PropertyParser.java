package dev.chainrule.processor.formula;

import dev.chainrule.processor.property.Linear;
import dev.chainrule.processor.property.Requirement;
import dev.chainrule.processor.property.Requirement.Inequality;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads what is to hold of variables: linear inequalities, joined by {@code &&} and {@code ||}. It stands apart from
 * {@link Parser}, as its numbers are exact decimals and what it reads is a truth, and not a number.
 */
final class PropertyParser {
    /** All of any double fit. One with more before or behind its point is a slip of the keyboard, and would take any memory. */
    private static final int MOST_DIGITS = 1_100;

    private final List<Token> tokens;
    private final Map<String, Integer> variables;
    private final String what;
    private int next;
    private int nesting;

    /**
     * @param variables their numbers, by the names that they have
     * @param what what they are, in words
     */
    PropertyParser(String text, Map<String, Integer> variables, String what) {
        if (text.length() > Parser.MOST_CHARACTERS * 10) {
            throw new FormulaException(
                    Parser.MOST_CHARACTERS * 10,
                    "The text has " + text.length() + " characters, and at most " + Parser.MOST_CHARACTERS * 10
                            + " can be read; divide it between several @Ensure.");
        }
        this.tokens = Tokens.of(text);
        this.variables = variables;
        this.what = what;
    }

    /** What is read: a linear form, or what is to hold of some. */
    private record Read(int column, Optional<Linear> number, Optional<Requirement> truth) {
        static Read of(int column, Linear number) {
            return new Read(column, Optional.of(number), Optional.empty());
        }

        static Read of(int column, Requirement truth) {
            return new Read(column, Optional.empty(), Optional.of(truth));
        }

        Linear asNumber() {
            return number.orElseThrow(
                    () -> new FormulaException(column, "A comparison is not a number; join comparisons by && and ||."));
        }

        Requirement asTruth() {
            return truth.orElseThrow(() -> new FormulaException(
                    column, "This is a number, and not a comparison; compare it with another one, as in y_0 > 0."));
        }
    }

    Requirement requirement() {
        Read read = any();
        if (peek().kind() != Token.Kind.END) {
            throw unexpected("an operator or the end");
        }
        return read.asTruth();
    }

    private Read any() {
        return joined("||", this::all, Requirement.Any::new);
    }

    private Read all() {
        return joined("&&", this::comparison, Requirement.All::new);
    }

    private Read joined(String operator, Supplier<Read> part, Function<List<Requirement>, Requirement> together) {
        Read first = part.get();
        if (!peek().is(operator)) {
            return first;
        }
        List<Requirement> parts = new ArrayList<>(List.of(first.asTruth()));
        while (takes(operator)) {
            parts.add(part.get().asTruth());
        }
        return Read.of(first.column(), together.apply(parts));
    }

    private Read comparison() {
        Read left = sum();
        String operator = peek().text();
        int column = peek().column();
        if (peek().kind() != Token.Kind.OPERATOR || !isComparison(operator)) {
            return left;
        }
        next++;
        Linear difference = left.asNumber().minus(sum().asNumber());
        if (isComparison(peek().text())) {
            throw new FormulaException(
                    peek().column(), "Comparisons are not chained; join two by &&, as in 0 <= x_0 && x_0 <= 1.");
        }
        Linear opposite = difference.times(BigDecimal.ONE.negate());
        return Read.of(
                left.column(),
                switch (operator) {
                    case "<" -> new Inequality(opposite, true, column);
                    case "<=" -> new Inequality(opposite, false, column);
                    case ">" -> new Inequality(difference, true, column);
                    case ">=" -> new Inequality(difference, false, column);
                    case "==" ->
                        new Requirement.All(List.of(
                                new Inequality(difference, false, column), new Inequality(opposite, false, column)));
                    default ->
                        new Requirement.Any(List.of(
                                new Inequality(difference, true, column), new Inequality(opposite, true, column)));
                });
    }

    private static boolean isComparison(String operator) {
        return switch (operator) {
            case "<", "<=", ">", ">=", "==", "!=" -> true;
            default -> false;
        };
    }

    private Read sum() {
        Read value = product();
        while (peek().is("+") || peek().is("-")) {
            boolean isTakenOff = takes("-");
            next += isTakenOff ? 0 : 1;
            Linear left = value.asNumber();
            Linear right = product().asNumber();
            value = Read.of(value.column(), isTakenOff ? left.minus(right) : left.plus(right));
        }
        return value;
    }

    private Read product() {
        Read value = signed();
        while (peek().is("*") || peek().is("/")) {
            int column = peek().column();
            boolean isQuotient = takes("/");
            next += isQuotient ? 0 : 1;
            Linear left = value.asNumber();
            Read second = signed();
            Linear right = second.asNumber();
            value = Read.of(value.column(), isQuotient ? quotient(left, right, second) : product(left, right, column));
        }
        return value;
    }

    private Linear product(Linear left, Linear right, int column) {
        if (!left.isConstant() && !right.isConstant()) {
            throw new FormulaException(
                    column, "A property is linear: " + what + " are multiplied by numbers, and not by each other.");
        }
        return left.isConstant() ? right.times(left.constant()) : left.times(right.constant());
    }

    private Linear quotient(Linear left, Linear right, Read divisor) {
        if (!right.isConstant()) {
            throw new FormulaException(divisor.column(), "A property is linear: " + what + " divide nothing.");
        } else if (right.constant().signum() == 0) {
            throw new FormulaException(divisor.column(), "This is 0, and nothing can be divided by it.");
        }
        try {
            return left.dividedBy(right.constant());
        } catch (ArithmeticException e) {
            throw new FormulaException(
                    divisor.column(),
                    "The quotient has no end as a decimal; multiply both sides of the comparison instead, as in"
                            + " 3 * y_0 > 1.");
        }
    }

    private Read signed() {
        int column = peek().column();
        if (!takes("-")) {
            return atom();
        }
        nest(column);
        Read value = Read.of(column, signed().asNumber().times(BigDecimal.ONE.negate()));
        nesting--;
        return value;
    }

    private Read atom() {
        Token token = peek();
        next += token.kind() == Token.Kind.END ? 0 : 1;
        if (token.kind() == Token.Kind.NUMBER) {
            return Read.of(token.column(), Linear.constant(decimal(token)));
        } else if (token.kind() == Token.Kind.NAME) {
            Integer number = variables.get(token.text());
            if (number == null) {
                throw new FormulaException(
                        token.column(),
                        Mistake.quoted(token.text()) + " is none of the " + what + ", which are "
                                + listed(List.copyOf(variables.keySet())) + ".");
            }
            return Read.of(token.column(), Linear.variable(number));
        } else if (!token.is("(")) {
            throw new FormulaException(
                    token.column(),
                    "Expected a number, a name or \"(\", but found " + token.words() + "; add what is missing.");
        }
        nest(token.column());
        Read value = any();
        if (!takes(")")) {
            throw unexpected("\")\" for the \"(\" at column " + (token.column() + 1));
        }
        nesting--;
        return new Read(token.column(), value.number(), value.truth());
    }

    private static BigDecimal decimal(Token token) {
        try {
            BigDecimal value = new BigDecimal(token.text());
            if (Math.abs((long) value.precision() - value.scale()) <= MOST_DIGITS
                    && Math.abs((long) value.scale()) <= MOST_DIGITS) {
                return value;
            }
        } catch (NumberFormatException tooLarge) {
            // The same is wrong
        }
        throw new FormulaException(
                token.column(),
                token.text() + " has more than " + MOST_DIGITS
                        + " digits before or behind its point; take another number.");
    }

    private void nest(int column) {
        if (++nesting > Parser.MOST_NESTED) {
            throw new FormulaException(
                    column, "More than " + Parser.MOST_NESTED + " signs and parentheses are nested here; remove some.");
        }
    }

    private static String listed(List<String> names) {
        int most = 8;
        return String.join(", ", names.subList(0, Math.min(names.size(), most))) + (names.size() > most ? ", ..." : "");
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean takes(String operator) {
        boolean isNext = peek().is(operator);
        next += isNext ? 1 : 0;
        return isNext;
    }

    private FormulaException unexpected(String expected) {
        return new FormulaException(peek().column(), "Expected " + expected + ", but found " + peek().words() + ".");
    }
}
