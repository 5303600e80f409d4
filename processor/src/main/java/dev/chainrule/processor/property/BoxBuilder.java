package dev.chainrule.processor.property;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.property.Requirement.Inequality;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Collects bounds of inputs until each has both. */
public final class BoxBuilder {
    private final Bounds bounds;
    private final double[] least;
    private final double[] greatest;
    private final boolean[] isEmpty;

    /** One for as many inputs, none of which has a bound. */
    public BoxBuilder(int inputs, Precision precision) {
        bounds = new Bounds(precision);
        least = filled(inputs, Double.NEGATIVE_INFINITY);
        greatest = filled(inputs, Double.POSITIVE_INFINITY);
        isEmpty = new boolean[inputs];
    }

    private static double[] filled(int length, double value) {
        double[] array = new double[length];
        Arrays.fill(array, value);
        return array;
    }

    /** Takes a bound; false where it is none, as it is not of one input. */
    public boolean takes(Inequality inequality) {
        Map<Integer, BigDecimal> factors = inequality.left().factors();
        if (factors.size() != 1) {
            return false;
        }
        int input = inequality.left().factors().firstKey();
        BigDecimal factor = factors.get(input);
        double bound = bounds.least(factor.abs(), inequality.left().constant(), inequality.strict());
        if (Double.isNaN(bound)) {
            isEmpty[input] = true;
            // Any number, so that a bound is there
            bound = 0;
        }
        if (factor.signum() > 0) {
            least[input] = Math.max(least[input], bound);
        } else {
            greatest[input] = Math.min(greatest[input], -bound);
        }
        return true;
    }

    /** Leaves whole numbers alone of an input, from one to another. */
    public void whole(int input, int from, int to) {
        if (Double.isFinite(least[input]) && Double.isFinite(greatest[input])) {
            least[input] = Math.max(from, Math.ceil(least[input]));
            greatest[input] = Math.min(to, Math.floor(greatest[input]));
        }
    }

    /** The inputs that lack a bound. */
    public List<Integer> unbounded() {
        return inputs(input -> Double.isInfinite(least[input]) || Double.isInfinite(greatest[input]));
    }

    /** The inputs that no number is left of. */
    public List<Integer> empty() {
        return inputs(input -> isEmpty[input] || least[input] > greatest[input]);
    }

    private List<Integer> inputs(IntPredicate which) {
        return IntStream.range(0, least.length).filter(which).boxed().toList();
    }

    /** The box, once no input lacks a bound or is empty. */
    public Box box() {
        return new Box(least, greatest);
    }
}
