package dev.chainrule.processor.derivation;

import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Chain;
import dev.chainrule.processor.equations.Expression.Link;
import dev.chainrule.processor.equations.Expression.Same;
import dev.chainrule.processor.equations.Expression.SumOver;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Derivative;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The full gradient equations, over any graph of equations: every derivative by its own chain rule, a sum over the paths from the
 * parameter to E, {@code dE/dw = sum of dE/da * da/dz * dz/da' * ... * dz''/dw}. Nothing is shared between them but the
 * values of the forward pass, so their size grows with the number of paths.
 */
final class Paths {
    /** By the family of the symbol that they derive by. */
    private final Map<Symbol, Deque<Step>> steps = new HashMap<>();

    /** By the layer of the reader, the steps from parameters. */
    private final Map<Integer, Deque<Step>> first = new HashMap<>();

    /**
     * A derivative along a path: of the left side of an equation by a symbol on the right.
     *
     * @param over the units of the equation
     * @param layer of the equation
     */
    private record Step(List<Index.Variable> over, Symbol of, Symbol by, Expression value, int layer) {
        Step at(Index.Variable variable, Index index) {
            return new Step(over, of.at(variable, index), by.at(variable, index), value.at(variable, index), layer);
        }

        Link link() {
            return new Link(of, by, value);
        }
    }

    private Paths() {}

    /** What leads to E, which the last of the sections' equations gives. */
    static Paths of(List<Section> sections) {
        Paths paths = new Paths();
        for (Section section : reversed(sections)) {
            for (Block block : reversed(section.blocks())) {
                reversed(block.equations()).forEach(equation -> paths.steps(block.over(), equation, section.layer()));
            }
        }
        return paths;
    }

    /** How many ways through the equations there are from all parameters together, each for all paths that go it. */
    double routes() {
        Map<Symbol, Double> counted = new HashMap<>();
        return first.values().stream()
                .flatMap(Deque::stream)
                .mapToDouble(step -> routes(step.of(), counted))
                .sum();
    }

    private double routes(Symbol symbol, Map<Symbol, Double> counted) {
        if (symbol.equals(Symbol.error())) {
            return 1;
        }
        Double known = counted.get(symbol.family());
        if (known != null) {
            return known;
        }
        double routes = 0;
        for (Step step : steps.get(symbol.family())) {
            routes += routes(step.of(), counted);
        }
        counted.put(symbol.family(), routes);
        return routes;
    }

    /** One section for each of these that has parameters. */
    List<Section> sections(List<Section> sections) {
        return sections.stream()
                .map(this::section)
                .filter(section -> !section.blocks().isEmpty())
                .toList();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private void steps(List<Index.Variable> over, Equation equation, int layer) {
        Symbol left = equation.left();
        if (!steps.containsKey(left.family()) && !left.equals(Symbol.error())) {
            return; // E does not depend on it
        }
        if (equation.rule().isPresent()) {
            if (equation.rule().get() instanceof LocalRule.Slopes slopes) {
                slopes.by().forEach((by, slope) -> add(new Step(over, left, by, slope, layer)));
            } else {
                Index.Variable j = over.get(0);
                Index.Variable i = new Index.Variable("m", j.size());
                Symbol z = ((LocalRule.Softmax) equation.rule().get()).z().at(j, i);
                Expression jacobian = product(left, difference(new Same(j, i), left.at(j, i)));
                add(new Step(over, left, z, jacobian, layer));
            }
        } else if (equation.right() instanceof WeightedSum sum) {
            steps(over, left, sum, layer);
        } else if (left.quantity() == Quantity.LOSS_SUM) {
            Step outer = steps.get(left.family()).getFirst();
            LocalSlope.of(equation).forEach(slope -> {
                Expression value = product(outer.value(), slope.value());
                addToLoss(new Step(over, outer.of(), slope.by(), value, layer));
            });
        } else {
            LocalSlope.of(equation).forEach(slope -> add(new Step(over, left, slope.by(), slope.value(), layer)));
        }
    }

    /** Makes one step of those through the sums of a loss, {@code dE/da = dE/dS_0 dS_0/da + dE/dS_1 dS_1/da}. */
    private void addToLoss(Step step) {
        Symbol by = step.by();
        Deque<Step> others = steps.getOrDefault(by.family(), new ArrayDeque<>());
        Expression all = step.value();
        for (Step other : List.copyOf(others)) {
            if (other.of().equals(step.of())) {
                others.remove(other);
                Step same = other;
                for (int i = 0; i < by.indices().size(); i++) {
                    same = same.at(
                            (Index.Variable) same.by().indices().get(i),
                            by.indices().get(i));
                }
                all = Derivative.sum(List.of(step.value(), same.value()));
            }
        }
        add(new Step(step.over(), step.of(), by, all, step.layer()));
    }

    private void steps(List<Index.Variable> over, Symbol left, WeightedSum sum, int layer) {
        if (sum.start() instanceof WeightedSum before) {
            steps(over, left, before, layer);
        } else if (sum.start() instanceof Symbol start) {
            add(new Step(over, left, start, Expression.ONE, layer));
        }
        add(new Step(over, left, (Symbol) sum.left(), sum.right(), layer));
        add(new Step(over, left, (Symbol) sum.right(), sum.left(), layer));
    }

    private void add(Step step) {
        Symbol family = step.by().family();
        steps.computeIfAbsent(family, by -> new ArrayDeque<>()).addFirst(step);
        if (family.quantity().isParameter()) {
            first.computeIfAbsent(step.layer(), layer -> new ArrayDeque<>()).addFirst(step);
        }
    }

    private Section section(Section section) {
        List<Block> blocks = new ArrayList<>();
        Deque<Step> parameters = first.remove(section.layer());
        for (Step step : parameters == null ? new ArrayDeque<Step>() : parameters) {
            List<Index.Variable> over =
                    step.by().indices().stream().map(Paths::variable).toList();
            Expression paths = from(step.of(), List.of(step.link()));
            blocks.add(new Block(over, List.of(new Equation(step.by().adjoint(), paths))));
        }
        int layer = section.layer();
        return new Section("fullGradient" + layer, "Full gradient of layer " + layer, layer, blocks);
    }

    private static Index.Variable variable(Index index) {
        return index instanceof Index.Shifted shifted ? shifted.variable() : (Index.Variable) index;
    }

    /** The sum over the paths from a symbol to E. */
    private Expression from(Symbol symbol, List<Link> links) {
        if (symbol.equals(Symbol.error())) {
            return new Chain(links);
        }
        List<Expression> paths = new ArrayList<>();
        for (Step step : steps.get(symbol.family())) {
            paths.add(through(step, symbol, links));
        }
        return paths.size() == 1 ? paths.get(0) : new Expression.Sum(paths);
    }

    /** The sum over the paths that begin with a step. */
    private Expression through(Step step, Symbol symbol, List<Link> links) {
        List<Index.Variable> units = new ArrayList<>(step.over());
        Step renamed = step;
        // First those of the reader, as they may have the name of one of the symbol's own
        List<Index.Variable> reader = new ArrayList<>();
        units.removeAll(step.by().indices());
        for (Index.Variable unit : units) {
            Index.Variable next = new Index.Variable(name(step, links), unit.size());
            renamed = renamed.at(unit, next);
            reader.add(next);
        }
        for (int i = 0; i < symbol.indices().size(); i++) {
            renamed = renamed.at(
                    (Index.Variable) step.by().indices().get(i),
                    symbol.indices().get(i));
        }
        List<Link> longer = new ArrayList<>(List.of(renamed.link()));
        longer.addAll(links);
        Expression paths = from(renamed.of(), longer);
        for (Index.Variable unit : reader) {
            paths = new SumOver(unit, paths);
        }
        return paths;
    }

    /** What the reader's units are called: {@code i3}, or {@code i} where a path changes the unit within the last layer. */
    private static String name(Step step, List<Link> links) {
        if (step.by().layer() != step.layer()) {
            return "i" + step.layer();
        }
        boolean isTaken = links.stream()
                .flatMap(link -> link.of().indices().stream())
                .anyMatch(index -> index.text().equals("i"));
        return isTaken ? "m" + step.layer() : "i";
    }
}
