package dev.chainrule.processor.layers;

import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.constant;
import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;
import static dev.chainrule.processor.equations.Expression.sum;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.rules.ActivationRule;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The equations of a layer: its kind makes z of what it reads, and its activation makes a of z. */
final class LayerEquations {
    private final Layer layer;
    private final int number;
    private final Index.Variable j;
    private final Symbol z;

    private LayerEquations(Layer layer, int number) {
        this.layer = layer;
        this.number = number;
        this.j = new Index.Variable("j", layer.units());
        this.z = Symbol.preActivation(number, j);
    }

    static List<Block> of(Layer layer, int number) {
        return new LayerEquations(layer, number).blocks();
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<Equation> together = new ArrayList<>();
        switch (layer.kind()) {
            case DENSE -> together.add(new Equation(z, weightedSum()));
            case ADD -> together.add(new Equation(z, sum(values())));
            case MULTIPLY -> together.add(new Equation(z, product(values())));
            case CONCATENATE -> blocks.addAll(sideBySide());
            case SCALE -> together.add(new Equation(z, scaled()));
        }
        if (layer.activation().isSoftmax()) {
            if (!together.isEmpty()) {
                blocks.add(new Block(List.of(j), together));
            }
            blocks.addAll(softmax());
        } else {
            together.addAll(ActivationRule.of(layer.activation(), number, j));
            blocks.add(new Block(List.of(j), together));
        }
        return blocks;
    }

    /** {@code b_j + sum_k a_k w_k_j}, and the same over each further source, whose weights are those after. */
    private Expression weightedSum() {
        int owner = layer.weightsOf() == 0 ? number : layer.weightsOf();
        Expression sum = layer.bias() ? Symbol.of(Quantity.BIAS, owner, j) : constant(0);
        int row = 0;
        for (Source source : layer.sources()) {
            Index.Variable k = new Index.Variable("k", source.units());
            sum = new Expression.WeightedSum(sum, k, source.value(k), Symbol.weight(owner, k.plus(row), j));
            row += source.units();
        }
        return sum;
    }

    /** The value of unit j of each source. */
    private Expression[] values() {
        return layer.sources().stream().map(source -> source.value(j)).toArray(Expression[]::new);
    }

    private List<Block> sideBySide() {
        List<Block> blocks = new ArrayList<>();
        int first = 0;
        for (Source source : layer.sources()) {
            Index.Variable k = new Index.Variable("k", source.units());
            Equation copy = new Equation(Symbol.preActivation(number, k.plus(first)), source.value(k));
            blocks.add(new Block(List.of(k), List.of(copy)));
            first += source.units();
        }
        return blocks;
    }

    private Expression scaled() {
        Symbol shift = Symbol.of(Quantity.SHIFT, number, j);
        Symbol scale = Symbol.of(Quantity.SCALE, number, j);
        Expression value = layer.sources().get(0).value(j);
        return layer.inverse()
                ? sum(new Expression.Quotient(value, scale), shift)
                : product(difference(value, shift), scale);
    }

    /** The greatest z is taken off every z first: the value is the same and no exponential overflows. */
    private List<Block> softmax() {
        Symbol maximum = Symbol.of(Quantity.MAXIMUM, number);
        Symbol exponential = Symbol.of(Quantity.EXPONENTIAL, number, j);
        Symbol normaliser = Symbol.of(Quantity.NORMALISER, number);
        return List.of(
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
