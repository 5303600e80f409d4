package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.Formula;

/**
 * A formula in operators of ONNX. ONNX Runtime, as of 1.22, has some functions in {@code float} alone, and its Sigmoid
 * is a difference that leaves no digit below 1e-16, in {@code float} below 1e-7, which is too much for what multiplies
 * it by z. Those are made of what it has, so that nothing cancels.
 */
final class OnnxFormula {
    private static final Formula SIGMOID = new Formula.Call("sigmoid", new Formula.Unit());
    private static final Formula ZERO = new Formula.Number(0);

    private final OnnxGraph graph;
    private final boolean isFloat;
    private final String layer;
    private final String z;

    /**
     * Formulas of one layer.
     *
     * @param layer what the names of its tensors begin with
     * @param z the name of its sums
     */
    OnnxFormula(OnnxGraph graph, String layer, String z) {
        this.graph = graph;
        this.isFloat = graph.elementType() == ElementType.FLOAT;
        this.layer = layer;
        this.z = z;
    }

    /** Adds a formula, and returns the name of its value. */
    String of(Formula formula) {
        return isFloat && formula.equals(SIGMOID) ? graph.node("Sigmoid", z) : part(formula);
    }

    private String part(Formula formula) {
        if (formula instanceof Formula.Number number) {
            return graph.constant(number.value());
        } else if (formula instanceof Formula.Trainable trainable) {
            return layer + "." + trainable.letter();
        } else if (formula instanceof Formula.Choice choice) {
            return choice(choice);
        } else if (formula instanceof Formula.Call call) {
            return call(call);
        }
        return z;
    }

    private String choice(Formula.Choice choice) {
        String left = part(choice.left());
        String right = part(choice.right());
        String condition = switch (choice.comparison()) {
            case "<" -> graph.node("Less", left, right);
            case "<=" -> graph.node("LessOrEqual", left, right);
            case ">" -> graph.node("Greater", left, right);
            case ">=" -> graph.node("GreaterOrEqual", left, right);
            case "==" -> graph.node("Equal", left, right);
            default -> graph.node("Not", graph.node("Equal", left, right));
        };
        return graph.node("Where", condition, part(choice.then()), part(choice.otherwise()));
    }

    private String call(Formula.Call call) {
        if (call.function().equals("max") && call.arguments().get(0).equals(ZERO)) {
            return graph.node("Relu", part(call.arguments().get(1)));
        }
        String[] x = call.arguments().stream().map(this::part).toArray(String[]::new);
        return switch (call.function()) {
            case "+" -> graph.node("Add", x);
            case "-" -> graph.node(x.length == 1 ? "Neg" : "Sub", x);
            case "*" -> graph.node("Mul", x);
            case "/" -> graph.node("Div", x);
            case "abs" -> graph.node("Abs", x);
            case "atan" -> inFloat("Atan", x);
            case "cos" -> inFloat("Cos", x);
            case "erf" -> inFloat("Erf", x);
            case "exp" -> graph.node("Exp", x);
            case "expm1" -> expm1(x[0]);
            case "log" -> graph.node("Log", x);
            case "log1p" -> log1p(x[0]);
            case "max" -> graph.node("Max", x);
            case "min" -> graph.node("Min", x);
            case "power" -> graph.node("Pow", x);
            case "sigmoid" -> graph.node("Reciprocal", plus(1, graph.node("Exp", graph.node("Neg", x))));
            case "signum" -> graph.node("Sign", x);
            case "sin" -> graph.node("Sin", x);
            case "softmax" -> graph.node("Softmax", x);
            case "softplus" -> isFloat ? graph.node("Softplus", x) : softplus(x[0]);
            case "sqrt" -> graph.node("Sqrt", x);
            case "tanh" -> graph.node("Tanh", x);
            default -> throw new UnsupportedOperationException("ONNX has no form of the function " + call.function());
        };
    }

    private String inFloat(String operator, String... x) {
        if (!isFloat) {
            throw new UnsupportedOperationException("ONNX Runtime has " + operator
                    + " in float alone, and a formula of " + layer + " calls it; save the model in ElementType.FLOAT");
        }
        return graph.node(operator, x);
    }

    /** {@code e^x - 1 = tanh(x / 2) (e^x + 1)}. */
    private String expm1(String x) {
        String half = graph.node("Mul", graph.constant(0.5), x);
        return graph.node("Mul", graph.node("Tanh", half), plus(1, graph.node("Exp", x)));
    }

    /**
     * {@code log(1 + x)}. Where {@code 1 + x} is rounded to {@code w}, it is {@code log w + (x - (w - 1)) / w}, but for
     * the square of a rounding error.
     */
    private String log1p(String x) {
        String w = plus(1, x);
        String lost = graph.node("Sub", x, graph.node("Sub", w, graph.constant(1)));
        return graph.node("Add", graph.node("Log", w), graph.node("Div", lost, w));
    }

    /** {@code max(0, x) + log(1 + e^-|x|)}. */
    private String softplus(String x) {
        String logarithm = log1p(graph.node("Exp", graph.node("Neg", graph.node("Abs", x))));
        return graph.node("Add", graph.node("Relu", x), logarithm);
    }

    private String plus(double summand, String value) {
        return graph.node("Add", graph.constant(summand), value);
    }
}
