package dev.chainrule.processor.proof;

import dev.chainrule.processor.rules.Rule;

/**
 * The ranges of the computed values of a box, step by step: each chain is run on the ends of ranges. A step of IEEE arithmetic is
 * monotonic in each of its arguments, so that what comes out bounds the computed value, whatever was rounded on the way.
 */
final class Ranges {
    private static final int PARTS = 8;

    private final FloatingPoint arithmetic;
    final double[] low;
    final double[] high;

    Ranges(Circuit circuit) {
        this.arithmetic = circuit.arithmetic();
        this.low = new double[circuit.values()];
        this.high = new double[circuit.values()];
    }

    /** The largest magnitude of a value. */
    double size(int value) {
        return Math.max(Math.abs(low[value]), Math.abs(high[value]));
    }

    /** Whether the ends of a value are finite. */
    boolean isFinite(int value) {
        return Double.isFinite(low[value]) && Double.isFinite(high[value]);
    }

    /** Whether all ends are finite. */
    boolean areFinite() {
        for (int i = 0; i < low.length; i++) {
            if (!isFinite(i)) {
                return false;
            }
        }
        return true;
    }

    /** A range that was found besides: what both hold. */
    void narrow(int value, double newLow, double newHigh) {
        low[value] = Math.max(low[value], arithmetic.atLeast(newLow));
        high[value] = Math.min(high[value], arithmetic.atMost(newHigh));
        if (low[value] > high[value]) {
            throw new IllegalStateException("Two bounds of value " + value + " exclude each other");
        }
    }

    private void set(int value, Range range) {
        low[value] = range.low();
        high[value] = range.high();
    }

    void categories(Step.Categories step) {
        for (int j = 0; j < step.count(); j++) {
            double category = step.firstCategory() + j;
            boolean mayBe = low[step.input()] <= category && category <= high[step.input()];
            boolean is = mayBe && low[step.input()] == high[step.input()];
            set(step.first() + j, new Range(is ? 1 : 0, mayBe ? 1 : 0));
        }
    }

    void sums(Step.Sums step) {
        for (int j = 0; j < step.count(); j++) {
            if (step.inEight()) {
                inEight(step, j);
            } else {
                chain(step, j);
            }
        }
    }

    private void chain(Step.Sums step, int j) {
        int[] sources = step.sources();
        double[] weights = step.weights();
        int row = j * sources.length;
        double least = step.start()[j];
        double greatest = least;
        for (int k = 0; k < sources.length; k++) {
            double weight = weights[row + k];
            double from = low[sources[k]];
            double to = high[sources[k]];
            least = arithmetic.fma(weight, weight >= 0 ? from : to, least);
            greatest = arithmetic.fma(weight, weight >= 0 ? to : from, greatest);
        }
        set(step.first() + j, Range.of(least, greatest));
    }

    private void inEight(Step.Sums step, int j) {
        int[] sources = step.sources();
        int row = j * sources.length;
        double[] least = new double[PARTS];
        double[] greatest = new double[PARTS];
        for (int k = 0; k < sources.length; k++) {
            double weight = step.weights()[row + k];
            double atLeast = weight >= 0 ? low[sources[k]] : high[sources[k]];
            double atMost = weight >= 0 ? high[sources[k]] : low[sources[k]];
            int part = k % PARTS;
            if (k == part && part > 0) {
                least[part] = arithmetic.product(weight, atLeast);
                greatest[part] = arithmetic.product(weight, atMost);
            } else {
                double start = step.start()[j];
                least[part] = arithmetic.fma(weight, atLeast, k == 0 ? start : least[part]);
                greatest[part] = arithmetic.fma(weight, atMost, k == 0 ? start : greatest[part]);
            }
        }
        set(step.first() + j, Range.of(Bits.together(arithmetic, least), Bits.together(arithmetic, greatest)));
    }

    void additions(Step.Additions step) {
        for (int j = 0; j < step.count(); j++) {
            int left = step.left()[j];
            int right = step.right()[j];
            set(
                    step.first() + j,
                    Range.of(arithmetic.sum(low[left], low[right]), arithmetic.sum(high[left], high[right])));
        }
    }

    void products(Step.Products step) {
        for (int j = 0; j < step.count(); j++) {
            int left = step.left()[j];
            int right = step.right()[j];
            double ll = arithmetic.product(low[left], low[right]);
            double lh = arithmetic.product(low[left], high[right]);
            double hl = arithmetic.product(high[left], low[right]);
            double hh = arithmetic.product(high[left], high[right]);
            double least = Math.min(Math.min(ll, lh), Math.min(hl, hh));
            double greatest = Math.max(Math.max(ll, lh), Math.max(hl, hh));
            set(step.first() + j, Range.of(left == right ? Math.max(0, least) : least, greatest));
        }
    }

    void functions(Step.Functions step, int j, Lines lines) {
        set(step.first() + j, lines.range());
    }

    /**
     * The softmax of the real numbers that z are is {@code 1 / sum_i exp(z_i - z_j)}. What is computed differs by a part of it: twice
     * the roundoff times the largest difference (in a term and in the normaliser), and some roundings; and where an exponential is
     * subnormal, by some least numbers. Exponentials that are 0 have differences beyond those that count. Where a z may be infinite, all
     * may be NaN.
     *
     * @param differences for each pair, how much i is above j at most: {@code count * j + i}
     */
    void softmax(Step.Softmax step, double[] differences) {
        int count = step.count();
        boolean isFinite = true;
        for (int source : step.sources()) {
            isFinite &= isFinite(source);
        }
        double spread = 0;
        for (double difference : differences) {
            spread = Math.max(spread, difference);
        }
        double part = 1.1 * arithmetic.unit() * (2 * Math.min(spread, 750) + 24 + count);
        double least = (16 + 4 * count) * arithmetic.least();
        for (int j = 0; j < count; j++) {
            double atMost = 1;
            double atLeast = 1;
            for (int i = 0; i < count; i++) {
                if (i != j) {
                    atMost += FloatingPoint.DOUBLE.kernel(Rule.EXP, differences[count * j + i]);
                    atLeast += FloatingPoint.DOUBLE.kernel(Rule.EXP, -differences[count * i + j]);
                }
            }
            Range range = Range.of(
                    Math.max(0, arithmetic.atMost(Outward.below(1 / atMost, part + count * 0x1p-50) - least)),
                    arithmetic.atLeast(Outward.above(1 / atLeast, part + count * 0x1p-50) + least));
            set(step.first() + j, isFinite ? range : Range.ALL);
        }
    }
}
