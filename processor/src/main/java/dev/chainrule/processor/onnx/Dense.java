package dev.chainrule.processor.onnx;

import dev.chainrule.processor.resources.Quoted;
import java.util.Optional;

/**
 * The linear part of a layer, {@code z = b + a W}, with all that comes before it.
 *
 * @param number counted from 1
 * @param before what the inputs are the activations of
 * @param inputs the rows of W
 * @param units the columns of W
 * @param weights W, or its transpose
 * @param scale by which the weights are multiplied
 * @param bias b, for each unit its own or one for all; empty where there is none
 * @param biasScale by which the bias is multiplied
 */
record Dense(
        int number,
        Units before,
        int inputs,
        int units,
        Constant weights,
        boolean isTransposed,
        double scale,
        Optional<Constant> bias,
        double biasScale) {
    Dense with(Constant newBias, double newScale) {
        return new Dense(number, before, inputs, units, weights, isTransposed, scale, Optional.of(newBias), newScale);
    }

    /** Where the weights and then the biases go: row-major, in x out. */
    void write(double[] parameters, int offset) throws OnnxException {
        for (int from = 0; from < inputs; from++) {
            for (int to = 0; to < units; to++) {
                int place = isTransposed ? to * inputs + from : from * units + to;
                parameters[offset + from * units + to] = finite(scale, weights, place);
            }
        }
        if (bias.isPresent()) {
            int first = offset + inputs * units;
            for (int to = 0; to < units; to++) {
                parameters[first + to] =
                        finite(biasScale, bias.get(), bias.get().isSingle() ? 0 : to);
            }
        }
    }

    private static double finite(double scale, Constant constant, int place) throws OnnxException {
        double number = scale * constant.number(place);
        if (!Double.isFinite(number)) {
            throw new OnnxException(
                    "OnnxTensor",
                    "Number " + place + " of " + Quoted.of(constant.name()) + " is " + number
                            + "; a network needs finite ones.");
        }
        return number;
    }
}
