package dev.chainrule.annotations;

/** The function that makes a unit's value {@code a} from its weighted sum {@code z}. */
public enum Activation {
    /** {@code a = z}. */
    IDENTITY,
    /** {@code a = 1 / (1 + e^-z)}, the logistic function. */
    SIGMOID,
    /** {@code a = tanh z}. */
    TANH,
    /** {@code a = max(0, z)}; the derivative at 0 is taken as 0. */
    RELU,
    /**
     * {@code a = z}, or {@code slope z} below 0, with the layer's {@link Layer#slope}, 0.01 by default; the derivative at 0 is
     * taken as the slope.
     */
    LEAKY_RELU,
    /** {@code a = z}, or {@code alpha (e^z - 1)} below 0, with the layer's {@link Layer#alpha}, 1 by default. */
    ELU,
    /**
     * {@code a = l z}, or {@code l c (e^z - 1)} below 0, with the self-normalising constants
     * {@code l = 1.0507009873554805} and {@code c = 1.6732632423543772} (Klambauer and others, 2017); the derivative at 0 is
     * taken from below.
     */
    SELU,
    /** {@code a = log(1 + e^z)}. */
    SOFTPLUS,
    /** {@code a = z / (1 + |z|)}. */
    SOFTSIGN,
    /** {@code a = z sigmoid(z)}, also called swish. */
    SILU,
    /**
     * {@code a = z (1 + tanh(sqrt(2 / pi) (z + 0.044715 z^3))) / 2}, the tanh form of GELU (Hendrycks and Gimpel, 2016).
     */
    GELU_TANH,
    /** {@code a = z (1 + erf(z / sqrt(2))) / 2}: z times the probability that a normal variable is below z. */
    GELU,
    /** {@code a = min(1, max(0, z / 6 + 1/2))}; the derivatives at -3 and 3 are taken from below: 0 and 1/6. */
    HARD_SIGMOID,
    /** {@code a_j = e^z_j / sum_i e^z_i}; over the units of a layer, with any loss. */
    SOFTMAX
}
