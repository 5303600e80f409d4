package dev.chainrule.runtime.training;

/**
 * Looks along a direction for a point where the strong conditions of Wolfe hold, for the value f and its slope f' along the
 * direction: {@code f(a) <= f(0) + 1e-4 a f'(0)} and {@code |f'(a)| <= 0.9 |f'(0)|}; algorithms 3.5 and 3.6 of Nocedal and
 * Wright, Numerical Optimization. A value that is not finite counts as too high.
 */
final class WolfeSearch {
    private static final double LEAST_FALL = 1e-4;
    private static final double MOST_SLOPE = 0.9;

    /** A search takes 1 to 3 points as a rule; halving an interval so often leaves a part of 1e-12. */
    private static final int MOST_POINTS = 40;

    /** An interpolated point is no nearer than this part of the interval to its ends. */
    private static final double MARGIN = 0.1;

    private final Objective objective;
    private final double[] parameters;
    private final double[] from;
    private final double[] direction;
    private final double[] gradient;

    private double valueAtStart;
    private double slopeAtStart;
    private int points;

    private double length;
    private double value;
    private double slope;
    private double error;
    private double lossGradientNorm;

    /**
     * @param from where it begins, live
     * @param direction where it goes, live
     */
    WolfeSearch(Objective objective, double[] from, double[] direction) {
        this.objective = objective;
        this.parameters = objective.parameters();
        this.from = from;
        this.direction = direction;
        this.gradient = new double[from.length];
    }

    /**
     * Leaves the parameters at the point that it has found.
     *
     * @param firstLength the first point, in multiples of the direction
     * @return false where no point is lower than the start
     */
    boolean run(double startValue, double[] startGradient, double firstLength) {
        valueAtStart = startValue;
        slopeAtStart = Vectors.dot(startGradient, direction);
        points = 0;
        if (!(slopeAtStart < 0)) {
            return false;
        }
        double lengthBefore = 0;
        double valueBefore = startValue;
        double slopeBefore = slopeAtStart;
        double next = firstLength;
        while (points < MOST_POINTS && goTo(next)) {
            if (isTooHigh() || (points > 1 && value >= valueBefore)) {
                return narrow(lengthBefore, valueBefore, slopeBefore, length, value, slope);
            }
            if (isFlat()) {
                return true;
            }
            if (slope >= 0) {
                return narrow(length, value, slope, lengthBefore, valueBefore, slopeBefore);
            }
            lengthBefore = length;
            valueBefore = value;
            slopeBefore = slope;
            next = 2 * length;
        }
        return value < valueAtStart;
    }

    /** Finds a point between two: the lower one, which satisfies the first condition, and one beyond which it needs not look. */
    private boolean narrow(
            double lowLength, double lowValue, double lowSlope, double highLength, double highValue, double highSlope) {
        double low = lowLength;
        double valueAtLow = lowValue;
        double slopeAtLow = lowSlope;
        double high = highLength;
        double valueAtHigh = highValue;
        double slopeAtHigh = highSlope;
        while (points < MOST_POINTS) {
            double next = between(low, valueAtLow, slopeAtLow, high, valueAtHigh, slopeAtHigh);
            if (next == low || next == high || !goTo(next)) {
                break;
            }
            if (isTooHigh() || value >= valueAtLow) {
                high = length;
                valueAtHigh = value;
                slopeAtHigh = slope;
                continue;
            }
            if (isFlat()) {
                return true;
            }
            if (slope * (high - low) >= 0) {
                high = low;
                valueAtHigh = valueAtLow;
                slopeAtHigh = slopeAtLow;
            }
            low = length;
            valueAtLow = value;
            slopeAtLow = slope;
        }
        return low > 0 && goTo(low) && value < valueAtStart;
    }

    /** The minimum of the cubic through two points and slopes, or the middle where that is not well between them. */
    private static double between(
            double low, double valueAtLow, double slopeAtLow, double high, double valueAtHigh, double slopeAtHigh) {
        double sum = slopeAtLow + slopeAtHigh - 3 * (valueAtLow - valueAtHigh) / (low - high);
        double root = Math.signum(high - low) * Math.sqrt(sum * sum - slopeAtLow * slopeAtHigh);
        double cubic = high - (high - low) * (slopeAtHigh + root - sum) / (slopeAtHigh - slopeAtLow + 2 * root);
        double part = (cubic - low) / (high - low);
        return part >= MARGIN && part <= 1 - MARGIN ? cubic : low + (high - low) / 2;
    }

    private boolean isTooHigh() {
        return !(value <= valueAtStart + LEAST_FALL * length * slopeAtStart) || !Double.isFinite(slope);
    }

    private boolean isFlat() {
        return Math.abs(slope) <= -MOST_SLOPE * slopeAtStart;
    }

    /** Computes all there is to know of a point; false where it is the start. */
    private boolean goTo(double distance) {
        boolean hasMoved = false;
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = Math.fma(distance, direction[i], from[i]);
            hasMoved |= parameters[i] != from[i];
        }
        points++;
        length = distance;
        value = objective.value(gradient);
        error = objective.error();
        lossGradientNorm = Gradients.norm(gradient);
        objective.addPenalty(gradient);
        slope = Vectors.dot(gradient, direction);
        return hasMoved;
    }

    /** In multiples of the direction. */
    double length() {
        return length;
    }

    double value() {
        return value;
    }

    double error() {
        return error;
    }

    /** With the penalty, live. */
    double[] gradient() {
        return gradient;
    }

    double lossGradientNorm() {
        return lossGradientNorm;
    }
}
