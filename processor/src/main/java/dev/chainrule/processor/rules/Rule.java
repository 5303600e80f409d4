package dev.chainrule.processor.rules;

import static dev.chainrule.processor.equations.Expression.ONE;
import static dev.chainrule.processor.equations.Expression.ZERO;
import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;
import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Call;
import dev.chainrule.processor.equations.Expression.Choice;
import dev.chainrule.processor.equations.Expression.Condition;
import dev.chainrule.processor.equations.Expression.Constant;
import dev.chainrule.processor.equations.Expression.Negative;
import dev.chainrule.processor.equations.Expression.Product;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.equations.Notation;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The functions, one entry each: its name in Java and plain text, a call of it in JavaScript, LaTeX and MathML, and its
 * derivative. The derivative is given by the argument x and the value y: by y where no digits are lost ({@code y + 1}
 * is 0 where {@code e^x} is 1e-17).
 */
public enum Rule implements Function {
    SIGMOID("sigmoid", "sigmoid(%*)", "\\sigma(%*)", "<mi>&#963;</mi>(%*)", (x, y) -> product(y, difference(ONE, y))),
    TANH("tanh", "Math.tanh(%*)", "\\tanh(%*)", "<mi>tanh</mi>(%*)", (x, y) -> difference(ONE, product(y, y))),
    EXP("exp", "Math.exp(%*)", "\\exp(%*)", "<mi>exp</mi>(%*)", (x, y) -> y),
    EXPM1(
            "expm1",
            "Math.expm1(%*)",
            "(e^{%1} - 1)",
            "(<msup><mi>e</mi><mrow>%1</mrow></msup><mo>&#8722;</mo><mn>1</mn>)",
            (x, y) -> call(Rule.EXP, x)),
    SOFTPLUS(
            "softplus",
            "softplus(%*)",
            "\\log(1 + e^{%1})",
            "<mi>log</mi>(<mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow>%1</mrow></msup>)",
            (x, y) -> call(Rule.SIGMOID, x)),
    LOG("log", "Math.log(%*)", "\\log(%*)", "<mi>log</mi>(%*)", (x, y) -> new Quotient(ONE, x)),
    LOG1P(
            "log1p",
            "Math.log1p(%*)",
            "\\log(1 + %1)",
            "<mi>log</mi>(<mn>1</mn><mo>+</mo>%1)",
            (x, y) -> new Quotient(ONE, sum(ONE, x))),
    SQRT(
            "sqrt",
            "Math.sqrt(%*)",
            "\\sqrt{%1}",
            "<msqrt><mrow>%1</mrow></msqrt>",
            (x, y) -> new Quotient(constant(0.5), y)),
    SIN("sin", "Math.sin(%*)", "\\sin(%*)", "<mi>sin</mi>(%*)", (x, y) -> cos(x)),
    COS("cos", "Math.cos(%*)", "\\cos(%*)", "<mi>cos</mi>(%*)", (x, y) -> new Negative(call(Rule.SIN, x))),
    ATAN(
            "atan",
            "Math.atan(%*)",
            "\\arctan(%*)",
            "<mi>arctan</mi>(%*)",
            (x, y) -> new Quotient(ONE, sum(ONE, product(x, x)))),
    /** {@code 2 / sqrt(pi)} times the integral of {@code e^(-x^2)} from 0; the factor is that constant. */
    ERF(
            "erf",
            "erf(%*)",
            "\\operatorname{erf}(%*)",
            "<mi>erf</mi>(%*)",
            (x, y) -> product(constant(1.1283791670955126), call(Rule.EXP, new Negative(product(x, x))))),
    LOG_COSH(
            "logCosh", "logCosh(%*)", "\\log\\cosh(%1)", "<mi>log</mi><mi>cosh</mi>(%1)", (x, y) -> call(Rule.TANH, x)),
    SIGN("signum", "Math.sign(%*)", "\\operatorname{sign}(%*)", "<mi>sign</mi>(%*)", (x, y) -> ZERO),
    /** At 0 the derivative is taken as 0. */
    ABS(
            "abs",
            "Math.abs(%*)",
            "\\left|%1\\right|",
            "<mrow><mo>|</mo>%1<mo>|</mo></mrow>",
            (x, y) -> call(Rule.SIGN, x)),
    /** At a tie the derivative is that of the first argument. */
    MAX("max", "Math.max(%*)", "\\max(%*)", "<mi>max</mi>(%*)", null) {
        @Override
        public Expression derivative(Call max, List<Expression> derivatives) {
            Expression first = max.operands().get(0);
            Expression second = max.operands().get(1);
            // Of max(0, z) and max(0.01 z, z) the value tells which it was
            return first.equals(ZERO) || isFraction(first, second)
                    ? choice(max, Comparison.GREATER, ZERO, derivatives.get(1), derivatives.get(0))
                    : choice(first, Comparison.AT_LEAST, second, derivatives.get(0), derivatives.get(1));
        }

        private static boolean isFraction(Expression first, Expression second) {
            return first instanceof Product product
                    && product.operands().size() == 2
                    && product.operands().get(0) instanceof Constant factor
                    && factor.value() > 0
                    && factor.value() < 1
                    && product.operands().get(1).equals(second);
        }
    },
    /** At a tie the derivative is that of the second argument. */
    MIN("min", "Math.min(%*)", "\\min(%*)", "<mi>min</mi>(%*)", null) {
        @Override
        public Expression derivative(Call min, List<Expression> derivatives) {
            List<Expression> arguments = min.operands();
            return choice(arguments.get(0), Comparison.LESS, arguments.get(1), derivatives.get(0), derivatives.get(1));
        }
    },
    HUBER(
            "huber",
            "huber(%*)",
            "\\operatorname{huber}(%*)",
            "<mi>huber</mi>(%*)",
            (x, y) -> call(Rule.MAX, constant(-1), call(Rule.MIN, ONE, x))),
    /** {@code power(x, n)} for a whole number n, by repeated multiplication. */
    POWER("power", "Math.pow(%*)", "(%1)^{%2}", "<msup>(%1)%2</msup>", null) {
        @Override
        public Expression derivative(Call power, List<Expression> derivatives) {
            Expression base = power.operands().get(0);
            Constant exponent = (Constant) power.operands().get(1);
            return Derivative.product(
                    List.of(exponent, Derivative.power(base, (int) exponent.value() - 1), derivatives.get(0)));
        }
    };

    private final String text;
    private final String javaScript;
    private final String latex;
    private final String mathMl;
    private final BinaryOperator<Expression> derivative;

    Rule(String text, String javaScript, String latex, String mathMl, BinaryOperator<Expression> derivative) {
        this.text = text;
        this.javaScript = javaScript;
        this.latex = latex;
        this.mathMl = mathMl;
        this.derivative = derivative;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean isKernel() {
        return switch (this) {
            case ABS, SIGN, MAX, MIN -> false;
            default -> true;
        };
    }

    @Override
    public String form(Notation notation) {
        return switch (notation) {
            case JAVASCRIPT -> javaScript;
            case LATEX -> latex;
            case MATHML -> mathMl;
        };
    }

    @Override
    public Expression derivative(Call call, List<Expression> derivatives) {
        return Derivative.product(List.of(derivative.apply(call.operands().get(0), call), derivatives.get(0)));
    }

    /** Apart, as an entry cannot name one that stands further down. */
    private static Expression cos(Expression x) {
        return call(COS, x);
    }

    /** One of two derivatives; no choice where they are the same. */
    private static Expression choice(
            Expression left, Comparison comparison, Expression right, Expression then, Expression otherwise) {
        return then.equals(otherwise) ? then : new Choice(new Condition(left, comparison, right), then, otherwise);
    }
}
