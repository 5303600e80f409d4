package dev.chainrule.annotations;

/** The type of a frozen network's numbers. */
public enum Precision {
    /** {@code double}: the same results bit for bit as those of the network that was trained. */
    DOUBLE,
    /** {@code float}, throughout: half the memory, and where there are vector instructions twice the numbers in each. */
    FLOAT
}
