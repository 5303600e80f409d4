package dev.chainrule.processor.testing;

import dev.chainrule.runtime.Formula;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network tells of its loss, evaluated node by node with the functions of {@link Math}.
 *
 * @param z the sums of the output units, or what the outputs are made of
 */
public record FormulaTree(double[] z, double[] outputs, double[] targets) {
    /** The loss of a record. */
    public double value(Formula formula) {
        return at(-1, formula);
    }

    /** For one output, or, outside sums, for none. */
    private double at(int output, Formula formula) {
        if (formula instanceof Formula.Number number) {
            return number.value();
        } else if (formula instanceof Formula.Unit) {
            return z[output];
        } else if (formula instanceof Formula.Output) {
            return outputs[output];
        } else if (formula instanceof Formula.Target) {
            return targets[output];
        } else if (formula instanceof Formula.Choice choice) {
            double left = at(output, choice.left());
            double right = at(output, choice.right());
            boolean holds = switch (choice.comparison()) {
                case "<" -> left < right;
                case "<=" -> left <= right;
                case ">" -> left > right;
                case ">=" -> left >= right;
                default -> throw new IllegalArgumentException(choice.comparison());
            };
            return at(output, holds ? choice.then() : choice.otherwise());
        }
        Formula.Call call = (Formula.Call) formula;
        if (call.function().equals("sum") || call.function().equals("mean")) {
            double sum = IntStream.range(0, outputs.length)
                    .mapToDouble(one -> at(one, call.arguments().get(0)))
                    .sum();
            return call.function().equals("sum") ? sum : sum / outputs.length;
        }
        List<Double> values =
                call.arguments().stream().map(argument -> at(output, argument)).toList();
        double first = values.get(0);
        if (values.size() == 1) {
            return function(call.function(), first);
        }
        double second = values.get(1);
        return switch (call.function()) {
            case "+" -> first + second;
            case "-" -> first - second;
            case "*" -> first * second;
            case "/" -> first / second;
            default -> throw new IllegalArgumentException(call.function());
        };
    }

    private static double function(String name, double x) {
        return switch (name) {
            case "-" -> -x;
            case "abs" -> Math.abs(x);
            case "exp" -> Math.exp(x);
            case "log" -> Math.log(x);
            case "softplus" -> Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
            case "huber" -> Math.abs(x) <= 1 ? x * x / 2 : Math.abs(x) - 0.5;
            case "logCosh" -> Math.log(Math.cosh(x));
            default -> throw new IllegalArgumentException(name);
        };
    }
}
