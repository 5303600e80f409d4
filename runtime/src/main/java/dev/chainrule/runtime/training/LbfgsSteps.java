package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;

/** The steps of {@link Lbfgs}. */
final class LbfgsSteps extends FullBatchSteps {
    private final Lbfgs method;
    private final int n;
    private final WolfeSearch search;
    /** The parameters that {@link #value} and {@link #gradient} are of. */
    private final double[] before;

    private final double[] direction;
    /** The last changes of the parameters and of the gradient, each at its place in a ring. */
    private final double[][] changes;

    private final double[][] gradientChanges;
    /** By place in the ring: 1 / (change * gradient's change). */
    private final double[] inverses;

    private final double[] products;
    /** For checkpoints: how many changes are remembered, and the place of the next. */
    private final double[] countAndNext = new double[2];

    private double lossGradientNorm;

    LbfgsSteps(Lbfgs method, Settings settings, TrainableNetwork network, BatchSource records) {
        super(new Objective(settings, network, records, settings.gradientMethod, settings.gradientMethod));
        this.method = method;
        this.n = parameters.length;
        this.before = new double[n];
        Arrays.fill(before, Double.NaN);
        this.direction = new double[n];
        this.changes = new double[method.memory()][n];
        this.gradientChanges = new double[method.memory()][n];
        this.inverses = new double[method.memory()];
        this.products = new double[method.memory()];
        this.search = new WolfeSearch(objective, before, direction);
    }

    /** The last step has left all that is needed, unless it was the first, or others have changed the parameters. */
    @Override
    void evaluate() {
        if (!Arrays.equals(parameters, before)) {
            value = objective.value(gradient);
            error = objective.error();
            lossGradientNorm = Gradients.norm(gradient);
            objective.addPenalty(gradient);
            System.arraycopy(parameters, 0, before, 0, n);
        }
    }

    @Override
    double gradientNorm() {
        return lossGradientNorm;
    }

    @Override
    boolean step() {
        boolean isFound = hasDirection() && search.run(value, gradient, 1);
        if (!isFound) {
            countAndNext[0] = 0;
            steepest();
            isFound = search.run(value, gradient, Math.min(1, 1 / Gradients.norm(gradient)));
        }
        if (!isFound) {
            System.arraycopy(before, 0, parameters, 0, n);
            rate = 0;
            return true;
        }
        remember();
        double valueBefore = value;
        value = search.value();
        error = search.error();
        lossGradientNorm = search.lossGradientNorm();
        System.arraycopy(search.gradient(), 0, gradient, 0, n);
        System.arraycopy(parameters, 0, before, 0, n);
        rate = search.length();
        return valueBefore - value <= method.tolerance() * Math.abs(valueBefore);
    }

    private void steepest() {
        for (int i = 0; i < n; i++) {
            direction[i] = -gradient[i];
        }
    }

    /** The two loops; false where nothing is remembered. */
    private boolean hasDirection() {
        int count = (int) countAndNext[0];
        int memory = method.memory();
        int newest = (int) countAndNext[1] + memory - 1;
        steepest();
        for (int i = 0; i < count; i++) {
            int at = (newest - i) % memory;
            products[at] = inverses[at] * Vectors.dot(changes[at], direction);
            Vectors.add(-products[at], gradientChanges[at], direction);
        }
        if (count > 0) {
            double[] last = gradientChanges[newest % memory];
            Vectors.multiply(1 / (inverses[newest % memory] * Vectors.dot(last, last)), direction);
        }
        for (int i = count - 1; i >= 0; i--) {
            int at = (newest - i) % memory;
            double product = inverses[at] * Vectors.dot(gradientChanges[at], direction);
            Vectors.add(products[at] - product, changes[at], direction);
        }
        return count > 0;
    }

    /** Takes note of the step that was found, where it curves upwards, as the conditions of Wolfe say but for rounding. */
    private void remember() {
        int at = (int) countAndNext[1];
        double[] found = search.gradient();
        for (int i = 0; i < n; i++) {
            changes[at][i] = parameters[i] - before[i];
            gradientChanges[at][i] = found[i] - gradient[i];
        }
        double inverse = 1 / Vectors.dot(changes[at], gradientChanges[at]);
        if (inverse > 0 && inverse < Double.POSITIVE_INFINITY) {
            inverses[at] = inverse;
            countAndNext[0] = Math.min(method.memory(), countAndNext[0] + 1);
            countAndNext[1] = (at + 1) % method.memory();
        }
    }

    @Override
    double[][] arrays() {
        double[][] arrays = new double[2 * method.memory() + 2][];
        System.arraycopy(changes, 0, arrays, 0, method.memory());
        System.arraycopy(gradientChanges, 0, arrays, method.memory(), method.memory());
        arrays[arrays.length - 2] = inverses;
        arrays[arrays.length - 1] = countAndNext;
        return arrays;
    }
}
