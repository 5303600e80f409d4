package dev.chainrule.processor.derivation;

import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rules.ActivationRule;
import dev.chainrule.processor.rules.LossRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The full gradient equations: every derivative by its own chain rule, a sum over the paths from the parameter to the error,
 * {@code dE/dw = sum of dE/da * da/dz * dz/da' * ... * dz''/dw}. Nothing is shared between them but the values of the forward
 * pass, so their size grows with the number of paths, the product of the widths of all later layers.
 */
public final class FullGradient {
    private FullGradient() {}

    /** One section a layer. */
    public static List<Section> of(Network network) {
        return IntStream.rangeClosed(1, network.depth())
                .mapToObj(number -> layer(network, number))
                .toList();
    }

    /**
     * The number of factors in all derivatives together. A term is a path from a parameter to the error, one for each choice of
     * units on the way; its factors are the derivatives along it.
     */
    public static double factors(Network network) {
        double factors = 0;
        for (Section section : of(network)) {
            for (Block block : section.blocks()) {
                double times = 1;
                for (Index.Variable variable : block.over()) {
                    times *= variable.size();
                }
                for (Equation equation : block.equations()) {
                    factors += times * factors(equation.right());
                }
            }
        }
        return factors;
    }

    private static double factors(Expression paths) {
        return paths instanceof Expression.SumOver sum
                ? sum.over().size() * factors(sum.term())
                : paths.operands().size();
    }

    private static Section layer(Network network, int number) {
        Layer layer = network.layer(number);
        Index.Variable k = new Index.Variable("k", layer.inputs());
        Index.Variable j = new Index.Variable("j", layer.units());
        Symbol weight = Symbol.weight(number, k, j);
        Symbol z = Symbol.preActivation(number, j);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(
                List.of(k, j),
                List.of(new Equation(
                        Symbol.of(Quantity.ERROR_BY_WEIGHT, number, k, j),
                        paths(network, number, j, new Expression.Link(z, weight, Symbol.activation(number - 1, k)))))));
        if (layer.bias()) {
            Symbol bias = Symbol.of(Quantity.BIAS, number, j);
            blocks.add(new Block(
                    List.of(j),
                    List.of(new Equation(
                            Symbol.of(Quantity.ERROR_BY_BIAS, number, j),
                            paths(network, number, j, new Expression.Link(z, bias, Expression.ONE))))));
        }
        return new Section("fullGradient" + number, "Full gradient of layer " + number, number, blocks);
    }

    /** The sum over the paths from unit j of layer {@code number} to the error, each ending in {@code dz/dp}. */
    private static Expression paths(Network network, int number, Index.Variable j, Expression.Link parameter) {
        int depth = network.depth();
        List<Index.Variable> units = new ArrayList<>();
        List<Expression.Link> links = new ArrayList<>(List.of(parameter));
        Index at = j;
        for (int layer = number; layer < depth; layer++) {
            Index.Variable next = new Index.Variable("i" + (layer + 1), network.units(layer + 1));
            Symbol z = Symbol.preActivation(layer, at);
            Symbol a = Symbol.activation(layer, at);
            links.add(
                    0,
                    new Expression.Link(
                            a, z, ActivationRule.slope(network.layer(layer).activation(), layer, at)));
            links.add(
                    0,
                    new Expression.Link(Symbol.preActivation(layer + 1, next), a, Symbol.weight(layer + 1, at, next)));
            units.add(next);
            at = next;
        }
        Symbol z = Symbol.preActivation(depth, at);
        LossRule fused = LossRule.of(network.loss(), depth, at, network.outputs());
        if (fused.fused()) {
            links.add(0, new Expression.Link(Symbol.error(), z, fused.slope()));
        } else if (hasJacobian(network)) {
            Index.Variable output = new Index.Variable("i", network.outputs());
            Symbol a = Symbol.activation(depth, output);
            Expression jacobian = product(a, difference(new Expression.Same(output, at), Symbol.activation(depth, at)));
            links.add(0, new Expression.Link(a, z, jacobian));
            links.add(0, new Expression.Link(Symbol.error(), a, lossSlope(network, output)));
            units.add(output);
        } else {
            Symbol a = Symbol.activation(depth, at);
            links.add(
                    0,
                    new Expression.Link(
                            a, z, ActivationRule.slope(network.last().activation(), depth, at)));
            links.add(0, new Expression.Link(Symbol.error(), a, lossSlope(network, at)));
        }
        Expression paths = new Expression.Chain(links);
        for (int i = units.size() - 1; i >= 0; i--) {
            paths = new Expression.SumOver(units.get(i), paths);
        }
        return paths;
    }

    /** Whether an output depends on the sums of all output units, so that a path may change the unit within the last layer. */
    private static boolean hasJacobian(Network network) {
        return network.last().activation() == Activation.SOFTMAX
                && !LossRule.of(network.loss(), network.depth(), new Index.Unit(0), network.outputs())
                        .fused();
    }

    private static Expression lossSlope(Network network, Index unit) {
        return LossRule.of(network.loss(), network.depth(), unit, network.outputs())
                .slope();
    }
}
