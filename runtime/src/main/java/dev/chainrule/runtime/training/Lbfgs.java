package dev.chainrule.runtime.training;

/**
 * The method of Broyden, Fletcher, Goldfarb and Shanno with limited memory, for any loss and any number of parameters. The
 * direction of a step comes from the last steps and what they did to the gradient, by the two loops of Nocedal (1980); its length
 * from a search that ends where the strong conditions of Wolfe hold, with 1e-4 and 0.9 (Nocedal and Wright, Numerical Optimization,
 * algorithms 7.4, 3.5 and 3.6). Gradients are by the trainer's {@link GradientMethod}.
 *
 * <p>The rate of a training is the length of the last step in multiples of its direction, 1 near a minimum.
 *
 * @param memory how many steps are remembered, 1 or more; 10 unless said otherwise
 * @param tolerance a step that lowers the loss by no more than this part of it is the last: at least 0 and less than 1; 1e-15
 *     unless said otherwise
 */
public record Lbfgs(int memory, double tolerance) implements FullBatchMethod {
    /**
     * Refuses settings outside their ranges.
     *
     * @param memory how many steps are remembered
     * @param tolerance by which part of the loss a step has to lower it
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Lbfgs {
        Checks.count("memory", memory);
        Checks.fraction("tolerance", tolerance);
    }

    /** With a memory of 10 steps, to the last digits. */
    public Lbfgs() {
        this(10, 1e-15);
    }
}
