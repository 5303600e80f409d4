package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.resources.Quoted;
import java.util.Optional;

/**
 * The operators that are activations, with the settings that an {@link Activation} has. Their attributes are floats, in models of
 * doubles too. Messages go on from the name of a node.
 */
final class ActivationOperators {
    private static final float SELU_ALPHA = 1.6732632423543772f;
    private static final float SELU_GAMMA = 1.0507009873554805f;

    /** The operator set that has Gelu first. */
    private static final long GELU_SINCE = 20;

    private ActivationOperators() {}

    /** An operator without settings. */
    static Units plain(Operands operands, Activation activation) throws OnnxException {
        return then(operands.expect(1, 1), activation);
    }

    static Units leakyRelu(Operands operands) throws OnnxException {
        setting(operands.expect(1, 1, "alpha"), "alpha", 0.01f);
        return then(operands, Activation.LEAKY_RELU);
    }

    static Units elu(Operands operands) throws OnnxException {
        setting(operands.expect(1, 1, "alpha"), "alpha", 1);
        return then(operands, Activation.ELU);
    }

    static Units selu(Operands operands) throws OnnxException {
        setting(operands.expect(1, 1, "alpha", "gamma"), "alpha", SELU_ALPHA);
        setting(operands, "gamma", SELU_GAMMA);
        return then(operands, Activation.SELU);
    }

    static Units gelu(Operands operands, long version) throws OnnxException {
        String form = operands.expect(1, 1, "approximate").text("approximate", "none");
        if (version < GELU_SINCE) {
            throw new OnnxException(
                    "OnnxOperator",
                    "is an operator since operator set " + GELU_SINCE + ", and the model uses " + version + ".");
        }
        if (!form.equals("tanh")) {
            throw new OnnxException(
                    "OnnxOperator",
                    "has approximate = " + Quoted.of(form) + ", which computes GELU by erf; only its tanh form is known"
                            + " (in PyTorch, nn.GELU(approximate=\"tanh\")).");
        }
        return then(operands, Activation.GELU_TANH);
    }

    static Units softmax(Operands operands) throws OnnxException {
        Units units = operands.expect(1, 1, "axis").units(0);
        // Of two axes, the default is the last in all operator sets: 1 up to 12, -1 since
        long axis = operands.integer("axis", -1);
        if (units.shape().rank() != 2 || axis != 1 && axis != -1) {
            throw new OnnxException(
                    "OnnxShape",
                    "is over axis " + axis + " of " + units + "; known is the last axis of [records, units].");
        }
        return then(operands, Activation.SOFTMAX);
    }

    private static void setting(Operands operands, String attribute, float known) throws OnnxException {
        float value = operands.real(attribute, known);
        if (value != known) {
            throw new OnnxException(
                    "OnnxOperator", "has " + attribute + " = " + value + "; known is " + known + " alone.");
        }
    }

    private static Units then(Operands operands, Activation activation) throws OnnxException {
        Units units = operands.units(0);
        Optional<UnitFunction> function = units.function();
        return operands.result(
                units,
                function.isEmpty() ? function : Optional.of(function.get().then(activation)));
    }
}
