package dev.chainrule.runtime.training;

/** A number and its derivatives by some others, carried forward by the rules of the calculus. */
final class Dual {
    final double value;
    final double[] slopes;

    private Dual(double value, double[] slopes) {
        this.value = value;
        this.slopes = slopes;
    }

    /** A number that depends on nothing. */
    static Dual of(double value, int variables) {
        return new Dual(value, new double[variables]);
    }

    /** The variable of an index. */
    static Dual variable(double value, int index, int variables) {
        Dual variable = of(value, variables);
        variable.slopes[index] = 1;
        return variable;
    }

    /** A function of this number. */
    private Dual map(double result, double slope) {
        double[] mapped = new double[slopes.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = slope * slopes[i];
        }
        return new Dual(result, mapped);
    }

    private Dual combine(double result, double slope, Dual other, double otherSlope) {
        double[] combined = new double[slopes.length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] = slope * slopes[i] + otherSlope * other.slopes[i];
        }
        return new Dual(result, combined);
    }

    Dual plus(Dual other) {
        return combine(value + other.value, 1, other, 1);
    }

    Dual plus(double other) {
        return map(value + other, 1);
    }

    Dual minus(Dual other) {
        return combine(value - other.value, 1, other, -1);
    }

    Dual minus(double other) {
        return map(value - other, 1);
    }

    Dual times(Dual other) {
        return combine(value * other.value, other.value, other, value);
    }

    Dual times(double other) {
        return map(value * other, other);
    }

    Dual over(Dual other) {
        return combine(value / other.value, 1 / other.value, other, -value / other.value / other.value);
    }

    Dual over(double other) {
        return map(value / other, 1 / other);
    }

    Dual inverse() {
        return map(1 / value, -1 / (value * value));
    }

    Dual square() {
        return map(value * value, 2 * value);
    }

    Dual negative() {
        return map(-value, -1);
    }

    Dual exp() {
        double result = StrictMath.exp(value);
        return map(result, result);
    }

    Dual log() {
        return map(StrictMath.log(value), 1 / value);
    }

    /** A power as curves are to write it: {@code exp(exponent * log(this))}. */
    Dual power(Dual exponent) {
        return exponent.times(log()).exp();
    }

    Dual cos() {
        return map(StrictMath.cos(value), -StrictMath.sin(value));
    }

    Dual sin() {
        return map(StrictMath.sin(value), StrictMath.cos(value));
    }

    Dual atan() {
        return map(StrictMath.atan(value), 1 / (1 + value * value));
    }

    Dual tanh() {
        double result = StrictMath.tanh(value);
        return map(result, 1 - result * result);
    }
}
