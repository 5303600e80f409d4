package dev.chainrule.spark;

import java.io.Serializable;

/**
 * What is wrong with a record. Problems come back as values, so that the user is told of the same one however rows are spread.
 */
record Problem(long record, String message) implements Serializable {
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
