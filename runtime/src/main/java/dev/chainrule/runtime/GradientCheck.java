package dev.chainrule.runtime;

/**
 * A check of a network's gradients against difference quotients, for use in tests:
 *
 * <pre>{@code
 * GradientCheck.of(network, input, target).assertWithin(1e-6);
 * }</pre>
 *
 * <p>It compares {@link TrainableNetwork#backprop(double[], double[], double[]) backprop}, and
 * {@link FullGradientNetwork#fullGradient fullGradient} where the network has it, with central differences
 * ({@link Perturbation}) for one record at the network's present parameters, and tells of the one derivative that agrees
 * least. Parameters are the same bit for bit afterwards.
 *
 * <p><b>Numeric derivatives.</b> Central differences {@code D} with the steps {@code h = 2^-10} and {@code h/2} are
 * extrapolated after Richardson, {@code (4 D(h/2) - D(h)) / 3}, which cancels their error of order {@code h^2}. What is left
 * is about {@code h^4/480} times the fifth derivative, and a rounding of some {@code 1e-12 E}. So a right gradient usually
 * has an {@link #error()} below 1e-8, a wrong one above 1e-3, and 1e-6 is a good tolerance.
 *
 * <p><b>Kinks.</b> RELU, LEAKY_RELU and SELU have a kink at 0, and so has the mean absolute error; the slopes of ELU,
 * SOFTSIGN and the Huber loss have one. Where a step of {@code h} carries a unit across, the numeric value is a mixture of
 * both sides, and the check fails although the gradient is right. Take another record then, or other parameters: all
 * inputs 0, or biases 0 with dead units before them, put units exactly on the kink.
 *
 * @param method the method of the network that agrees least: {@code "backprop"} or {@code "fullGradient"}
 * @param parameter the name of the parameter where it does, from {@link NetworkDescription#parameterName}
 * @param analytic the derivative of the error by this parameter, from this method
 * @param numeric the same by difference quotients
 * @param error how far they are apart: {@code |analytic - numeric| / max(|analytic|, |numeric|, max(1, |E|) / 1000)}, a
 *     relative error that does not magnify the rounding of very small derivatives; NaN if one of them is
 */
public record GradientCheck(String method, String parameter, double analytic, double numeric, double error) {
    /** The larger step: small against most curvatures, large against rounding, and exact to add to most parameters. */
    private static final double STEP = 0x1p-10;

    /** The part of {@code max(1, |E|)} that the smallest derivatives count as: their rounding is no smaller than its. */
    private static final double SMALL = 1e-3;

    /**
     * Compares the gradients of one record.
     *
     * @param network the network to check, with at least one parameter
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @return the derivative that agrees least, of whichever method
     * @throws IllegalArgumentException if an array has a wrong length, or a constant of the network is not set
     */
    public static GradientCheck of(TrainableNetwork network, double[] input, double[] target) {
        NetworkDescription.checkConstants(network);
        int parameters = network.parameters().length;
        double[] numeric = extrapolatedDifferences(network, input, target);
        double[] backprop = new double[parameters];
        double loss = network.backprop(input, target, backprop);
        GradientCheck worst = worst("backprop", network, loss, backprop, numeric);
        if (network instanceof FullGradientNetwork fullGradientNetwork) {
            double[] fullGradient = new double[parameters];
            fullGradientNetwork.fullGradient(input, target, fullGradient);
            GradientCheck other = worst("fullGradient", network, loss, fullGradient, numeric);
            return Double.compare(other.error, worst.error) > 0 ? other : worst;
        }
        return worst;
    }

    /**
     * Asserts that all derivatives agree.
     *
     * @param tolerance the largest {@link #error()} to accept; 1e-6 is a good one
     * @throws AssertionError if they do not, with the name of the worst parameter and both its derivatives
     */
    public void assertWithin(double tolerance) {
        if (!(error <= tolerance)) {
            throw new AssertionError(this + "; tolerance " + tolerance);
        }
    }

    /** A sentence such as {@code dE/dw2_0_1 is 0.25 by backprop, 0.5 by difference quotients: relative error 0.5}. */
    @Override
    public String toString() {
        return "dE/d" + parameter + " is " + analytic + " by " + method + ", " + numeric
                + " by difference quotients: relative error " + error;
    }

    private static double[] extrapolatedDifferences(TrainableNetwork network, double[] input, double[] target) {
        double[] coarse = new double[network.parameters().length];
        double[] fine = new double[coarse.length];
        new Perturbation(network, STEP).gradient(input, target, coarse);
        new Perturbation(network, STEP / 2).gradient(input, target, fine);
        double[] extrapolated = new double[coarse.length];
        for (int index = 0; index < extrapolated.length; index++) {
            extrapolated[index] = (4 * fine[index] - coarse[index]) / 3;
        }
        return extrapolated;
    }

    private static GradientCheck worst(
            String method, TrainableNetwork network, double loss, double[] analytic, double[] numeric) {
        int worst = 0;
        double worstError = relativeError(analytic[0], numeric[0], loss);
        for (int index = 1; index < analytic.length; index++) {
            double error = relativeError(analytic[index], numeric[index], loss);
            // Unlike >, this order has NaN above every number
            if (Double.compare(error, worstError) > 0) {
                worst = index;
                worstError = error;
            }
        }
        return new GradientCheck(
                method, NetworkDescription.parameterName(network, worst), analytic[worst], numeric[worst], worstError);
    }

    private static double relativeError(double analytic, double numeric, double loss) {
        double scale = Math.max(Math.abs(analytic), Math.abs(numeric));
        return Math.abs(analytic - numeric) / Math.max(scale, SMALL * Math.max(1, Math.abs(loss)));
    }
}
