package dev.chainrule.processor.proof;

import dev.chainrule.processor.proof.Claim.Literal;
import dev.chainrule.processor.property.Box;
import java.util.List;

/** Decides a claim for a box, or says where to cut it. */
final class Decider {
    private final Circuit circuit;
    private final Claim claim;
    private final Bits bits;
    private final Box whole;

    /**
     * For the boxes within a box.
     *
     * @param whole what widths are measured by where nothing else tells
     */
    Decider(Circuit circuit, Claim claim, Box whole) {
        this.circuit = circuit;
        this.claim = claim;
        this.bits = new Bits(circuit);
        this.whole = whole;
    }

    Verdict decide(Box box) {
        for (int i = 0; i < box.size(); i++) {
            if (circuit.categories()[i] && box.least()[i] < box.greatest()[i]) {
                return cut(box, i);
            }
        }
        Relaxation relaxation = Relaxation.of(circuit, bits, box);
        boolean isFinite = relaxation.ranges().areFinite();
        if (box.isPoint()) {
            return ofPoint(box, isFinite);
        }
        double margin = Double.POSITIVE_INFINITY;
        int[] literals = new int[claim.clauses().size()];
        Literal open = null;
        for (int number = 0; number < literals.length; number++) {
            List<Literal> clause = claim.clauses().get(number);
            double greatest = Double.NEGATIVE_INFINITY;
            boolean isProved = false;
            for (int i = 0; i < clause.size() && !(isProved && greatest > 0); i++) {
                Literal literal = clause.get(i);
                double bound = least(literal, relaxation);
                isProved |= literal.isProvedBy(bound);
                if (i == 0 || bound > greatest) {
                    greatest = bound;
                    literals[number] = i;
                }
            }
            if (!isProved && greatest <= margin) {
                open = clause.get(literals[number]);
            }
            margin = Math.min(margin, greatest);
        }
        return open == null && isFinite ? new Verdict.Holds(margin, literals) : open(box, relaxation, open);
    }

    private static double least(Literal literal, Relaxation relaxation) {
        double direct = literal.least(relaxation.ranges());
        return direct > 0 ? direct : Math.max(direct, literal.least(relaxation));
    }

    /** The ranges of one record are its values; where all are finite, the sign of a zero among its numbers changes none. */
    private Verdict ofPoint(Box box, boolean isFinite) {
        double[] outputs = bits.outputs(box.least());
        if (!claim.holds(outputs)) {
            return new Verdict.Breaks(box.least());
        } else if (!isFinite) {
            return new Verdict.Resists();
        }
        int[] literals = new int[claim.clauses().size()];
        double margin = Double.POSITIVE_INFINITY;
        for (int number = 0; number < literals.length; number++) {
            List<Literal> clause = claim.clauses().get(number);
            for (int i = clause.size() - 1; i >= 0; i--) {
                if (clause.get(i).exact().holds(outputs)) {
                    literals[number] = i;
                }
            }
            margin = Math.min(margin, Math.max(0, clause.get(literals[number]).at(outputs)));
        }
        return new Verdict.Holds(margin, literals);
    }

    /** Tries the middle and the corner that the bound points to, and cuts what changes the bound most. */
    private Verdict open(Box box, Relaxation relaxation, Literal literal) {
        if (literal != null) {
            literal.least(relaxation);
        }
        double[] sizes = literal == null ? new double[box.size()] : Influence.of(circuit, relaxation, literal);
        double[] corner = new double[box.size()];
        double[] middle = new double[box.size()];
        int most = -1;
        double change = -1;
        for (int i = 0; i < corner.length; i++) {
            double influence = literal == null ? 0 : relaxation.influence(i);
            double low = box.least()[i];
            double high = box.greatest()[i];
            corner[i] = influence > 0 ? low : high;
            middle[i] = middle(low, high);
            double changed = sizes[i] * (high - low);
            if (low < high && changed > change) {
                most = i;
                change = changed;
            }
        }
        if (!(change > 0) || Double.isInfinite(change)) {
            most = widest(box);
        }
        for (double[] input : List.of(middle, corner)) {
            if (!claim.holds(bits.outputs(input))) {
                return new Verdict.Breaks(input);
            }
        }
        return cut(box, most);
    }

    private int widest(Box box) {
        int widest = -1;
        double most = -1;
        for (int i = 0; i < box.size(); i++) {
            double part = (box.greatest()[i] - box.least()[i]) / (whole.greatest()[i] - whole.least()[i]);
            if (box.least()[i] < box.greatest()[i] && !(part <= most)) {
                widest = i;
                most = Double.isNaN(part) ? 1 : part;
            }
        }
        return widest;
    }

    private Verdict cut(Box box, int input) {
        double low = box.least()[input];
        double high = box.greatest()[input];
        double middle = circuit.categories()[input] ? Math.floor(0.5 * low + 0.5 * high) : middle(low, high);
        double next =
                circuit.categories()[input] ? middle + 1 : circuit.arithmetic().above(middle);
        return new Verdict.Open(input, box.with(input, low, middle), box.with(input, next, high));
    }

    /** A number of the precision in the middle, and below the greatest where there is another one. */
    private double middle(double low, double high) {
        FloatingPoint arithmetic = circuit.arithmetic();
        double middle = arithmetic.atMost(0.5 * low + 0.5 * high);
        return low == high ? low : Math.max(low, Math.min(middle, arithmetic.below(high)));
    }
}
