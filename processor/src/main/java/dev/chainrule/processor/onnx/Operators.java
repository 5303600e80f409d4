package dev.chainrule.processor.onnx;

import dev.chainrule.processor.resources.Quoted;
import java.util.List;
import java.util.stream.Stream;

/**
 * What operators make of their inputs. Known are those that dense layers and activations are made of, each in the form
 * that makes one of them; everything else is a problem. Messages go on from the name of a node.
 */
final class Operators {
    /** Before this set, operators had other rules for what they leave in place. */
    static final long OLDEST = 6;

    /** Later sets may change what an operator means. */
    static final long NEWEST = 25;

    /** How operators of set 6 say that an operand is for several units. */
    static final List<String> BROADCAST = List.of("broadcast", "axis");

    private Operators() {}

    /**
     * What a node yields, for its outputs in their order; nothing for those that are not known.
     *
     * @param version the operator set that the model uses
     */
    static List<Value> apply(Operands operands, long version) throws OnnxException {
        String domain = operands.node().domain();
        if (domain.equals(LearnOperators.DOMAIN)) {
            return LearnOperators.apply(operands);
        } else if (!isOnnx(domain)) {
            throw new OnnxException(
                    "OnnxOperator",
                    "is an operator of the domain " + Quoted.plain(domain) + "; known are some of ONNX's own and of "
                            + LearnOperators.DOMAIN + ".");
        }
        return operands.node().operator().equals("Split")
                ? AxisOperators.split(operands, version)
                : List.of(single(operands, version));
    }

    private static Value single(Operands operands, long version) throws OnnxException {
        return switch (operands.node().operator()) {
            case "Add", "Div", "Mul", "Sub" -> GraphOperators.arithmetic(operands, version);
            case "ArgMax" -> ShapeOperators.label(operands.expect(1, 1, "axis", "keepdims", "select_last_index"));
            case "BatchNormalization" -> GraphOperators.batchNormalization(operands, version);
            case "Cast" -> ShapeOperators.cast(operands);
            case "Concat" -> ShapeOperators.concat(operands);
            case "Constant" -> ShapeOperators.constant(operands);
            case "Dropout" -> ShapeOperators.dropout(operands, version);
            case "Flatten" -> ShapeOperators.flatten(operands);
            case "Gather" -> AxisOperators.gather(operands);
            case "Gemm" -> DenseOperators.gemm(operands, version);
            case "Identity" -> ShapeOperators.identity(operands);
            case "LayerNormalization" -> GraphOperators.layerNormalization(operands);
            case "LogSoftmax" -> UnitOperators.logSoftmax(operands, version);
            case "MatMul" -> DenseOperators.matMul(operands);
            case "Reshape" -> ShapeOperators.reshape(operands);
            case "Shape" -> ShapeOperators.shape(operands);
            case "Slice" -> AxisOperators.slice(operands, version);
            case "Max", "Min" ->
                operands.node().inputs().size() > 2
                        ? folded(operands, operands.node().operator(), version)
                        : UnitOperators.apply(operands, version);
            case "Softmax" -> UnitOperators.softmax(operands, version);
            case "Sum" -> folded(operands, "Add", version);
            case "Squeeze" -> ShapeOperators.squeeze(operands, version);
            case "Transpose" -> ShapeOperators.transpose(operands);
            case "Unsqueeze" -> ShapeOperators.unsqueeze(operands, version);
            default -> UnitOperators.apply(operands, version);
        };
    }

    /** Of any number of values, by an operator of two: of the first and the second, of that and the third, and so on. */
    private static Value folded(Operands operands, String ofTwo, long version) throws OnnxException {
        operands.expect(1, Integer.MAX_VALUE);
        Value value = operands.value(0);
        for (int input = 1; input < operands.node().inputs().size(); input++) {
            value = single(operands.ofTwo(ofTwo, value, input), version);
        }
        return value;
    }

    /** The attributes that an operator has in a version: those of operator set 6 are more. */
    static String[] ofVersion(long version, List<String> always, List<String> upTo6) {
        return Stream.concat(always.stream(), version < 7 ? upTo6.stream() : Stream.of())
                .toArray(String[]::new);
    }

    /** Whether a node multiplies by weights. */
    static boolean beginsLayer(Node node) {
        return isOnnx(node.domain()) && List.of("Gemm", "MatMul").contains(node.operator())
                || node.domain().equals(LearnOperators.DOMAIN)
                        && List.of("LinearClassifier", "LinearRegressor").contains(node.operator());
    }

    /** Whether this is the domain of ONNX's own operators, by one of its two names. */
    static boolean isOnnx(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }
}
