package dev.chainrule.processor.proof;

/**
 * What is known of an expression for all numbers z of the precision in an interval: there is a function of real numbers whose
 * differences are {@code f(y) - f(z) = s (y - z)} with a slope s of a range, and the computed values are within {@code error} of it.
 *
 * @param computed the computed values, each of which is in it
 * @param slope the slopes of that function; where they are all, it may be the computed one itself
 * @param error how far computed values are from it at most
 */
record Enclosure(Range computed, Range slope, double error) {
    /** Nothing is known of the slope: the function is the computed one. */
    static Enclosure jumping(Range computed) {
        return new Enclosure(computed, Range.ALL, 0);
    }

    /** The values of the function of real numbers. */
    Range real() {
        return computed.wider(error);
    }
}
