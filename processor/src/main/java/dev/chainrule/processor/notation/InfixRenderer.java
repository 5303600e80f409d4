package dev.chainrule.processor.notation;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Notation;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes expressions with operators between operands and parentheses where the order needs them. */
public abstract class InfixRenderer {
    /** Where an argument stands in the form of a call. */
    private static final Pattern ARGUMENT = Pattern.compile("%([12*])");

    /** How tightly an expression holds together. */
    public enum Binding {
        CHOICE,
        CONDITION,
        SUM,
        PRODUCT,
        SIGN,
        ATOM
    }

    /** The expression's text, with the binding of its outermost operator. */
    protected abstract String symbol(Symbol symbol);

    /** {@code sigmoid(z)}. */
    protected String call(Expression.Call call) {
        return call.function().text() + "(" + list(call.operands(), ", ") + ")";
    }

    /** A call by the form of its function in a notation, with these parentheses. */
    protected final String form(Expression.Call call, Notation notation, String open, String close) {
        String form = call.function().form(notation).replace("(", open).replace(")", close);
        return ARGUMENT.matcher(form).replaceAll(match -> {
            String which = match.group(1);
            List<Expression> arguments = call.operands();
            return Matcher.quoteReplacement(
                    which.equals("*")
                            ? list(arguments, separator())
                            : render(arguments.get(Integer.parseInt(which) - 1)));
        });
    }

    /** What stands between arguments. */
    protected String separator() {
        return ", ";
    }

    /** What stands between terms. */
    protected String plus() {
        return " + ";
    }

    /** What stands before a term that is taken off. */
    protected String minus() {
        return " - ";
    }

    /** What stands between factors. */
    protected String times() {
        return " * ";
    }

    /** {@code -a}. */
    protected String negative(String operand) {
        return "-" + operand;
    }

    /** {@code 2}. */
    protected String number(double value) {
        return constant(value);
    }

    /** {@code k}: the number of a unit, as a value. */
    protected String number(Index unit) {
        return unit.value();
    }

    /** {@code a * b}. */
    protected String product(Expression.Product product) {
        return infix(product.operands(), times(), Binding.PRODUCT);
    }

    /** {@code a / b}. */
    protected String quotient(Expression.Quotient quotient) {
        return enclosed(quotient.left(), Binding.PRODUCT) + " / " + enclosed(quotient.right(), Binding.SIGN);
    }

    /** The forms that only some targets have. */
    protected abstract String other(Expression expression);

    /** The expression's text. */
    public final String render(Expression expression) {
        if (expression instanceof Symbol symbol) {
            return symbol(symbol);
        } else if (expression instanceof Expression.Constant constant) {
            return number(constant.value());
        } else if (expression instanceof Expression.Number number) {
            return number(number.index()) + (number.plus() == 0 ? "" : plus() + number((double) number.plus()));
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else if (expression instanceof Expression.Sum sum) {
            return sum(sum.operands());
        } else if (expression instanceof Expression.Difference difference) {
            return infix(difference.operands(), minus(), Binding.SUM);
        } else if (expression instanceof Expression.Product product) {
            return product(product);
        } else if (expression instanceof Expression.Quotient quotient) {
            return quotient(quotient);
        } else if (expression instanceof Expression.Negative negative) {
            return negative(enclosed(negative.operand(), Binding.ATOM));
        } else if (expression instanceof Expression.Choice choice) {
            return choice(choice);
        } else if (expression instanceof Expression.Condition condition) {
            return condition(condition);
        }
        return other(expression);
    }

    /** Expressions with a separator between. */
    public final String list(List<Expression> expressions, String separator) {
        List<String> texts = new ArrayList<>();
        for (Expression expression : expressions) {
            texts.add(render(expression));
        }
        return String.join(separator, texts);
    }

    /** {@code a + b - c}: what is added with a sign is taken off without. */
    protected String sum(List<Expression> terms) {
        StringBuilder text = new StringBuilder(enclosed(terms.get(0), Binding.SUM));
        for (Expression term : terms.subList(1, terms.size())) {
            Optional<Expression> takenOff = takenOff(term);
            text.append(takenOff.isPresent() ? minus() : plus())
                    .append(enclosed(takenOff.orElse(term), Binding.PRODUCT));
        }
        return text.toString();
    }

    /** What is taken off by adding a term: {@code a} of {@code -a}, which is the same number. */
    protected static Optional<Expression> takenOff(Expression term) {
        if (term instanceof Expression.Negative negative) {
            return Optional.of(negative.operand());
        }
        return term instanceof Expression.Constant constant && constant.value() < 0
                ? Optional.of(Expression.constant(-constant.value()))
                : Optional.empty();
    }

    /** The first operand may bind as loosely as the operator, as both go from left to right; the others bind tighter. */
    private String infix(List<Expression> operands, String operator, Binding binding) {
        List<String> texts = new ArrayList<>();
        for (Expression operand : operands) {
            texts.add(enclosed(operand, texts.isEmpty() ? binding : Binding.values()[binding.ordinal() + 1]));
        }
        return String.join(operator, texts);
    }

    /** The expression, in parentheses if it binds looser than {@code least}. */
    public final String enclosed(Expression expression, Binding least) {
        return binding(expression).compareTo(least) >= 0 ? render(expression) : parentheses(render(expression));
    }

    /** {@code a > b ? c : d}. */
    protected String choice(Expression.Choice choice) {
        return enclosed(choice.condition(), Binding.CONDITION) + " ? " + enclosed(choice.then(), Binding.CONDITION)
                + " : " + enclosed(choice.otherwise(), Binding.CHOICE);
    }

    /** {@code a > b}. */
    protected String condition(Expression.Condition condition) {
        return enclosed(condition.left(), Binding.SUM) + " "
                + condition.comparison().text() + " " + enclosed(condition.right(), Binding.SUM);
    }

    protected String parentheses(String text) {
        return "(" + text + ")";
    }

    /** How tightly the outermost operator binds. */
    protected Binding binding(Expression expression) {
        if (expression instanceof Expression.Sum
                || expression instanceof Expression.Difference
                || expression instanceof Expression.SumOver
                || expression instanceof Expression.WeightedSum
                || expression instanceof Expression.MaximumOver) {
            return Binding.SUM;
        } else if (expression instanceof Expression.Number number && number.plus() != 0) {
            return Binding.SUM;
        } else if (expression instanceof Expression.Choice) {
            return Binding.CHOICE;
        } else if (expression instanceof Expression.Condition) {
            return Binding.CONDITION;
        } else if (expression instanceof Expression.Product
                || expression instanceof Expression.Quotient
                || expression instanceof Expression.Chain) {
            return Binding.PRODUCT;
        } else if (expression instanceof Expression.Negative
                || expression instanceof Expression.Constant constant && constant.value() < 0) {
            return Binding.SIGN;
        }
        return Binding.ATOM;
    }

    /** Whole numbers without a point. */
    protected String constant(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6 && !isMinusZero(value)
                ? Integer.toString((int) value)
                : Double.toString(value);
    }

    private static boolean isMinusZero(double value) {
        return Double.compare(value, -0.0) == 0;
    }
}
