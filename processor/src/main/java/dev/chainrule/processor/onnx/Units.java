package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.network.ActivationFunction.Named;
import dev.chainrule.processor.notation.TextRenderer;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.rules.Activations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Values that depend on the input. Each is the same function of a z: of the pre-activation of a unit or, before the
 * first layer, of the input itself.
 *
 * @param name the value that they are
 * @param shape records first
 * @param layer the last layer so far; empty before the first one
 * @param function of the letter z
 * @param by the node that made the function what it is; empty while it is z
 */
record Units(String name, DataType type, Shape shape, Optional<Dense> layer, Expression function, Optional<Node> by)
        implements Value {
    /** Constants of the model's precision are within half of this of the true value. */
    private static final double FLOAT_TOLERANCE = 0x1p-23;

    private static final double DOUBLE_TOLERANCE = 0x1p-52;

    /** Softmax of z, which is not of each unit by itself. */
    static final Expression SOFTMAX = Activations.formula(Named.of(Activation.SOFTMAX));

    /** In place of all longer functions, of which none is an activation: each use of a value repeats its function. */
    private static final Expression LONG = new Expression.Letter("...");

    /** In nodes. */
    private static final int LONGEST = 100;

    /** The input of the model. */
    static Units input(String name, DataType type, Shape shape) {
        return new Units(name, type, shape, Optional.empty(), Activations.Z, Optional.empty());
    }

    /** The pre-activations of a layer. */
    static Units of(String name, Dense layer) {
        Units before = layer.before();
        Shape shape = new Shape(List.of(before.shape().size(0), (long) layer.units()));
        return new Units(name, before.type(), shape, Optional.of(layer), Activations.Z, Optional.empty());
    }

    /** The same values in another shape. */
    Units shaped(Shape newShape) {
        return new Units(name, type, newShape, layer, function, by);
    }

    /** Another function of the same z. */
    Units with(Expression newFunction, Node node) {
        Expression shown = size(newFunction) > LONGEST ? LONG : newFunction;
        return new Units(node.outputs().get(0), type, shape, layer, shown, Optional.of(node));
    }

    private static int size(Expression expression) {
        int size = expression.equals(LONG) ? LONGEST : 1;
        for (Expression operand : expression.operands()) {
            size += size(operand);
        }
        return size;
    }

    /** Whether they are z itself. */
    boolean areZ() {
        return function.equals(Activations.Z);
    }

    /** Whether they are functions of the same z. */
    boolean haveLayerOf(Units other) {
        return layer.orElse(null) == other.layer.orElse(null);
    }

    /**
     * The activation of the layer that ends here.
     *
     * @throws OnnxException if the function is none
     */
    Named activation() throws OnnxException {
        if (layer.isEmpty() && !areZ()) {
            throw new OnnxException(
                    "OnnxActivation",
                    "takes what " + by.orElseThrow() + " makes of the input z, " + text()
                            + "; a network begins with a layer (Gemm or MatMul).");
        } else if (function.equals(SOFTMAX)) {
            return Named.of(Activation.SOFTMAX);
        }
        double tolerance = type == DataType.FLOAT ? FLOAT_TOLERANCE : DOUBLE_TOLERANCE;
        return Recognition.of(
                        function, tolerance, constants(function).distinct().toList())
                .orElseThrow(() -> new OnnxException(
                        "OnnxActivation",
                        "takes what " + by.orElseThrow() + " makes of the pre-activation z of " + origin() + ", "
                                + text() + "; that is no activation of a Layer."));
    }

    private static Stream<Double> constants(Expression expression) {
        return expression instanceof Expression.Constant constant
                ? Stream.of(constant.value())
                : expression.operands().stream().flatMap(Units::constants);
    }

    /** For example {@code z * tanh(z)}. */
    String text() {
        return TextRenderer.expression(function);
    }

    /** Where they come from: {@code layer 2}. */
    String origin() {
        return layer.map(last -> "layer " + last.number()).orElse("the input");
    }

    @Override
    public String toString() {
        return Quoted.of(name) + " of shape " + shape;
    }
}
