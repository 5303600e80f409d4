package dev.chainrule.processor.code;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The methods of a generated class.
 *
 * @param operations for each operation that the network has, the method that does it for one record
 * @param blocks for the operations that the network also has for many records, the method that does it for a block of them
 * @param steps the methods that those call, in the order of their sections
 * @param scratch the fields that the methods share
 */
public record Program(
        Map<Operation, Routine> operations,
        Map<Operation, Routine> blocks,
        List<Routine> steps,
        List<Scratch> scratch) {
    /** The calls of vector methods, where the program is to use them. */
    public Stream<Statement.VectorCall> vectorCalls() {
        return steps.stream().flatMap(step -> vectorCalls(step.body()));
    }

    /** Whether a vector method is called that looks up nodes of a table. */
    public boolean looksUpNodes() {
        return vectorCalls().anyMatch(call -> call instanceof Statement.Kernel);
    }

    /** Those among some statements. */
    public static Stream<Statement.VectorCall> vectorCalls(List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> statement instanceof Statement.VectorCall call
                        ? Stream.of(call)
                        : statement.effects().bodies().stream().flatMap(Program::vectorCalls));
    }
}
