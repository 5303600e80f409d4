package dev.chainrule.processor.rewrite;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The sums of a layer as a section of their own, so that they can be written out where what becomes of them is loops. */
public final class SumsApart {
    private SumsApart() {}

    /**
     * {@code z1_j = b1_j + sum_k x_k w1_k_j}, with mere copies of it, and then the rest, where there is one, and the sums do not
     * need it.
     */
    public static List<Section> of(Section section) {
        List<Block> sums = new ArrayList<>();
        List<Block> rest = new ArrayList<>();
        for (Block block : section.blocks()) {
            List<Equation> apart = new ArrayList<>();
            List<Equation> others = new ArrayList<>();
            for (Equation equation : block.equations()) {
                boolean isSum = equation.right() instanceof WeightedSum || isCopy(equation, apart);
                (isSum ? apart : others).add(equation);
            }
            add(block, apart, sums);
            add(block, others, rest);
        }
        if (rest.isEmpty() || reads(sums, rest)) {
            return List.of(section);
        }
        return List.of(
                new Section(section.name() + "Sums", section.title() + ", its sums", section.layer(), sums),
                new Section(section.name(), section.title(), section.layer(), rest));
    }

    private static boolean reads(List<Block> blocks, List<Block> others) {
        Set<Symbol> defined = others.stream()
                .flatMap(block -> block.equations().stream())
                .map(equation -> equation.left().family())
                .collect(Collectors.toSet());
        return blocks.stream()
                .flatMap(block -> block.equations().stream())
                .flatMap(equation -> equation.right().symbols())
                .anyMatch(symbol -> defined.contains(symbol.family()));
    }

    private static boolean isCopy(Equation equation, List<Equation> sums) {
        return equation.right() instanceof Symbol sum
                && sums.stream().anyMatch(other -> other.left().equals(sum));
    }

    private static void add(Block block, List<Equation> equations, List<Block> blocks) {
        if (!equations.isEmpty()) {
            blocks.add(new Block(block.over(), equations));
        }
    }
}
