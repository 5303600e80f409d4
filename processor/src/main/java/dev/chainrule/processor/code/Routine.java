package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Section;
import java.util.List;
import java.util.Set;

/**
 * A method for one record.
 *
 * @param name the method's name
 * @param sections what it computes, wholly or in part
 * @param access how it is given the record
 * @param arguments what it is given
 * @param scratch of the scratch arrays that it is given, the names of those that it uses itself
 * @param usesParameters whether it reads the parameters itself
 * @param returnsError whether it returns E
 * @param body its statements
 */
public record Routine(
        String name,
        List<Section> sections,
        RecordAccess access,
        Set<Argument> arguments,
        Set<String> scratch,
        boolean usesParameters,
        boolean returnsError,
        List<Statement> body) {
    /** Whether it computes something itself, rather than by calling other methods. */
    public boolean isStep() {
        return body.stream().noneMatch(statement -> statement instanceof Statement.Invoke);
    }

    /** The entries of a row of a Jacobian that it writes. */
    public int entries() {
        int entries = 0;
        for (Section section : sections) {
            for (Block block : section.blocks()) {
                int times = block.over().stream().mapToInt(Index.Variable::size).reduce(1, (a, b) -> a * b);
                entries += times
                        * (int) block.equations().stream()
                                .filter(equation -> equation.left().quantity().isEntry())
                                .count();
            }
        }
        return entries;
    }

    /** The same method, given other arguments. */
    public Routine with(Set<Argument> others) {
        return new Routine(name, sections, access, others, scratch, usesParameters, returnsError, body);
    }
}
