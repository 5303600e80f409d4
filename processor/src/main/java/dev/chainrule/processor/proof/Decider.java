package dev.chainrule.processor.proof;

import dev.chainrule.processor.proof.Claim.Literal;
import dev.chainrule.processor.property.Box;
import java.util.List;

/** Decides a claim for a box, or says where to cut it. */
final class Decider {
    private final Circuit circuit;
    private final Claim claim;
    private final Bits bits;
    private final Order order;
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
        this.order = new Order(circuit);
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
        Verdict.Holds holds = Verdict.Holds.of(claim.clauses().size());
        Literal open = null;
        double least = Double.POSITIVE_INFINITY;
        for (int number = 0; number < holds.literals().length; number++) {
            Literal best = best(number, relaxation, holds);
            double bound = holds.margins()[number];
            if (!best.isProvedBy(bound) && (open == null || bound < least)) {
                open = best;
                least = bound;
            }
        }
        return open == null && isFinite ? holds : open(box, relaxation, open);
    }

    /** The literal of a clause with the greatest bound. */
    private Literal best(int number, Relaxation relaxation, Verdict.Holds holds) {
        List<Literal> clause = claim.clauses().get(number);
        holds.margins()[number] = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < clause.size(); i++) {
            double bound = least(clause.get(i), relaxation);
            if (i == 0 || bound > holds.margins()[number]) {
                holds.literals()[number] = i;
                holds.margins()[number] = bound;
                holds.sizes()[number] = clause.get(i).size(relaxation.ranges());
            }
            if (clause.get(i).isProvedBy(bound)) {
                return clause.get(i);
            }
        }
        return clause.get(holds.literals()[number]);
    }

    /** Of the bounds by lines, those that are positive by less than what others may compute otherwise prove nothing. */
    private double least(Literal literal, Relaxation relaxation) {
        double direct = literal.least(relaxation.ranges());
        if (literal.isProvedBy(direct)) {
            return direct;
        }
        double bound = literal.least(relaxation);
        double lost = literal.size(relaxation.ranges()) * Certificate.room(circuit.arithmetic());
        double best = Math.max(direct, bound > 0 && bound <= 2 * lost ? -lost : bound);
        return literal.isProvedBy(best) ? best : Math.max(best, order.least(literal, relaxation.ranges()));
    }

    /** The ranges of one record are its values; where all are finite, the sign of a zero among its numbers changes none. */
    private Verdict ofPoint(Box box, boolean isFinite) {
        double[] outputs = bits.outputs(box.least());
        if (!claim.holds(outputs)) {
            return new Verdict.Breaks(box.least());
        } else if (!isFinite) {
            return new Verdict.Resists();
        }
        Verdict.Holds holds = Verdict.Holds.of(claim.clauses().size());
        for (int number = 0; number < holds.literals().length; number++) {
            List<Literal> clause = claim.clauses().get(number);
            for (int i = clause.size() - 1; i >= 0; i--) {
                if (clause.get(i).exact().holds(outputs)) {
                    holds.literals()[number] = i;
                }
            }
            holds.margins()[number] =
                    Math.max(0, clause.get(holds.literals()[number]).at(outputs));
        }
        return holds;
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
