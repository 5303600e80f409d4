package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.LayerKind;
import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * Where values come from, the z that they are functions of: numbers of the input, or what a layer makes of what it reads. Each is one
 * object, however many read it.
 */
sealed interface Origin {
    /** The number of units of an input of which the model does not say how many numbers it has. */
    int UNKNOWN = 0;

    /** How many there are. */
    int units();

    /** What it is made of. */
    default List<Signal> reads() {
        return List.of();
    }

    /** How many layers there are on the longest way to it, this one counted. */
    default int depth() {
        return 0;
    }

    /**
     * Numbers of the input, in a row.
     *
     * @param first the place of the first among those of this name
     */
    record Input(String name, int first, int units) implements Origin {}

    /** {@code z = b + a W}. */
    record Dense(Signal before, Matrix weights, Optional<Numbers> bias, int depth) implements Origin {
        @Override
        public int units() {
            return weights.columns();
        }

        @Override
        public List<Signal> reads() {
            return List.of(before);
        }

        Dense with(Numbers newBias) {
            return new Dense(before, weights, Optional.of(newBias), depth);
        }
    }

    /** {@code z_j = a_j + b_j}, or the product; of one signal, that. */
    record Pointwise(LayerKind kind, List<Signal> reads, int depth) implements Origin {
        @Override
        public int units() {
            return reads.get(0).units();
        }
    }

    /** One after the other. */
    record Joined(List<Signal> reads, int depth) implements Origin {
        @Override
        public int units() {
            return reads.stream().mapToInt(Signal::units).sum();
        }
    }

    /** {@code z_j = (a_j - shift_j) * scale_j}. */
    record Scale(Signal before, double[] shift, double[] scale, int depth) implements Origin {
        @Override
        public int units() {
            return shift.length;
        }

        @Override
        public List<Signal> reads() {
            return List.of(before);
        }
    }

    /** {@code z = b + a W}. */
    static Dense dense(Signal before, Matrix weights, Optional<Numbers> bias) throws OnnxException {
        return new Dense(before, weights, bias, depth(List.of(before)));
    }

    /** {@code z_j = a_j + b_j}, or the product. */
    static Pointwise pointwise(LayerKind kind, List<Signal> reads) throws OnnxException {
        return new Pointwise(kind, reads, depth(reads));
    }

    /** One after the other. */
    static Joined joined(List<Signal> reads) throws OnnxException {
        return new Joined(reads, depth(reads));
    }

    /** {@code z_j = (a_j - shift_j) * scale_j}. */
    static Scale scale(Signal before, double[] shift, double[] scale) throws OnnxException {
        return new Scale(before, shift, scale, depth(List.of(before)));
    }

    private static int depth(List<Signal> reads) throws OnnxException {
        int depth = 1;
        for (Signal signal : reads) {
            depth = Math.max(depth, signal.origin().depth() + 1);
        }
        if (depth > Network.MOST_LAYERS) {
            throw new OnnxException(
                    "TooManyLayers", "begins layer " + depth + "; a network has at most " + Network.MOST_LAYERS + ".");
        }
        return depth;
    }
}
