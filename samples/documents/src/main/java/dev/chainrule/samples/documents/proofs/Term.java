package dev.chainrule.samples.documents.proofs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The function of a unit: {@code z}, a number, or an operation on others, {@code ( * z ( sigmoid z ) )}.
 *
 * @param name the operation, {@code z}, or empty for a number
 * @param compared how the first two operands of a choice compare, or empty
 */
record Term(String name, String compared, double number, List<Term> operands) {
    /** Reads one. */
    static Term read(Words words) throws IOException {
        return read(words, words.next());
    }

    private static Term read(Words words, String word) throws IOException {
        if (word.equals("z")) {
            return new Term("z", "", 0, List.of());
        } else if (!word.equals("(")) {
            return new Term("", "", new Words(word).number(), List.of());
        }
        String name = words.next();
        String compared = name.equals("?") ? words.next() : "";
        List<Term> operands = new ArrayList<>();
        for (String next = words.next(); !next.equals(")"); next = words.next()) {
            operands.add(read(words, next));
        }
        boolean fits = switch (name) {
            case "?" -> operands.size() == 4;
            case "max", "min", "power", "/" -> operands.size() == 2;
            case "+", "*" -> operands.size() > 1;
            case "-" -> operands.size() == 1 || operands.size() == 2;
            default -> operands.size() == 1;
        };
        if (!fits) {
            throw new IOException("the certificate has " + operands.size() + " operands of " + name);
        }
        return new Term(name, compared, 0, operands);
    }

    Term operand(int i) {
        return operands.get(i);
    }

    /** The value that the class computes, or NaN where z is a zero and its sign tells. */
    double unsigned(double z, Arithmetic arithmetic) {
        double value = at(z, arithmetic);
        return z != 0 || value == at(-z, arithmetic) ? value : Double.NaN;
    }

    /** The value that the class computes. */
    double at(double z, Arithmetic arithmetic) {
        if (name.equals("z")) {
            return z;
        } else if (name.isEmpty()) {
            return arithmetic.number(number);
        }
        double x = operand(0).at(z, arithmetic);
        switch (name) {
            case "?":
                double y = operand(1).at(z, arithmetic);
                return operand(holds(x, y) ? 2 : 3).at(z, arithmetic);
            case "abs":
                return Math.abs(x);
            case "signum":
                return Math.signum(x);
            case "max":
                return Math.max(x, operand(1).at(z, arithmetic));
            case "min":
                return Math.min(x, operand(1).at(z, arithmetic));
            case "power":
                return arithmetic.call(name, x, operand(1).number);
            case "-":
                return operands.size() == 1
                        ? -x
                        : arithmetic.plus(x, -operand(1).at(z, arithmetic));
            case "/":
                return arithmetic.over(x, operand(1).at(z, arithmetic));
            case "+", "*":
                for (Term operand : operands.subList(1, operands.size())) {
                    double next = operand.at(z, arithmetic);
                    x = name.equals("+") ? arithmetic.plus(x, next) : arithmetic.times(x, next);
                }
                return x;
            default:
                return arithmetic.call(name, x, 0);
        }
    }

    private boolean holds(double x, double y) {
        return switch (compared) {
            case "<" -> x < y;
            case "<=" -> x <= y;
            case ">" -> x > y;
            case ">=" -> x >= y;
            case "==" -> x == y;
            default -> x != y;
        };
    }

    /** The numbers that z is compared with, and 0. */
    List<Double> corners(Arithmetic arithmetic) {
        List<Double> corners = new ArrayList<>(List.of(0.0));
        addCorners(corners, arithmetic);
        return corners.stream().distinct().sorted().toList();
    }

    private void addCorners(List<Double> corners, Arithmetic arithmetic) {
        boolean compares = !"+-*/".contains(name) || name.isEmpty();
        List<Term> first = name.equals("?") ? operands.subList(0, 2) : operands;
        if (compares && first.stream().anyMatch(operand -> operand.name.equals("z"))) {
            for (Term operand : first) {
                if (operand.name.isEmpty()) {
                    corners.add(arithmetic.number(operand.number) + 0.0);
                }
            }
        }
        operands.forEach(operand -> operand.addCorners(corners, arithmetic));
    }
}
