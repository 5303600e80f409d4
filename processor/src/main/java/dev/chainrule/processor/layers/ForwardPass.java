package dev.chainrule.processor.layers;

import static dev.chainrule.processor.equations.Expression.constant;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forward pass: the units of categories, and {@code z} and {@code a = f(z)} layer after layer; then the outputs. */
public final class ForwardPass {
    private ForwardPass() {}

    /** One section for each part of categories, and one a layer. */
    public static List<Section> of(Network network) {
        List<Section> sections = new ArrayList<>();
        network.parts().stream().filter(Part::isCategory).forEach(part -> sections.add(categories(part)));
        for (int number = 1; number <= network.depth(); number++) {
            List<Block> blocks = LayerEquations.of(network.layer(number), number);
            sections.add(new Section("forward" + number, "Layer " + number, number, blocks));
        }
        return sections;
    }

    /** {@code x_rank_k = x_8 == k + 1 ? 1 : 0}: nothing is derived through it. */
    private static Section categories(Part part) {
        Index.Variable k = new Index.Variable("k", part.units());
        Expression isIt = new Expression.Choice(
                new Expression.Condition(
                        Symbol.activation(0, new Index.Unit(part.first())),
                        Comparison.EQUAL,
                        new Expression.Number(k, part.firstCategory())),
                constant(1),
                constant(0));
        Equation equation = new Equation(part.source().value(k), isIt, Optional.of(new LocalRule.Slopes(Map.of())));
        return new Section(
                part.name() + "Units", "Units of " + part.name(), 0, List.of(new Block(List.of(k), List.of(equation))));
    }

    /** The outputs {@code y}: the values of the output layers, one after the other. */
    public static Section output(Network network) {
        List<Block> blocks = new ArrayList<>();
        for (Output output : network.outputLayers()) {
            Index.Variable j = new Index.Variable("j", output.units());
            Symbol y = Symbol.of(Quantity.OUTPUT, 0, j.plus(output.first()));
            blocks.add(new Block(List.of(j), List.of(new Equation(y, Symbol.activation(output.layer(), j)))));
        }
        return new Section("output", "Output", widest(network), blocks);
    }

    /** The values of all units, layer by layer. */
    public static Section activations(Network network) {
        List<Block> blocks = new ArrayList<>();
        for (int number = 1; number <= network.depth(); number++) {
            Index.Variable j = new Index.Variable("j", network.units(number));
            Symbol value = Symbol.of(Quantity.UNIT_VALUE, number, j);
            blocks.add(new Block(List.of(j), List.of(new Equation(value, Symbol.activation(number, j)))));
        }
        return new Section("unitValues", "Values of all units", 0, blocks);
    }

    /** The loss {@code E}. */
    public static Section loss(Network network) {
        return loss(network, NetworkLoss.of(network));
    }

    /** The loss times the weight of the record. */
    public static Section weightedLoss(Network network) {
        List<Equation> equations = new ArrayList<>(NetworkLoss.of(network));
        Equation loss = equations.remove(equations.size() - 1);
        Symbol ofRecord = Symbol.of(Quantity.RECORD_LOSS, 0);
        equations.add(new Equation(ofRecord, loss.right(), loss.rule()));
        equations.add(new Equation(loss.left(), Expression.product(Symbol.of(Quantity.RECORD_WEIGHT, 0), ofRecord)));
        return loss(network, equations);
    }

    /** {@code seed_j = chosen == j ? 1 : 0}: what each output counts for where one of them is derived. */
    public static Section seeds(Network network) {
        Index.Variable j = new Index.Variable("j", network.outputs());
        Expression seed = new Expression.Choice(
                new Expression.Condition(Symbol.of(Quantity.CHOSEN, 0), Comparison.EQUAL, new Expression.Number(j, 0)),
                constant(1),
                constant(0));
        List<Equation> equations = List.of(new Equation(Symbol.of(Quantity.SEED, 0, j), seed));
        return new Section(
                "seeds", "Which output is derived", widest(network), List.of(new Block(List.of(j), equations)));
    }

    /** What is derived in place of the loss, for the derivatives of the outputs: {@code E = sum_j seed_j y_j}. */
    public static Section seeded(Network network) {
        List<Equation> equations = new ArrayList<>();
        List<Expression> sums = new ArrayList<>();
        for (Output output : network.outputLayers()) {
            Index.Variable j = new Index.Variable("j", output.units());
            Symbol seed = Symbol.of(Quantity.SEED, 0, j.plus(output.first()));
            sums.add(new Expression.SumOver(j, Expression.product(Symbol.activation(output.layer(), j), seed)));
        }
        if (sums.size() == 1) {
            equations.add(new Equation(Symbol.error(), sums.get(0)));
            return loss(network, equations);
        }
        List<Expression> names = new ArrayList<>();
        for (Expression sum : sums) {
            Symbol name = new Symbol(
                    Quantity.OUTPUT_LOSS,
                    0,
                    network.name(network.outputLayers().get(names.size()).layer()),
                    List.of());
            equations.add(new Equation(name, sum));
            names.add(name);
        }
        equations.add(new Equation(Symbol.error(), new Expression.Sum(names)));
        return loss(network, equations);
    }

    private static Section loss(Network network, List<Equation> equations) {
        return new Section("lossOfOutputs", "Loss", widest(network), List.of(new Block(List.of(), equations)));
    }

    /** The widest of the output layers, after which sections that deal with all of them go. */
    private static int widest(Network network) {
        Output widest = network.outputLayers().get(0);
        for (Output output : network.outputLayers()) {
            widest = output.units() > widest.units() ? output : widest;
        }
        return widest.layer();
    }
}
