package dev.chainrule.processor.onnx;

import dev.chainrule.processor.resources.Quoted;

/**
 * What operators make of their inputs. Known are those that dense layers and activations are made of, each in the form
 * that makes one of them; everything else is a problem. Messages go on from the name of a node.
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
            case "Add" ->
                DenseOperators.isBias(operands)
                        ? DenseOperators.plusBias(operands)
                        : UnitOperators.apply(operands, version);
            case "Cast" -> ShapeOperators.cast(operands);
            case "Constant" -> ShapeOperators.constant(operands);
            case "Dropout" -> ShapeOperators.dropout(operands);
            case "Flatten" -> ShapeOperators.flatten(operands);
            case "Gemm" -> DenseOperators.gemm(operands);
            case "Identity" -> ShapeOperators.identity(operands);
            case "MatMul" -> DenseOperators.matMul(operands);
            case "Reshape" -> ShapeOperators.reshape(operands);
            default -> UnitOperators.apply(operands, version);
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
