package dev.chainrule.runtime.training;

import java.util.Objects;

/**
 * The method of Levenberg and Marquardt, for small networks and for curves: sums of squares in any of their scales,
 * {@code SUM_OF_SQUARES}, {@code HALF_SUM_OF_SQUARES} and {@code MEAN_SQUARED_ERROR}. The network has to be a
 * {@link dev.chainrule.runtime.ParameterJacobianNetwork}, and to describe itself.
 *
 * <p>With the residuals {@code r = y - t} and their Jacobian {@code J = dr/dp}, a step h solves
 *
 * <pre>{@code (J'J + lambda D) h = -J'r}</pre>
 *
 * by Cholesky's method, after scaling {@code J'J} to a unit diagonal. It is taken if it lowers the loss; by how much more or less
 * than foretold, lambda falls or rises, after Nielsen (1999). A system that is singular or a loss that is not finite counts as
 * a step that is not taken. It takes time with the cube of the number of parameters, and memory with the square.
 *
 * <p>The rate of a training is the lambda of the last step.
 *
 * @param firstDamping lambda before the first step: positive and finite; it has no unit
 * @param damping what D is
 * @param tolerance where a step is foretold to lower the loss by no more than this part of it, it is the last: at least 0 and less
 *     than 1; 1e-15 goes to the last digits
 */
public record LevenbergMarquardt(double firstDamping, Damping damping, double tolerance) implements FullBatchMethod {
    /** What is added to {@code J'J}. */
    public enum Damping {
        /**
         * The diagonal of {@code J'J}, each element no less than a tenth of what it was a step before: units of
         * parameters do not matter (Marquardt).
         */
        DIAGONAL,
        /** The greatest element of that diagonal for all parameters (Levenberg, Nielsen). */
        IDENTITY
    }

    /**
     * Refuses settings outside their ranges.
     *
     * @param firstDamping lambda before the first step
     * @param damping what D is
     * @param tolerance by which part of the loss a step has to lower it
     * @throws IllegalArgumentException if a number is outside its range
     */
    public LevenbergMarquardt {
        Checks.positive("firstDamping", firstDamping);
        Objects.requireNonNull(damping, "damping");
        Checks.fraction("tolerance", tolerance);
    }

    /** {@return the method for curves, whose parameters have units: from 1e-3 times the diagonal, to the last digits} */
    public static LevenbergMarquardt forCurves() {
        return new LevenbergMarquardt(1e-3, Damping.DIAGONAL, 1e-15);
    }

    /**
     * {@return the method for networks: from 1e-3 times the greatest element of the diagonal for all parameters, to the last
     * digits} Weights that have little influence, as those of saturated units, take no long steps then.
     */
    public static LevenbergMarquardt forNetworks() {
        return new LevenbergMarquardt(1e-3, Damping.IDENTITY, 1e-15);
    }
}
