package dev.chainrule.processor.proof;

import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement.Inequality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the prover knows of a property's whole box, before it is cut: for readers, as a proof is made of the parts.
 *
 * @param low of each layer the lower bounds of its units' computed values
 * @param high the upper bounds
 */
public record BoxBounds(List<double[]> low, List<double[]> high, Hardest hardest) {
    /**
     * The inequality that is bounded worst: of each clause the one that is bounded best, and of these the worst.
     *
     * @param bound a lower bound of its left side
     * @param byLines the one by lines in place of functions; the others are by the ranges of the outputs and by their order
     * @param isByOrder whether the order of two outputs gives the bound
     * @param corner the record at which the bound by lines is attained, were lines all that is computed
     * @param atCorner the left side that is computed there
     * @param losses what the bound by lines loses there at units, the greatest first: together {@code atCorner - byLines}, but for
     *     what is granted to roundings
     */
    public record Hardest(
            Inequality inequality,
            double bound,
            double byLines,
            boolean isByOrder,
            double[] corner,
            double atCorner,
            List<Loss> losses) {}

    /** What is lost at a unit of a layer; of layer 0 it is a number of the record, which tells a category. */
    public record Loss(int layer, int unit, double lost) {}

    /** Those of a property of the frozen class of a network. */
    public static BoxBounds of(TrainedNetwork trained, Property property) {
        Circuit circuit = CircuitBuilder.of(trained);
        Bits bits = new Bits(circuit);
        Relaxation relaxation = Relaxation.of(circuit, bits, property.box());
        Hardest hardest = hardest(circuit, bits, relaxation, Claim.of(property, circuit));
        circuit.layers().forEach(relaxation::narrow);
        return new BoxBounds(
                taken(circuit, relaxation.ranges().low), taken(circuit, relaxation.ranges().high), hardest);
    }

    private static List<double[]> taken(Circuit circuit, double[] ends) {
        return circuit.layers().stream()
                .map(units ->
                        Arrays.stream(units).mapToDouble(value -> ends[value]).toArray())
                .toList();
    }

    private static Hardest hardest(Circuit circuit, Bits bits, Relaxation relaxation, Claim claim) {
        Order order = new Order(circuit);
        Comparator<Claim.Literal> byBound = Comparator.comparingDouble(literal -> bound(literal, relaxation, order));
        Claim.Literal hardest = claim.clauses().stream()
                .map(clause -> clause.stream().max(byBound).orElseThrow())
                .min(byBound)
                .orElseThrow();
        double byLines = hardest.least(relaxation);
        double[] corner = IntStream.range(0, circuit.inputs())
                .mapToDouble(
                        i -> relaxation.influence(i) > 0 ? relaxation.ranges().low[i] : relaxation.ranges().high[i])
                .toArray();
        return new Hardest(
                hardest.exact(),
                bound(hardest, relaxation, order),
                byLines,
                order.least(hardest, relaxation.ranges()) > withoutOrder(hardest, relaxation),
                corner,
                hardest.at(bits.outputs(corner)),
                losses(circuit, relaxation, bits.values(corner)));
    }

    private static double bound(Claim.Literal literal, Relaxation relaxation, Order order) {
        return Math.max(withoutOrder(literal, relaxation), order.least(literal, relaxation.ranges()));
    }

    private static double withoutOrder(Claim.Literal literal, Relaxation relaxation) {
        return Math.max(literal.least(relaxation.ranges()), literal.least(relaxation));
    }

    private static List<Loss> losses(Circuit circuit, Relaxation relaxation, double[] values) {
        int[] units = new int[circuit.values()];
        int[] layers = layers(circuit, units);
        double[][] lost = new double[circuit.layers().size() + 1][];
        lost[0] = new double[circuit.inputs()];
        for (int layer = 1; layer < lost.length; layer++) {
            lost[layer] = new double[circuit.layers().get(layer - 1).length];
        }
        for (Step step : circuit.steps()) {
            for (int j = 0; j < step.count(); j++) {
                int value = step.first() + j;
                lost[layers[value]][units[value]] += relaxation.lost(step, j, values);
            }
        }
        List<Loss> losses = new ArrayList<>();
        for (int layer = 0; layer < lost.length; layer++) {
            for (int unit = 0; unit < lost[layer].length; unit++) {
                if (lost[layer][unit] > 0) {
                    losses.add(new Loss(layer, unit, lost[layer][unit]));
                }
            }
        }
        losses.sort(Comparator.comparingDouble(Loss::lost).reversed());
        return losses;
    }

    /** The layer that each value is of, the one that makes it: what is made on the way to a unit's value is the unit's, too. */
    private static int[] layers(Circuit circuit, int[] units) {
        int[] layers = new int[circuit.values()];
        for (int number = circuit.layers().size(); number > 0; number--) {
            int[] values = circuit.layers().get(number - 1);
            for (int unit = 0; unit < values.length; unit++) {
                layers[values[unit]] = number;
                units[values[unit]] = unit;
            }
        }
        for (int number = circuit.steps().size() - 1; number >= 0; number--) {
            Step step = circuit.steps().get(number);
            for (int j = 0; j < step.count(); j++) {
                int value = step.first() + j;
                if (step instanceof Step.Functions functions) {
                    same(functions.sources()[j], value, layers, units);
                } else if (step instanceof Step.Softmax softmax) {
                    same(softmax.sources()[j], value, layers, units);
                } else if (step instanceof Step.Products products) {
                    same(products.left()[j], value, layers, units);
                } else if (step instanceof Step.Categories categories) {
                    units[value] = layers[value] == 0 ? categories.input() : units[value];
                }
            }
        }
        return layers;
    }

    private static void same(int source, int value, int[] layers, int[] units) {
        if (layers[source] == 0) {
            layers[source] = layers[value];
            units[source] = units[value];
        }
    }
}
