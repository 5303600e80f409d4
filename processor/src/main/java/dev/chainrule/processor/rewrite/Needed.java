package dev.chainrule.processor.rewrite;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out of a derivation what nothing in it uses: the loss by a cross-entropy, for example, needs the sums of the output
 * layer, but not their activations.
 */
public final class Needed {
    private Needed() {}

    /** The sections without equations for symbols that no later equation reads; results are always kept. */
    public static List<Section> of(List<Section> sections) {
        Set<Symbol> read = new HashSet<>();
        Deque<Section> needed = new ArrayDeque<>();
        for (int i = sections.size() - 1; i >= 0; i--) {
            needed.addFirst(withNeeded(sections.get(i), read));
        }
        return List.copyOf(needed);
    }

    private static Section withNeeded(Section section, Set<Symbol> read) {
        Deque<Block> blocks = new ArrayDeque<>();
        for (int i = section.blocks().size() - 1; i >= 0; i--) {
            Block block = section.blocks().get(i);
            Deque<Equation> equations = new ArrayDeque<>();
            for (int j = block.equations().size() - 1; j >= 0; j--) {
                Equation equation = block.equations().get(j);
                if (isResult(equation.left()) || read.contains(equation.left().family())) {
                    equations.addFirst(equation);
                    equation.right().forEachSymbol(symbol -> read.add(symbol.family()));
                }
            }
            if (!equations.isEmpty()) {
                blocks.addFirst(new Block(block.over(), new ArrayList<>(equations)));
            }
        }
        return new Section(section.name(), section.title(), section.layer(), new ArrayList<>(blocks));
    }

    private static boolean isResult(Symbol symbol) {
        return symbol.quantity().isResult()
                || symbol.quantity() == Quantity.ERROR
                || symbol.quantity().isGradient();
    }
}
