package dev.chainrule.processor.proof;

/** Arithmetic of the prover's own, rounded away from the true value: down for lower bounds, up for upper ones. */
final class Outward {
    private Outward() {}

    static double addDown(double a, double b) {
        return Math.nextDown(a + b);
    }

    static double addUp(double a, double b) {
        return Math.nextUp(a + b);
    }

    /** {@code a * b}, where zero times anything is zero: an infinite end stands for large numbers, none of them infinite. */
    static double timesDown(double a, double b) {
        return a == 0 || b == 0 ? 0 : Math.nextDown(a * b);
    }

    static double timesUp(double a, double b) {
        return a == 0 || b == 0 ? 0 : Math.nextUp(a * b);
    }

    static double divideDown(double a, double b) {
        return a == 0 ? 0 : Math.nextDown(a / b);
    }

    static double divideUp(double a, double b) {
        return a == 0 ? 0 : Math.nextUp(a / b);
    }

    /** A bound of what errs by a part of itself and by some least numbers: widened by both. */
    static double below(double value, double part) {
        return Math.nextDown(value - Math.abs(value) * part) - Double.MIN_NORMAL;
    }

    static double above(double value, double part) {
        return Math.nextUp(value + Math.abs(value) * part) + Double.MIN_NORMAL;
    }
}
