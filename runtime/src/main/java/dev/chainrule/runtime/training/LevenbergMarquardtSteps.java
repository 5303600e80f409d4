package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.LevenbergMarquardt.Damping;

/** The steps of {@link LevenbergMarquardt}. */
final class LevenbergMarquardtSteps extends FullBatchSteps {
    /** Less changes no bit of a unit diagonal. */
    private static final double LEAST_DAMPING = 0x1p-60;

    /**
     * What the diagonal of D keeps, at least, of what it was a step before: a parameter whose influence vanishes does not run away
     * in one step, and the start is forgotten. Of 0, 0.1, 0.5, 0.9 and 1 (the greatest so far, as in MINPACK), 0 misses
     * MGH17 of NIST's problems, and 1 takes longest for MGH10.
     */
    private static final double KEPT = 0.1;

    /** The first step is no longer than so many times the parameters, both measured by D; 100 misses BoxBOD of NIST's problems. */
    private static final double LONGEST_FIRST_STEP = 10;

    /**
     * A gain of less than about a hundredth of the rounding of the loss, 2^-53 by the root of its square, is not seen in it: steps
     * would only choose among its roundings, as they did for Lanczos1 of NIST's problems.
     */
    private static final double LEAST_GAIN = 0x1p-60;

    private final LevenbergMarquardt method;
    private final int n;
    private final Triangle triangle;
    /** Gradient and matrix, as {@link GaussNewton} sums them. */
    private final double[] sums;
    /** The matrix, scaled to a unit diagonal, with its damping, and then its factor. */
    private final double[] factor;

    private final double[] scales;
    private final double[] damping;
    private final double[] before;
    private final double[] change;
    /** The diagonal of the matrix, as D has it. */
    private final double[] diagonal;
    /** For checkpoints: lambda, what it is multiplied by should the next step not be taken, and 1 once one was taken. */
    private final double[] state;
    /** A step of no more gain is the last. */
    private double leastGain;

    LevenbergMarquardtSteps(
            LevenbergMarquardt method, Settings settings, TrainableNetwork network, BatchSource records) {
        super(new Objective(settings, network, records, GaussNewton::of, GaussNewton::errorOf));
        this.method = method;
        this.n = parameters.length;
        this.triangle = new Triangle(n);
        this.sums = new double[GaussNewton.length(n)];
        this.factor = new double[Triangle.length(n)];
        this.scales = new double[n];
        this.damping = new double[n];
        this.diagonal = new double[n];
        this.before = new double[n];
        this.change = new double[n];
        this.state = new double[] {method.firstDamping(), 2, 0};
    }

    @Override
    void evaluate() {
        value = objective.value(sums);
        objective.clearZeros(sums, n);
        error = objective.error();
        System.arraycopy(sums, 0, gradient, 0, n);
        double rounding = Math.sqrt(sums[sums.length - 1] / objective.divisor());
        leastGain = Math.max(method.tolerance() * value, LEAST_GAIN * rounding);
    }

    @Override
    int firstNotFinite() {
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(gradient[i]) || !Double.isFinite(sums[n + Triangle.diagonal(n, i)])) {
                return i;
            }
        }
        return -1;
    }

    @Override
    double gradientNorm() {
        return Gradients.norm(gradient);
    }

    @Override
    boolean step() {
        objective.addPenalty(gradient);
        objective.addPenaltyToDiagonal(sums, n);
        scale();
        System.arraycopy(parameters, 0, before, 0, n);
        while (state[0] < Double.POSITIVE_INFINITY) {
            dampen(state[0]);
            if (triangle.factor(factor, 0) < 0) {
                double gain = solve(state[0]);
                boolean isLast = gain <= leastGain;
                if (isTaken(gain)) {
                    return isLast;
                }
                if (isLast) {
                    return true;
                }
            }
            state[0] *= state[1];
            state[1] *= 2;
        }
        return true;
    }

    /** Takes the step that was solved for, if it lowers the value. */
    private boolean isTaken(double gain) {
        if (state[2] == 0 && isTooLong()) {
            return false;
        }
        rate = state[0];
        move();
        double trial = objective.value();
        if (!(trial < value)) {
            System.arraycopy(before, 0, parameters, 0, n);
            return false;
        }
        accept((value - trial) / gain);
        return true;
    }

    /** How to make the diagonal 1, and what lambda is then multiplied by. A parameter that changes nothing stays as it is. */
    private void scale() {
        double greatest = 0;
        for (int i = 0; i < n; i++) {
            double element = sums[n + Triangle.diagonal(n, i)];
            scales[i] = element > 0 ? Math.sqrt(element) : 1;
            diagonal[i] = Math.max(element, KEPT * diagonal[i]);
            greatest = Math.max(greatest, diagonal[i]);
        }
        for (int i = 0; i < n; i++) {
            double element = method.damping() == Damping.DIAGONAL ? diagonal[i] : greatest;
            damping[i] = element > 0 ? element / scales[i] / scales[i] : 1;
        }
    }

    private void dampen(double lambda) {
        for (int i = 0; i < n; i++) {
            int at = Triangle.diagonal(n, i);
            for (int j = i + 1; j < n; j++) {
                factor[at + j - i] = sums[n + at + j - i] / scales[i] / scales[j];
            }
            factor[at] = (sums[n + at] > 0 ? 1 : 0) + lambda * damping[i];
        }
    }

    /** Computes the change of the parameters; returns by how much it lowers the value, where the residuals are linear. */
    private double solve(double lambda) {
        for (int i = 0; i < n; i++) {
            change[i] = -gradient[i] / scales[i];
        }
        triangle.solve(factor, change);
        double gain = 0;
        for (int i = 0; i < n; i++) {
            gain += change[i] * (lambda * damping[i] * change[i] - gradient[i] / scales[i]) / 2;
            change[i] /= scales[i];
        }
        return gain;
    }

    /** Whether the change is too long for a first one; any is good enough where all parameters are 0. */
    private boolean isTooLong() {
        double squareOfChange = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            double weight = damping[i] * scales[i] * scales[i];
            squareOfChange += weight * change[i] * change[i];
            square += weight * before[i] * before[i];
        }
        return square > 0 && squareOfChange > LONGEST_FIRST_STEP * LONGEST_FIRST_STEP * square;
    }

    private void move() {
        for (int i = 0; i < n; i++) {
            parameters[i] = before[i] + change[i];
        }
    }

    /** Nielsen's rule: from a third, where the gain is as foretold, to twice the damping, where it is next to nothing. */
    private void accept(double gainRatio) {
        double miss = 2 * gainRatio - 1;
        state[0] = Math.max(LEAST_DAMPING, state[0] * Math.max(1.0 / 3, 1 - miss * miss * miss));
        state[1] = 2;
        state[2] = 1;
    }

    @Override
    double[][] arrays() {
        return new double[][] {diagonal, state};
    }
}
