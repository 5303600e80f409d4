package dev.chainrule.processor.layers;

import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rules.ActivationRule;
import dev.chainrule.processor.rules.LossRule;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The forward pass: {@code z = b + a' W} and {@code a = f(z)}, layer after layer; then the outputs, or the error. */
public final class ForwardPass {
    private ForwardPass() {}

    /** One section a layer. */
    public static List<Section> of(Network network) {
        return IntStream.rangeClosed(1, network.depth())
                .mapToObj(number -> layer(network, number))
                .toList();
    }

    /** The outputs {@code y}: the values of the last layer. */
    public static Section output(Network network) {
        Index.Variable j = new Index.Variable("j", network.outputs());
        Symbol y = Symbol.of(Quantity.OUTPUT, 0, j);
        return new Section(
                "output",
                "Output",
                network.depth(),
                List.of(new Block(List.of(j), List.of(new Equation(y, Symbol.activation(network.depth(), j))))));
    }

    /** The values of all units, one section a layer. */
    public static List<Section> activations(Network network) {
        return IntStream.rangeClosed(1, network.depth())
                .mapToObj(number -> activations(network, number))
                .toList();
    }

    private static Section activations(Network network, int number) {
        Index.Variable j = new Index.Variable("j", network.units(number));
        Equation equation = new Equation(Symbol.of(Quantity.UNIT_VALUE, number, j), Symbol.activation(number, j));
        return new Section(
                "activations" + number,
                "Values of layer " + number,
                number,
                List.of(new Block(List.of(j), List.of(equation))));
    }

    /** The loss {@code E}. */
    public static Section loss(Network network) {
        Index.Variable j = new Index.Variable("j", network.outputs());
        return loss(network, LossRule.of(network.loss(), network.depth(), j));
    }

    /** The loss times the weight of the record. */
    public static Section weightedLoss(Network network) {
        List<Equation> equations = new ArrayList<>(loss(network).equations().toList());
        Equation loss = equations.remove(equations.size() - 1);
        Symbol ofRecord = Symbol.of(Quantity.RECORD_LOSS, 0);
        equations.add(new Equation(ofRecord, loss.right(), loss.rule()));
        equations.add(new Equation(loss.left(), Expression.product(Symbol.of(Quantity.RECORD_WEIGHT, 0), ofRecord)));
        return loss(network, equations);
    }

    private static Section loss(Network network, List<Equation> equations) {
        return new Section("lossOfOutputs", "Loss", network.depth(), List.of(new Block(List.of(), equations)));
    }

    private static Section layer(Network network, int number) {
        Layer layer = network.layer(number);
        Index.Variable k = new Index.Variable("k", layer.inputs());
        Index.Variable j = new Index.Variable("j", layer.units());
        Symbol z = Symbol.preActivation(number, j);
        Equation weightedSum = new Equation(
                z,
                new Expression.WeightedSum(
                        layer.bias() ? Symbol.of(Quantity.BIAS, number, j) : constant(0),
                        k,
                        Symbol.activation(number - 1, k),
                        Symbol.weight(number, k, j)));
        List<Block> blocks = layer.activation().isSoftmax()
                ? softmax(number, j, weightedSum)
                : List.of(new Block(List.of(j), elementwise(layer, number, j, weightedSum)));
        return new Section("forward" + number, "Layer " + number, number, blocks);
    }

    private static List<Equation> elementwise(Layer layer, int number, Index j, Equation weightedSum) {
        List<Equation> equations = new ArrayList<>(List.of(weightedSum));
        equations.addAll(ActivationRule.of(layer.activation(), number, j));
        return equations;
    }

    /** The greatest z is taken off every z first: the value is the same and no exponential overflows. */
    private static List<Block> softmax(int number, Index.Variable j, Equation weightedSum) {
        Symbol z = weightedSum.left();
        Symbol maximum = Symbol.of(Quantity.MAXIMUM, number);
        Symbol exponential = Symbol.of(Quantity.EXPONENTIAL, number, j);
        Symbol normaliser = Symbol.of(Quantity.NORMALISER, number);
        return List.of(
                new Block(List.of(j), List.of(weightedSum)),
                new Block(List.of(), List.of(new Equation(maximum, new Expression.MaximumOver(j, z)))),
                new Block(List.of(j), List.of(new Equation(exponential, call(Rule.EXP, difference(z, maximum))))),
                new Block(List.of(), List.of(new Equation(normaliser, new Expression.SumOver(j, exponential)))),
                new Block(
                        List.of(j),
                        List.of(new Equation(
                                Symbol.activation(number, j),
                                new Expression.Quotient(exponential, normaliser),
                                Optional.of(new LocalRule.Softmax(z))))));
    }
}
