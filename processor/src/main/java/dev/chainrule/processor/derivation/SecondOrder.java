package dev.chainrule.processor.derivation;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Derivatives of derivatives, and of outputs. What backpropagation computes are equations again: their tangents are the second
 * derivative of the loss times a vector.
 */
public final class SecondOrder {
    private SecondOrder() {}

    /**
     * How the gradient changes along a direction, after the forward pass and the loss.
     *
     * @param moving the quantities that the gradient is by, and that move
     * @param suffix what the names of the sections end with, as those by other quantities are others
     */
    public static List<Section> alongDirection(Derivation derivation, Predicate<Quantity> moving, String suffix) {
        List<Section> all = new ArrayList<>(derivation.forward());
        all.addAll(derivation.loss());
        List<Section> gradient = Reverse.of(all, moving);
        all.addAll(gradient);
        List<Section> sections = new ArrayList<>();
        gradient.forEach(section -> sections.add(withoutGradient(section)));
        sections.addAll(Forward.of(all, symbol -> moving.test(symbol.quantity())));
        return named(sections, suffix);
    }

    /**
     * The derivatives of one output, after the forward pass: those of {@code sum_j seed_j y_j}, with a seed of 1 there.
     *
     * @param seeds the equations of the seeds
     * @param seeded the equation of that sum
     * @param wanted the quantities to derive by
     * @param suffix what the names of the sections end with
     */
    public static List<Section> ofOutputs(
            Derivation derivation, Section seeds, Section seeded, Predicate<Quantity> wanted, String suffix) {
        List<Section> all = new ArrayList<>(derivation.forward());
        all.add(seeded);
        List<Section> sections = new ArrayList<>(List.of(seeds));
        Reverse.of(all, wanted).forEach(section -> sections.add(withEntries(section)));
        return named(sections, suffix);
    }

    /** The section with entries of a Jacobian for derivatives, each written once, as the sum of all that is added to one. */
    private static Section withEntries(Section section) {
        Map<Symbol, List<Expression>> values = new HashMap<>();
        Map<Symbol, Long> rest = section.equations()
                .map(Equation::left)
                .filter(left -> left.quantity().isGradient())
                .collect(Collectors.groupingBy(left -> left, HashMap::new, Collectors.counting()));
        List<Block> blocks = new ArrayList<>();
        for (Block block : section.blocks()) {
            List<Equation> equations = new ArrayList<>();
            for (Equation equation : block.equations()) {
                Symbol left = equation.left();
                if (!left.quantity().isGradient()) {
                    equations.add(equation);
                    continue;
                }
                List<Expression> terms = values.computeIfAbsent(left, of -> new ArrayList<>());
                terms.add(equation.right());
                if (rest.merge(left, -1L, Long::sum) == 0) {
                    Expression value = terms.size() == 1 ? terms.get(0) : new Expression.Sum(terms);
                    equations.add(new Equation(left.entry(), value));
                }
            }
            blocks.add(new Block(block.over(), equations));
        }
        return new Section(section.name(), section.title(), section.layer(), blocks);
    }

    private static List<Section> named(List<Section> sections, String suffix) {
        return sections.stream()
                .map(section ->
                        new Section(section.name() + suffix, section.title(), section.layer(), section.blocks()))
                .toList();
    }

    /** The section without what would be added to the gradient itself. */
    private static Section withoutGradient(Section section) {
        List<Block> blocks = section.blocks().stream()
                .map(block -> new Block(
                        block.over(),
                        block.equations().stream()
                                .filter(equation -> !equation.left().quantity().isGradient())
                                .toList()))
                .toList();
        return new Section(section.name(), section.title(), section.layer(), blocks);
    }
}
