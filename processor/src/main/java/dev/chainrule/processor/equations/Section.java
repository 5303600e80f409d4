package dev.chainrule.processor.equations;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A step of a derivation that has a name of its own.
 *
 * @param name a Java identifier, for example {@code forward1}
 * @param title what the step finds, in words
 * @param layer the layer whose weights the step reads or derives by
 * @param blocks the equations
 */
public record Section(String name, String title, int layer, List<Block> blocks) {
    /** All equations, in order, with their variables. */
    public Stream<Equation> equations() {
        return blocks.stream().flatMap(block -> block.equations().stream());
    }

    /** Visits every symbol that the equations read. */
    public void forEachRead(Consumer<Symbol> action) {
        equations().forEach(equation -> equation.right().forEachSymbol(action));
    }
}
