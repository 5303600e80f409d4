package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Index;
import java.util.List;

/** Where a symbol stands in memory; its documentation is the text that it becomes. */
public sealed interface Place {
    /** {@code this.max2}. */
    record Field(String name) implements Place {}

    /**
     * {@code p[30 * k + j]}, {@code inputs[x + 1]}, {@code a1[3]}.
     *
     * @param array the array's name
     * @param isScratch whether methods leave values for each other in it; otherwise the caller has handed it over
     * @param base a local variable that the index starts from, or empty
     * @param constant what is added to it
     * @param terms what is added for each variable
     */
    record Element(String array, boolean isScratch, String base, int constant, List<Term> terms) implements Place {}

    /** {@code 0.7310585786300049}: a number in the code. */
    record Literal(double value) implements Place {}

    /** {@code x_0}: an argument of the method. */
    record Parameter(String name) implements Place {}

    /** {@code 30 * k}. */
    record Term(int stride, Index.Variable variable) {}
}
