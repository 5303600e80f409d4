package dev.chainrule.samples.documents.proofs;

import dev.chainrule.samples.documents.proofs.Certificate.Inequality;
import dev.chainrule.samples.documents.proofs.Certificate.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bounds what a class computes of the inputs of one box: ranges forward, and forms of values backward, each value replaced by the lines
 * that it lies between. The argument is that of the package {@code dev.chainrule.processor.proof}.
 */
final class Leaf {
    private static final int PIECES = 8;
    private static final int PAIRED = 16;
    private static final double PART = 0x1p-48;
    private static final double TIE = 256;

    private final Certificate certificate;
    private final Arithmetic a;
    final double[] low;
    final double[] high;

    /** For each value its lines: slope, slope of the second operand, start, of the lower one and of the upper. */
    private final double[][] lines;

    private final double[] slack;
    private final boolean[] isNarrow;
    private final double own;
    private double largest = 1;

    Leaf(Certificate certificate, double[] least, double[] greatest) {
        this.certificate = certificate;
        this.a = certificate.arithmetic();
        this.low = Arrays.copyOf(least, certificate.values());
        this.high = Arrays.copyOf(greatest, certificate.values());
        this.lines = new double[certificate.values()][];
        this.slack = new double[certificate.values()];
        this.isNarrow = new boolean[certificate.values()];
        this.own = (certificate.values() + 8) * 0x1p-52;
        for (int i = 0; i < certificate.inputs(); i++) {
            largest = Math.max(largest, size(i));
        }
        for (int i = 0; i < certificate.steps().size(); i++) {
            step(i, certificate.steps().get(i));
        }
    }

    private double size(int value) {
        return Math.max(Math.abs(low[value]), Math.abs(high[value]));
    }

    /** Whether all ends are finite. */
    boolean isFinite() {
        return Arrays.stream(low).allMatch(Double::isFinite)
                && Arrays.stream(high).allMatch(Double::isFinite);
    }

    private void step(int number, Step step) {
        if (step.kind().equals("functions")) {
            boolean isRectifier = step.functions().stream().allMatch(Leaf::isRectifier);
            narrow(number, step.sources(), isRectifier);
        } else if (step.kind().equals("products") || step.kind().equals("softmax")) {
            narrow(number, step.sources(), false);
            narrow(number, step.second(), false);
        }
        double[] apart = step.kind().equals("softmax") ? apart(number, step.sources()) : null;
        for (int j = 0; j < step.count(); j++) {
            int value = step.first() + j;
            switch (step.kind()) {
                case "sums" -> sum(step, j);
                case "functions" -> function(step.functions().get(j), step.sources()[j], value);
                case "additions" -> {
                    set(
                            value,
                            a.plus(low[step.sources()[j]], low[step.second()[j]]),
                            a.plus(high[step.sources()[j]], high[step.second()[j]]));
                    double sizes = size(step.sources()[j]) + size(step.second()[j]);
                    slack[value] = (2 * a.unit() + own) * sizes * (1 + 1e-9);
                }
                case "products" -> product(step.sources()[j], step.second()[j], value);
                case "softmax" -> softmax(apart, step.count(), j, value);
                default -> category(step, j);
            }
            largest = Math.max(largest, size(value));
        }
    }

    private void set(int value, double newLow, double newHigh) {
        low[value] = newLow <= newHigh ? newLow : Double.NEGATIVE_INFINITY;
        high[value] = newLow <= newHigh ? newHigh : Double.POSITIVE_INFINITY;
    }

    private void category(Step step, int j) {
        int input = (int) step.numbers()[0][0];
        double category = step.numbers()[0][1] + j;
        boolean mayBe = low[input] <= category && category <= high[input];
        set(step.first() + j, mayBe && low[input] == high[input] ? 1 : 0, mayBe ? 1 : 0);
    }

    /** The chain, or the eight, of the class on the ends that the signs of the weights pick. */
    private void sum(Step step, int j) {
        double[] row = step.numbers()[j];
        int[] sources = step.sources();
        double[] from = new double[sources.length];
        double[] to = new double[sources.length];
        double size = Math.abs(row[0]);
        for (int k = 0; k < sources.length; k++) {
            boolean rises = row[k + 1] >= 0;
            from[k] = rises ? low[sources[k]] : high[sources[k]];
            to[k] = rises ? high[sources[k]] : low[sources[k]];
            size += Math.abs(row[k + 1]) * size(sources[k]);
        }
        set(step.first() + j, Forward.sum(row, from, step.inEight(), a), Forward.sum(row, to, step.inEight(), a));
        double roundings = (sources.length + 8) * a.unit();
        double part = roundings < 0.5 ? roundings / (1 - roundings) + own : Double.POSITIVE_INFINITY;
        slack[step.first() + j] = (part * size + (sources.length + 8) * a.least()) * (1 + 1e-9);
    }

    private static boolean isRectifier(Term term) {
        return term.name().equals("max")
                && term.operand(0).name().isEmpty()
                && term.operand(0).number() == 0
                && term.operand(1).name().equals("z");
    }

    private void function(Term term, int source, int value) {
        double from = low[source];
        double to = high[source];
        if (!(from > Double.NEGATIVE_INFINITY && to < Double.POSITIVE_INFINITY)) {
            set(value, 1, 0);
            lines[value] = new double[] {0, 0, low[value], 0, 0, high[value]};
            return;
        }
        if (isRectifier(term)) {
            set(value, Math.max(0, from), Math.max(0, to));
            double slope = from >= 0 ? 1 : to <= 0 ? 0 : Math.min(1, to / (to - from));
            double start = from >= 0 || to <= 0 ? 0 : Math.max(-slope * from, to - slope * to);
            start += start == 0 ? 0 : (start + slope * to) * PART + Double.MIN_NORMAL;
            lines[value] = new double[] {from >= 0 || to > 0 && to > -from ? 1 : 0, 0, 0, slope, 0, start};
        } else {
            lines[value] = lines(term, from, to, value);
        }
        double slope = Math.max(Math.abs(lines[value][0]), Math.abs(lines[value][3]));
        slack[value] = slope == 0 ? 0 : own * slope * size(source) * (1 + 1e-9);
    }

    /** Pieces between corners; a line of each of some slopes is moved until it is on one side of all of them. */
    private double[] lines(Term term, double from, double to, int value) {
        if (from == to) {
            double only = term.unsigned(from, a);
            set(value, only, only);
            return new double[] {0, 0, only, 0, 0, only};
        }
        List<Piece> pieces = new ArrayList<>();
        double start = from;
        for (double corner : term.corners(a)) {
            if (corner > from && corner < to) {
                Piece.add(pieces, term, start, a.before(corner), PIECES, a);
                Piece.add(pieces, term, corner, corner, 1, a);
                start = a.next(corner);
            }
        }
        Piece.add(pieces, term, start, to, PIECES, a);
        Piece first = pieces.get(0);
        Piece last = pieces.get(pieces.size() - 1);
        double middle = 0.5 * from + 0.5 * to;
        double[] best = {0, 0, Double.NEGATIVE_INFINITY, 0, 0, Double.POSITIVE_INFINITY};
        double chord = (last.atHigh() - first.atLow()) / (to - from);
        double inside = pieces.get(pieces.size() / 2).slope();
        for (double slope : new double[] {chord, first.slope(), inside, last.slope(), 0}) {
            double lower = Double.POSITIVE_INFINITY;
            double upper = Double.NEGATIVE_INFINITY;
            for (Piece piece : pieces) {
                lower = Math.min(lower, piece.least(slope));
                upper = Math.max(upper, -piece.turned().least(-slope));
            }
            double tie = TIE * a.unit();
            double above = slope * middle + lower - (best[0] * middle + best[2]);
            if (above > tie * (Math.abs(slope * middle) + Math.abs(lower))) {
                best[0] = slope;
                best[2] = lower;
            }
            double below = best[3] * middle + best[5] - (slope * middle + upper);
            if (below > tie * (Math.abs(slope * middle) + Math.abs(upper))) {
                best[3] = slope;
                best[5] = upper;
            }
            if (slope == 0) {
                set(value, lower, upper);
            }
        }
        return best;
    }

    /** The means of McCormick's planes. */
    private void product(int x, int y, int value) {
        double[] ends = {
            a.times(low[x], low[y]), a.times(low[x], high[y]), a.times(high[x], low[y]), a.times(high[x], high[y])
        };
        double least = Arrays.stream(ends).min().orElseThrow();
        set(
                value,
                x == y ? Math.max(0, least) : least,
                Arrays.stream(ends).max().orElseThrow());
        double bySecond = 0.5 * low[x] + 0.5 * high[x];
        double byFirst = 0.5 * low[y] + 0.5 * high[y];
        double below = -0.5 * (low[x] * low[y] + high[x] * high[y]);
        double above = -0.5 * (low[x] * high[y] + high[x] * low[y]);
        lines[value] = new double[] {byFirst, bySecond, below, byFirst, bySecond, above};
        slack[value] = ((2 * a.unit() + own) * 4 * size(x) * size(y) + 2 * a.least()) * (1 + 1e-9);
    }

    private void softmax(double[] apart, int count, int j, int value) {
        double part = 1.1 * a.unit() * (2 * Math.min(Arrays.stream(apart).max().orElse(0), 750) + 24 + count);
        double all = part + count * 0x1p-50;
        double slower = 1;
        double faster = 1;
        for (int i = 0; i < count; i++) {
            slower += i == j ? 0 : new Arithmetic(false).call("exp", apart[count * j + i], 0);
            faster += i == j ? 0 : new Arithmetic(false).call("exp", -apart[count * i + j], 0);
        }
        double least = (16 + 4 * count) * a.least() + Double.MIN_NORMAL;
        set(value, Math.max(0, (1 - all) / slower - least), (1 + all) / faster + least);
    }

    /** How much value i is above value j at most. */
    private double[] apart(int before, int[] values) {
        int count = values.length;
        double[] apart = new double[count * count];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < count; i++) {
                double most = Math.nextUp(high[values[i]] - low[values[j]]);
                if (values[i] != values[j]) {
                    apart[count * j + i] = count > PAIRED || most <= 0
                            ? most
                            : Math.min(most, -bound(before, new int[] {values[j], values[i]}, new double[] {1, -1}, 0));
                }
            }
        }
        return apart;
    }

    private void narrow(int before, int[] values, boolean ofRectifier) {
        for (int value : values) {
            boolean isOpen = ofRectifier ? low[value] < 0 && high[value] > 0 : low[value] < high[value];
            if (isOpen && !isNarrow[value] && value >= certificate.inputs()) {
                isNarrow[value] = true;
                double least = bound(before, new int[] {value}, new double[] {1}, 0);
                double most = ofRectifier && least >= 0
                        ? high[value]
                        : -bound(before, new int[] {value}, new double[] {-1}, 0);
                double inLeast = a.number(least) < least ? a.next(least) : a.number(least);
                double inMost = a.number(most) > most ? a.before(most) : a.number(most);
                low[value] = Math.max(low[value], inLeast);
                high[value] = Math.min(high[value], inMost);
            }
        }
    }

    /** A lower bound of an inequality's left side: by ranges, by lines, or by the order of two outputs. */
    double best(Inequality inequality) {
        double bound = bound(inequality);
        BigDecimal[] exact = inequality.exact();
        if (exact.length != 3 || exact[1].add(exact[2]).signum() != 0) {
            return bound;
        }
        int greater = exact[1].signum() > 0 ? 0 : 1;
        boolean isInOrder = new Order(certificate, low, high)
                .holds(
                        certificate.outputs()[inequality.outputs()[1 - greater]],
                        certificate.outputs()[inequality.outputs()[greater]]);
        double constant = Forward.exact(new Inequality(inequality.strict(), new int[0], exact), output -> 0);
        return isInOrder ? Math.max(bound, constant) : bound;
    }

    private double bound(Inequality inequality) {
        int count = inequality.outputs().length;
        int[] values = new int[count];
        double[] factors = new double[count];
        double constant = inequality.exact()[0].doubleValue();
        double size = Math.abs(constant);
        double direct = constant;
        for (int i = 0; i < count; i++) {
            values[i] = certificate.outputs()[inequality.outputs()[i]];
            factors[i] = inequality.exact()[i + 1].doubleValue();
            size += Math.abs(factors[i]) * size(values[i]);
            direct += factors[i] * (factors[i] > 0 ? low[values[i]] : high[values[i]]);
        }
        double lost = (count + 4) * size * 0x1p-50 + Double.MIN_NORMAL;
        if (Math.abs(direct) <= lost && size < Double.POSITIVE_INFINITY) {
            direct = Forward.exact(inequality, output -> {
                int value = certificate.outputs()[output];
                double factor = factors[Arrays.binarySearch(inequality.outputs(), output)];
                return factor > 0 ? low[value] : high[value];
            });
        } else {
            direct -= lost;
        }
        double backward = bound(certificate.steps().size(), values, factors, constant) - lost;
        return Math.max(Double.isNaN(direct) ? Double.NEGATIVE_INFINITY : direct, backward);
    }

    /** Each value of a form is replaced by what it is made of, from the last to the inputs. */
    private double bound(int before, int[] values, double[] factors, double constant) {
        double[] f = new double[certificate.values()];
        for (int i = 0; i < values.length; i++) {
            f[values[i]] += factors[i];
        }
        double sum = constant;
        double size = Math.abs(constant);
        double lost = 0;
        for (int i = before - 1; i >= 0; i--) {
            Step step = certificate.steps().get(i);
            for (int j = 0; j < step.count(); j++) {
                double factor = f[step.first() + j];
                if (factor != 0) {
                    lost += Math.abs(factor) * slack[step.first() + j];
                    double term = factor * replaced(step, j, factor, f);
                    sum += term;
                    size += Math.abs(term);
                }
            }
        }
        for (int i = 0; i < certificate.inputs(); i++) {
            double term = f[i] == 0 ? 0 : f[i] * (f[i] > 0 ? low[i] : high[i]);
            sum += term;
            size += Math.abs(term);
        }
        double bound = sum - (lost + own * size + Double.MIN_NORMAL * (1 + largest)) * (1 + 1e-9);
        return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : Math.nextDown(bound);
    }

    private double replaced(Step step, int j, double factor, double[] f) {
        int value = step.first() + j;
        int line = factor > 0 ? 0 : 3;
        switch (step.kind()) {
            case "sums":
                double[] row = step.numbers()[j];
                for (int k = 0; k < step.sources().length; k++) {
                    f[step.sources()[k]] += factor * row[k + 1];
                }
                return row[0];
            case "additions":
                f[step.sources()[j]] += factor;
                f[step.second()[j]] += factor;
                return 0;
            case "functions", "products":
                f[step.sources()[j]] += factor * lines[value][line];
                if (step.kind().equals("products")) {
                    f[step.second()[j]] += factor * lines[value][line + 1];
                }
                return lines[value][line + 2];
            default:
                return factor > 0 ? low[value] : high[value];
        }
    }
}
