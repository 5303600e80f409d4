package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.LayerKind;
import dev.chainrule.processor.onnx.Origin.Dense;
import dev.chainrule.processor.onnx.Origin.Input;
import dev.chainrule.processor.onnx.Origin.Joined;
import dev.chainrule.processor.onnx.Origin.Pointwise;
import dev.chainrule.processor.onnx.Origin.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes some units of what is there. No layer does so: a dense one has the columns of these units alone, and all others that much
 * less to read.
 */
final class Picking {
    /** What is known of these units of an origin, as a way to it may lead over several others. */
    private final Map<Origin, Map<int[], Origin>> known = new IdentityHashMap<>();

    private Picking() {}

    /** The z of these units of an origin, in this order. */
    static Origin of(Origin origin, int[] picks) throws OnnxException {
        return new Picking().picked(origin, picks);
    }

    private Origin picked(Origin origin, int[] picks) throws OnnxException {
        Map<int[], Origin> ofOrigin = known.computeIfAbsent(origin, absent -> new IdentityHashMap<>());
        Origin picked = ofOrigin.get(picks);
        if (picked == null) {
            picked = make(origin, picks);
            ofOrigin.put(picks, picked);
        }
        return picked;
    }

    private Origin make(Origin origin, int[] picks) throws OnnxException {
        if (origin instanceof Input input) {
            return rows(input, picks);
        } else if (origin instanceof Dense dense) {
            Optional<Numbers> bias = dense.bias().map(numbers -> numbers.at(i -> picks[i]));
            return Origin.dense(dense.before(), dense.weights().columns(picks.length, i -> picks[i]), bias);
        } else if (origin instanceof Pointwise pointwise) {
            List<Signal> reads = new ArrayList<>();
            for (Signal signal : pointwise.reads()) {
                reads.add(picked(signal, picks));
            }
            return Origin.pointwise(pointwise.kind(), reads);
        } else if (origin instanceof Scale scale) {
            return Origin.scale(
                    picked(scale.before(), picks), picked(scale.shift(), picks), picked(scale.scale(), picks));
        }
        return joined((Joined) origin, picks);
    }

    private Signal picked(Signal signal, int[] picks) throws OnnxException {
        if (signal.activation().isSoftmax()) {
            return Signal.of(Origin.dense(signal, Matrix.picking(signal.units(), picks), Optional.empty()));
        }
        SortedMap<String, double[]> letters = new TreeMap<>();
        signal.letters().forEach((letter, values) -> letters.put(letter, picked(values, picks)));
        return new Signal(picked(signal.origin(), picks), signal.activation(), letters);
    }

    static double[] picked(double[] values, int[] picks) {
        return Arrays.stream(picks).mapToDouble(pick -> values[pick]).toArray();
    }

    /** Numbers of the input that follow each other are one source of a layer. */
    private static Origin rows(Input input, int[] picks) throws OnnxException {
        List<Signal> rows = new ArrayList<>();
        for (int from = 0; from < picks.length; ) {
            int to = from + 1;
            while (to < picks.length && picks[to] == picks[to - 1] + 1) {
                to++;
            }
            rows.add(Signal.of(new Input(input.name(), input.first() + picks[from], to - from)));
            from = to;
        }
        return rows.size() == 1 ? rows.get(0).origin() : Origin.joined(rows);
    }

    /** From each that is joined what is picked of it, again in the order of the picks. */
    private Origin joined(Joined joined, int[] picks) throws OnnxException {
        List<Signal> reads = new ArrayList<>();
        for (int from = 0; from < picks.length; ) {
            int piece = 0;
            int first = 0;
            while (picks[from] >= first + joined.reads().get(piece).units()) {
                first += joined.reads().get(piece).units();
                piece++;
            }
            Signal signal = joined.reads().get(piece);
            int to = from;
            while (to < picks.length && picks[to] >= first && picks[to] < first + signal.units()) {
                to++;
            }
            int[] own = new int[to - from];
            for (int i = 0; i < own.length; i++) {
                own[i] = picks[from + i] - first;
            }
            boolean isAll = own.length == signal.units();
            for (int i = 0; i < own.length; i++) {
                isAll &= own[i] == i;
            }
            reads.add(isAll ? signal : picked(signal, own));
            from = to;
        }
        return reads.size() == 1 ? Origin.pointwise(LayerKind.ADD, reads) : Origin.joined(reads);
    }
}
