package dev.chainrule.processor.derivation;

import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tangents, over any graph of equations: how everything changes with a small change of what moves, from the first
 * equation to the last,
 * {@code v_z1_j = sum_k v_a0_k w1_k_j + ...}. With a change of 1 of one parameter, the tangent of E is the derivative by it.
 */
final class Forward {
    private final Predicate<Symbol> moves;

    /** The families of symbols that have tangents. */
    private final Set<Symbol> moving = new HashSet<>();

    private Forward(Predicate<Symbol> moves) {
        this.moves = moves;
    }

    /**
     * The tangents of what a list of sections computes, a section each.
     *
     * @param moves the parameters and inputs that have a tangent, which is given
     */
    static List<Section> of(List<Section> sections, Predicate<Symbol> moves) {
        Forward forward = new Forward(moves);
        return sections.stream().map(forward::section).toList();
    }

    private Section section(Section section) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : section.blocks()) {
            for (Equation equation : block.equations()) {
                List<Block> tangents = blocks(block.over(), equation);
                blocks.addAll(tangents);
                if (tangents.isEmpty() && movesInPart(section, equation.left())) {
                    // What gives the other units moves, and all of them are read together
                    Equation still = new Equation(equation.left().tangent(), Expression.ZERO);
                    blocks.add(new Block(block.over(), List.of(still)));
                }
            }
        }
        return new Section(section.name() + "Tangents", "Tangents of: " + section.title(), section.layer(), blocks);
    }

    /** Whether another equation of the section gives other units of the same, and these move. */
    private boolean movesInPart(Section section, Symbol left) {
        return !left.quantity().isGradient()
                && section.equations()
                        .filter(other -> other.left().family().equals(left.family()))
                        .filter(other -> !other.left().equals(left))
                        .anyMatch(other -> other.right().symbols().anyMatch(this::isMoving));
    }

    private List<Block> blocks(List<Index.Variable> over, Equation equation) {
        Symbol left = equation.left();
        List<Block> blocks = new ArrayList<>();
        Expression tangent;
        if (equation.right() instanceof Expression.MaximumOver) {
            // What is taken off all exponents changes neither a softmax nor its logarithm, so it may as well stand
            // still
            return blocks;
        }
        if (equation.rule().orElse(null) instanceof LocalRule.Softmax softmax) {
            if (!isMoving(softmax.z())) {
                return blocks;
            }
            Symbol mean = new Symbol(
                    Quantity.TANGENT, left.layer(), "weighted" + left.family().name(), List.of());
            Symbol z = softmax.z().tangent();
            blocks.add(new Block(
                    List.of(), List.of(new Equation(mean, new WeightedSum(Expression.NOTHING, over.get(0), left, z)))));
            tangent = product(left, difference(z, mean));
        } else if (equation.rule().orElse(null) instanceof LocalRule.Slopes slopes) {
            tangent = sum(slopes.by().entrySet().stream()
                    .filter(slope -> isMoving(slope.getKey()))
                    .map(slope -> overOthers(
                            over, product(slope.getValue(), slope.getKey().tangent())))
                    .toList());
        } else if (equation.right() instanceof WeightedSum sum) {
            tangent = ofSum(sum);
        } else {
            tangent = sum(LocalSlope.of(equation).stream()
                    .filter(slope -> isMoving(slope.by()))
                    .map(slope ->
                            overOthers(over, product(slope.value(), slope.by().tangent())))
                    .toList());
        }
        if (!tangent.equals(Expression.ZERO)) {
            moving.add(left.family());
            blocks.add(new Block(over, List.of(new Equation(left.tangent(), tangent))));
        }
        return blocks;
    }

    /** {@code start' + sum_k a'_k w_k_j + sum_k a_k w'_k_j}. */
    private Expression ofSum(WeightedSum sum) {
        Expression tangent = Expression.ZERO;
        if (sum.start() instanceof WeightedSum before) {
            tangent = ofSum(before);
        } else if (sum.start() instanceof Symbol start && isMoving(start)) {
            tangent = start.tangent();
        }
        Symbol left = (Symbol) sum.left();
        Symbol right = (Symbol) sum.right();
        if (isMoving(left)) {
            tangent = new WeightedSum(start(tangent), sum.over(), left.tangent(), right);
        }
        return isMoving(right) ? new WeightedSum(start(tangent), sum.over(), left, right.tangent()) : tangent;
    }

    private static Expression start(Expression tangent) {
        return tangent.equals(Expression.ZERO) ? Expression.NOTHING : tangent;
    }

    private boolean isMoving(Symbol symbol) {
        return moves.test(symbol) || moving.contains(symbol.family());
    }

    /** Summed up over the variables of a term that are not those of the equation: of E over the outputs. */
    private static Expression overOthers(List<Index.Variable> over, Expression term) {
        return term.symbols()
                .flatMap(symbol -> symbol.indices().stream())
                .distinct()
                .filter(index -> index instanceof Index.Variable variable && !over.contains(variable))
                .reduce(term, (sum, index) -> new SumOver((Index.Variable) index, sum), (first, second) -> first);
    }

    private static Expression sum(List<Expression> terms) {
        return terms.isEmpty() ? Expression.ZERO : terms.size() == 1 ? terms.get(0) : new Expression.Sum(terms);
    }
}
