package dev.chainrule.processor.derivation;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Chain;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Section;
import java.util.ArrayList;
import java.util.List;

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
    public static long count(Expression paths) {
        if (paths instanceof Expression.SumOver sum) {
            return count(sum.term());
        }
        return paths instanceof Expression.Sum sum
                ? sum.operands().stream().mapToLong(Route::count).sum()
                : 1;
    }

    /** The same full gradient as a sum over routes, each with all its sums before its chain. */
    public static Equation apart(Equation equation) {
        Expression[] terms = of(equation.right()).stream().map(Route::sum).toArray(Expression[]::new);
        return new Equation(equation.left(), terms.length == 1 ? terms[0] : Expression.sum(terms));
    }

    /** The same section with its equations as sums over routes. */
    public static Section apart(Section section) {
        List<Block> blocks = section.blocks().stream()
                .map(block -> new Block(
                        block.over(),
                        block.equations().stream().map(Route::apart).toList()))
                .toList();
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
