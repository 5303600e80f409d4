package dev.chainrule.processor.proof;

import dev.chainrule.processor.proof.Step.UnitFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Two lines that the computed values of a function lie between, {@code lower (z) <= f(z) <= upper (z)} over the real numbers for each
 * number z of the precision in an interval; and the range of these values.
 */
record Lines(double lowerSlope, double lowerStart, double upperSlope, double upperStart, Range range) {
    /** Into how many pieces an interval between two corners is cut. */
    private static final int PIECES = 8;

    /** What the few operations with a line err by, as a part of the largest number in them: there are some ten of them. */
    private static final double PART = 0x1p-48;

    /** A line that is better by less than as many roundoffs is no better: the first one stays, whatever was rounded. */
    private static final double TIE = 256;

    /** Nothing is known. */
    static final Lines NONE = constant(Range.ALL);

    private static Lines constant(Range range) {
        return new Lines(0, range.low(), 0, range.high(), range);
    }

    /** The lines of {@code max(0, z)}, which is computed without an error. */
    static Lines ofRectifier(double low, double high) {
        if (low >= 0) {
            return new Lines(1, 0, 1, 0, new Range(low, high));
        } else if (high <= 0) {
            return constant(Range.ZERO);
        }
        double slope = Math.min(1, high / (high - low));
        // It is convex: a line that is above at both ends is above between
        double start = Outward.above(Math.max(-slope * low, high - slope * high), PART);
        double below = high > -low ? 1 : 0;
        return new Lines(below, 0, slope, start + slope * high * PART, new Range(0, high));
    }

    /** The lines of a function from one number of the precision to another. */
    static Lines of(UnitFunction function, double low, double high, FloatingPoint arithmetic, Bits bits) {
        Enclosures enclosures = new Enclosures(arithmetic);
        if (low == high) {
            double value = bits.unsigned(function.value(), low);
            return constant(Range.of(value, value));
        }
        List<Piece> pieces = new ArrayList<>();
        double from = low;
        for (double corner : function.corners()) {
            if (corner > low && corner < high) {
                addPieces(pieces, function, from, arithmetic.below(corner), enclosures, bits, arithmetic);
                pieces.add(Piece.of(function, corner, corner, enclosures, bits));
                from = arithmetic.above(corner);
            }
        }
        addPieces(pieces, function, from, high, enclosures, bits, arithmetic);
        return of(pieces, TIE * arithmetic.unit());
    }

    private static void addPieces(
            List<Piece> pieces,
            UnitFunction function,
            double low,
            double high,
            Enclosures enclosures,
            Bits bits,
            FloatingPoint arithmetic) {
        double from = low;
        for (int i = 1; i <= PIECES && (from < high || i == 1); i++) {
            double to = i == PIECES
                    ? high
                    : Math.min(high, Math.max(from, arithmetic.literal(low + (high - low) * i / PIECES)));
            if (to > from || i == PIECES || low == high) {
                pieces.add(Piece.of(function, from, to, enclosures, bits));
                from = to;
            }
        }
    }

    private static Lines of(List<Piece> pieces, double tie) {
        Piece first = pieces.get(0);
        Piece last = pieces.get(pieces.size() - 1);
        Piece inside = pieces.get(pieces.size() / 2);
        double middle = 0.5 * first.low() + 0.5 * last.high();
        double[] slopes = {
            (last.atHigh() - first.atLow()) / (last.high() - first.low()),
            first.slope(),
            inside.slope(),
            last.slope(),
            0
        };
        Lines best = NONE;
        for (double slope : slopes) {
            if (!Double.isFinite(slope)) {
                continue;
            }
            double lower = Double.POSITIVE_INFINITY;
            double upper = Double.NEGATIVE_INFINITY;
            for (Piece piece : pieces) {
                lower = Math.min(lower, piece.least(slope));
                upper = Math.max(upper, -piece.turned().least(-slope));
            }
            double above = slope * middle + lower - (best.lowerSlope * middle + best.lowerStart);
            double below = best.upperSlope * middle + best.upperStart - (slope * middle + upper);
            boolean isAbove = above > tie * (Math.abs(slope * middle) + Math.abs(lower));
            boolean isBelow = below > tie * (Math.abs(slope * middle) + Math.abs(upper));
            best = new Lines(
                    isAbove ? slope : best.lowerSlope,
                    isAbove ? lower : best.lowerStart,
                    isBelow ? slope : best.upperSlope,
                    isBelow ? upper : best.upperStart,
                    slope == 0 ? Range.of(lower, upper) : best.range);
        }
        return best;
    }

    /**
     * A part of an interval, and what the function is there.
     *
     * @param atLow the computed value at its low end
     */
    private record Piece(double low, double high, double atLow, double atHigh, Enclosure enclosure) {
        static Piece of(UnitFunction function, double low, double high, Enclosures enclosures, Bits bits) {
            double atLow = bits.unsigned(function.value(), low);
            if (low == high) {
                Range value = Range.of(atLow, atLow);
                return new Piece(low, high, atLow, atLow, new Enclosure(value, Range.ZERO, 0));
            }
            Enclosure enclosure = enclosures.of(function.value(), new Range(low, high));
            return new Piece(low, high, atLow, bits.unsigned(function.value(), high), enclosure);
        }

        /** A slope that is somewhere in the piece. */
        double slope() {
            return 0.5 * enclosure.slope().low() + 0.5 * enclosure.slope().high();
        }

        /** The same of the function's opposite. */
        Piece turned() {
            return new Piece(
                    low,
                    high,
                    -atLow,
                    -atHigh,
                    new Enclosure(
                            enclosure.computed().negative(), enclosure.slope().negative(), enclosure.error()));
        }

        /**
         * A lower bound of {@code f(z) - slope z}. From the low end on, f is not below a line of its least slope, and up to the high
         * end not below one of its greatest, but for the error at the end and the one at z.
         */
        double least(double slope) {
            double size = slope == 0 ? 0 : Math.abs(slope) * Math.max(Math.abs(low), Math.abs(high));
            double natural = enclosure.computed().low() - (slope == 0 ? 0 : Math.max(slope * low, slope * high));
            double best = reliable(natural, size + enclosure.computed().size(), slope == 0);
            if (enclosure.slope().isFinite()) {
                double lost = 2 * enclosure.error();
                double width = high - low;
                double left = atLow - slope * low - lost;
                double right = atHigh - slope * high - lost;
                double down = enclosure.slope().low() - slope;
                double up = enclosure.slope().high() - slope;
                // Where the two lines cross: the part of each with which their slopes cancel
                double part = down >= 0 ? 1 : up <= 0 ? 0 : up / (up - down);
                double value = part == 1 ? left : part * left + (1 - part) * (right - Math.max(0, up) * width);
                double magnitude = size
                        + Math.abs(atLow)
                        + Math.abs(atHigh)
                        + lost
                        + (enclosure.slope().size() + Math.abs(slope)) * width;
                best = Math.max(best, reliable(value, magnitude, false));
            }
            return Double.isNaN(best) ? Double.NEGATIVE_INFINITY : best;
        }

        private static double reliable(double value, double magnitude, boolean isExact) {
            double bound = isExact ? value : Math.nextDown(value - magnitude * PART) - Double.MIN_NORMAL;
            return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound;
        }
    }
}
