package dev.chainrule.processor.testing;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Random formulas as people might type them: of all that the grammar has, with needless spaces and parentheses at times. */
final class RandomFormula {
    private static final List<String> FUNCTIONS = List.of(
            "exp",
            "expm1",
            "sin",
            "cos",
            "atan",
            "tanh",
            "sigmoid",
            "softplus",
            "erf",
            "abs",
            "sign",
            "max",
            "min",
            "clamp",
            "log",
            "log1p",
            "sqrt");
    private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=");
    private static final List<String> LETTERS = List.of("p", "beta", "a_1", "Q", "z2");

    private final Random random;
    private final List<String> names;
    private final Set<String> letters = new TreeSet<>();

    private RandomFormula(Random random, List<String> names) {
        this.random = random;
        this.names = names;
    }

    /** That of a layer, with first values of some letters. */
    static String ofLayer(Random random) {
        RandomFormula formula = new RandomFormula(random, List.of("z", "z", "z", "z", "p", "beta", "a_1", "Q", "z2"));
        String text = formula.expression(3);
        StringBuilder values = new StringBuilder();
        for (String letter : formula.letters) {
            if (random.nextBoolean()) {
                values.append(values.isEmpty() ? "; " : ", ").append(letter + " = " + (random.nextInt(9) - 4) / 4.0);
            }
        }
        return text + values;
    }

    /** That of a loss. */
    static String ofLoss(Random random) {
        String terms = terms(random);
        return switch (random.nextInt(5)) {
            case 0 -> terms + " + " + terms(random);
            case 1 -> "sqrt(1 + (" + terms + ")^2)";
            case 2 -> "0.5 * " + terms + " - tanh(" + terms(random) + ") / 3";
            default -> terms;
        };
    }

    private static String terms(Random random) {
        String term = new RandomFormula(random, List.of("y", "t")).expression(2);
        return (random.nextBoolean() ? "sum" : "mean") + "(y * (" + term + ") + (y - t)^2)";
    }

    private String expression(int depth) {
        if (depth == 0) {
            return leaf();
        }
        String space = random.nextInt(8) == 0 ? "" : " ";
        return switch (random.nextInt(12)) {
            case 0, 1 -> expression(depth - 1) + space + "+" + space + expression(depth - 1);
            case 2 -> expression(depth - 1) + space + "-" + space + factor(depth - 1);
            case 3, 4 -> factor(depth - 1) + space + "*" + space + factor(depth - 1);
            case 5 -> factor(depth - 1) + space + "/" + space + divisor(depth - 1);
            case 6 -> "-" + space + factor(depth - 1);
            case 7 -> "(" + expression(depth - 1) + ")^" + power();
            case 8 ->
                leaf() + "^" + (2 + random.nextInt(2)) + space + "*" + space + leaf() + space + "-" + space + leaf();
            case 9 ->
                factor(depth - 1) + " " + oneOf(COMPARISONS) + " " + factor(depth - 1) + space + "?" + space
                        + expression(depth - 1) + " :" + space + expression(depth - 1);
            default -> call(depth - 1);
        };
    }

    /** What may stand beside any operator. */
    private String factor(int depth) {
        return depth == 0 ? leaf() : "(" + expression(depth) + ")";
    }

    /** Seldom 0. */
    private String divisor(int depth) {
        return random.nextInt(4) == 0 ? "(" + expression(depth) + ")" : "(1.5 + (" + expression(depth) + ")^2)";
    }

    private String power() {
        return switch (random.nextInt(10)) {
            case 0 -> "0";
            case 1 -> "1";
            case 2 -> "-1";
            case 3 -> "-2";
            case 4 -> "5";
            case 5 -> "7";
            default -> Integer.toString(2 + random.nextInt(3));
        };
    }

    private String call(int depth) {
        String function = oneOf(FUNCTIONS);
        String argument = expression(depth);
        return switch (function) {
            case "max", "min" -> function + "(" + argument + ", " + expression(depth) + ")";
            case "clamp" -> "clamp(" + argument + ", -" + number() + ", " + expression(depth) + ")";
            case "log", "sqrt" -> function + "(0.5 + (" + argument + ")^2)";
            case "log1p" -> "log1p(exp(-abs(" + argument + ")))";
            default -> function + "(" + argument + ")";
        };
    }

    private String leaf() {
        if (random.nextInt(4) == 0) {
            return number();
        }
        String name = oneOf(names);
        if (LETTERS.contains(name)) {
            letters.add(name);
        }
        return random.nextInt(9) == 0 ? "(" + name + ")" : name;
    }

    private String number() {
        return switch (random.nextInt(6)) {
            case 0 -> Integer.toString(1 + random.nextInt(3));
            case 1 -> "." + (1 + random.nextInt(9));
            case 2 -> 1 + random.nextInt(3) + ".";
            case 3 -> (1 + random.nextInt(9)) + "e-1";
            case 4 -> "pi";
            default -> String.format(Locale.ROOT, "%.3f", 0.1 + random.nextDouble());
        };
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
