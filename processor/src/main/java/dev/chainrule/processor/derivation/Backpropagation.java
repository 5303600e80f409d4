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

/**
 * Backpropagation: the error of the output layer, {@code delta = dE/da f'(z)}; carried back through the weights,
 * {@code delta' = (delta W^T) f'(z')}; and from it the gradient, {@code dE/dw = a' delta} and {@code dE/db = delta}. What a
 * layer has computed, the layer before it uses again.
 */
public final class Backpropagation {
    private Backpropagation() {}

    /** The gradient by every parameter, from the values of the forward pass. */
    public static List<Section> byParameters(Network network) {
        List<Section> sections = new ArrayList<>();
        sections.add(outputError(network));
        for (int number = network.depth(); number >= 1; number--) {
            if (number < network.depth()) {
                sections.add(carriedBack(network, number));
            }
            sections.add(gradient(network.layer(number), number));
        }
        return sections;
    }

    /** The gradient by every input, from the values of the forward pass. */
    public static List<Section> byInputs(Network network) {
        List<Section> sections = new ArrayList<>();
        sections.add(outputError(network));
        for (int number = network.depth() - 1; number >= 1; number--) {
            sections.add(carriedBack(network, number));
        }
        Index.Variable k = new Index.Variable("k", network.inputs());
        Symbol byInput = Symbol.of(Quantity.ERROR_BY_INPUT, 0, k);
        sections.add(new Section(
                "gradient0",
                "Gradient by the input, the error of layer 1 carried back through W1",
                1,
                List.of(new Block(
                        List.of(k), List.of(new Equation(byInput, throughWeights(network.layer(1), 1, k)))))));
        return sections;
    }

    private static Section outputError(Network network) {
        int number = network.depth();
        Index.Variable j = new Index.Variable("j", network.outputs());
        LossRule loss = LossRule.of(network.loss(), number, j, network.outputs());
        Symbol delta = Symbol.delta(number, j);
        List<Block> blocks;
        if (loss.fused()) {
            blocks = List.of(new Block(List.of(j), List.of(new Equation(delta, loss.slope()))));
        } else if (network.last().activation() == Activation.SOFTMAX) {
            blocks = throughSoftmax(number, j, loss.slope());
        } else {
            Expression slope = ActivationRule.slope(network.last().activation(), number, j);
            blocks = List.of(new Block(List.of(j), List.of(new Equation(delta, product(loss.slope(), slope)))));
        }
        return new Section("delta" + number, "Error of layer " + number, number, blocks);
    }

    /**
     * {@code dE/dz_j = sum_i dE/da_i a_i ([i = j] - a_j)}, the full Jacobian of softmax, with what all j share taken out:
     * {@code a_j (dE/da_j - sum_i dE/da_i a_i)}.
     */
    private static List<Block> throughSoftmax(int number, Index.Variable j, Expression lossSlope) {
        Symbol a = Symbol.activation(number, j);
        Symbol byActivation = Symbol.of(Quantity.ERROR_BY_ACTIVATION, number, j);
        Symbol mean = Symbol.of(Quantity.MEAN, number);
        return List.of(
                new Block(List.of(j), List.of(new Equation(byActivation, lossSlope))),
                new Block(
                        List.of(),
                        List.of(new Equation(
                                mean, new Expression.WeightedSum(Expression.NOTHING, j, byActivation, a)))),
                new Block(
                        List.of(j),
                        List.of(new Equation(Symbol.delta(number, j), product(a, difference(byActivation, mean))))));
    }

    private static Section carriedBack(Network network, int number) {
        Index.Variable k = new Index.Variable("k", network.units(number));
        Symbol byActivation = Symbol.of(Quantity.ERROR_BY_ACTIVATION, number, k);
        return new Section(
                "delta" + number,
                "Error of layer " + number + ", carried back through W" + (number + 1),
                number + 1,
                List.of(new Block(
                        List.of(k),
                        List.of(
                                new Equation(byActivation, throughWeights(network.layer(number + 1), number + 1, k)),
                                new Equation(
                                        Symbol.delta(number, k),
                                        product(
                                                byActivation,
                                                ActivationRule.slope(
                                                        network.layer(number).activation(), number, k)))))));
    }

    /** {@code sum_j delta_j w_k_j}. */
    private static Expression throughWeights(Layer layer, int number, Index k) {
        Index.Variable j = new Index.Variable("j", layer.units());
        return new Expression.WeightedSum(Expression.NOTHING, j, Symbol.delta(number, j), Symbol.weight(number, k, j));
    }

    private static Section gradient(Layer layer, int number) {
        Index.Variable k = new Index.Variable("k", layer.inputs());
        Index.Variable j = new Index.Variable("j", layer.units());
        Symbol delta = Symbol.delta(number, j);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(
                List.of(k, j),
                List.of(new Equation(
                        Symbol.of(Quantity.ERROR_BY_WEIGHT, number, k, j),
                        product(delta, Symbol.activation(number - 1, k))))));
        if (layer.bias()) {
            blocks.add(new Block(
                    List.of(j), List.of(new Equation(Symbol.of(Quantity.ERROR_BY_BIAS, number, j), delta))));
        }
        return new Section("gradient" + number, "Gradient of layer " + number, number, blocks);
    }
}
