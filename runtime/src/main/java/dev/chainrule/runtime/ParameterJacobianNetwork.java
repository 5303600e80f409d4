package dev.chainrule.runtime;

/** A network that tells how its outputs change with its parameters. */
public interface ParameterJacobianNetwork extends TrainableNetwork {
    /**
     * Writes {@code dy/dp}, the derivative of each output by each parameter: {@code jacobian[o * parameters().length + i]}
     * is {@code dy_o/dp_i}.
     *
     * @param input {@code inputs()} values
     * @param jacobian receives {@code outputs() * parameters().length} values, row-major
     * @throws IllegalArgumentException if an array has another length; nothing is written then
     */
    void parameterJacobian(double[] input, double[] jacobian);
}
