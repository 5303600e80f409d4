package dev.chainrule.processor.derivation;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Chain;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The paths of a full gradient that go through the same layers: {@code sum_i2 sum_i3 chain}. Where a layer has several readers,
 * there is more than one route from those before it.
 *
 * @param units the variables of the units on a path, from the parameter to the error
 * @param chain one path
 */
public record Route(List<Index.Variable> units, Chain chain) {
    /** The routes of the right side of a full gradient, in its order. */
    public static List<Route> of(Expression paths) {
        List<Route> routes = new ArrayList<>();
        add(paths, List.of(), routes);
        return routes;
    }

    private static void add(Expression paths, List<Index.Variable> units, List<Route> routes) {
        if (paths instanceof Expression.SumOver sum) {
            List<Index.Variable> more = new ArrayList<>(units);
            more.add(sum.over());
            add(sum.term(), more, routes);
        } else if (paths instanceof Expression.Sum sum) {
            sum.operands().forEach(operand -> add(operand, units, routes));
        } else {
            routes.add(new Route(units, (Chain) paths));
        }
    }

    /** How many there are, without making them. */
    private static long count(Expression paths) {
        if (paths instanceof Expression.SumOver sum) {
            return count(sum.term());
        }
        return paths instanceof Expression.Sum sum
                ? sum.operands().stream().mapToLong(Route::count).sum()
                : 1;
    }

    /**
     * Full gradients with their equations as sums over routes, each with all its sums before its chain.
     *
     * @param most what has more routes in all is left out
     */
    public static List<Section> apart(List<Section> fullGradient, int most) {
        Map<Symbol, Long> routes = new HashMap<>();
        fullGradient.stream()
                .flatMap(Section::equations)
                .forEach(equation -> routes.merge(equation.left().family(), count(equation.right()), Long::sum));
        List<Section> sections = new ArrayList<>();
        for (Section section : fullGradient) {
            List<Block> blocks = section.blocks().stream()
                    .filter(block -> block.equations().stream()
                            .allMatch(equation -> routes.get(equation.left().family()) <= most))
                    .map(block -> new Block(
                            block.over(),
                            block.equations().stream().map(Route::apart).toList()))
                    .toList();
            sections.add(new Section(section.name(), section.title(), section.layer(), blocks));
        }
        return sections;
    }

    private static Equation apart(Equation equation) {
        Expression[] terms = of(equation.right()).stream().map(Route::sum).toArray(Expression[]::new);
        return new Equation(equation.left(), terms.length == 1 ? terms[0] : Expression.sum(terms));
    }

    /** Full gradients that say, by parameters that several layers have, which of these each is of: {@code dE_dw1_from2_k_j}. */
    public static List<Section> withReaders(List<Section> fullGradient) {
        Map<Symbol, Set<Integer>> readers = new HashMap<>();
        for (Section section : fullGradient) {
            section.equations()
                    .map(equation -> equation.left().family())
                    .forEach(family -> readers.computeIfAbsent(family, of -> new HashSet<>())
                            .add(section.layer()));
        }
        return fullGradient.stream()
                .map(section ->
                        withReader(section, left -> readers.get(left.family()).size() > 1))
                .toList();
    }

    private static Section withReader(Section section, Predicate<Symbol> isShared) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : section.blocks()) {
            List<Equation> equations = new ArrayList<>();
            for (Equation equation : block.equations()) {
                Symbol left = equation.left();
                equations.add(new Equation(isShared.test(left) ? left.share(section.layer()) : left, equation.right()));
            }
            blocks.add(new Block(block.over(), equations));
        }
        return new Section(section.name(), section.title(), section.layer(), blocks);
    }

    private Expression sum() {
        Expression sum = chain;
        for (int i = units.size() - 1; i >= 0; i--) {
            sum = new Expression.SumOver(units.get(i), sum);
        }
        return sum;
    }
}
