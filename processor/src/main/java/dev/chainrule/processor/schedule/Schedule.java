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
import dev.chainrule.processor.network.TrainedNetwork;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the code of a network is shaped, decided once: which layers are written out and which become loops, alone and in blocks of
 * records, and what is left out of it.
 *
 * @param unroll what the declaration asks for
 * @param loops the numbers of the layers that become loops where one record is dealt with
 * @param gradientHasLoops whether these are loops in backpropagation and the full gradient, too, which else are written out where they
 *     fit a method
 * @param loopsInBlocks likewise where blocks of records are dealt with: all that AUTO does not write out
 * @param hasBlocks whether records are taken in blocks
 * @param sparsity which terms are left out
 */
public record Schedule(
        Unroll unroll,
        Set<Integer> loops,
        boolean gradientHasLoops,
        Set<Integer> loopsInBlocks,
        boolean hasBlocks,
        Sparsity sparsity) {
    /** Of a network whose weights may change. */
    public static Schedule of(Network network) {
        return new Schedule(
                network.unroll(),
                loops(network, layer -> isTooLarge(network, layer) || isOfManyInputs(network, layer)),
                gradientHasLoops(network),
                loopsInBlocks(network),
                hasFewUnits(network),
                Sparsity.NONE);
    }

    /**
     * Of a network whose numbers do not change. It takes no records in blocks where all is to be written out, weights and all, and
     * blocks would be loops over an array of them. Long sums take little code with weights that are literals: they are written out.
     */
    public static Schedule of(TrainedNetwork trained) {
        Network network = trained.network();
        Set<Integer> loops = loops(network, layer -> isTooLarge(network, layer));
        boolean hasBlocks = hasFewUnits(network)
                && (network.unroll() != Unroll.FULL || network.layers().stream().noneMatch(Schedule::isTooLarge));
        return new Schedule(
                network.unroll(),
                loops,
                gradientHasLoops(network),
                loopsInBlocks(network),
                hasBlocks,
                Sparsity.of(trained, loops));
    }

    /** The same for single records alone. */
    public Schedule withoutBlocks() {
        return new Schedule(unroll, loops, gradientHasLoops, loopsInBlocks, false, sparsity);
    }

    /** The layers that are loops, where AUTO chooses some for their own sake. */
    private static Set<Integer> loops(Network network, Predicate<Layer> isChosen) {
        return switch (network.unroll()) {
            case FULL -> Set.of();
            case NONE -> layers(network, layer -> true);
            case AUTO -> withThoseBehind(network, layers(network, isChosen));
        };
    }

    /** Loops, and the layers whose straight-line code would stand behind the first of them and is too long for there. */
    private static Set<Integer> withThoseBehind(Network network, Set<Integer> loops) {
        int first = loops.stream().min(Comparator.naturalOrder()).orElse(network.depth());
        IntStream behind = IntStream.rangeClosed(first + 1, network.depth())
                .filter(number -> network.layer(number).products() > Limits.UNROLLED_BEHIND_LOOPS);
        return Stream.concat(loops.stream(), behind.boxed()).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean gradientHasLoops(Network network) {
        return switch (network.unroll()) {
            case FULL -> false;
            case NONE -> true;
            case AUTO ->
                network.layers().stream()
                        .anyMatch(layer -> isNarrow(layer)
                                ? isOfManyInputsInBackprop(layer) || isOfLongFormulas(network, layer)
                                : isTooLarge(network, layer));
        };
    }

    private static Set<Integer> loopsInBlocks(Network network) {
        return layers(network, layer -> network.unroll() == Unroll.NONE || isTooLarge(network, layer));
    }

    private static Set<Integer> layers(Network network, Predicate<Layer> isChosen) {
        return IntStream.rangeClosed(1, network.depth())
                .filter(number -> isChosen.test(network.layer(number)))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether each value of a block of records can be kept in memory. */
    private static boolean hasFewUnits(Network network) {
        long units = network.layers().stream().mapToLong(Layer::units).sum();
        return network.inputs() + units <= Limits.BLOCK_UNITS;
    }

    /** Whether a section becomes loops: it goes with the layers whose weights it reads or derives by. */
    public boolean isLooped(Section section) {
        return section.layer() == 0
                ? unroll == Unroll.NONE || unroll == Unroll.AUTO && isWide(section)
                : layers(section).anyMatch(loops::contains);
    }

    /** Whether a section becomes loops where blocks of records are dealt with. */
    public boolean isLoopedInBlocks(Section section) {
        return section.layer() == 0
                ? unroll == Unroll.NONE || isWide(section)
                : layers(section).anyMatch(loopsInBlocks::contains);
    }

    private static boolean isWide(Section section) {
        return section.blocks().stream()
                .flatMap(block -> block.over().stream())
                .anyMatch(units -> units.size() > Limits.UNROLLED_WIDTH);
    }

    /** The layer that a section goes with, and those whose weights it reads. */
    private static Stream<Integer> layers(Section section) {
        Stream<Integer> read = section.equations()
                .flatMap(equation -> equation.right().symbols())
                .filter(symbol -> symbol.quantity() == Quantity.WEIGHT)
                .map(Symbol::layer);
        return Stream.concat(Stream.of(section.layer()), read).distinct();
    }

    /** The numbers of the layers whose sums are loops: not those of which terms are left out, ascending. */
    public List<Integer> loopedSums() {
        return loops.stream()
                .filter(number -> !sparsity.isWrittenOut(number))
                .sorted()
                .toList();
    }

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

    private static boolean isTooLarge(Network network, Layer layer) {
        if (isOfLongFormulas(network, layer)) {
            return true;
        }
        int written = network.layers().stream()
                .filter(other -> !isTooLarge(other))
                .mapToInt(Layer::parameters)
                .sum();
        return isTooLarge(layer) || written > Limits.UNROLLED_PARAMETERS;
    }

    private static boolean isOfLongFormulas(Network network, Layer layer) {
        return isOfLongFormula(layer)
                || network.outputLayers().stream()
                        .filter(output -> network.layer(output.layer()).equals(layer))
                        .anyMatch(output -> layer.units() * lossNodes(output) > Limits.UNROLLED_NODES);
    }

    private static boolean isOfLongFormula(Layer layer) {
        return layer.activation() instanceof ActivationFunction.Formula formula
                && layer.units() * formula.value().nodes() > Limits.UNROLLED_NODES;
    }

    /** Whether it has long sums over inputs of the network: where nothing else is long, a forward pass with loops is inlined whole. */
    private static boolean isOfManyInputs(Network network, Layer layer) {
        boolean isAllNarrow = network.layers().stream().allMatch(other -> other.units() <= Limits.NARROW_UNITS);
        int inputs = isAllNarrow ? Limits.UNROLLED_INPUTS_OF_NARROW : Limits.UNROLLED_INPUTS;
        return layer.inputs() > inputs && readsInputs(layer);
    }

    private static boolean readsInputs(Layer layer) {
        return layer.isDense() && layer.sources().stream().allMatch(source -> source.layer() == 0);
    }

    /** Whether it reads inputs of the network, and loops over its derivatives would have rows that do not fill vectors. */
    private static boolean isNarrow(Layer layer) {
        return layer.units() <= Limits.NARROW_UNITS && readsInputs(layer);
    }

    private static boolean isOfManyInputsInBackprop(Layer layer) {
        return layer.inputs() > (layer.units() < Limits.NARROW_UNITS ? Limits.NARROW_INPUTS : Limits.UNROLLED_WIDTH);
    }

    private static int lossNodes(Output output) {
        return output.loss().orElse(null) instanceof LossFunction.Formula loss
                ? loss.sums().stream().mapToInt(sum -> sum.term().nodes()).sum()
                : 0;
    }

    private static boolean isTooLarge(Layer layer) {
        // Units that fill vectors: 2-16-1 takes 1.08 times as long written out, 3-16-1 1.15 times
        boolean isRowOfVectors = layer.units() >= Limits.WIDE && layer.inputs() > 1;
        return isRowOfVectors
                || isOfLongFormula(layer)
                || layer.products() > Limits.UNROLLED_WEIGHTS
                || layer.products() + layer.inputs() > Limits.UNROLLED_WEIGHTS_AND_INPUTS
                || Math.max(layer.inputs(), layer.units()) > Limits.UNROLLED_WIDTH;
    }
}
