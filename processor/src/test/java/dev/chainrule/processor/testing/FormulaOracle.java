package dev.chainrule.processor.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a formula's text means, for tests: computed while it is read, from left to right, by precedence climbing. It is asked anew
 * for every value, and shares nothing with the processor.
 */
final class FormulaOracle {
    /** Sides of a comparison that are closer than this, against their scale, may round to either order. */
    private static final double TIE = 1e-9;

    private final String text;
    private final Function<String, Dual> names;
    private final BiFunction<String, String, Dual> sums;
    private final int variables;
    private int at;

    /** Whether a comparison was too close to tell. */
    private boolean isNearTie;

    /** Whether what is read is not taken, so that its ties do not matter. */
    private int skipped;

    private FormulaOracle(
            String text, Function<String, Dual> names, BiFunction<String, String, Dual> sums, int variables) {
        this.text = text;
        this.names = names;
        this.sums = sums;
        this.variables = variables;
    }

    /** What a formula is worth; {@code isNearTie} says whether that is for sure. */
    record Result(Dual value, boolean isNearTie) {}

    /** The value of the formula of a layer, by the values of its names. */
    static Result of(String formula, Map<String, Dual> values, int variables) {
        String expression = formula.replaceAll(";.*", "");
        return new FormulaOracle(expression, values::get, (name, term) -> null, variables).whole();
    }

    /** The value of the formula of a loss. */
    static Result ofLoss(String formula, List<Dual> outputs, double[] targets, int variables) {
        boolean[] isNearTie = {false};
        BiFunction<String, String, Dual> sums = (name, term) -> {
            Dual sum = Dual.constant(0, variables);
            for (int j = 0; j < targets.length; j++) {
                Map<String, Dual> values = Map.of("y", outputs.get(j), "t", Dual.constant(targets[j], variables));
                Result result = of(term, values, variables);
                sum = sum.plus(result.value());
                isNearTie[0] |= result.isNearTie();
            }
            return name.equals("mean") ? sum.over(Dual.constant(targets.length, variables)) : sum;
        };
        Result whole = new FormulaOracle(formula, name -> null, sums, variables).whole();
        return new Result(whole.value(), whole.isNearTie() || isNearTie[0]);
    }

    private Result whole() {
        Dual value = choice();
        if (peek() != 0) {
            throw new IllegalStateException("\"" + text + "\" ends at " + at);
        }
        return new Result(value, isNearTie);
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean takes(String word) {
        peek();
        boolean isNext = text.startsWith(word, at);
        at += isNext ? word.length() : 0;
        return isNext;
    }

    private void expect(String word) {
        if (!takes(word)) {
            throw new IllegalStateException("expected " + word + " at " + at + " of " + text);
        }
    }

    private Dual choice() {
        Dual left = binary(0);
        for (String comparison : List.of("<=", ">=", "==", "!=", "<", ">")) {
            if (takes(comparison)) {
                return chosen(holds(left, comparison, binary(0)));
            }
        }
        return left;
    }

    private Dual chosen(boolean first) {
        expect("?");
        skipped += first ? 0 : 1;
        Dual then = choice();
        skipped -= first ? 0 : 1;
        expect(":");
        skipped += first ? 1 : 0;
        Dual otherwise = choice();
        skipped -= first ? 1 : 0;
        return first ? then : otherwise;
    }

    private boolean holds(Dual left, String comparison, Dual right) {
        mayTie(left, right);
        double a = left.value();
        double b = right.value();
        return switch (comparison) {
            case "<" -> a < b;
            case "<=" -> a <= b;
            case ">" -> a > b;
            case ">=" -> a >= b;
            case "==" -> a == b;
            default -> a != b;
        };
    }

    private void mayTie(Dual left, Dual right) {
        boolean isTie = Math.abs(left.value() - right.value()) <= TIE * (left.size() + right.size());
        isNearTie |= isTie && skipped == 0;
    }

    /** Sums of level 0, products of level 1. */
    private Dual binary(int level) {
        if (level == 2) {
            return takes("-") ? binary(2).negative() : power();
        }
        Dual value = binary(level + 1);
        while (true) {
            if (takes(level == 0 ? "+" : "*")) {
                Dual right = binary(level + 1);
                value = level == 0 ? value.plus(right) : value.times(right);
            } else if (takes(level == 0 ? "-" : "/")) {
                Dual right = binary(level + 1);
                value = level == 0 ? value.minus(right) : value.over(right);
            } else {
                return value;
            }
        }
    }

    private Dual power() {
        Dual base = atom();
        if (!takes("^")) {
            return base;
        }
        boolean isInverse = takes("-");
        int n = Integer.parseInt(word("[0-9]"));
        Dual power = n == 0 ? Dual.constant(1, variables) : base.power(n);
        return isInverse ? power.inverse() : power;
    }

    private String word(String characters) {
        peek();
        int from = at;
        while (at < text.length() && text.substring(at, at + 1).matches(characters)) {
            at++;
        }
        return text.substring(from, at);
    }

    private Dual atom() {
        if (takes("(")) {
            Dual value = choice();
            expect(")");
            return value;
        }
        char c = peek();
        if (c >= '0' && c <= '9' || c == '.') {
            String number = word("[0-9.]");
            if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
                number += text.charAt(at++);
                number += text.charAt(at) == '-' ? text.charAt(at++) : "";
                number += word("[0-9]");
            }
            return Dual.constant(Double.parseDouble(number), variables);
        }
        String name = word("[A-Za-z0-9_]");
        if (!takes("(")) {
            return name.equals("pi") ? Dual.constant(Math.PI, variables) : names.apply(name);
        } else if (name.equals("sum") || name.equals("mean")) {
            int from = at;
            for (int open = 1; open > 0; at++) {
                open += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            }
            return sums.apply(name, text.substring(from, at - 1));
        }
        List<Dual> arguments = new ArrayList<>();
        do {
            arguments.add(choice());
        } while (takes(","));
        expect(")");
        return call(name, arguments);
    }

    private Dual call(String name, List<Dual> arguments) {
        Dual first = arguments.get(0);
        switch (name) {
            case "max":
                return greater(first, arguments.get(1));
            case "min":
                return greater(first.negative(), arguments.get(1).negative()).negative();
            case "clamp":
                Dual low = greater(arguments.get(1), first);
                return greater(arguments.get(2).negative(), low.negative()).negative();
            case "abs":
                mayTie(first, Dual.constant(0, variables));
                return first.value() < 0 ? first.negative() : first;
            case "sign":
                mayTie(first, Dual.constant(0, variables));
                return Dual.constant(Math.signum(first.value()), variables);
            default:
                return function(name, first);
        }
    }

    private Dual greater(Dual left, Dual right) {
        if (left.value() == right.value() && left.size() == 0 && right.size() == 0) {
            return left;
        }
        mayTie(left, right);
        return left.value() >= right.value() ? left : right;
    }

    private static Dual function(String name, Dual argument) {
        double x = argument.value();
        double e = StrictMath.exp(x);
        return switch (name) {
            case "exp" -> argument.function(e, e, e, 0);
            case "expm1" -> argument.function(StrictMath.expm1(x), e, e, 0);
            case "log" -> argument.function(StrictMath.log(x), 1 / x, -1 / x / x, 0);
            case "log1p" -> {
                double slope = 1 / (1 + x);
                yield argument.function(StrictMath.log1p(x), slope, -slope * slope, slope * slope * (1 + Math.abs(x)));
            }
            case "sqrt" -> {
                double root = Math.sqrt(x);
                yield argument.function(root, 0.5 / root, -0.25 / (root * x), 0);
            }
            case "sin" -> argument.function(StrictMath.sin(x), StrictMath.cos(x), -StrictMath.sin(x), 0);
            case "cos" -> argument.function(StrictMath.cos(x), -StrictMath.sin(x), -StrictMath.cos(x), 0);
            case "atan" -> {
                double slope = 1 / (1 + x * x);
                yield argument.function(StrictMath.atan(x), slope, -2 * x * slope * slope, 0);
            }
            case "tanh" -> {
                double y = StrictMath.tanh(x);
                double slope = 1 / (StrictMath.cosh(x) * StrictMath.cosh(x));
                yield argument.function(y, slope, -2 * y * slope, 1 + y * y);
            }
            case "sigmoid" -> {
                double y = 1 / (1 + StrictMath.exp(-x));
                double slope = y / (1 + e);
                yield argument.function(y, slope, slope * (1 / (1 + e) - y), y * (1 + y));
            }
            case "softplus" -> {
                double y = Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
                double slope = 1 / (1 + StrictMath.exp(-x));
                yield argument.function(y, slope, slope / (1 + e), 0);
            }
            case "erf" -> {
                double slope = 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x);
                yield argument.function(erf(x), slope, -2 * x * slope, slope * (1 + x * x));
            }
            default -> throw new IllegalStateException("no function " + name);
        };
    }

    /** {@code 2 / sqrt(pi) e^(-x^2) (x + 2 x^3/3 + 4 x^5/15 + ...)}, whose terms all have one sign. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = 0;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }
}
