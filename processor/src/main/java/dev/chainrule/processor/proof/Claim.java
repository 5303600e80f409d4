package dev.chainrule.processor.proof;

import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement;
import dev.chainrule.processor.property.Requirement.Inequality;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * A property over the values of a circuit.
 *
 * @param clauses of each of which one literal has to hold
 */
record Claim(Requirement requirement, List<List<Literal>> clauses) {
    /**
     * {@code constant + sum_i factors_i v_values_i > 0} or {@code >= 0}, its numbers rounded to double.
     *
     * @param outputs the numbers of the outputs that it names
     * @param values those of the circuit's values that these are
     */
    record Literal(Inequality exact, int[] outputs, int[] values, double[] factors, double constant) {
        /** What double arithmetic and its rounded numbers take at most, as a part of the terms' sizes. */
        private static final double PART = 0x1p-50;

        /** The value for outputs, in double. */
        double at(double[] allOutputs) {
            double sum = constant;
            for (int i = 0; i < outputs.length; i++) {
                sum += factors[i] * allOutputs[outputs[i]];
            }
            return sum;
        }

        /** A lower bound of the exact value from the ranges of the outputs alone, by the exact value where this tells. */
        double least(Ranges ranges) {
            double sum = constant;
            for (int i = 0; i < outputs.length; i++) {
                sum += factors[i] * least(ranges, i);
            }
            double lost = lost(ranges);
            if (!Double.isFinite(sum) || !Double.isFinite(lost)) {
                return Double.NEGATIVE_INFINITY;
            }
            return Math.abs(sum) <= lost ? exactly(ranges) : sum - lost;
        }

        private double least(Ranges ranges, int i) {
            return factors[i] > 0 ? ranges.low[values[i]] : ranges.high[values[i]];
        }

        private double exactly(Ranges ranges) {
            double[] corner = new double[1 + Arrays.stream(outputs).max().orElse(0)];
            for (int i = 0; i < outputs.length; i++) {
                corner[outputs[i]] = least(ranges, i);
            }
            BigDecimal value = exact.left().at(corner);
            double below = Math.nextDown(value.doubleValue());
            // Above 0 where the value is, as this tells whether it is proved
            return value.signum() == 0 ? 0 : value.signum() > 0 ? Math.max(Double.MIN_VALUE, below) : below;
        }

        /** A lower bound of the exact value, by the lines that outputs lie between. */
        double least(Relaxation relaxation) {
            double bound = relaxation.bound(values, factors, constant) - lost(relaxation.ranges());
            return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound;
        }

        private double lost(Ranges ranges) {
            return (outputs.length + 4) * size(ranges) * PART + Double.MIN_NORMAL;
        }

        /** The magnitudes of its terms together. */
        double size(Ranges ranges) {
            double size = Math.abs(constant);
            for (int i = 0; i < outputs.length; i++) {
                size += Math.abs(factors[i]) * ranges.size(values[i]);
            }
            return size;
        }

        /** Whether a lower bound proves it. */
        boolean isProvedBy(double bound) {
            return exact.strict() ? bound > 0 : bound >= 0;
        }
    }

    static Claim of(Property property, Circuit circuit) {
        return new Claim(
                property.requirement(),
                property.clauses().stream()
                        .map(clause -> clause.stream()
                                .map(inequality -> literal(inequality, circuit))
                                .toList())
                        .toList());
    }

    private static Literal literal(Inequality inequality, Circuit circuit) {
        int[] outputs = inequality.left().factors().keySet().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return new Literal(
                inequality,
                outputs,
                Arrays.stream(outputs).map(output -> circuit.outputs()[output]).toArray(),
                inequality.left().factors().values().stream()
                        .mapToDouble(Number::doubleValue)
                        .toArray(),
                inequality.left().constant().doubleValue());
    }

    /** Whether it holds of outputs, exactly; one that is no number breaks it. */
    boolean holds(double[] outputs) {
        return Arrays.stream(outputs).noneMatch(Double::isNaN) && requirement.holds(outputs);
    }

    /** How far outputs are from breaking it: the least of the clauses, of each the greatest of its literals; in double. */
    double margin(double[] outputs) {
        double margin = Double.POSITIVE_INFINITY;
        for (List<Literal> clause : clauses) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (Literal literal : clause) {
                greatest = Math.max(greatest, literal.at(outputs));
            }
            margin = Math.min(margin, greatest);
        }
        return margin;
    }
}
