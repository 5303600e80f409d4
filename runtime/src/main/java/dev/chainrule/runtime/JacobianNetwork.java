package dev.chainrule.runtime;

/** A network that tells how its outputs change with its inputs. */
public interface JacobianNetwork extends TrainableNetwork {
    /**
     * Writes {@code dy/dx}, the derivative of each output by each input: {@code jacobian[o * inputs() + k]} is
     * {@code dy_o/dx_k}. By a number that tells a category it is 0. Where a function has a kink, it is the derivative that
     * the function's documentation says of it.
     *
     * @param input {@code inputs()} values
     * @param jacobian receives {@code outputs() * inputs()} values, row-major
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    void jacobian(double[] input, double[] jacobian);
}
