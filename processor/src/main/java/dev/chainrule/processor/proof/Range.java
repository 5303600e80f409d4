package dev.chainrule.processor.proof;

/** All real numbers from one to another, which may be infinite; the operations' results hold all results of such numbers. */
record Range(double low, double high) {
    static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Range ZERO = new Range(0, 0);
    static final Range ONE = new Range(1, 1);

    /** From one to another; everything, where an end is not a number. */
    static Range of(double low, double high) {
        return low <= high ? new Range(low, high) : ALL;
    }

    /** The magnitude of the largest. */
    double size() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    boolean isFinite() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    boolean hasZero() {
        return low <= 0 && high >= 0;
    }

    /** Those within {@code by} of one of these. */
    Range wider(double by) {
        return by == 0 ? this : of(Outward.addDown(low, -by), Outward.addUp(high, by));
    }

    Range with(Range other) {
        return of(Math.min(low, other.low), Math.max(high, other.high));
    }

    Range plus(Range other) {
        return of(Outward.addDown(low, other.low), Outward.addUp(high, other.high));
    }

    Range negative() {
        return new Range(-high, -low);
    }

    Range times(Range other) {
        double down = Math.min(
                Math.min(Outward.timesDown(low, other.low), Outward.timesDown(low, other.high)),
                Math.min(Outward.timesDown(high, other.low), Outward.timesDown(high, other.high)));
        double up = Math.max(
                Math.max(Outward.timesUp(low, other.low), Outward.timesUp(low, other.high)),
                Math.max(Outward.timesUp(high, other.low), Outward.timesUp(high, other.high)));
        return of(down, up);
    }

    Range dividedBy(Range other) {
        if (other.hasZero()) {
            return ALL;
        }
        double down = Math.min(
                Math.min(Outward.divideDown(low, other.low), Outward.divideDown(low, other.high)),
                Math.min(Outward.divideDown(high, other.low), Outward.divideDown(high, other.high)));
        double up = Math.max(
                Math.max(Outward.divideUp(low, other.low), Outward.divideUp(low, other.high)),
                Math.max(Outward.divideUp(high, other.low), Outward.divideUp(high, other.high)));
        return of(down, up);
    }
}
