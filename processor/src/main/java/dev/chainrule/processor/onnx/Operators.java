package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.resources.Quoted;

/**
 * What operators make of their inputs. Known are those that dense layers and activations are made of, each in the form that makes one
 * of them; everything else is a problem. Messages go on from the name of a node.
 */
final class Operators {
    /** Before this set, operators had other rules for shapes. */
    static final long OLDEST = 7;

    /** Later sets may change what an operator means. */
    static final long NEWEST = 25;

    private Operators() {}

    /**
     * What a node yields.
     *
     * @param version the operator set that the model uses
     */
    static Value apply(Operands operands, long version) throws OnnxException {
        String operator = operands.node().operator();
        if (!isOnnx(operands.node().domain())) {
            throw new OnnxException(
                    "OnnxOperator",
                    "is an operator of the domain "
                            + Quoted.plain(operands.node().domain()) + "; known are some of ONNX's own.");
        }
        return switch (operator) {
            case "Abs", "Exp", "Log", "Neg", "Reciprocal" -> ArithmeticOperators.ofFormula(operands, 1);
            case "Add" -> ArithmeticOperators.add(operands);
            case "Cast" -> ShapeOperators.cast(operands);
            case "Constant" -> ShapeOperators.constant(operands);
            case "Div" -> ArithmeticOperators.divide(operands);
            case "Dropout" -> ShapeOperators.dropout(operands);
            case "Elu" -> ActivationOperators.elu(operands);
            case "Flatten" -> ShapeOperators.flatten(operands);
            case "Gelu" -> ActivationOperators.gelu(operands, version);
            case "Gemm" -> DenseOperators.gemm(operands);
            case "Identity" -> ShapeOperators.identity(operands);
            case "LeakyRelu" -> ActivationOperators.leakyRelu(operands);
            case "MatMul" -> DenseOperators.matMul(operands);
            case "Max", "Min", "Sub" -> ArithmeticOperators.ofFormula(operands, 2);
            case "Mul" -> ArithmeticOperators.multiply(operands);
            case "Pow" -> ArithmeticOperators.power(operands);
            case "Relu" -> ActivationOperators.plain(operands, Activation.RELU);
            case "Reshape" -> ShapeOperators.reshape(operands);
            case "Selu" -> ActivationOperators.selu(operands);
            case "Sigmoid" -> ActivationOperators.plain(operands, Activation.SIGMOID);
            case "Softmax" -> ActivationOperators.softmax(operands);
            case "Softplus" -> ActivationOperators.plain(operands, Activation.SOFTPLUS);
            case "Softsign" -> ActivationOperators.plain(operands, Activation.SOFTSIGN);
            case "Tanh" -> ActivationOperators.plain(operands, Activation.TANH);
            case "Erf" ->
                throw new OnnxException(
                        "OnnxOperator",
                        "is not known. GELU is known in its tanh form only (in PyTorch, nn.GELU(approximate=\"tanh\")).");
            default ->
                throw new OnnxException(
                        "OnnxOperator",
                        "is not known in operator set " + version + "; known are Gemm, MatMul, Add, the activations and"
                                + " what exporters write SILU and GELU with, Flatten, Reshape, Identity, Dropout, Cast"
                                + " and Constant.");
        };
    }

    /** Whether a node multiplies by weights. */
    static boolean beginsLayer(Node node) {
        return isOnnx(node.domain())
                && (node.operator().equals("Gemm") || node.operator().equals("MatMul"));
    }

    /** Whether this is the domain of ONNX's own operators, by one of its two names. */
    static boolean isOnnx(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }
}
