package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import java.util.List;
import java.util.Optional;

/**
 * Values that depend on the input. Each is the same function of a z: of the pre-activation of a unit or, before the first layer, of
 * the input itself.
 *
 * @param name the value that they are
 * @param shape records first
 * @param layer the last layer so far; empty before the first one
 * @param by the node that made the function what it is; empty while it is z
 */
record Units(
        String name, ElementType type, Shape shape, Optional<Dense> layer, UnitFunction function, Optional<Node> by)
        implements Value {
    /** Constants of the model's precision, two of them multiplied, are within this of the true value. */
    private static final double FLOAT_TOLERANCE = 0x1p-22;

    private static final double DOUBLE_TOLERANCE = 0x1p-50;

    /** The input of the model. */
    static Units input(String name, ElementType type, Shape shape) {
        return new Units(name, type, shape, Optional.empty(), UnitFunction.Z, Optional.empty());
    }

    /** The pre-activations of a layer. */
    static Units of(String name, Dense layer) {
        Units before = layer.before();
        Shape shape = new Shape(List.of(before.shape().size(0), (long) layer.units()));
        return new Units(name, before.type(), shape, Optional.of(layer), UnitFunction.Z, Optional.empty());
    }

    /** The same values in another shape. */
    Units shaped(Shape newShape) {
        return new Units(name, type, newShape, layer, function, by);
    }

    /** Another function of the same z. */
    Units with(UnitFunction newFunction, Node node) {
        return new Units(node.outputs().get(0), type, shape, layer, newFunction, Optional.of(node));
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
    Activation activation() throws OnnxException {
        if (layer.isEmpty() && !function.equals(UnitFunction.Z)) {
            throw new OnnxException(
                    "OnnxActivation",
                    "takes what " + by.orElseThrow() + " makes of the input z, " + function
                            + "; a network begins with a layer (Gemm or MatMul).");
        }
        Optional<Activation> known = function.known(type == ElementType.FLOAT ? FLOAT_TOLERANCE : DOUBLE_TOLERANCE);
        return known.orElseThrow(() -> new OnnxException(
                "OnnxActivation",
                "takes what " + by.orElseThrow() + " makes of the pre-activation z of " + origin() + ", " + function
                        + "; no activation is known by this form. " + UnitFunction.KNOWN_FORMS));
    }

    /** Where they come from: {@code layer 2}. */
    String origin() {
        return layer.map(last -> "layer " + last.number()).orElse("the input");
    }

    @Override
    public String toString() {
        return "\"" + name + "\" of shape " + shape;
    }
}
