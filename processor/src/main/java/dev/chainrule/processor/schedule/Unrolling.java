package dev.chainrule.processor.schedule;

import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;

/** Which sections are written out and which become loops, and which networks have a full gradient. */
public final class Unrolling {
    private Unrolling() {}

    /** Whether the full gradient is small enough to be generated. */
    public static boolean hasFullGradient(Derivation derivation) {
        return derivation.network().depth() <= Limits.FULL_GRADIENT_LAYERS
                && derivation.factors() <= Limits.FULL_GRADIENT_FACTORS
                && derivation.longestTerm() <= Limits.FULL_GRADIENT_TERM;
    }

    /** The number of scalars that the code of a written-out network names, at most: {@link Limits#FULL_SCALARS} allow it. */
    public static long scalars(Network network) {
        long units = network.layers().stream().mapToLong(Layer::units).sum();
        return network.parameters() + network.inputs() + 8 * units;
    }

    /** Whether a section becomes loops: it goes with the layer whose weights it reads or derives by. */
    public static boolean isLooped(Network network, Section section) {
        return isLooped(network, section.layer());
    }

    /** Whether a layer, counted from 1, becomes loops. */
    public static boolean isLooped(Network network, int layer) {
        return switch (network.unroll()) {
            case FULL -> false;
            case NONE -> true;
            case AUTO -> isTooLarge(network, network.layer(layer));
        };
    }

    /** Whether a network is small enough to take records in blocks. */
    public static boolean hasBlocks(Network network) {
        long units = network.layers().stream().mapToLong(Layer::units).sum();
        return network.inputs() + units <= Limits.BLOCK_UNITS;
    }

    /** Whether a section becomes loops where blocks of records are dealt with: all that AUTO does not write out. */
    public static boolean isLoopedInBlocks(Network network, Section section) {
        return network.unroll() == Unroll.NONE || isTooLarge(network, network.layer(section.layer()));
    }

    private static boolean isTooLarge(Network network, Layer layer) {
        if (layer == network.last() && layer.units() * lossNodes(network) > Limits.UNROLLED_NODES) {
            return true;
        }
        int written = network.layers().stream()
                .filter(other -> !isTooLarge(other))
                .mapToInt(Layer::parameters)
                .sum();
        return isTooLarge(layer) || written > Limits.UNROLLED_PARAMETERS;
    }

    private static int lossNodes(Network network) {
        return network.declaredLoss().orElse(null) instanceof LossFunction.Formula loss
                ? loss.sums().stream().mapToInt(sum -> sum.term().nodes()).sum()
                : 0;
    }

    private static boolean isTooLarge(Layer layer) {
        if (layer.activation() instanceof ActivationFunction.Formula formula
                && layer.units() * formula.value().nodes() > Limits.UNROLLED_NODES) {
            return true;
        }
        return layer.weights() > Limits.UNROLLED_WEIGHTS
                || Math.max(layer.inputs(), layer.units()) > Limits.UNROLLED_WIDTH;
    }
}
