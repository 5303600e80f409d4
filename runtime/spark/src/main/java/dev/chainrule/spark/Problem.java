package dev.chainrule.spark;

import java.io.Serializable;

/**
 * What is wrong with a record. Problems come back as values, so that the user is told of the same one however rows are spread.
 */
final class Problem implements Serializable { // no record: Kryo as Spark has it cannot read them
    private static final long serialVersionUID = 1;

    private final long record;
    private final String message;

    Problem(long record, String message) {
        this.record = record;
        this.message = message;
    }

    /** The one of the lower record number; either may be null, for none. */
    static Problem first(Problem one, Problem other) {
        return other == null || one != null && one.record <= other.record ? one : other;
    }

    /** Throws an {@link IllegalArgumentException} where there is a problem. */
    static void check(Problem problem) {
        if (problem != null) {
            throw new IllegalArgumentException(problem.message);
        }
    }
}
