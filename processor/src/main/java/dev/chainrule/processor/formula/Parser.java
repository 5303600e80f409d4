package dev.chainrule.processor.formula;

import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Condition;
import dev.chainrule.processor.equations.Expression.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads an expression by recursive descent, one method a level of binding; what names mean is left to those who extend it. */
abstract class Parser {
    /** The characters of the longest formula: people write some tens. */
    static final int MOST_CHARACTERS = 2_000;

    /** What may be written within each other, and how high the tree may be: all that walks it does so by recursion. */
    static final int MOST_NESTED = 64;

    /** The numbers, names and operators of the largest formula, so that it fits one method together with its derivatives. */
    static final int MOST_NODES = 500;

    private final List<Token> tokens;
    private int next;
    private int nesting;

    Parser(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new FormulaException(
                    MOST_CHARACTERS,
                    "The formula has " + text.length() + " characters, and at most " + MOST_CHARACTERS
                            + " can be read; divide it between layers.");
        }
        this.tokens = Tokens.of(text);
    }

    /** The value of a name that is not followed by a parenthesis. */
    abstract Expression name(Token name);

    /** A call of a function that is not for numbers alone, after its name. */
    Optional<Expression> special(Token name) {
        return Optional.empty();
    }

    /** The word that comes next. */
    final Token peek() {
        return tokens.get(next);
    }

    /** Takes the word that comes next. */
    final Token take() {
        Token token = peek();
        next += token.kind() == Token.Kind.END ? 0 : 1;
        return token;
    }

    /** Takes an operator if it comes next. */
    final boolean takes(String operator) {
        boolean isNext = peek().is(operator);
        next += isNext ? 1 : 0;
        return isNext;
    }

    /** Takes the operator that has to come next. */
    final void expect(String operator, String then) {
        if (!takes(operator)) {
            throw unexpected(Mistake.quoted(operator) + " " + then);
        }
    }

    /** What comes next is not what had to. */
    final FormulaException unexpected(String expected) {
        return new FormulaException(peek().column(), "Expected " + expected + ", but found " + peek().words() + ".");
    }

    /** The formula so far, without needless spaces. */
    final String text() {
        return Tokens.text(tokens.subList(0, next));
    }

    /** {@code a > b ? c : d}, or a number without a choice. */
    final Expression expression() {
        int column = peek().column();
        if (++nesting > MOST_NESTED) {
            throw tooDeep(column);
        }
        Expression value = comparison();
        if (peek().is("?")) {
            if (!(value instanceof Condition condition)) {
                throw new FormulaException(
                        column, "A comparison has to stand before \"?\", as in z > 0 ? z : 0; add one here.");
            }
            take();
            Expression then = number(peek().column(), expression());
            expect(":", "and what holds otherwise");
            value = Constants.choice(condition, then, number(peek().column(), expression()));
        }
        nesting--;
        return checked(value, column);
    }

    /** What was read from a column on, which is not to be a comparison. */
    static Expression number(int column, Expression value) {
        if (value instanceof Condition) {
            throw new FormulaException(
                    column, "A comparison is not a number; say what to take of it, as in z > 0 ? z : 0.");
        }
        return value;
    }

    private Expression comparison() {
        Expression left = sum();
        Optional<Comparison> comparison = comparisonNext();
        if (comparison.isEmpty()) {
            return left;
        }
        if (left instanceof Condition) {
            throw notChained();
        }
        take();
        Condition condition = new Condition(left, comparison.get(), number(peek().column(), sum()));
        if (comparisonNext().isPresent()) {
            throw notChained();
        }
        return condition;
    }

    private FormulaException notChained() {
        return new FormulaException(
                peek().column(), "Only numbers can be compared, not comparisons; write one choice in another.");
    }

    private Optional<Comparison> comparisonNext() {
        return Arrays.stream(Comparison.values())
                .filter(comparison -> peek().is(comparison.text()))
                .findAny();
    }

    private Expression sum() {
        int column = peek().column();
        Expression first = product();
        if (!peek().is("+") && !peek().is("-")) {
            return first;
        }
        List<Expression> terms = new ArrayList<>(List.of(operand(first, column)));
        while (peek().is("+") || peek().is("-")) {
            boolean isTakenOff = take().is("-");
            Expression term = number(peek().column(), product());
            terms.add(isTakenOff ? Constants.negative(term) : term);
        }
        return checked(Constants.sum(terms), column);
    }

    private Expression product() {
        int column = peek().column();
        Expression value = signed();
        while (peek().is("*") || peek().is("/")) {
            value = operand(value, column);
            if (peek().is("*")) {
                List<Expression> factors = new ArrayList<>(
                        value instanceof Expression.Product product ? product.operands() : List.of(value));
                while (takes("*")) {
                    factors.add(number(peek().column(), signed()));
                }
                value = Constants.product(factors);
            } else {
                take();
                int divisor = peek().column();
                Expression right = number(peek().column(), signed());
                if (right instanceof Constant constant && constant.value() == 0) {
                    throw new FormulaException(divisor, "This is 0, and nothing can be divided by it.");
                }
                value = Constants.quotient(value, right);
            }
            value = checked(value, column);
        }
        return value;
    }

    private Expression signed() {
        if (!peek().is("-")) {
            return power();
        }
        int column = take().column();
        if (++nesting > MOST_NESTED) {
            throw tooDeep(column);
        }
        Expression value = Constants.negative(number(peek().column(), signed()));
        nesting--;
        return value;
    }

    private Expression power() {
        int column = peek().column();
        Expression base = atom();
        if (!takes("^")) {
            return base;
        }
        boolean isNegative = takes("-");
        int at = peek().column();
        int exponent = exponent();
        base = operand(base, column);
        if (peek().is("^")) {
            throw new FormulaException(
                    peek().column(), "Powers are not chained; say by parentheses which is meant, as in (z^2)^3.");
        } else if (isNegative && base.equals(Expression.ZERO)) {
            throw new FormulaException(at, "This divides by 0, of which there is no negative power.");
        }
        return checked(Constants.power(base, isNegative ? -exponent : exponent), column);
    }

    private int exponent() {
        Token token = take();
        try {
            return Integer.parseInt(token.text());
        } catch (NumberFormatException e) {
            throw new FormulaException(
                    token.column(),
                    "An exponent is a whole number, as in z^2 or z^-1, and this is " + token.words()
                            + "; write exp(p * log(z)) for other powers.");
        }
    }

    private Expression atom() {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> literal(token);
            case NAME -> peek().is("(") ? call(token) : named(token);
            case OPERATOR, END -> {
                if (!token.is("(")) {
                    throw new FormulaException(
                            token.column(),
                            "Expected a number, a name or \"(\", but found " + token.words()
                                    + "; add what is missing.");
                }
                Expression value = expression();
                expect(")", "for the \"(\" at column " + (token.column() + 1));
                yield value;
            }
        };
    }

    static Expression literal(Token token) {
        double value = Double.parseDouble(token.text());
        boolean isRoundedToZero = value == 0 && token.text().split("[eE]")[0].matches(".*[1-9].*");
        if (Double.isInfinite(value) || isRoundedToZero) {
            throw new FormulaException(
                    token.column(),
                    token.text() + " is too " + (isRoundedToZero ? "small" : "large")
                            + " for a double; take another number.");
        }
        return new Constant(value);
    }

    private Expression named(Token name) {
        if (name.text().equals("pi")) {
            return new Constant(Math.PI);
        } else if (NamedFunction.of(name.text()) != null) {
            throw new FormulaException(
                    name.column(),
                    name.text() + " is a function; write its arguments after it, as in " + name.text() + "(...).");
        }
        return name(name);
    }

    private Expression call(Token name) {
        Optional<Expression> special = special(name);
        if (special.isPresent()) {
            return special.get();
        }
        NamedFunction function = NamedFunction.of(name.text());
        if (function == null) {
            throw new FormulaException(
                    name.column(),
                    "There is no function " + Mistake.quoted(name.text()) + "; there are " + NamedFunction.list()
                            + ". For a product write * before the parenthesis.");
        }
        List<Expression> arguments = arguments();
        if (arguments.size() != function.arguments()) {
            throw new FormulaException(
                    name.column(),
                    function.text() + " takes " + function.arguments()
                            + (function.arguments() == 1 ? " argument" : " arguments") + ", and here it has "
                            + arguments.size() + ".");
        }
        return checked(function.of(arguments), name.column());
    }

    /** What stands in the parentheses after a name. */
    private List<Expression> arguments() {
        Token open = take();
        List<Expression> arguments = new ArrayList<>();
        if (!peek().is(")")) {
            do {
                arguments.add(number(peek().column(), expression()));
            } while (takes(","));
        }
        expect(")", "or \",\" after the arguments of the \"(\" at column " + (open.column() + 1));
        return arguments;
    }

    /** An operand, which is not to be a comparison. */
    private static Expression operand(Expression value, int column) {
        if (value instanceof Condition) {
            throw new FormulaException(
                    column, "A comparison is not a number; say what to take of it, as in z > 0 ? z : 0.");
        }
        return value;
    }

    private static Expression checked(Expression value, int column) {
        if (value instanceof Constant constant && !Double.isFinite(constant.value())) {
            throw new FormulaException(
                    column,
                    "The value of this is " + (Double.isNaN(constant.value()) ? "not a number" : "infinite")
                            + "; take numbers whose value is finite.");
        } else if (height(value) > MOST_NESTED) {
            throw tooDeep(column);
        } else if (value.nodes() > MOST_NODES) {
            throw new FormulaException(
                    column,
                    "The formula has more than " + MOST_NODES
                            + " numbers, names and operators with its powers written out; divide it between layers.");
        }
        return value;
    }

    private static FormulaException tooDeep(int column) {
        return new FormulaException(
                column,
                "More than " + MOST_NESTED + " operations are nested within each other here; divide the formula between"
                        + " layers.");
    }

    private static int height(Expression value) {
        int height = 0;
        for (Expression operand : value.operands()) {
            height = Math.max(height, height(operand));
        }
        return height + 1;
    }
}
