package dev.chainrule.annotations;

/** Derivatives that a network to train can have besides its gradient, by {@link Network#also}. */
public enum Derivative {
    /** That of the outputs by the inputs; the class is a {@code JacobianNetwork}, and a frozen one has the method, too. */
    JACOBIAN,
    /** That of the outputs by the parameters; the class is a {@code ParameterJacobianNetwork}. */
    PARAMETER_JACOBIAN,
    /** The second derivative of the error by the parameters times a vector; the class is a {@code HessianVectorNetwork}. */
    HESSIAN_VECTOR,
    /** The second derivative of the error by the parameters; the class is a {@code HessianNetwork}. */
    HESSIAN,
    /** The second derivative of the error by the inputs; the class is an {@code InputHessianNetwork}. */
    INPUT_HESSIAN
}
