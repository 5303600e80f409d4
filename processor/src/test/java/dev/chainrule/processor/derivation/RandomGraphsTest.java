package dev.chainrule.processor.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.SumOver;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.rules.ActivationRule;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The three derivations of random graphs of equations: dense layers over one source or several side by side, some with
 * the weights of another one; sums, products and softmax of layers; two losses. They agree with each other and with a
 * perturbation.
 */
class RandomGraphsTest {
    private static final List<Activation> ACTIVATIONS = List.of(
            Activation.IDENTITY,
            Activation.SIGMOID,
            Activation.TANH,
            Activation.SILU,
            Activation.ELU,
            Activation.SOFTPLUS,
            Activation.GELU_TANH);

    private static final double STEP = 1e-6;

    static List<Long> seeds() {
        return new Random(20261126).longs(75).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reverseForwardAndPathsAgree(long seed) {
        Graph graph = new Graph(new Random(seed));
        Interpreter values = graph.values();
        values.run(graph.sections);

        values.run(Reverse.of(graph.sections, quantity -> quantity.isParameter() || quantity == Quantity.INPUT));
        List<Double> reverse = graph.movable.stream()
                .map(symbol -> values.get(symbol.adjoint()))
                .toList();

        graph.movable.forEach(symbol -> values.forget(symbol.adjoint().family()));
        values.run(Paths.of(graph.sections).sections(graph.sections));
        for (int i = 0; i < reverse.size(); i++) {
            Symbol symbol = graph.movable.get(i);
            if (symbol.quantity().isParameter()) {
                agree(symbol, values.get(symbol.adjoint()), reverse.get(i), 1e-12);
            }
        }

        Set<Symbol> families = new LinkedHashSet<>();
        graph.movable.forEach(symbol -> families.add(symbol.family()));
        List<Section> tangents = Forward.of(graph.sections, symbol -> families.contains(symbol.family()));
        for (int i = 0; i < reverse.size(); i++) {
            Symbol moved = graph.movable.get(i);
            graph.movable.forEach(symbol -> values.set(symbol.tangent(), symbol.equals(moved) ? 1 : 0));
            values.run(tangents);
            agree(moved, values.get(Symbol.error().tangent()), reverse.get(i), 1e-12);
            agree(moved, graph.perturbed(values, moved), reverse.get(i), 1e-6);
        }
    }

    private static void agree(Symbol by, double derivative, double expected, double tolerance) {
        assertThat(derivative).as("dE/d" + by).isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
    }

    /** A random graph as equations; layer 0 is the input. */
    private static final class Graph {
        private final Random random;
        private final List<Section> sections = new ArrayList<>();
        private final List<Integer> widths = new ArrayList<>();
        private final List<Symbol> movable = new ArrayList<>();

        /** Of dense layers, with the rows that their weights have. */
        private final List<int[]> dense = new ArrayList<>();

        Graph(Random random) {
            this.random = random;
            widths.add(1 + random.nextInt(3));
            units(Quantity.INPUT, 0, widths.get(0));
            int layers = 2 + random.nextInt(5);
            for (int layer = 1; layer <= layers; layer++) {
                layer(layer);
            }
            losses(layers);
        }

        private void units(Quantity quantity, int layer, int... sizes) {
            for (int i = 0; i < sizes[0]; i++) {
                if (sizes.length == 1) {
                    movable.add(Symbol.at(quantity, layer, i));
                } else {
                    for (int j = 0; j < sizes[1]; j++) {
                        movable.add(Symbol.at(quantity, layer, i, j));
                    }
                }
            }
        }

        private void layer(int layer) {
            int first = random.nextInt(layer);
            int width = widths.get(first);
            List<Integer> sameWidth = new ArrayList<>();
            for (int other = 0; other < layer; other++) {
                if (widths.get(other) == width) {
                    sameWidth.add(other);
                }
            }
            switch (random.nextInt(5)) {
                case 0 -> {
                    Index.Variable j = new Index.Variable("j", width);
                    List<Expression> terms = new ArrayList<>(List.of(Symbol.activation(first, j)));
                    terms.add(Symbol.activation(sameWidth.get(random.nextInt(sameWidth.size())), j));
                    terms.add(Symbol.activation(sameWidth.get(random.nextInt(sameWidth.size())), j));
                    Expression value = random.nextBoolean() ? new Expression.Sum(terms) : new Expression.Product(terms);
                    section(layer, j, List.of(new Equation(Symbol.activation(layer, j), value)));
                }
                case 1 -> softmax(layer, first, width);
                default -> dense(layer);
            }
        }

        private void section(int layer, Index.Variable j, List<Equation> equations) {
            widths.add(j.size());
            sections.add(
                    new Section("forward" + layer, "Layer " + layer, layer, List.of(new Block(List.of(j), equations))));
        }

        private void softmax(int layer, int source, int width) {
            Index.Variable j = new Index.Variable("j", width);
            Symbol z = Symbol.activation(source, j);
            Symbol sum = Symbol.of(Quantity.NORMALISER, layer);
            Expression power = Expression.call(Rule.EXP, z);
            Equation value = new Equation(
                    Symbol.activation(layer, j),
                    new Expression.Quotient(power, sum),
                    Optional.of(new LocalRule.Softmax(z)));
            widths.add(width);
            sections.add(new Section(
                    "forward" + layer,
                    "Layer " + layer,
                    layer,
                    List.of(
                            new Block(List.of(), List.of(new Equation(sum, new SumOver(j, power)))),
                            new Block(List.of(j), List.of(value)))));
        }

        private void dense(int layer) {
            List<Integer> sources = new ArrayList<>();
            int rows = 0;
            int count = 1 + random.nextInt(2);
            for (int i = 0; i < count; i++) {
                sources.add(random.nextInt(layer));
                rows += widths.get(sources.get(i));
            }
            int weightsOf = layer;
            int units = 1 + random.nextInt(3);
            for (int[] other : dense) {
                if (other[1] == rows && random.nextBoolean()) {
                    weightsOf = other[0];
                    units = other[2];
                }
            }
            Index.Variable j = new Index.Variable("j", units);
            Expression sum = Symbol.of(Quantity.BIAS, weightsOf, j);
            int row = 0;
            for (int source : sources) {
                Index.Variable k = new Index.Variable("k", widths.get(source));
                sum = new WeightedSum(sum, k, Symbol.activation(source, k), Symbol.weight(weightsOf, k.plus(row), j));
                row += k.size();
            }
            if (weightsOf == layer) {
                dense.add(new int[] {layer, rows, units});
                units(Quantity.WEIGHT, layer, rows, units);
                units(Quantity.BIAS, layer, units);
            }
            List<Equation> equations = new ArrayList<>(List.of(new Equation(Symbol.preActivation(layer, j), sum)));
            Activation activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
            equations.addAll(ActivationRule.of(ActivationFunction.Named.of(activation), layer, j));
            section(layer, j, equations);
        }

        /** {@code E = sqrt(1 + sum of (a - 1)^2) + 0.3 * sum of cos of b}, of the last layer and another one. */
        private void losses(int last) {
            int other = random.nextInt(last + 1);
            Index.Variable j = new Index.Variable("j", widths.get(last));
            Index.Variable i = new Index.Variable("i", widths.get(other));
            Expression d = Expression.difference(Symbol.activation(last, j), Expression.ONE);
            Symbol first = new Symbol(Quantity.LOSS_SUM, 0, "0", List.of());
            Symbol second = new Symbol(Quantity.LOSS_SUM, 0, "1", List.of());
            Expression root = Expression.call(Rule.SQRT, Expression.sum(Expression.ONE, first));
            List<Equation> equations = List.of(
                    new Equation(first, new SumOver(j, Expression.product(d, d))),
                    new Equation(second, new SumOver(i, Expression.call(Rule.COS, Symbol.activation(other, i)))),
                    new Equation(
                            Symbol.error(),
                            Expression.sum(root, Expression.product(Expression.constant(0.3), second))));
            sections.add(new Section("loss", "Loss", last, List.of(new Block(List.of(), equations))));
        }

        Interpreter values() {
            Interpreter values = new Interpreter();
            movable.forEach(symbol -> values.set(symbol, random.nextGaussian() * 0.8));
            return values;
        }

        double perturbed(Interpreter values, Symbol moved) {
            double at = values.get(moved);
            values.set(moved, at + STEP);
            values.run(sections);
            double after = values.get(Symbol.error());
            values.set(moved, at - STEP);
            values.run(sections);
            double before = values.get(Symbol.error());
            values.set(moved, at);
            values.run(sections);
            return (after - before) / (2 * STEP);
        }
    }
}
