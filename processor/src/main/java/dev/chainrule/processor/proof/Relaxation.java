package dev.chainrule.processor.proof;

import dev.chainrule.processor.property.Box;
import java.util.Arrays;

/**
 * Bounds of all values of a circuit over a box. A linear form of values is bounded backward, from the values that it names to the
 * numbers of the record: each value is replaced by what it is computed of, a function of a unit by the line below or above it. All
 * forms are of the <em>computed</em> values, and each step adds what its roundings take at most, so that no other error is left.
 */
final class Relaxation {
    /** The largest rounding error of an operation in double, and room for those of higher order. */
    private static final double ROUNDING = 0x1p-52;

    /** Room for the roundings in a sum of as many positive numbers as there are values. */
    private static final double ROOM = 1 + 1e-9;

    /** Up to as many units, softmax is bounded by the differences of each two of them. */
    private static final int PAIRED = 16;

    private final Circuit circuit;
    private final FloatingPoint arithmetic;
    private final Bits bits;
    private final Ranges ranges;

    /** Of each value, the line below it: its slope by what it is made of, by the second factor of a product, and its start. */
    private final double[] lowerSlope;

    private final double[] lowerSecond;
    private final double[] lowerStart;
    private final double[] upperSlope;
    private final double[] upperSecond;
    private final double[] upperStart;

    /** What the roundings at a value, and those of the prover with its form, take at most. */
    private final double[] slack;

    /** The factors of the values in the form that is bounded. */
    private final double[] factors;

    private final boolean[] isNarrowed;
    private final double ownRoundings;

    /** The largest value so far. Where one may be infinite, no form has a bound: forms tell of roundings, and nothing of overflow. */
    private double largest;

    private Relaxation(Circuit circuit, Bits bits, Box box) {
        int values = circuit.values();
        this.circuit = circuit;
        this.arithmetic = circuit.arithmetic();
        this.bits = bits;
        this.ranges = new Ranges(circuit);
        this.lowerSlope = new double[values];
        this.lowerSecond = new double[values];
        this.lowerStart = new double[values];
        this.upperSlope = new double[values];
        this.upperSecond = new double[values];
        this.upperStart = new double[values];
        this.slack = new double[values];
        this.factors = new double[values];
        this.isNarrowed = new boolean[values];
        this.ownRoundings = (values + 8) * ROUNDING;
        System.arraycopy(box.least(), 0, ranges.low, 0, circuit.inputs());
        System.arraycopy(box.greatest(), 0, ranges.high, 0, circuit.inputs());
        for (int i = 0; i < circuit.inputs(); i++) {
            largest = Math.max(largest, ranges.size(i));
        }
    }

    /** The bounds over a box. */
    static Relaxation of(Circuit circuit, Bits bits, Box box) {
        Relaxation relaxation = new Relaxation(circuit, bits, box);
        for (int number = 0; number < circuit.steps().size(); number++) {
            relaxation.step(number);
        }
        return relaxation;
    }

    Ranges ranges() {
        return ranges;
    }

    private void step(int number) {
        Step step = circuit.steps().get(number);
        if (step instanceof Step.Categories categories) {
            ranges.categories(categories);
        } else if (step instanceof Step.Sums sums) {
            ranges.sums(sums);
            slacks(sums);
        } else if (step instanceof Step.Additions additions) {
            additions(additions);
        } else if (step instanceof Step.Products products) {
            narrow(number, products.left(), false);
            narrow(number, products.right(), false);
            products(products);
        } else if (step instanceof Step.Functions functions) {
            narrow(number, functions.sources(), functions.isRectifier());
            functions(functions);
        } else if (step instanceof Step.Softmax softmax) {
            narrow(number, softmax.sources(), false);
            ranges.softmax(softmax, differences(number, softmax.sources()));
        }
        for (int j = 0; j < step.count(); j++) {
            largest = Math.max(largest, ranges.size(step.first() + j));
        }
    }

    /** Bounds values backward, once each: of a rectifier only those that it may or may not let through. */
    private void narrow(int before, int[] values, boolean ofRectifier) {
        for (int value : values) {
            boolean isOpen = ofRectifier
                    ? ranges.low[value] < 0 && ranges.high[value] > 0
                    : ranges.low[value] < ranges.high[value];
            if (!isOpen || isNarrowed[value] || value < circuit.inputs()) {
                continue;
            }
            isNarrowed[value] = true;
            double low = bound(before, value, 1, value, 0);
            double high = ofRectifier && low >= 0 ? ranges.high[value] : -bound(before, value, -1, value, 0);
            ranges.narrow(value, low, high);
        }
    }

    /** How much one value is above another at most, for each two. */
    private double[] differences(int before, int[] values) {
        int count = values.length;
        double[] differences = new double[count * count];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < count; i++) {
                double apart = Outward.addUp(ranges.high[values[i]], -ranges.low[values[j]]);
                if (i != j && count <= PAIRED && apart > 0) {
                    apart = Math.min(apart, -bound(before, values[j], 1, values[i], -1));
                }
                differences[count * j + i] = i == j || values[i] == values[j] ? 0 : apart;
            }
        }
        return differences;
    }

    /** A lower bound of a form of two values, or of one that is named twice. */
    private double bound(int before, int first, double factor, int second, double secondFactor) {
        Arrays.fill(factors, 0);
        factors[first] += factor;
        factors[second] += secondFactor;
        return boundOfFactors(before, 0);
    }

    /**
     * A lower bound of {@code constant + sum_i factors_i v_i}; {@link #influence} tells afterwards what it changes with.
     *
     * @param values the numbers of the values
     */
    double bound(int[] values, double[] factorsOfValues, double constant) {
        Arrays.fill(factors, 0);
        for (int i = 0; i < values.length; i++) {
            factors[values[i]] += factorsOfValues[i];
        }
        return boundOfFactors(circuit.steps().size(), constant);
    }

    /** Bounds values backward that nothing but a reader asks for. */
    void narrow(int[] values) {
        narrow(circuit.steps().size(), values, false);
    }

    /**
     * What the form that was bounded last loses at value j of a step: how far the value is from what took its place, times its factor.
     * Roundings are left out. Over all values these are, for the record at which the bound is attained, what the bound is below the
     * form.
     *
     * @param values all values of a record
     */
    double lost(Step step, int j, double[] values) {
        int value = step.first() + j;
        double factor = factors[value];
        if (factor == 0 || step instanceof Step.Sums || step instanceof Step.Additions) {
            return 0;
        }
        boolean isLower = factor > 0;
        double inItsPlace = isLower ? ranges.low[value] : ranges.high[value];
        if (step instanceof Step.Functions functions) {
            inItsPlace = (isLower ? lowerSlope[value] : upperSlope[value])
                            * values[functions.sources()[j]]
                    + (isLower ? lowerStart[value] : upperStart[value]);
        } else if (step instanceof Step.Products products) {
            inItsPlace = (isLower ? lowerSlope[value] : upperSlope[value]) * values[products.left()[j]]
                    + (isLower ? lowerSecond[value] : upperSecond[value]) * values[products.right()[j]]
                    + (isLower ? lowerStart[value] : upperStart[value]);
        }
        return factor * (values[value] - inItsPlace);
    }

    /** The factor of a number of the record in the form that was bounded last. */
    double influence(int input) {
        return factors[input];
    }

    double lowerSlope(int value) {
        return lowerSlope[value];
    }

    double upperSlope(int value) {
        return upperSlope[value];
    }

    private void slacks(Step.Sums step) {
        int[] sources = step.sources();
        double[] weights = step.weights();
        double[] sizes = new double[sources.length];
        for (int k = 0; k < sources.length; k++) {
            sizes[k] = ranges.size(sources[k]);
        }
        double roundings = (sources.length + 8) * arithmetic.unit();
        double part = roundings < 0.5 ? roundings / (1 - roundings) + ownRoundings : Double.POSITIVE_INFINITY;
        for (int j = 0; j < step.count(); j++) {
            double size = Math.abs(step.start()[j]);
            for (int k = 0; k < sources.length; k++) {
                size += Math.abs(weights[j * sources.length + k]) * sizes[k];
            }
            slack[step.first() + j] = (part * size + (sources.length + 8) * arithmetic.least()) * ROOM;
        }
    }

    private void additions(Step.Additions step) {
        ranges.additions(step);
        for (int j = 0; j < step.count(); j++) {
            double size = ranges.size(step.left()[j]) + ranges.size(step.right()[j]);
            slack[step.first() + j] = (2 * arithmetic.unit() + ownRoundings) * size * ROOM;
        }
    }

    /** Of McCormick's two planes below, and of the two above, the mean: in the middle of the box all four have one value. */
    private void products(Step.Products step) {
        ranges.products(step);
        for (int j = 0; j < step.count(); j++) {
            int x = step.left()[j];
            int y = step.right()[j];
            double xl = ranges.low[x];
            double xh = ranges.high[x];
            double yl = ranges.low[y];
            double yh = ranges.high[y];
            int value = step.first() + j;
            lowerSlope[value] = 0.5 * yl + 0.5 * yh;
            lowerSecond[value] = 0.5 * xl + 0.5 * xh;
            lowerStart[value] = -0.5 * (xl * yl + xh * yh);
            upperSlope[value] = lowerSlope[value];
            upperSecond[value] = lowerSecond[value];
            upperStart[value] = -0.5 * (xl * yh + xh * yl);
            double size = 4 * ranges.size(x) * ranges.size(y);
            slack[value] = ((2 * arithmetic.unit() + ownRoundings) * size + 2 * arithmetic.least()) * ROOM;
        }
    }

    private void functions(Step.Functions step) {
        for (int j = 0; j < step.count(); j++) {
            int source = step.sources()[j];
            double low = ranges.low[source];
            double high = ranges.high[source];
            Lines lines = !(Double.isFinite(low) && Double.isFinite(high))
                    ? Lines.NONE
                    : step.isRectifier()
                            ? Lines.ofRectifier(low, high)
                            : Lines.of(step.functions().get(j), low, high, arithmetic, bits);
            ranges.functions(step, j, lines);
            int value = step.first() + j;
            lowerSlope[value] = lines.lowerSlope();
            lowerStart[value] = lines.lowerStart();
            upperSlope[value] = lines.upperSlope();
            upperStart[value] = lines.upperStart();
            double slope = Math.max(Math.abs(lines.lowerSlope()), Math.abs(lines.upperSlope()));
            slack[value] = slope == 0 ? 0 : ownRoundings * slope * ranges.size(source) * ROOM;
        }
    }

    private double boundOfFactors(int before, double constant) {
        double sum = constant;
        double size = Math.abs(constant);
        double lost = 0;
        for (int number = before - 1; number >= 0; number--) {
            Step step = circuit.steps().get(number);
            int first = step.first();
            for (int j = 0; j < step.count(); j++) {
                int value = first + j;
                double factor = factors[value];
                if (factor == 0) {
                    continue;
                }
                lost += Math.abs(factor) * slack[value];
                double term = factor * addBackward(step, j, factor);
                sum += term;
                size += Math.abs(term);
            }
        }
        for (int i = 0; i < circuit.inputs(); i++) {
            if (factors[i] != 0) {
                double term = factors[i] * (factors[i] > 0 ? ranges.low[i] : ranges.high[i]);
                sum += term;
                size += Math.abs(term);
            }
        }
        double bound = sum - (lost + ownRoundings * size + Double.MIN_NORMAL * (1 + largest)) * ROOM;
        return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : Math.nextDown(bound);
    }

    /** Replaces value j of a step by what it is made of; returns the number that is left. */
    private double addBackward(Step step, int j, double factor) {
        int value = step.first() + j;
        boolean isLower = factor > 0;
        if (step instanceof Step.Sums sums) {
            addRow(sums, j, factor);
            return sums.start()[j];
        } else if (step instanceof Step.Functions functions) {
            double slope = isLower ? lowerSlope[value] : upperSlope[value];
            if (slope != 0) {
                factors[functions.sources()[j]] += factor * slope;
            }
            return isLower ? lowerStart[value] : upperStart[value];
        } else if (step instanceof Step.Additions additions) {
            factors[additions.left()[j]] += factor;
            factors[additions.right()[j]] += factor;
            return 0;
        } else if (step instanceof Step.Products products) {
            factors[products.left()[j]] += factor * (isLower ? lowerSlope[value] : upperSlope[value]);
            factors[products.right()[j]] += factor * (isLower ? lowerSecond[value] : upperSecond[value]);
            return isLower ? lowerStart[value] : upperStart[value];
        }
        return isLower ? ranges.low[value] : ranges.high[value];
    }

    private void addRow(Step.Sums sums, int j, double factor) {
        int[] sources = sums.sources();
        double[] weights = sums.weights();
        int length = sources.length;
        int row = j * length;
        if (sums.isContiguous()) {
            int first = sources[0];
            for (int k = 0; k < length; k++) {
                factors[first + k] += factor * weights[row + k];
            }
        } else {
            for (int k = 0; k < length; k++) {
                factors[sources[k]] += factor * weights[row + k];
            }
        }
    }
}
