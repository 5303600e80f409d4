package dev.chainrule.annotations;

/**
 * How the sums of a network are written. The choice is about speed and size only: the results are the same bit for bit.
 */
public enum Unroll {
    /** Small layers are written out, one line a term; layers too large to gain from it become loops. */
    AUTO,
    /** Every layer is written out, or the declaration is a compile error that names the limit. */
    FULL,
    /** Every layer becomes loops, however small. */
    NONE
}
