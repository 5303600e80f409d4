package dev.chainrule.runtime;

/** A network that tells the second derivative of its error by the parameters. */
public interface HessianNetwork extends TrainableNetwork {
    /**
     * Adds {@code d2E/dp2} of one record: {@code hessian[i * parameters().length + j]} is {@code d2E/dp_i dp_j}. What is added
     * is symmetric to the bit.
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @param hessian {@code parameters().length} rows of as many values, added to
     * @return the error {@code E}
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    double hessian(double[] input, double[] target, double[] hessian);
}
