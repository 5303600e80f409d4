package dev.chainrule.runtime;

/** A network that tells the second derivative of its error by the inputs. */
public interface InputHessianNetwork extends TrainableNetwork {
    /**
     * Adds {@code d2E/dx2} of one record: {@code hessian[k * inputs() + m]} is {@code d2E/dx_k dx_m}. What is added is symmetric
     * to the bit.
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @param hessian {@code inputs()} rows of as many values, added to
     * @return the error {@code E}
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    double inputHessian(double[] input, double[] target, double[] hessian);
}
