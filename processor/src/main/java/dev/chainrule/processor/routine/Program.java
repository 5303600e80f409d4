package dev.chainrule.processor.routine;

import java.util.List;
import java.util.Map;

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
        List<Scratch> scratch) {}
