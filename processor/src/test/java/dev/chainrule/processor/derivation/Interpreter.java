package dev.chainrule.processor.derivation;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Rule;
import dev.chainrule.runtime.Kernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Computes equations one by one as they are written, with {@link StrictMath}: neither code nor kernels come into it. */
final class Interpreter {
    private final Map<Symbol, Double> values = new HashMap<>();

    void set(Symbol symbol, double value) {
        values.put(symbol, value);
    }

    double get(Symbol symbol) {
        return values.getOrDefault(symbol, 0.0);
    }

    /** Sets all values of a family to 0. */
    void forget(Symbol family) {
        values.keySet().removeIf(symbol -> symbol.family().equals(family));
    }

    void run(List<Section> sections) {
        sections.forEach(section -> section.blocks().forEach(this::run));
    }

    private void run(Block block) {
        if (!block.over().isEmpty()) {
            for (int number = 0; number < block.over().get(0).size(); number++) {
                run(block.at(number));
            }
            return;
        }
        for (Equation equation : block.equations()) {
            double value = value(equation.right());
            Symbol left = equation.left();
            if (left.quantity().isGradient()) {
                values.merge(left, value, Double::sum);
            } else {
                values.put(left, value);
            }
        }
    }

    private double value(Expression expression) {
        List<Expression> operands = expression.operands();
        if (expression instanceof Symbol symbol) {
            if (!values.containsKey(symbol)) {
                throw new IllegalStateException(symbol + " has no value yet");
            }
            return values.get(symbol);
        } else if (expression instanceof Expression.Constant constant) {
            return constant.value();
        } else if (expression instanceof Expression.SumOver sum) {
            return sum(sum.over(), sum.term());
        } else if (expression instanceof Expression.WeightedSum sum) {
            return value(sum.start()) + sum(sum.over(), new Expression.Product(List.of(sum.left(), sum.right())));
        } else if (expression instanceof Expression.MaximumOver maximum) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int number = 0; number < maximum.over().size(); number++) {
                greatest = Math.max(greatest, value(maximum.term().at(maximum.over(), number)));
            }
            return greatest;
        } else if (expression instanceof Expression.Choice choice) {
            return holds(choice.condition()) ? value(choice.then()) : value(choice.otherwise());
        } else if (expression instanceof Expression.Call call) {
            return call(
                    (Rule) call.function(),
                    operands.stream().mapToDouble(this::value).toArray());
        }
        double first = operands.isEmpty() ? 1 : value(operands.get(0));
        for (Expression operand : operands.subList(Math.min(1, operands.size()), operands.size())) {
            double next = value(operand);
            if (expression instanceof Expression.Sum) {
                first += next;
            } else if (expression instanceof Expression.Difference) {
                first -= next;
            } else if (expression instanceof Expression.Quotient) {
                first /= next;
            } else {
                first *= next;
            }
        }
        return expression instanceof Expression.Negative ? -first : first;
    }

    private double sum(Index.Variable over, Expression term) {
        double sum = 0;
        for (int number = 0; number < over.size(); number++) {
            sum += value(term.at(over, number));
        }
        return sum;
    }

    private boolean holds(Expression.Condition condition) {
        double left = value(condition.left());
        double right = value(condition.right());
        return switch (condition.comparison()) {
            case LESS -> left < right;
            case AT_MOST -> left <= right;
            case GREATER -> left > right;
            case AT_LEAST -> left >= right;
            case EQUAL -> left == right;
            case DIFFERENT -> left != right;
        };
    }

    private static double call(Rule rule, double[] x) {
        return switch (rule) {
            case SIGMOID -> 1 / (1 + StrictMath.exp(-x[0]));
            case TANH -> StrictMath.tanh(x[0]);
            case EXP -> StrictMath.exp(x[0]);
            case EXPM1 -> StrictMath.expm1(x[0]);
            case SOFTPLUS -> StrictMath.log1p(StrictMath.exp(x[0]));
            case LOG -> StrictMath.log(x[0]);
            case LOG1P -> StrictMath.log1p(x[0]);
            case LOG_COSH -> {
                double size = Math.abs(x[0]);
                yield size + StrictMath.log1p(StrictMath.exp(-2 * size)) - StrictMath.log(2);
            }
            case HUBER -> Math.abs(x[0]) <= 1 ? x[0] * x[0] / 2 : Math.abs(x[0]) - 0.5;
            case ATAN -> StrictMath.atan(x[0]);
            // The runtime's own, whose accuracy is tested there
            case ERF -> Kernels.erf(x[0]);
            case POWER -> StrictMath.pow(x[0], x[1]);
            case SQRT -> StrictMath.sqrt(x[0]);
            case SIN -> StrictMath.sin(x[0]);
            case COS -> StrictMath.cos(x[0]);
            case ABS -> Math.abs(x[0]);
            case SIGN -> Math.signum(x[0]);
            case MAX -> Math.max(x[0], x[1]);
            case MIN -> Math.min(x[0], x[1]);
        };
    }
}
