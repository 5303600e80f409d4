package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.processor.network.ActivationFunction;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a layer reads: the activations of an origin.
 *
 * @param letters the values of the activation's trainable letters, one a unit
 */
record Signal(Origin origin, ActivationFunction activation, SortedMap<String, double[]> letters) {
    private static final ActivationFunction IDENTITY = ActivationFunction.Named.of(Activation.IDENTITY);

    /** The z of an origin. */
    static Signal of(Origin origin) {
        return new Signal(origin, IDENTITY, new TreeMap<>());
    }

    int units() {
        return origin.units();
    }

    /** Whether it is the origin's z itself. */
    boolean isZ() {
        return activation.equals(IDENTITY);
    }

    /** Whether it is numbers of the input as they are. */
    boolean isInput() {
        return origin instanceof Origin.Input && isZ();
    }

    /** The signal that a layer only hands on, or this one. */
    Signal source() {
        return isZ() && origin instanceof Origin.Pointwise same && same.reads().size() == 1
                ? same.reads().get(0).source()
                : this;
    }

    /** What is put side by side, where the layer that does it is not needed by itself. */
    List<Signal> pieces() {
        Signal source = source();
        return source.isZ() && source.origin instanceof Origin.Joined joined
                ? joined.reads().stream()
                        .flatMap(signal -> signal.pieces().stream())
                        .toList()
                : List.of(source);
    }

    /** The sum of this signal alone: the same values, as a z. */
    Signal settled() throws OnnxException {
        return of(Origin.pointwise(LayerKind.ADD, List.of(this)));
    }
}
