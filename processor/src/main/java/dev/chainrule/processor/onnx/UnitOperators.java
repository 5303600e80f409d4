package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.equations.Expression.ONE;
import static dev.chainrule.processor.equations.Expression.ZERO;
import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.ifPositive;
import static dev.chainrule.processor.equations.Expression.product;
import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Choice;
import dev.chainrule.processor.equations.Expression.Condition;
import dev.chainrule.processor.equations.Expression.Constant;
import dev.chainrule.processor.equations.Expression.Negative;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.rules.Rule;
import java.util.Locale;
import java.util.Map;

/**
 * What operators compute of each unit by itself, as
 * <a href="https://onnx.ai/onnx/operators/">the specification of ONNX</a> says. Messages go on from the name of a node.
 */
final class UnitOperators {
    /** The operator sets that have these first; the others are in all that are read. */
    private static final Map<String, Long> SINCE = Map.of("Gelu", 20L, "HardSwish", 14L, "Mish", 18L);

    private final Operands operands;
    private final long version;

    private UnitOperators(Operands operands, long version) {
        this.operands = operands;
        this.version = version;
    }

    static Units apply(Operands operands, long version) throws OnnxException {
        Expression value = new UnitOperators(operands, version).value();
        return operands.anyUnits().with(value, operands.letters(), operands.node());
    }

    private Expression value() throws OnnxException {
        String operator = operands.node().operator();
        if (version < SINCE.getOrDefault(operator, 0L)) {
            throw new OnnxException(
                    "OnnxOperator",
                    "is an operator since operator set " + SINCE.get(operator) + ", and the model uses " + version
                            + ".");
        }
        return switch (operator) {
            case "Abs", "Atan", "Cos", "Erf", "Exp", "Log", "Sigmoid", "Sign", "Sin", "Softplus", "Sqrt", "Tanh" ->
                call(rule(), x());
            case "Add" -> sum(left(), right());
            case "Clip" -> {
                operands.expect(1, 3, "min", "max");
                Expression raised = limited(operand(0), Rule.MAX, 1, setting("min", -Float.MAX_VALUE));
                yield limited(raised, Rule.MIN, 2, setting("max", Float.MAX_VALUE));
            }
            case "Div" -> new Quotient(left(), right());
            case "Elu" ->
                ifPositive(x("alpha"), operand(0), product(setting("alpha", 1), call(Rule.EXPM1, operand(0))));
            case "Gelu" -> gelu(x("approximate"), operands.text("approximate", "none"));
            case "Greater" -> new Condition(left(), Comparison.GREATER, right());
            case "GreaterOrEqual" -> new Condition(left(), Comparison.AT_LEAST, right());
            case "HardSigmoid" ->
                clipped(sum(product(setting("alpha", 0.2), x("alpha", "beta")), setting("beta", 0.5)));
            case "HardSwish" -> product(x(), clipped(sum(new Quotient(x(), constant(6)), constant(0.5))));
            case "LeakyRelu" -> leaky(x("alpha"), setting("alpha", 0.01));
            case "Less" -> new Condition(left(), Comparison.LESS, right());
            case "LessOrEqual" -> new Condition(left(), Comparison.AT_MOST, right());
            case "Max", "Min" -> call(rule(), left(), right());
            case "Mish" -> product(x(), call(Rule.TANH, call(Rule.SOFTPLUS, x())));
            case "Mul" -> product(left(), right());
            case "Neg" -> new Negative(x());
            case "Pow" -> power(operands.expect(2, 2).number(1, "the exponent"));
            case "PRelu" -> leaky(left(), right());
            case "Reciprocal" -> new Quotient(ONE, x());
            case "Relu" -> call(Rule.MAX, ZERO, x());
            case "Selu" -> {
                Expression x = x("alpha", "gamma");
                Expression below = product(setting("alpha", 1.6732632423543772), call(Rule.EXPM1, x));
                yield product(setting("gamma", 1.0507009873554805), ifPositive(x, x, below));
            }
            case "Softsign" -> new Quotient(x(), sum(ONE, call(Rule.ABS, x())));
            case "Sub" -> difference(left(), right());
            case "Where" -> {
                operands.expect(3, 3);
                if (!(operand(0) instanceof Condition condition)) {
                    throw new OnnxException(
                            "OnnxOperator", "chooses by " + Quoted.of(operands.name(0)) + ", which is no comparison.");
                }
                yield new Choice(condition, operand(1), operand(2));
            }
            default ->
                throw new OnnxException(
                        "OnnxOperator",
                        "is not known in operator set " + version + "; known are those of dense layers, of what"
                                + " activations are written with, and of sums, products, scales and parts of layers.");
        };
    }

    /** By an operand or, up to operator set 10, by an attribute, as far as there is one. */
    private Expression limited(Expression x, Rule rule, int input, Expression attribute) throws OnnxException {
        Expression limit = operands.has(input) ? operand(input) : attribute;
        boolean isNone = limit instanceof Constant constant && Math.abs(constant.value()) == Float.MAX_VALUE;
        return isNone ? x : call(rule, x, limit);
    }

    private static Expression clipped(Expression x) {
        return call(Rule.MAX, ZERO, call(Rule.MIN, ONE, x));
    }

    private static Expression leaky(Expression x, Expression slope) {
        return new Choice(new Condition(x, Comparison.LESS, ZERO), product(slope, x), x);
    }

    private static Expression gelu(Expression x, String form) throws OnnxException {
        Expression curve = switch (form) {
            case "none" -> call(Rule.ERF, new Quotient(x, constant(Math.sqrt(2))));
            case "tanh" ->
                call(
                        Rule.TANH,
                        product(constant(Math.sqrt(2 / Math.PI)), sum(x, product(constant(0.044715), x, x, x))));
            default ->
                throw new OnnxException(
                        "OnnxOperator", "has approximate = " + Quoted.of(form) + "; known are \"none\" and \"tanh\".");
        };
        return product(constant(0.5), x, sum(ONE, curve));
    }

    private Expression power(double exponent) throws OnnxException {
        if (exponent != 2 && exponent != 3) {
            throw new OnnxException("OnnxOperator", "has the exponent " + exponent + "; known are 2 and 3.");
        }
        Expression x = operand(0);
        return exponent == 2 ? product(x, x) : product(x, x, x);
    }

    /** Over all units of a record. */
    static Units softmax(Operands operands, long version) throws OnnxException {
        operands.expect(1, 1, "axis");
        Units units = operands.units(0);
        int rank = units.shape().rank();
        // Up to operator set 12 from this axis on; the default is 1 there, and the last one since
        long axis = operands.integer("axis", -1);
        long along = axis < 0 ? axis + rank : axis;
        boolean isOfRecord = along >= units.firstAxis() && along < rank;
        long over = !isOfRecord
                ? 0
                : version < 13
                        ? units.shape().numbersFrom((int) along)
                        : units.shape().size((int) along);
        if (!isOfRecord || over != units.width() || over == Shape.OPEN && rank > 2) {
            throw new OnnxException(
                    "OnnxShape",
                    "is over axis " + axis + " of " + units + "; known is the last axis of [records, units].");
        }
        return units.softmax().named(operands.node().outputs().get(0));
    }

    static Units logSoftmax(Operands operands, long version) throws OnnxException {
        Units softmax = softmax(operands, version);
        return softmax.with(call(Rule.LOG, softmax.function()), softmax.letters(), operands.node());
    }

    /** The function by the name of the operator. */
    private Rule rule() {
        return Rule.valueOf(operands.node().operator().toUpperCase(Locale.ROOT));
    }

    /** The only operand. */
    private Expression x(String... attributes) throws OnnxException {
        operands.expect(1, 1, attributes);
        return operand(0);
    }

    private Expression left() throws OnnxException {
        operands.expect(2, 2);
        return operand(0);
    }

    private Expression right() throws OnnxException {
        return operand(1);
    }

    private Expression operand(int input) throws OnnxException {
        return operands.ofUnit(input);
    }

    /** An attribute that is a float, in models of doubles too: what it is by default, or what was meant by it. */
    private Expression setting(String attribute, double otherwise) throws OnnxException {
        float value = operands.real(attribute, (float) otherwise);
        return constant(value == (float) otherwise ? otherwise : Double.parseDouble(Float.toString(value)));
    }
}
