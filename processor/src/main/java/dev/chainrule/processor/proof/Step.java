package dev.chainrule.processor.proof;

import dev.chainrule.processor.equations.Expression;
import java.util.List;

/**
 * What is computed of values that are known: {@code count} values from number {@code first} on. Its documentation is what value j of
 * them is.
 */
sealed interface Step {
    int first();

    int count();

    /** {@code x == firstCategory + j ? 1 : 0} of the number of a record. */
    record Categories(int first, int count, int input, int firstCategory) implements Step {}

    /**
     * {@code start_j + sum_k weights_j_k v_sources_k}, each product added by fma, in one chain or in eight.
     *
     * @param weights row after row, one for each j
     * @param isContiguous whether the sources stand one after the other
     * @param withoutZeros whether products with a weight of 0 are left out, so that an infinite value is no NaN there
     */
    record Sums(
            int first,
            int count,
            int[] sources,
            double[] start,
            double[] weights,
            boolean inEight,
            boolean isContiguous,
            boolean withoutZeros)
            implements Step {
        static Sums of(
                int first,
                int count,
                int[] sources,
                double[] start,
                double[] weights,
                boolean inEight,
                boolean withoutZeros) {
            return new Sums(first, count, sources, start, weights, inEight, areContiguous(sources), withoutZeros);
        }

        /** Whether the product of a source with unit j is left out. */
        boolean isLeftOut(int j, int source) {
            return withoutZeros && weights[j * sources.length + source] == 0;
        }

        private static boolean areContiguous(int[] sources) {
            for (int k = 1; k < sources.length; k++) {
                if (sources[k] != sources[0] + k) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code left_j + right_j}. */
    record Additions(int first, int count, int[] left, int[] right) implements Step {}

    /** {@code left_j * right_j}. */
    record Products(int first, int count, int[] left, int[] right) implements Step {}

    /**
     * {@code f_j(v_source_j)}.
     *
     * @param functions expressions in the letter z and numbers
     * @param isRectifier whether all of them are {@code max(0, z)}
     */
    record Functions(int first, int count, int[] sources, List<UnitFunction> functions, boolean isRectifier)
            implements Step {}

    /** {@code e_j / sum_i e_i} where {@code e_j = exp(v_source_j - max_i v_source_i)}. */
    record Softmax(int first, int count, int[] sources) implements Step {}

    /** The function of a unit, with where it may have a kink or a step. */
    record UnitFunction(Expression value, double[] corners) {}
}
