package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Long walks beside closed forms: an average that one gradient after the other went into is written as the sum over all
 * gradients so far, each with its power of beta, and a product as the product of all its factors.
 */
class OptimizersClosedFormTest {
    private static final int STEPS = 200;
    private static final double RATE = 0.0625;

    /** {@code g_1} to {@code g_STEPS}, of very different sizes; {@code g_0} does not count. */
    private final double[] g =
            new Random(5).doubles(STEPS + 1, -1, 1).map(x -> x * x * x * 10).toArray();

    @Test
    void momentum() {
        check(Optimizers.momentum(RATE, 0.8), t -> sum(t, i -> pow(0.8, t - i) * g[i]));
    }

    @Test
    void nesterov() {
        check(Optimizers.nesterov(RATE, 0.8), t -> g[t] + 0.8 * sum(t, i -> pow(0.8, t - i) * g[i]));
    }

    @Test
    void adaGrad() {
        check(Optimizers.adaGrad(RATE, 0.5, 0.01), t -> g[t] / (Math.sqrt(0.5 + sum(t, i -> g[i] * g[i])) + 0.01));
    }

    @Test
    void adaDelta() {
        double[] change = new double[STEPS + 1];
        check(Optimizers.adaDelta(RATE, 0.9, 0.01), t -> {
            double meanSquareChange = average(t - 1, 0.9, i -> change[i] * change[i]);
            change[t] = g[t] * Math.sqrt((meanSquareChange + 0.01) / (meanSquare(t, 0.9) + 0.01));
            return change[t];
        });
    }

    @Test
    void rmsProp() {
        check(Optimizers.rmsProp(RATE, 0.9, 0.01), t -> g[t] / (Math.sqrt(meanSquare(t, 0.9)) + 0.01));
    }

    @Test
    void adam() {
        check(
                Optimizers.adam(RATE, 0.9, 0.99, 0.01),
                t -> mean(t) / (1 - pow(0.9, t)) / (Math.sqrt(meanSquare(t, 0.99) / (1 - pow(0.99, t))) + 0.01));
    }

    @Test
    void amsGrad() {
        check(Optimizers.amsGrad(RATE, 0.9, 0.99, 0.01), t -> {
            double largest = IntStream.rangeClosed(1, t)
                    .mapToDouble(s -> meanSquare(s, 0.99))
                    .max()
                    .getAsDouble();
            return mean(t) / (1 - pow(0.9, t)) / (Math.sqrt(largest / (1 - pow(0.99, t))) + 0.01);
        });
    }

    @Test
    void nAdam() {
        IntToDoubleFunction mu = t -> 0.9 * (1 - pow(0.96, t * 0.25) / 2);
        check(Optimizers.nAdam(RATE, 0.9, 0.99, 0.01, 0.25), t -> {
            double product = IntStream.rangeClosed(1, t).mapToDouble(mu).reduce(1, (a, b) -> a * b);
            double now = mu.applyAsDouble(t);
            double next = mu.applyAsDouble(t + 1);
            double mean = next * mean(t) / (1 - product * next) + (1 - now) * g[t] / (1 - product);
            return mean / (Math.sqrt(meanSquare(t, 0.99) / (1 - pow(0.99, t))) + 0.01);
        });
    }

    @Test
    void adamWIsAdamThatForgetsWhereItBegan() {
        // p_t = sum over all steps of the change, times what later decays leave of it
        double kept = 1 - RATE * 0.5;
        OptimizerState adamState = Optimizers.adam(RATE, 0.9, 0.99, 0.01).start(1);
        OptimizerState state = Optimizers.adamW(RATE, 0.9, 0.99, 0.01, 0.5).start(1);
        double[] changes = new double[STEPS + 1];
        double[] parameters = {3};
        for (int t = 1; t <= STEPS; t++) {
            double[] fromZero = {0};
            adamState.step(fromZero, new double[] {g[t]}, RATE);
            changes[t] = fromZero[0];
            state.step(parameters, new double[] {g[t]}, RATE);
            int now = t;
            assertThat(parameters[0])
                    .isCloseTo(3 * pow(kept, t) + sum(t, i -> changes[i] * pow(kept, now - i)), within(1e-12));
        }
    }

    /** Checks the change of every step, rate aside. */
    private void check(Optimizer optimizer, IntToDoubleFunction change) {
        OptimizerState state = optimizer.start(1);
        for (int t = 1; t <= STEPS; t++) {
            double[] parameters = {0};
            state.step(parameters, new double[] {g[t]}, RATE);
            assertThat(-parameters[0] / RATE).as("step %s", t).isCloseTo(change.applyAsDouble(t), within(1e-11));
        }
    }

    private double mean(int t) {
        return average(t, 0.9, i -> g[i]);
    }

    private double meanSquare(int t, double beta) {
        return average(t, beta, i -> g[i] * g[i]);
    }

    private static double average(int t, double beta, IntToDoubleFunction value) {
        return (1 - beta) * sum(t, i -> pow(beta, t - i) * value.applyAsDouble(i));
    }

    private static double sum(int t, IntToDoubleFunction term) {
        return IntStream.rangeClosed(1, t).mapToDouble(term).sum();
    }

    private static double pow(double base, double exponent) {
        return StrictMath.pow(base, exponent);
    }
}
