package dev.chainrule.runtime.training;

/**
 * The known schedules, each with its formula for the learning rate of step {@code t}, counted from 1, where {@code r} is the
 * learning rate of the {@link Optimizer}: all begin with {@code r}. Powers and cosines are made of multiplications and sums: the
 * same bits everywhere, and nothing is allocated (as it would be in {@link StrictMath#pow}).
 *
 * <p>A setting outside its range is an {@link IllegalArgumentException} that names the setting, its value and the range.
 */
public final class Schedules {
    private Schedules() {}

    /** {@return {@code r}, always} */
    public static Schedule constant() {
        return new Constant();
    }

    /**
     * {@return {@code r factor^k}, where {@code k = (t - 1) / every} without its fraction: PyTorch's {@code StepLR}}
     *
     * @param every the number of steps with the same learning rate; at least 1
     * @param factor positive and finite
     */
    public static Schedule step(long every, double factor) {
        return new Step(every, factor);
    }

    /**
     * {@return {@code r factor^(t - 1)}: PyTorch's {@code ExponentialLR}}
     *
     * @param factor positive and finite
     */
    public static Schedule exponential(double factor) {
        return step(1, factor);
    }

    /**
     * {@return {@code minimum + (r - minimum) (1 + cos(pi (t - 1) / period)) / 2} for {@code period} steps, then
     * {@code minimum}: the annealing of PyTorch's {@code CosineAnnealingLR}, which however would rise again after
     * {@code period} steps}
     *
     * @param period the number of steps that it takes from {@code r} to {@code minimum}; at least 1
     * @param minimum 0 or positive, finite
     */
    public static Schedule cosine(long period, double minimum) {
        return new Cosine(period, minimum);
    }

    /**
     * {@return {@code r / (1 + decay (t - 1))}}
     *
     * @param decay 0 or positive, finite
     */
    public static Schedule inverseTime(double decay) {
        return new InverseTime(decay);
    }

    private record Constant() implements Schedule {
        @Override
        public double rate(double learningRate, long step) {
            stepsBefore(step);
            return learningRate;
        }
    }

    private record Step(long every, double factor) implements Schedule {
        Step {
            Checks.count("every", every);
            Checks.positive("factor", factor);
        }

        @Override
        public double rate(double learningRate, long step) {
            return learningRate * power(factor, stepsBefore(step) / every);
        }
    }

    private record Cosine(long period, double minimum) implements Schedule {
        Cosine {
            Checks.count("period", period);
            Checks.notNegative("minimum", minimum);
        }

        @Override
        public double rate(double learningRate, long step) {
            long done = Math.min(stepsBefore(step), period);
            double weight = raisedCosine(done, period - done);
            return learningRate * weight + minimum * (1 - weight);
        }
    }

    private record InverseTime(double decay) implements Schedule {
        InverseTime {
            Checks.notNegative("decay", decay);
        }

        @Override
        public double rate(double learningRate, long step) {
            return learningRate / (1 + decay * stepsBefore(step));
        }
    }

    /** {@link Schedule#withWarmUp}. */
    record WarmUp(long steps, Schedule then) implements Schedule {
        WarmUp {
            Checks.count("steps", steps);
        }

        @Override
        public double rate(double learningRate, long step) {
            stepsBefore(step);
            return step <= steps ? learningRate * ((double) step / steps) : then.rate(learningRate, step - steps);
        }
    }

    /** {@code t - 1}. */
    private static long stepsBefore(long step) {
        Checks.count("step", step);
        return step - 1;
    }

    /** {@code base^exponent}, by repeated squaring. */
    private static double power(double base, long exponent) {
        double power = 1;
        double square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }

    /** {@code (1 + cos(pi x)) / 2} for {@code x = done / (done + left)}: 1 where nothing is done, 0 where nothing is left. */
    private static double raisedCosine(long done, long left) {
        double sine = sine(Math.PI / 2 * Math.min(done, left) / (done + left));
        return done < left ? 1 - sine * sine : sine * sine;
    }

    /** {@code x - x^3/3! + x^5/5! - ...} up to {@code x^17/17!}, which for x up to pi/4 leaves less than 1e-19 out. */
    private static double sine(double x) {
        double sum = 1;
        for (int k = 16; k > 0; k -= 2) {
            sum = 1 - x * x / (k * (k + 1)) * sum;
        }
        return x * sum;
    }
}
