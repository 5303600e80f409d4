package dev.chainrule.processor.schedule;

import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import java.util.stream.Stream;

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

    /** Whether a section becomes loops: it goes with the layers whose weights it reads or derives by. */
    public static boolean isLooped(Network network, Section section) {
        return switch (network.unroll()) {
            case FULL -> false;
            case NONE -> true;
            case AUTO -> isTooLarge(network, section);
        };
    }

    private static boolean isTooLarge(Network network, Section section) {
        return section.layer() == 0
                ? section.blocks().stream()
                        .flatMap(block -> block.over().stream())
                        .anyMatch(units -> units.size() > Limits.UNROLLED_WIDTH)
                : layers(section).anyMatch(layer -> isTooLarge(network, network.layer(layer)));
    }

    /** The layer that a section goes with, and those whose weights it reads. */
    private static Stream<Integer> layers(Section section) {
        Stream<Integer> read = section.equations()
                .flatMap(equation -> equation.right().symbols())
                .filter(symbol -> symbol.quantity() == Quantity.WEIGHT)
                .map(Symbol::layer);
        return Stream.concat(Stream.of(section.layer()), read).distinct();
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

    /**
     * Whether a frozen network takes records in blocks: not where all is to be written out, weights and all, and blocks would be
     * loops over an array of them.
     */
    public static boolean hasFrozenBlocks(Network network) {
        return hasBlocks(network)
                && (network.unroll() != Unroll.FULL || network.layers().stream().noneMatch(Unrolling::isTooLarge));
    }

    /** Whether a section becomes loops where blocks of records are dealt with: all that AUTO does not write out. */
    public static boolean isLoopedInBlocks(Network network, Section section) {
        return network.unroll() == Unroll.NONE || isTooLarge(network, section);
    }

    private static boolean isTooLarge(Network network, Layer layer) {
        boolean isOfLargeLoss = network.outputLayers().stream()
                .filter(output -> network.layer(output.layer()).equals(layer))
                .anyMatch(output -> layer.units() * lossNodes(output) > Limits.UNROLLED_NODES);
        if (isOfLargeLoss) {
            return true;
        }
        int written = network.layers().stream()
                .filter(other -> !isTooLarge(other))
                .mapToInt(Layer::parameters)
                .sum();
        return isTooLarge(layer) || written > Limits.UNROLLED_PARAMETERS;
    }

    private static int lossNodes(Output output) {
        return output.loss().orElse(null) instanceof LossFunction.Formula loss
                ? loss.sums().stream().mapToInt(sum -> sum.term().nodes()).sum()
                : 0;
    }

    private static boolean isTooLarge(Layer layer) {
        if (layer.activation() instanceof ActivationFunction.Formula formula
                && layer.units() * formula.value().nodes() > Limits.UNROLLED_NODES) {
            return true;
        }
        return layer.products() > Limits.UNROLLED_WEIGHTS
                || Math.max(layer.inputs(), layer.units()) > Limits.UNROLLED_WIDTH;
    }
}
