package dev.chainrule.samples.documents.proofs;

import java.util.List;

/** A function between two numbers, and what it is at them. */
record Piece(double low, double high, double atLow, double atHigh, Enclosure between) {
    private static final double PART = 0x1p-48;

    /** Adds the pieces of an interval. */
    static void add(List<Piece> pieces, Term term, double low, double high, int count, Arithmetic a) {
        double from = low;
        for (int i = 1; i <= count && (from < high || i == 1); i++) {
            double cut = a.number(low + (high - low) * i / count);
            double to = i == count ? high : Math.min(high, Math.max(from, cut));
            if (to > from || i == count || low == high) {
                Enclosure between = from == to ? null : Enclosure.of(term, from, to, a);
                double atFrom = term.unsigned(from, a);
                double atTo = term.unsigned(to, a);
                boolean isNumber = Math.abs(atFrom) < Double.POSITIVE_INFINITY;
                Enclosure point = isNumber
                        ? new Enclosure(atFrom, atFrom, 0, 0, 0)
                        : Enclosure.range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
                pieces.add(new Piece(from, to, atFrom, atTo, between == null ? point : between));
                from = to;
            }
        }
    }

    double slope() {
        return 0.5 * between.down() + 0.5 * between.up();
    }

    Piece turned() {
        return new Piece(low, high, -atLow, -atHigh, between.negative());
    }

    /** A lower bound of f(z) - slope z: by the range, and by the lines of the least slope from below and of the greatest from above. */
    double least(double slope) {
        double size = slope == 0 ? 0 : Math.abs(slope) * Math.max(Math.abs(low), Math.abs(high));
        double byRange = between.low() - (slope == 0 ? 0 : Math.max(slope * low, slope * high));
        double best = slope == 0 ? byRange : down(byRange, size + between.size());
        if (between.isSmooth()) {
            double lost = 2 * between.error();
            double left = atLow - slope * low - lost;
            double right = atHigh - slope * high - lost;
            double down = between.down() - slope;
            double up = between.up() - slope;
            double width = high - low;
            double part = down >= 0 ? 1 : up <= 0 ? 0 : up / (up - down);
            double crossing = part == 1 ? left : part * left + (1 - part) * (right - Math.max(0, up) * width);
            double steepest = Math.max(Math.abs(between.down()), Math.abs(between.up())) + Math.abs(slope);
            double magnitude = size + Math.abs(atLow) + Math.abs(atHigh) + lost + steepest * width;
            best = Math.max(best, down(crossing, magnitude));
        }
        return Double.isNaN(best) ? Double.NEGATIVE_INFINITY : best;
    }

    private static double down(double value, double magnitude) {
        double bound = Math.nextDown(value - magnitude * PART) - Double.MIN_NORMAL;
        return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound;
    }
}
