package dev.chainrule.processor.code;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The methods of a generated class.
 *
 * @param operations for each operation that the class has, the method that does it
 * @param steps the methods that those call, in the order of their sections
 * @param scratch the fields that the methods share
 * @param blocks the class beside it, which does the operations for blocks of records, where there is one; and for a record alone
 *     those that this class does not have
 */
public record Program(
        Map<Operation, Routine> operations, List<Routine> steps, List<Scratch> scratch, Optional<Program> blocks) {
    /** The method of an operation for one record, in this class or that for blocks. */
    public Routine ofRecord(Operation operation) {
        Routine routine = operations.get(operation);
        return routine == null ? blocks.orElseThrow().operations.get(operation) : routine;
    }

    /** The calls of vector methods, where the class is to use them. */
    public Stream<Statement.VectorCall> vectorCalls() {
        return steps.stream().flatMap(step -> vectorCalls(step.body()));
    }

    /** The steps, and those of the class for blocks. */
    public Stream<Routine> allSteps() {
        return Stream.concat(steps.stream(), blocks.stream().flatMap(Program::allSteps));
    }

    /** Whether there are any. */
    public boolean usesVectors() {
        return vectorCalls().findAny().isPresent();
    }

    /** Those among some statements. */
    public static Stream<Statement.VectorCall> vectorCalls(List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> statement instanceof Statement.VectorCall call
                        ? Stream.of(call)
                        : statement.effects().bodies().stream().flatMap(Program::vectorCalls));
    }
}
