package dev.chainrule.processor.derivation;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.layers.ForwardPass;
import dev.chainrule.processor.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a network computes, as equations: made once, and handed to all that writes code or documents.
 *
 * @param network what it is of
 * @param forward the forward pass, one section a layer
 * @param output the outputs
 * @param values the values of all units
 * @param loss the loss E; none where the network is not to be trained, and then no derivatives either
 * @param byParameters the gradient by every parameter, by backpropagation
 * @param byInputs the gradient by every input, by backpropagation
 * @param routes how many ways through the layers the full gradient equations have terms for, in all
 * @param paths the gradient by every parameter, by the full gradient equations; none where these have too many terms
 */
public record Derivation(
        Network network,
        List<Section> forward,
        Section output,
        Section values,
        List<Section> loss,
        List<Section> byParameters,
        List<Section> byInputs,
        double routes,
        List<Section> paths) {
    /** More terms than this, each a sum of products in itself, fit no class; each layer with a skip doubles their number. */
    public static final int MOST_ROUTES = 10_000;

    /** The derivation of a network. */
    public static Derivation of(Network network) {
        return of(network, ForwardPass::loss);
    }

    /** The same with the loss, and so its derivatives, times the weight of a record. */
    public Derivation weighted() {
        return of(network, ForwardPass::weightedLoss);
    }

    private static Derivation of(Network network, Function<Network, Section> lossOf) {
        List<Section> forward = ForwardPass.of(network);
        List<Section> loss = network.isTrainable() ? List.of(lossOf.apply(network)) : List.of();
        List<Section> all = then(forward, loss);
        List<Section> byParameters = Reverse.of(all, Quantity::isParameter);
        Paths paths = Paths.of(all);
        double routes = paths.routes();
        return new Derivation(
                network,
                forward,
                ForwardPass.output(network),
                ForwardPass.activations(network),
                loss,
                byParameters,
                beside(byParameters, Reverse.of(all, Quantity.INPUT::equals)),
                routes,
                routes <= MOST_ROUTES ? paths.sections(all) : List.of());
    }

    /** Sections with names of their own where others of the same name differ, which lead to other derivatives. */
    private static List<Section> beside(List<Section> others, List<Section> sections) {
        return sections.stream()
                .map(section -> others.stream()
                                .anyMatch(other -> other.name().equals(section.name()) && !other.equals(section))
                        ? new Section(section.name() + "ByInput", section.title(), section.layer(), section.blocks())
                        : section)
                .toList();
    }

    /** The derivatives by sums and values of units that neither gradient names, each from what they name. */
    public List<Section> byOtherUnits() {
        return Reverse.others(then(forward, loss));
    }

    private static List<Section> then(List<Section> first, List<Section> second) {
        List<Section> sections = new ArrayList<>(first);
        sections.addAll(second);
        return sections;
    }

    /** Whether the full gradient equations can be written at all. */
    public boolean hasPaths() {
        return routes <= MOST_ROUTES;
    }

    /**
     * The number of factors in all derivatives of the full gradient together. A term is a path from a parameter to the
     * loss, one for each choice of units on the way; its factors are the derivatives along it. Infinite where there are too
     * many to be written.
     */
    public double factors() {
        if (!hasPaths()) {
            return Double.POSITIVE_INFINITY;
        }
        double factors = 0;
        for (Section section : paths) {
            for (Block block : section.blocks()) {
                double times =
                        block.over().stream().mapToDouble(Index.Variable::size).reduce(1, (a, b) -> a * b);
                factors += times
                        * block.equations().stream()
                                .mapToDouble(equation -> factors(equation.right()))
                                .sum();
            }
        }
        return factors;
    }

    /** The numbers, names and operators of the longest term of the full gradient. */
    public int longestTerm() {
        return paths.stream()
                .flatMap(Section::equations)
                .mapToInt(equation -> longestTerm(equation.right()))
                .max()
                .orElse(0);
    }

    private static int longestTerm(Expression paths) {
        if (paths instanceof Expression.SumOver sum) {
            return longestTerm(sum.term());
        } else if (paths instanceof Expression.Sum sum) {
            return sum.operands().stream()
                    .mapToInt(Derivation::longestTerm)
                    .max()
                    .orElse(0);
        }
        return paths.nodes();
    }

    private static double factors(Expression paths) {
        if (paths instanceof Expression.SumOver sum) {
            return sum.over().size() * factors(sum.term());
        } else if (paths instanceof Expression.Sum sum) {
            return sum.operands().stream().mapToDouble(Derivation::factors).sum();
        }
        return paths.operands().size();
    }
}
