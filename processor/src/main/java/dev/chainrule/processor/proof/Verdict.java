package dev.chainrule.processor.proof;

import dev.chainrule.processor.property.Box;
import java.util.Arrays;

/** What is known of a box after its bounds. */
sealed interface Verdict {
    /**
     * The claim holds in all of it.
     *
     * @param literals for each clause the number of the literal that is proved
     * @param margins for each clause a lower bound of that literal
     * @param sizes for each clause the magnitude of the terms that are added for the bound
     */
    record Holds(int[] literals, double[] margins, double[] sizes) implements Verdict {
        static Holds of(int clauses) {
            return new Holds(new int[clauses], new double[clauses], new double[clauses]);
        }

        /** The tightest of the margins. */
        double margin() {
            return Arrays.stream(margins).min().orElse(Double.POSITIVE_INFINITY);
        }
    }

    /** A record of it breaks the claim. */
    record Breaks(double[] input) implements Verdict {}

    /** It is cut in two. */
    record Open(int input, Box low, Box high) implements Verdict {}

    /** It is one record, and yet undecided, as a value in between may be infinite or no number. */
    record Resists() implements Verdict {}
}
