package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Optimizer;
import dev.chainrule.runtime.training.OptimizerState;
import java.util.Arrays;

/**
 * The way of an optimiser down the {@link Bowl}.
 *
 * @param rate the learning rate
 * @param xs where it stands at the start and after every step
 * @param ys likewise
 */
record DescentPath(double rate, double[] xs, double[] ys) {
    /** Takes steps from a start, at most until f is no longer finite: x and y are the optimiser's two parameters. */
    static DescentPath of(Optimizer optimizer, double[] start, int steps) {
        double[] xs = new double[steps + 1];
        double[] ys = new double[steps + 1];
        double[] point = start.clone();
        OptimizerState state = optimizer.start(2);
        int points = 0;
        while (points <= steps && Double.isFinite(Bowl.value(point[0], point[1]))) {
            xs[points] = point[0];
            ys[points] = point[1];
            points++;
            state.step(point, Bowl.gradient(point[0], point[1]), optimizer.learningRate());
        }
        return new DescentPath(optimizer.learningRate(), Arrays.copyOf(xs, points), Arrays.copyOf(ys, points));
    }

    /** The value of f after some steps. */
    double value(int step) {
        return Bowl.value(xs[step], ys[step]);
    }

    /** How many steps it took. */
    int steps() {
        return xs.length - 1;
    }
}
