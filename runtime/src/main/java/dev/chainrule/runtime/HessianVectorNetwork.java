package dev.chainrule.runtime;

/** A network that tells how its gradient changes along a direction. */
public interface HessianVectorNetwork extends TrainableNetwork {
    /**
     * Adds {@code d2E/dp2 v}, the second derivative of one record's error by the parameters times a vector, without the
     * second derivative itself (Pearlmutter, 1994).
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @param v one value a parameter
     * @param product one value a parameter, added to; not the array {@code v}
     * @return the error {@code E}
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    double hessianVector(double[] input, double[] target, double[] v, double[] product);
}
