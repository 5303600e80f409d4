package dev.chainrule.processor.schedule;

import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is left out of a frozen network: in some layers the terms whose weight is 0, and with them units that lead to no other.
 * The sums of these layers are written out. They are those that are written out anyway, and of those that would be loops the ones
 * with so few other weights that this is faster.
 */
public final class Sparsity {
    /** Nothing is left out: of a network whose weights may change. */
    public static final Sparsity NONE = new Sparsity(Optional.empty());

    private final Optional<TrainedNetwork> trained;
    /** The numbers of the layers with weights of their own whose terms of 0 are left out. */
    private final Set<Integer> owners = new HashSet<>();
    /** For the number of a layer, its units that are left out. */
    private final Map<Integer, BitSet> units = new HashMap<>();

    private Sparsity(Optional<TrainedNetwork> trained) {
        this.trained = trained;
    }

    /**
     * Of a network whose numbers do not change.
     *
     * @param loops the numbers of the layers that would be loops
     */
    static Sparsity of(TrainedNetwork trained, Set<Integer> loops) {
        Sparsity sparsity = new Sparsity(Optional.of(trained));
        if (trained.network().unroll() != Unroll.NONE) {
            sparsity.chooseLayers(loops);
            sparsity.leaveOutUnits();
        }
        return sparsity;
    }

    private void chooseLayers(Set<Integer> loops) {
        Network network = network();
        int written = 0;
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            int terms = nonZeroWeights(number);
            boolean isChosen = !loops.contains(number)
                    || written + terms <= Limits.SPARSE_TERMS
                            && time(written + terms) - time(written) <= layer.weights();
            if (terms < layer.weights() && isChosen) {
                owners.add(number);
                written += terms;
            }
        }
    }

    /** That of so many terms, measured in weights of a loop. */
    private static int time(int terms) {
        int further = Math.max(0, terms - Limits.CACHED_TERMS);
        return Limits.WEIGHTS_PER_TERM * (terms - further) + Limits.WEIGHTS_PER_FURTHER_TERM * further;
    }

    /** From the last layer to the first, as a unit that leads only to units that are left out is left out, too. */
    private void leaveOutUnits() {
        for (int number = network().depth(); number >= 1; number--) {
            BitSet without = new BitSet();
            if (isWrittenOut(number) && !isOutput(number)) {
                for (int unit = 0; unit < network().layer(number).units(); unit++) {
                    without.set(unit, leadsNowhere(number, unit));
                }
            }
            units.put(number, without);
        }
    }

    private boolean isOutput(int number) {
        return network().layer(number).activation().isSoftmax()
                || network().outputLayers().stream().anyMatch(output -> output.layer() == number);
    }

    private boolean leadsNowhere(int number, int unit) {
        return IntStream.rangeClosed(number + 1, network().depth()).allMatch(reader -> {
            int row = unit;
            for (Source source : network().layer(reader).sources()) {
                if (source.layer() == number && !(isWrittenOut(reader) && isRowLeftOut(reader, row))) {
                    return false;
                }
                row += source.units();
            }
            return true;
        });
    }

    /** Whether all weights of a row, but those to units that are left out, are 0. */
    private boolean isRowLeftOut(int number, int row) {
        int owner = owner(number);
        for (int unit = 0; unit < network().layer(number).units(); unit++) {
            if (weight(owner, row, unit) != 0 && !units.get(number).get(unit)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the sums of a layer are written out without their terms of 0. */
    public boolean isWrittenOut(int number) {
        return owners.contains(owner(number)) && network().layer(number).isDense();
    }

    /** The number of the layer whose weights a layer has. */
    private int owner(int number) {
        int weightsOf =
                trained.map(own -> own.network().layer(number).weightsOf()).orElse(0);
        return weightsOf == 0 ? number : weightsOf;
    }

    /** Whether a section reads such weights. */
    public boolean isWrittenOut(Section section) {
        return section.equations()
                .flatMap(equation -> equation.right().symbols())
                .anyMatch(this::isOfWrittenOut);
    }

    /** Whether something is a weight of such a layer. */
    public boolean isOfWrittenOut(Expression factor) {
        return factor instanceof Symbol symbol
                && symbol.quantity() == Quantity.WEIGHT
                && owners.contains(symbol.layer());
    }

    /** Whether a term with such a factor, of fixed units, is left out: it is a weight of 0, or of a unit that is left out. */
    public boolean isLeftOut(Expression factor) {
        return factor instanceof Symbol symbol
                && (isOfWrittenOut(symbol) ? value(symbol) == 0 : isOfUnitLeftOut(symbol));
    }

    /** Whether a symbol of a fixed unit is one of a unit that is left out. */
    public boolean isOfUnitLeftOut(Symbol symbol) {
        return symbol.indices().size() == 1
                && symbol.indices().get(0) instanceof Index.Unit unit
                && unitsLeftOut(symbol.layer()).get(unit.number());
    }

    /** The units of a layer that are left out. */
    public BitSet unitsLeftOut(int number) {
        return units.getOrDefault(number, new BitSet());
    }

    /** The value of a weight of fixed units. */
    public double value(Symbol weight) {
        int from = ((Index.Unit) weight.indices().get(0)).number();
        int to = ((Index.Unit) weight.indices().get(1)).number();
        return weight(weight.layer(), from, to);
    }

    private double weight(int owner, int from, int to) {
        return trained.orElseThrow().parameters()[network().layer(owner).weight(from, to)];
    }

    /** How many weights of a layer's own are not 0. */
    private int nonZeroWeights(int number) {
        Layer layer = network().layer(number);
        double[] parameters = trained.orElseThrow().parameters();
        return (int) IntStream.range(layer.offset(), layer.firstBias())
                .filter(i -> parameters[i] != 0)
                .count();
    }

    /** The parameters of a network that are not left out. */
    public int parameters(Network network) {
        return network.parameters()
                - owners.stream()
                        .mapToInt(owner -> network.layer(owner).weights() - nonZeroWeights(owner))
                        .sum();
    }

    /** Whether anything is left out. */
    public boolean isAnythingLeftOut() {
        return !owners.isEmpty();
    }

    /** The products with a weight that a layer takes. */
    public int products(int number) {
        Layer layer = network().layer(number);
        if (!isWrittenOut(number)) {
            return layer.products();
        }
        int owner = owner(number);
        return (int) IntStream.range(0, layer.units())
                .filter(unit -> !unitsLeftOut(number).get(unit))
                .mapToLong(unit -> IntStream.range(0, layer.inputs())
                        .filter(row -> weight(owner, row, unit) != 0)
                        .count())
                .sum();
    }

    private Network network() {
        return trained.orElseThrow().network();
    }
}
