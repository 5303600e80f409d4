package dev.chainrule.processor.proof;

import dev.chainrule.processor.property.Box;

/** What is known of a box after its bounds. */
sealed interface Verdict {
    /**
     * The claim holds in all of it.
     *
     * @param margin the least of the lower bounds that prove it
     * @param literals for each clause the number of the literal that is proved
     */
    record Holds(double margin, int[] literals) implements Verdict {}

    /** A record of it breaks the claim. */
    record Breaks(double[] input) implements Verdict {}

    /** It is cut in two. */
    record Open(int input, Box low, Box high) implements Verdict {}

    /** It is one record, and yet undecided, as a value in between may be infinite or no number. */
    record Resists() implements Verdict {}
}
