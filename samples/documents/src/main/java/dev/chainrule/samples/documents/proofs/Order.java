package dev.chainrule.samples.documents.proofs;

import dev.chainrule.samples.documents.proofs.Certificate.Step;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether one value that a class computes is at most another one for all inputs of a leaf, because both are made by the same operations
 * of values that are in that order: rounding keeps it. Of other pairs nothing is said.
 */
final class Order {
    /** A function of z that never decreases, that never increases; a constant is both. */
    private static final int UP = 1;

    private static final int DOWN = 2;

    private final Certificate certificate;
    private final double[] low;
    private final double[] high;
    private final Map<Long, Boolean> known = new HashMap<>();

    /**
     * For the inputs of a leaf.
     *
     * @param low the least that each value may be, finite
     * @param high the greatest
     */
    Order(Certificate certificate, double[] low, double[] high) {
        this.certificate = certificate;
        this.low = low;
        this.high = high;
    }

    boolean holds(int lesser, int greater) {
        if (lesser == greater || high[lesser] <= low[greater]) {
            return true;
        }
        long pair = (long) lesser * certificate.values() + greater;
        if (!known.containsKey(pair)) {
            known.put(pair, isMadeInOrder(lesser, greater));
        }
        return known.get(pair);
    }

    private boolean isMadeInOrder(int lesser, int greater) {
        Step a = step(lesser);
        Step b = step(greater);
        boolean areSame = a != null && b != null && a.kind().equals(b.kind());
        if (areSame && a.kind().equals("sums")) {
            return sums(a, lesser - a.first(), b, greater - b.first());
        } else if (areSame && a.kind().equals("functions")) {
            return functions(a, lesser - a.first(), b, greater - b.first());
        }
        return isSum(a) && isBelow(a, lesser - a.first(), greater)
                || isSum(b) && isAbove(lesser, b, greater - b.first())
                || isSum(a) && isSum(b) && termByTerm(a, lesser - a.first(), b, greater - b.first());
    }

    private static boolean isSum(Step step) {
        return step != null && step.kind().equals("additions");
    }

    /** What makes a value; nothing makes an input. */
    private Step step(int value) {
        for (Step step : certificate.steps()) {
            if (step.first() <= value && value < step.first() + step.count()) {
                return step;
            }
        }
        return null;
    }

    private boolean sums(Step a, int i, Step b, int j) {
        double[] row = a.numbers()[i];
        double[] other = b.numbers()[j];
        boolean holds = a.inEight() == b.inEight() && row.length == other.length && row[0] <= other[0];
        for (int k = 1; holds && k < row.length; k++) {
            int x = a.sources()[k - 1];
            int y = b.sources()[k - 1];
            holds = row[k] == other[k] && (row[k] == 0 || (row[k] > 0 ? holds(x, y) : holds(y, x)));
        }
        return holds;
    }

    private boolean functions(Step a, int i, Step b, int j) {
        Term term = a.functions().get(i);
        int x = a.sources()[i];
        int y = b.sources()[j];
        int way = term.equals(b.functions().get(j)) ? way(term, Math.min(low[x], low[y])) : 0;
        return (way & UP) != 0 && holds(x, y) || (way & DOWN) != 0 && holds(y, x);
    }

    private boolean termByTerm(Step a, int i, Step b, int j) {
        return holds(a.sources()[i], b.sources()[j]) && holds(a.second()[i], b.second()[j]);
    }

    /** A sum is not below one term where the other is none below 0. */
    private boolean isAbove(int lesser, Step b, int j) {
        int x = b.sources()[j];
        int y = b.second()[j];
        return low[y] >= 0 && holds(lesser, x) || low[x] >= 0 && holds(lesser, y);
    }

    private boolean isBelow(Step a, int i, int greater) {
        int x = a.sources()[i];
        int y = a.second()[i];
        return high[y] <= 0 && holds(x, greater) || high[x] <= 0 && holds(y, greater);
    }

    /** Which ways a term goes for z from a number on: UP, DOWN, both or neither. */
    private int way(Term term, double from) {
        switch (term.name()) {
            case "z":
                return UP;
            case "":
                return UP | DOWN;
            case "+", "max", "min":
                return term.operands().stream()
                        .mapToInt(operand -> way(operand, from))
                        .reduce(UP | DOWN, (a, b) -> a & b);
            case "-":
                return term.operands().size() == 1
                        ? turned(way(term.operand(0), from))
                        : way(term.operand(0), from) & turned(way(term.operand(1), from));
            case "*", "/":
                return scaled(term, from);
            case "?", "power":
                return 0;
            default:
                double least = term.operand(0).name().equals("z") ? from : Double.NEGATIVE_INFINITY;
                return certificate.arithmetic().rises(term.name(), least) ? way(term.operand(0), from) : 0;
        }
    }

    private static int turned(int way) {
        return (way & UP) << 1 | (way & DOWN) >> 1;
    }

    /** A product of one term with numbers, or a quotient by one. */
    private int scaled(Term term, double from) {
        int way = UP | DOWN;
        boolean isTurned = false;
        int others = 0;
        for (int k = 0; k < term.operands().size(); k++) {
            Term operand = term.operand(k);
            if (operand.name().isEmpty()) {
                isTurned ^= operand.number() < 0;
            } else {
                way = way(operand, from);
                others += term.name().equals("/") && k > 0 ? 2 : 1;
            }
        }
        return others > 1 ? 0 : isTurned ? turned(way) : way;
    }
}
