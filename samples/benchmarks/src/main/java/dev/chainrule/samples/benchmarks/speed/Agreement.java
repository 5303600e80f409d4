package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.speed.SpeedTable.Subject;
import java.util.List;
import java.util.function.Function;

/** Whoever computes something else is not worth timing. */
final class Agreement {
    private Agreement() {}

    /** Throws where the values of a contender are not those of this project. */
    static void check(List<Subject> subjects, Function<Subject, double[]> values) {
        Subject ours = null;
        double[] expected = {};
        for (Subject subject : subjects) {
            if (!subject.of(Contender.CHAINRULE).equals(ours)) {
                ours = subject.of(Contender.CHAINRULE);
                expected = values.apply(ours);
            }
            if (!subject.equals(ours)) {
                compare(subject, subject.contender().tolerance(), expected, values.apply(subject));
            }
        }
    }

    /**
     * Throws where the values of a subject are not those that are expected.
     *
     * @param tolerance by how much they may differ, relative to those above 1
     */
    static void compare(Object subject, double tolerance, double[] expected, double[] actual) {
        if (actual.length != expected.length) {
            throw new IllegalStateException(
                    "%s: %d values instead of %d".formatted(subject, actual.length, expected.length));
        }
        for (int i = 0; i < expected.length; i++) {
            // As a negation, so that NaN does not pass.
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])))) {
                throw new IllegalStateException(
                        "%s: value %d is %s instead of %s".formatted(subject, i, actual[i], expected[i]));
            }
        }
    }
}
