package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.LevenbergMarquardt.Damping;

/** The steps of {@link LevenbergMarquardt}. */
final class LevenbergMarquardtSteps extends FullBatchSteps {
    /** Less changes no bit of a unit diagonal. */
    private static final double LEAST_DAMPING = 0x1p-60;

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
    /** For checkpoints: lambda, and what it is multiplied by should the next step not be taken. */
    private final double[] lambdaAndGrowth;

    LevenbergMarquardtSteps(
            LevenbergMarquardt method, Settings settings, TrainableNetwork network, BatchSource records) {
        super(new Objective(settings, network, records, GaussNewton::of, GaussNewton::errorOf));
        this.method = method;
        this.n = parameters.length;
        this.triangle = new Triangle(n);
        this.sums = new double[n + Triangle.length(n)];
        this.factor = new double[Triangle.length(n)];
        this.scales = new double[n];
        this.damping = new double[n];
        this.before = new double[n];
        this.change = new double[n];
        this.lambdaAndGrowth = new double[] {method.firstDamping(), 2};
    }

    @Override
    void evaluate() {
        value = objective.value(sums);
        error = objective.error();
        System.arraycopy(sums, 0, gradient, 0, n);
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
        while (lambdaAndGrowth[0] < Double.POSITIVE_INFINITY) {
            double lambda = lambdaAndGrowth[0];
            dampen(lambda);
            if (triangle.factor(factor, 0) < 0) {
                double gain = solve(lambda);
                if (!move()) {
                    return true;
                }
                rate = lambda;
                double trial = objective.value();
                boolean isLast = gain <= method.tolerance() * value;
                if (trial < value) {
                    accept((value - trial) / gain);
                    return isLast;
                }
                System.arraycopy(before, 0, parameters, 0, n);
                if (isLast) {
                    return true;
                }
            }
            lambdaAndGrowth[0] *= lambdaAndGrowth[1];
            lambdaAndGrowth[1] *= 2;
        }
        return true;
    }

    /** How to make the diagonal 1, and what lambda is then multiplied by. A parameter that changes nothing stays as it is. */
    private void scale() {
        double greatest = 0;
        for (int i = 0; i < n; i++) {
            double element = sums[n + Triangle.diagonal(n, i)];
            greatest = Math.max(greatest, element);
            scales[i] = element > 0 ? Math.sqrt(element) : 1;
        }
        for (int i = 0; i < n; i++) {
            damping[i] = method.damping() == Damping.DIAGONAL ? 1 : greatest / scales[i] / scales[i];
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

    /** Whether a parameter has changed. */
    private boolean move() {
        boolean hasMoved = false;
        for (int i = 0; i < n; i++) {
            parameters[i] = before[i] + change[i];
            hasMoved |= parameters[i] != before[i];
        }
        return hasMoved;
    }

    /** Nielsen's rule: from a third, where the gain is as foretold, to twice the damping, where it is next to nothing. */
    private void accept(double gainRatio) {
        double miss = 2 * gainRatio - 1;
        lambdaAndGrowth[0] = Math.max(LEAST_DAMPING, lambdaAndGrowth[0] * Math.max(1.0 / 3, 1 - miss * miss * miss));
        lambdaAndGrowth[1] = 2;
    }

    @Override
    double[][] arrays() {
        return new double[][] {lambdaAndGrowth};
    }
}
