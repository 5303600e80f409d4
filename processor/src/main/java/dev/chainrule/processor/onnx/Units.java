package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.resources.Quoted;
import java.util.List;
import java.util.Optional;

/**
 * Values that depend on the input. Each is the same function of a z: of the pre-activation of a unit or, before the first layer, of
 * the input itself.
 *
 * @param name the value that they are
 * @param shape records first
 * @param layer the last layer so far; empty before the first one
 * @param function as a pattern of exporters; empty where it has an operator that they make none of
 * @param formula the same operator by operator
 * @param by the node that made the function what it is; empty while it is z
 */
record Units(
        String name,
        DataType type,
        Shape shape,
        Optional<Dense> layer,
        Optional<UnitFunction> function,
        Formula formula,
        Optional<Node> by)
        implements Value {
    /** Constants of the model's precision, two of them multiplied, are within this of the true value. */
    private static final double FLOAT_TOLERANCE = 0x1p-22;

    private static final double DOUBLE_TOLERANCE = 0x1p-50;

    /** The input of the model. */
    static Units input(String name, DataType type, Shape shape) {
        return new Units(name, type, shape, Optional.empty(), Optional.of(UnitFunction.Z), Formula.Z, Optional.empty());
    }

    /** The pre-activations of a layer. */
    static Units of(String name, Dense layer) {
        Units before = layer.before();
        Shape shape = new Shape(List.of(before.shape().size(0), (long) layer.units()));
        return new Units(
                name,
                before.type(),
                shape,
                Optional.of(layer),
                Optional.of(UnitFunction.Z),
                Formula.Z,
                Optional.empty());
    }

    /** The same values in another shape. */
    Units shaped(Shape newShape) {
        return new Units(name, type, newShape, layer, function, formula, by);
    }

    /** Another function of the same z. */
    Units with(Optional<UnitFunction> newFunction, Formula newFormula, Node node) {
        return new Units(node.outputs().get(0), type, shape, layer, newFunction, newFormula, Optional.of(node));
    }

    /** Whether they are z itself. */
    boolean areZ() {
        return function.equals(Optional.of(UnitFunction.Z));
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
        if (layer.isEmpty() && !areZ()) {
            throw new OnnxException(
                    "OnnxActivation",
                    "takes what " + by.orElseThrow() + " makes of the input z, " + described()
                            + "; a network begins with a layer (Gemm or MatMul).");
        }
        double tolerance = type == DataType.FLOAT ? FLOAT_TOLERANCE : DOUBLE_TOLERANCE;
        Optional<Activation> known = function.flatMap(pattern -> pattern.known(tolerance));
        return known.or(formula::known)
                .orElseThrow(() -> new OnnxException(
                        "OnnxActivation",
                        "takes what " + by.orElseThrow() + " makes of the pre-activation z of " + origin() + ", "
                                + described() + "; no activation is known by this form. " + UnitFunction.KNOWN_FORMS));
    }

    private String described() {
        return function.map(UnitFunction::toString).orElse(formula.text());
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
