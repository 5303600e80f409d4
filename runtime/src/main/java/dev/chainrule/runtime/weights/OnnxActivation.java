package dev.chainrule.runtime.weights;

/**
 * The activations in operators of ONNX. In {@code float} an activation is the operator of its name, or the pattern that exporters
 * make of it. In {@code double} ONNX Runtime, as of 1.22, has no LeakyRelu, Elu, Selu, Softplus and Softsign, and its Sigmoid is a
 * difference that leaves no digit below 1e-16; in {@code float} that is out by 1e-7, which z times makes too much for SiLU. Those
 * are made of what it has, so that nothing cancels. The processor knows these forms, operand by operand, where it reads a model.
 */
final class OnnxActivation {
    /** Of SELU and GELU, as generated networks have them. */
    private static final double SELU_SCALE = 1.0507009873554805;

    private static final double SELU_SCALE_TIMES_ALPHA = 1.7580993408473766;
    private static final double GELU_CUBIC = 0.044715;
    private static final double ROOT_OF_TWO_OVER_PI = 0.7978845608028654;

    private final OnnxGraph graph;

    OnnxActivation(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Adds an activation of {@code z} by its name among the annotations, and returns the name of its value. */
    String of(String activation, String z) {
        boolean isFloat = graph.elementType() == ElementType.FLOAT;
        return switch (activation) {
            case "IDENTITY" -> z;
            case "SIGMOID" -> isFloat ? graph.node("Sigmoid", z) : sigmoid(z);
            case "TANH" -> graph.node("Tanh", z);
            case "RELU" -> graph.node("Relu", z);
            case "LEAKY_RELU" -> isFloat ? graph.node("LeakyRelu", 0.01f, z) : graph.node("Max", times(0.01, z), z);
            case "ELU" -> isFloat ? graph.node("Elu", z) : graph.node("Add", graph.node("Relu", z), expm1(z));
            case "SELU" -> isFloat ? graph.node("Selu", z) : selu(z);
            case "SOFTPLUS" -> isFloat ? graph.node("Softplus", z) : softplus(z);
            case "SOFTSIGN" ->
                isFloat ? graph.node("Softsign", z) : graph.node("Div", z, plus(1, graph.node("Abs", z)));
            case "SILU" -> graph.node("Mul", z, sigmoid(z));
            case "GELU_TANH" -> isFloat ? geluPattern(z) : graph.node("Mul", z, sigmoid(times(2, geluArgument(z))));
            case "SOFTMAX" -> graph.node("Softmax", z);
            default ->
                throw new UnsupportedOperationException(
                        "ONNX has no form of the activation " + activation + "; expected one of the annotations'");
        };
    }

    /** {@code 1 / (1 + e^-z)}. */
    private String sigmoid(String z) {
        return graph.node("Reciprocal", plus(1, graph.node("Exp", graph.node("Neg", z))));
    }

    /** {@code e^m - 1} for {@code m = min(0, z)}, as {@code 2 t / (1 - t)} with {@code t = tanh(m / 2)}, which is not positive. */
    private String expm1(String z) {
        String t = graph.node("Tanh", times(0.5, graph.node("Min", constant(0), z)));
        return graph.node("Div", times(2, t), graph.node("Sub", constant(1), t));
    }

    private String selu(String z) {
        return graph.node("Add", times(SELU_SCALE, graph.node("Relu", z)), times(SELU_SCALE_TIMES_ALPHA, expm1(z)));
    }

    /**
     * {@code max(0, z) + log(1 + u)} with {@code u = e^-|z|}. Where {@code 1 + u} is rounded to {@code w}, the logarithm is
     * {@code log w + (u - (w - 1)) / w}, but for the square of a rounding error.
     */
    private String softplus(String z) {
        String u = graph.node("Exp", graph.node("Neg", graph.node("Abs", z)));
        String w = plus(1, u);
        String lost = graph.node("Sub", u, graph.node("Sub", w, constant(1)));
        String log = graph.node("Add", graph.node("Log", w), graph.node("Div", lost, w));
        return graph.node("Add", graph.node("Relu", z), log);
    }

    /** {@code sqrt(2 / pi) (z + 0.044715 z^3)}. */
    private String geluArgument(String z) {
        String cube = graph.node("Mul", z, graph.node("Mul", z, z));
        return times(ROOT_OF_TWO_OVER_PI, graph.node("Add", z, times(GELU_CUBIC, cube)));
    }

    /** {@code z / 2 (1 + tanh(...))}. */
    private String geluPattern(String z) {
        return graph.node("Mul", times(0.5, z), plus(1, graph.node("Tanh", geluArgument(z))));
    }

    private String times(double factor, String value) {
        return graph.node("Mul", constant(factor), value);
    }

    private String plus(double summand, String value) {
        return graph.node("Add", constant(summand), value);
    }

    private String constant(double value) {
        return graph.constant(value);
    }
}
