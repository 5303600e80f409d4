package dev.chainrule.samples.benchmarks.speed;

/** How a network of the sweep sums; the first three are those of the annotation. */
enum Unrolled {
    AUTO,
    FULL,
    NONE,
    PLAIN_LOOPS;

    /** Where FULL ends in the sweep: beyond, it costs compile time and has lost already. */
    private static final int MOST_FULL = 2_000;

    boolean does(int parameters) {
        return this != FULL || parameters <= MOST_FULL;
    }

    @Override
    public String toString() {
        return this == PLAIN_LOOPS ? "plain loops" : name();
    }
}
