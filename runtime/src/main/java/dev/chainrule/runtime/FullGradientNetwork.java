package dev.chainrule.runtime;

/**
 * A network that can also compute its gradient by the full gradient equations: one derivation a parameter, with nothing
 * shared between them but the values of the forward pass. A derivation is a sum over the paths from the parameter to the
 * error; a network of up to 32 layers implements this where all of them together have at most 80,000 factors. Larger ones
 * are {@link TrainableNetwork}s alone.
 */
public interface FullGradientNetwork extends TrainableNetwork {
    /**
     * Adds {@code dE/dp} to {@code gradient} for every parameter {@code p}, each by its own chain rule.
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @param gradient one value a parameter, added to
     * @return the error {@code E}
     */
    double fullGradient(double[] input, double[] target, double[] gradient);
}
