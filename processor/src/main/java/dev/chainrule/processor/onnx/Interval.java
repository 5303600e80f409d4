package dev.chainrule.processor.onnx;

import java.util.function.DoubleUnaryOperator;

/** What a value may be: all from the least to the greatest. */
record Interval(double least, double greatest) {
    static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** More than what an operation, or a function of {@link Math}, errs by. */
    private static final double ROUNDING = 0x1p-50;

    /** All between two results, and what these may err by. */
    static Interval of(double least, double greatest) {
        return Double.isNaN(least) || Double.isNaN(greatest)
                ? ALL
                : new Interval(below(least, ROUNDING), -below(-greatest, ROUNDING));
    }

    /** A number with a relative error. */
    static Interval around(double number, double tolerance) {
        return new Interval(below(number, tolerance), -below(-number, tolerance));
    }

    private static double below(double number, double tolerance) {
        return Double.isInfinite(number)
                ? Math.nextDown(number)
                : number - tolerance * Math.abs(number) - Double.MIN_VALUE;
    }

    Interval plus(Interval other) {
        return of(least + other.least, greatest + other.greatest);
    }

    Interval times(Interval other) {
        double one = least * other.least;
        double two = least * other.greatest;
        double three = greatest * other.least;
        double four = greatest * other.greatest;
        return of(
                Math.min(Math.min(one, two), Math.min(three, four)),
                Math.max(Math.max(one, two), Math.max(three, four)));
    }

    Interval negative() {
        return new Interval(-greatest, -least);
    }

    Interval inverse() {
        return least <= 0 && greatest >= 0 ? ALL : of(1 / greatest, 1 / least);
    }

    /** Under a function that nowhere decreases. */
    Interval under(DoubleUnaryOperator function) {
        return of(function.applyAsDouble(least), function.applyAsDouble(greatest));
    }

    /** Under a function that is nowhere steeper than 1. */
    Interval underFlat(DoubleUnaryOperator function) {
        double value = function.applyAsDouble(least);
        return of(value - (greatest - least), value + (greatest - least));
    }

    Interval max(Interval other) {
        return new Interval(Math.max(least, other.least), Math.max(greatest, other.greatest));
    }

    /** What is in one of the two, and between. */
    Interval hull(Interval other) {
        return new Interval(Math.min(least, other.least), Math.max(greatest, other.greatest));
    }

    boolean meets(Interval other) {
        return least <= other.greatest && other.least <= greatest;
    }
}
