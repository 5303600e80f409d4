package dev.chainrule.processor.rewrite;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Equations that loops would spend a loop on just to copy: {@code a3_j = z3_j} of identity units. */
public final class Copies {
    private Copies() {}

    /**
     * The blocks of a section, where a sum that only such an equation reads has the value's name from the beginning.
     *
     * @param exported which symbols other sections read
     */
    public static List<Block> leftOut(Section section, Predicate<Symbol> exported) {
        Map<Symbol, Long> readers = section.equations()
                .flatMap(equation -> equation.right().symbols().map(Symbol::family))
                .collect(Collectors.groupingBy(symbol -> symbol, Collectors.counting()));
        Map<Symbol, Symbol> names = section.equations()
                .filter(equation -> equation.left().quantity() == Quantity.ACTIVATION
                        && equation.right() instanceof Symbol sum
                        && !exported.test(sum)
                        && readers.get(sum.family()) == 1
                        && isLeft(section, sum))
                .collect(Collectors.toMap(equation -> (Symbol) equation.right(), Equation::left));
        List<Block> blocks = new ArrayList<>();
        for (Block block : section.blocks()) {
            List<Equation> equations = block.equations().stream()
                    .filter(equation -> !names.containsKey(equation.right()))
                    .map(equation ->
                            new Equation(names.getOrDefault(equation.left(), equation.left()), equation.right()))
                    .toList();
            blocks.add(new Block(block.over(), equations));
        }
        return blocks;
    }

    private static boolean isLeft(Section section, Symbol symbol) {
        return section.equations().anyMatch(equation -> equation.left().equals(symbol));
    }
}
