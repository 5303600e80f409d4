package dev.chainrule.processor.derivation;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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
     * The derivatives of {@code sum_j seed_j y_j}, after the forward pass: with a seed of 1 at one output, of that output.
     *
     * @param seeded the equation of that sum
     * @param wanted the quantities to derive by
     * @param suffix what the names of the sections end with
     */
    public static List<Section> ofOutputs(
            Derivation derivation, Section seeded, Predicate<Quantity> wanted, String suffix) {
        List<Section> all = new ArrayList<>(derivation.forward());
        all.add(seeded);
        return named(Reverse.of(all, wanted), suffix);
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
