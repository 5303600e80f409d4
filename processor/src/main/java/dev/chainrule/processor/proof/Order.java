package dev.chainrule.processor.proof;

import dev.chainrule.processor.proof.Claim.Literal;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Which of two computed values of a box is at most the other, by the operations that both are made of. Where a network has the same
 * weights twice, for a record and for one that differs in one direction, lines bound the difference of two units by a little below 0
 * at best: the records may be the same. But operation by operation rounding keeps an order, and so exactly 0 is a bound.
 */
final class Order {
    private final Circuit circuit;
    private final Step[] makers;

    Order(Circuit circuit) {
        this.circuit = circuit;
        this.makers = new Step[circuit.values()];
        for (Step step : circuit.steps()) {
            for (int j = 0; j < step.count(); j++) {
                makers[step.first() + j] = step;
            }
        }
    }

    /** A lower bound of {@code c + f (y_i - y_j)}: c, where y_j is at most y_i. Nothing of other literals. */
    double least(Literal literal, Ranges ranges) {
        if (literal.values().length != 2) {
            return Double.NEGATIVE_INFINITY;
        }
        Iterator<BigDecimal> exact = literal.exact().left().factors().values().iterator();
        boolean isDifference = exact.next().add(exact.next()).signum() == 0;
        int lower = literal.factors()[0] > 0 ? 1 : 0;
        return isDifference && new OfBox(ranges).isAtMost(literal.values()[lower], literal.values()[1 - lower])
                ? constant(literal)
                : Double.NEGATIVE_INFINITY;
    }

    private static double constant(Literal literal) {
        BigDecimal exact = literal.exact().left().constant();
        double below = Math.nextDown(literal.constant());
        return exact.signum() == 0 ? 0 : exact.signum() > 0 ? Math.max(Double.MIN_VALUE, below) : below;
    }

    /** For one box, whose ranges are finite: no value is NaN, so that there is an order. */
    private final class OfBox {
        private final Ranges ranges;
        private final Map<Long, Boolean> known = new HashMap<>();

        OfBox(Ranges ranges) {
            this.ranges = ranges;
        }

        boolean isAtMost(int v, int w) {
            if (v == w || ranges.high[v] <= ranges.low[w]) {
                return true;
            }
            long pair = (long) v * circuit.values() + w;
            Boolean before = known.get(pair);
            if (before == null) {
                before = isFound(v, w);
                known.put(pair, before);
            }
            return before;
        }

        private boolean isFound(int v, int w) {
            Step of = makers[v];
            Step with = makers[w];
            if (of instanceof Step.Sums sums && with instanceof Step.Sums others) {
                return sums(sums, v - sums.first(), others, w - others.first());
            } else if (of instanceof Step.Functions functions && with instanceof Step.Functions others) {
                return functions(functions, v - functions.first(), others, w - others.first());
            } else if (of instanceof Step.Additions sum
                    && with instanceof Step.Additions other
                    && additions(sum, v - sum.first(), other, w - other.first())) {
                return true;
            }
            return of instanceof Step.Additions lowered && isLowered(lowered, v - lowered.first(), w)
                    || with instanceof Step.Additions raised && isRaised(v, raised, w - raised.first());
        }

        /** Of the same weights in the same order: each term, and so each partial sum, is at most the other one. */
        private boolean sums(Step.Sums of, int j, Step.Sums with, int k) {
            int length = of.sources().length;
            if (length != with.sources().length || of.inEight() != with.inEight() || of.start()[j] > with.start()[k]) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                double weight = of.weights()[j * length + i];
                if (weight != with.weights()[k * length + i]) {
                    return false;
                }
                int lower = weight > 0 ? of.sources()[i] : with.sources()[i];
                int upper = weight > 0 ? with.sources()[i] : of.sources()[i];
                if (weight != 0 && !isAtMost(lower, upper)) {
                    return false;
                }
            }
            return true;
        }

        /** The same function of two numbers. */
        private boolean functions(Step.Functions of, int j, Step.Functions with, int k) {
            Step.UnitFunction function = of.functions().get(j);
            if (!function.value().equals(with.functions().get(k).value())) {
                return false;
            }
            int z = of.sources()[j];
            int other = with.sources()[k];
            double from = Math.min(ranges.low[z], ranges.low[other]);
            Direction direction = Direction.of(function.value(), from, circuit.arithmetic());
            return direction.rises() && isAtMost(z, other) || direction.falls() && isAtMost(other, z);
        }

        private boolean additions(Step.Additions of, int j, Step.Additions with, int k) {
            return isAtMost(of.left()[j], with.left()[k]) && isAtMost(of.right()[j], with.right()[k]);
        }

        /** {@code v <= a <= a + b} for {@code b >= 0}: as a is a number, rounding does not take the sum below it. */
        private boolean isRaised(int v, Step.Additions step, int j) {
            int left = step.left()[j];
            int right = step.right()[j];
            return ranges.low[right] >= 0 && isAtMost(v, left) || ranges.low[left] >= 0 && isAtMost(v, right);
        }

        private boolean isLowered(Step.Additions step, int j, int w) {
            int left = step.left()[j];
            int right = step.right()[j];
            return ranges.high[right] <= 0 && isAtMost(left, w) || ranges.high[left] <= 0 && isAtMost(right, w);
        }
    }
}
